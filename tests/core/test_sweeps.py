"""Sweeps do what is due since the last run, one process at a time, and one sweep's fault does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from cfc_groups import scheduler
from cfc_groups.db import Database, write


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    monkeypatch.setattr(scheduler, "SWEEPS", {})
    told: list[str] = []
    scheduler.add_sweep("hourly", timedelta(hours=1), lambda db, now: told.append("hourly"))
    scheduler.add_sweep("broken", timedelta(hours=1), lambda db, now: 1 / 0)
    scheduler.add_sweep("last", timedelta(minutes=1), lambda db, now: told.append("last"))
    return told


def test_each_sweep_runs_when_its_time_has_come_and_not_before(
    database: Database, now: datetime, runs: list[str]
) -> None:
    assert scheduler.run_due(database, now) == ["hourly", "broken", "last"]
    assert scheduler.run_due(database, now + timedelta(minutes=30)) == ["last"]
    assert scheduler.run_due(database, now + timedelta(days=3)) == ["hourly", "broken", "last"], "slept for days"
    assert runs == ["hourly", "last", "last", "hourly", "last"]


def test_a_broken_sweep_is_written_down(database: Database, now: datetime, runs: list[str]) -> None:
    scheduler.run_due(database, now)
    row = database.row("SELECT last_trouble, last_finished_at FROM sweep_runs WHERE sweep = 'broken'")
    assert row is not None
    assert row["last_trouble"].startswith("ZeroDivisionError")
    assert row["last_finished_at"] is None


def test_a_second_process_does_nothing_while_the_first_holds_the_lease(
    database: Database, now: datetime, runs: list[str]
) -> None:
    with write(database) as tx:
        tx.insert("leases", name="sweeps", holder="other", held_until="2026-11-23T01:05:00.000Z")
    assert scheduler.run_due(database, now) == []
    assert scheduler.run_due(database, now + timedelta(minutes=6)) != [], "a dead process's lease ends"


def test_a_clock_that_was_set_back_does_not_silence_a_sweep(
    database: Database, now: datetime, runs: list[str]
) -> None:
    scheduler.run_due(database, now + timedelta(days=400))
    assert "hourly" in scheduler.run_due(database, now)

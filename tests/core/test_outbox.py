"""Parcels leave after the transaction, once a key, with patience; nothing leaves without a courier (R37)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from cfc_groups import outbox
from cfc_groups.db import Database, write


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []

    def courier(key: str, content: Mapping[str, Any]) -> None:
        if content.get("broken"):
            raise OSError("no route")
        told.append(key)

    monkeypatch.setattr(outbox, "COURIERS", {"paper": courier})
    return told


def test_a_parcel_is_delivered_once(database: Database, now: datetime, sent: list[str]) -> None:
    for _ in range(2):
        with write(database) as tx:
            outbox.put(tx, "paper", "one", {"to": "x"}, now)
    assert outbox.deliver_due(database, now) == 1
    assert outbox.deliver_due(database, now) == 0
    assert sent == ["one"]


def test_without_a_courier_nothing_leaves_and_nothing_is_lost(
    database: Database, now: datetime, sent: list[str]
) -> None:
    with write(database) as tx:
        outbox.put(tx, "mail", "m", {}, now)
    assert outbox.deliver_due(database, now) == 0
    assert database.value("SELECT state FROM outbox") == "waiting"


def test_a_failed_parcel_waits_longer_each_time_and_is_given_up_in_the_end(
    database: Database, now: datetime, sent: list[str]
) -> None:
    with write(database) as tx:
        outbox.put(tx, "paper", "b", {"broken": True}, now)
    moment, tries = now, 0
    while database.value("SELECT state FROM outbox") == "waiting":
        outbox.deliver_due(database, moment)
        tries += 1
        assert outbox.deliver_due(database, moment + timedelta(seconds=59)) == 0
        moment += timedelta(hours=7)
    row = database.row("SELECT state, attempts, last_trouble FROM outbox")
    assert row is not None
    assert (row["state"], row["attempts"], tries) == ("failed", 10, 10)
    assert "no route" in row["last_trouble"]

"""Sweeps: what has to happen by the clock. Each does whatever is due *since the last run* and is safe to run twice.

School computers are off at night, so nothing relies on an exact minute. APScheduler calls `run_due` in the serving
process; `flask --app app run-due` does the same for cron, `flask --app app jobs` in a process of its own. A lease row
lets one of several processes work at a time.
"""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cfc_groups.clock import parse_stamp, stamp
from cfc_groups.db import Database, write

if TYPE_CHECKING:
    from apscheduler.schedulers.base import BaseScheduler
    from flask import Flask

log = logging.getLogger("cfc_groups.sweeps")

LEASE = "sweeps"
LEASE_LASTS = timedelta(minutes=10)
BEAT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Sweep:
    """One kind of clockwork: what it does, and the shortest time between two runs."""

    name: str
    every: timedelta
    run: Callable[[Database, datetime], object]


SWEEPS: dict[str, Sweep] = {}


def add_sweep(name: str, every: timedelta, run: Callable[[Database, datetime], object]) -> None:
    """Register a sweep (features do so in register()); the same name again replaces it."""
    SWEEPS[name] = Sweep(name, every, run)


def run_due(db: Database, now: datetime, *, holder: str | None = None) -> list[str]:
    """Run every sweep whose time has come; answers their names, or [] when another process holds the lease."""
    holder = holder or f"{os.getpid()}-{secrets.token_hex(4)}"
    if not _take_lease(db, holder, now):
        return []
    ran = []
    try:
        for sweep in list(SWEEPS.values()):
            if _is_due(db, sweep, now):
                _run(db, sweep, now)
                ran.append(sweep.name)
    finally:
        with write(db) as tx:
            tx.execute("DELETE FROM leases WHERE name = ? AND holder = ?", (LEASE, holder))
    return ran


def _take_lease(db: Database, holder: str, now: datetime) -> bool:
    with write(db) as tx:
        taken = tx.execute(
            "INSERT INTO leases (name, holder, held_until) VALUES (:name, :holder, :until)"
            " ON CONFLICT (name) DO UPDATE SET holder = :holder, held_until = :until"
            " WHERE held_until < :now OR holder = :holder",
            {"name": LEASE, "holder": holder, "until": stamp(now + LEASE_LASTS), "now": stamp(now)},
        )
    return taken == 1


def _is_due(db: Database, sweep: Sweep, now: datetime) -> bool:
    last = db.value("SELECT last_started_at FROM sweep_runs WHERE sweep = ?", (sweep.name,))
    if last is None:
        return True
    started = parse_stamp(str(last))
    return now - started >= sweep.every or started > now  # a clock set back must not silence a sweep


def _run(db: Database, sweep: Sweep, now: datetime) -> None:
    _note(db, sweep, "last_started_at", stamp(now), now)
    trouble = None
    try:
        sweep.run(db, now)
    except Exception as problem:  # one sweep's fault must not stop the others
        log.exception("sweep %s failed", sweep.name)
        trouble = f"{type(problem).__name__}: {problem}"[:300]
    _note(db, sweep, "last_trouble", trouble, now)
    if trouble is None:
        _note(db, sweep, "last_finished_at", stamp(now), now)


def _note(db: Database, sweep: Sweep, column: str, value: str | None, now: datetime) -> None:
    with write(db) as tx:
        tx.execute(
            "INSERT INTO sweep_runs (sweep, last_started_at) VALUES (?, ?) ON CONFLICT (sweep) DO NOTHING",
            (sweep.name, stamp(now)),
        )
        if column == "last_started_at":
            tx.execute("UPDATE sweep_runs SET last_started_at = ? WHERE sweep = ?", (value, sweep.name))
        elif column == "last_finished_at":
            tx.execute("UPDATE sweep_runs SET last_finished_at = ? WHERE sweep = ?", (value, sweep.name))
        else:
            tx.execute("UPDATE sweep_runs SET last_trouble = ? WHERE sweep = ?", (value, sweep.name))


def start(app: Flask) -> BaseScheduler:
    """Start APScheduler in this process: one job that runs the due sweeps every half minute. Never in create_app."""
    from apscheduler.schedulers.background import BackgroundScheduler

    scheduler = BackgroundScheduler(timezone="UTC")

    def beat() -> None:
        site = app.extensions["site"]
        with app.app_context():
            run_due(site.database, site.clock())

    scheduler.add_job(
        beat, "interval", seconds=BEAT.total_seconds(), coalesce=True, max_instances=1, misfire_grace_time=None
    )
    scheduler.start()
    return scheduler

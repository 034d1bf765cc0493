"""Who is told of a signal of danger, and when again if nobody has seen it (R62, section 6.4 of the design)."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from cfc_groups.clock import date_in, stamp
from cfc_groups.db import Database, Writer, write
from cfc_groups.groups import queries as groups
from cfc_groups.reminders.actions import tell_in
from cfc_groups.safety import queries, rules, signal_queries
from cfc_groups.school_calendar.rules import SITE_ZONE

SIGNAL = "danger_signal"
AGAIN = "danger_signal_again"
UNSEEN = "danger_signal_unseen"
MANY_FAILURES = "many_sign_in_failures"
COORDINATORS_PAGE = "/protection-officers"


def tell_officers_in(tx: Writer, signal_pid: str, now: datetime) -> None:
    """Tell every officer who can act; where there is none, the coordinators learn that somebody waits (no words)."""
    officers = queries.active_officers(tx, date_in(now, SITE_ZONE))
    for officer_id in officers:
        tell_in(tx, officer_id, SIGNAL, signal_pid, stamp(now), _page(signal_pid), now)
    if not officers:
        _tell_coordinators_in(tx, signal_pid, stamp(now), now)


def tell_again(db: Database, now: datetime, zone: ZoneInfo = SITE_ZONE) -> int:
    """The sweep: tell officers and coordinators again of each signal whose clock ran out unseen; answers how many.

    Safe to run twice: each time the clock runs out is a slot of its own, told once.
    """
    told = 0
    for signal in signal_queries.unseen(db):
        times = rules.reminders_due(signal.waiting_since, now, zone)
        if times == 0:
            continue
        slot = f"{stamp(signal.waiting_since)}-{times}"
        with write(db) as tx:
            for officer_id in queries.active_officers(tx, date_in(now, zone)):
                told += tell_in(tx, officer_id, AGAIN, signal.pid, slot, _page(signal.pid), now)
            told += _tell_coordinators_in(tx, signal.pid, slot, now)
    return told


def _page(signal_pid: str) -> str:
    return f"/protection/{signal_pid}"


def _tell_coordinators_in(tx: Writer, signal_pid: str, slot: str, now: datetime) -> int:
    """Coordinators learn that a signal waits, not whose it is nor what it says."""
    return sum(
        tell_in(tx, coordinator_id, UNSEEN, signal_pid, slot, COORDINATORS_PAGE, now)
        for coordinator_id in groups.coordinators(tx)
    )


def tell_of_many_failures_in(tx: Writer, now: datetime) -> None:
    """Officers and coordinators hear once an hour that very many sign-ins fail (R80)."""
    hour = stamp(now)[:13]
    for recipient_id in {*queries.active_officers(tx, date_in(now, SITE_ZONE)), *groups.coordinators(tx)}:
        tell_in(tx, recipient_id, MANY_FAILURES, "site", hour, "/inbox", now)

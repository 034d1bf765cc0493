"""Who is told of a signal of danger, and when again if nobody has seen it (R62, section 6.4 of the design)."""

from __future__ import annotations

from datetime import datetime

from cfc_groups.clock import stamp
from cfc_groups.db import Writer
from cfc_groups.groups import queries as groups
from cfc_groups.safety import queries

SIGNAL = "danger_signal"
UNSEEN = "danger_signal_unseen"


def tell_officers_in(tx: Writer, signal_pid: str, now: datetime) -> None:
    """Tell every officer who can act; where there is none, the coordinators learn that somebody waits (no words)."""
    from cfc_groups.reminders.actions import tell_in

    officers = queries.active_officers(tx, now.date())
    for officer_id in officers:
        tell_in(tx, officer_id, SIGNAL, signal_pid, stamp(now), f"/protection/{signal_pid}", now)
    if not officers:
        for coordinator_id in groups.coordinators(tx):
            tell_in(tx, coordinator_id, UNSEEN, signal_pid, stamp(now), "/protection-officers", now)

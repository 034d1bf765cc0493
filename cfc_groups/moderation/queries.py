"""What authors' pages and the desk read."""

from __future__ import annotations

from datetime import date, datetime

from cfc_groups.access import Role
from cfc_groups.clock import parse_stamp, stamp
from cfc_groups.db import Reader
from cfc_groups.groups.queries import moderators_of
from cfc_groups.moderation import store
from cfc_groups.moderation.models import Decision, ItemState, Waiting


def decisions_for(db: Reader, kind: str, object_id: int) -> list[Decision]:
    """All decisions about an object, oldest first, for its author's page (R56, R65); one statement."""
    return store.list_decisions(db, kind, object_id)


def open_item(db: Reader, kind: str, object_id: int) -> str | None:
    """The public id of an object's item that can be decided now, or None."""
    found = store.find_open(db, kind, object_id)
    return None if found is None or found["state"] == ItemState.ESCALATED else str(found["pid"])


def waiting_for(db: Reader, kind: str, object_id: int, now: datetime, today: date) -> Waiting | None:
    """Who will look at something that is not decided yet, by role, and whether they have it open now; None if settled.

    What was escalated reads like anything that waits: nobody who looks over the child's shoulder learns of it (R62).
    """
    found = store.find_open(db, kind, object_id)
    if found is None:
        return None
    served = bool(moderators_of(db, found["group_id"], today))
    return Waiting(
        since=parse_stamp(found["submitted_at"]), reader=Role.TEACHER if served else Role.COORDINATOR,
        is_being_read=found["claimed_until"] is not None and found["claimed_until"] > stamp(now),
    )  # fmt: skip

"""Telling somebody something, and noting that it was read."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from cfc_groups import journal
from cfc_groups.access import Actor
from cfc_groups.db import Database, Writer, write
from cfc_groups.errors import NotFound
from cfc_groups.ids import new_pid
from cfc_groups.reminders import queries, rules, store, words
from cfc_groups.school_calendar.rules import SITE_ZONE

_BATCH = 500


def tell_in(
    tx: Writer, recipient_id: int, kind: str, object_id: object, slot: str, address: str, now: datetime, *,
    zone: ZoneInfo = SITE_ZONE, **facts: object,
) -> bool:  # fmt: skip
    """Tell somebody something in their inbox, exactly once for each (recipient, kind, object, slot).

    Answers whether it was told now: a second call changes nothing. `address` is a page of this site. `facts` fill
    the kind's sentence; they are plain JSON values and hold no real name. A child is told at night (21:00–07:00 in
    `zone`) only from 07:00 on (R52), unless the kind answers the child's own deed (`at_once`). Adults are told at
    once: an officer hears of a signal of danger at any hour.
    """
    if not address.startswith("/") or address.startswith("//"):
        raise ValueError(f"not a page of this site: {address}")
    may_wait = not words.is_at_once(kind) and queries.is_child(tx, recipient_id)
    return store.add_notice(
        tx, pid=new_pid(), recipient_id=recipient_id, kind=kind, object_id=str(object_id), slot=slot,
        address=address, facts=json.dumps(facts, ensure_ascii=False), told_at=now,
        visible_from=rules.visible_from(now, zone, may_wait=may_wait),
    )  # fmt: skip


def open_notice(db: Database, actor: Actor, now: datetime, pid: str) -> str:
    """Note that a notice was read; answers where it leads. Raises NotFound for anybody else's."""
    with write(db) as tx:
        address = store.find_address(tx, actor.account_id, pid, now)
        if address is None:
            raise NotFound()
        store.mark_read(tx, actor.account_id, pid, now)
    return address


def read_all(db: Database, actor: Actor, now: datetime, newest: str) -> int:
    """Note that everything up to the newest notice that was shown is read; answers how many were new."""
    with write(db) as tx:
        return store.mark_read_up_to(tx, actor.account_id, newest, now)


def forget_old_notices(db: Database, now: datetime) -> int:
    """Remove what was read 180 days ago and what nobody opened in a year (R27); answers how many."""
    removed = 0
    while True:
        with write(db) as tx:
            count = store.remove_notices(
                tx, read_before=now - rules.READ_KEPT, told_before=now - rules.UNREAD_KEPT, most=_BATCH
            )
            if count:
                journal.enter(tx, None, "forget_notices", "notification", "old", now, count=count)
        removed += count
        if count < _BATCH:
            return removed

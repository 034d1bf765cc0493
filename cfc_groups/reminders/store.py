"""The SQL that writes what people are told."""

from __future__ import annotations

from datetime import datetime

from cfc_groups.clock import stamp
from cfc_groups.db import Reader, Writer


def add_notice(
    tx: Writer, *, pid: str, recipient_id: int, kind: str, object_id: str, slot: str, address: str, facts: str,
    told_at: datetime, visible_from: datetime,
) -> bool:  # fmt: skip
    """Add a notice unless this recipient was told of this kind, object and slot before; answers whether it is new."""
    added = tx.execute(
        "INSERT INTO notifications"
        " (pid, recipient_id, kind, object_id, slot, address, facts, told_at, visible_from)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (recipient_id, kind, object_id, slot) DO NOTHING",
        (pid, recipient_id, kind, object_id, slot, address, facts, stamp(told_at), stamp(visible_from)),
    )
    return added == 1


def find_address(db: Reader, recipient_id: int, pid: str, now: datetime) -> str | None:
    """Where a notice leads, if it is this recipient's and there already."""
    found = db.value(
        "SELECT address FROM notifications WHERE pid = ? AND recipient_id = ? AND visible_from <= ?",
        (pid, recipient_id, stamp(now)),
    )
    return None if found is None else str(found)


def mark_read(tx: Writer, recipient_id: int, pid: str, now: datetime) -> bool:
    """Note when a notice was first opened; answers whether it was new until now."""
    touched = tx.execute(
        "UPDATE notifications SET read_at = ? WHERE pid = ? AND recipient_id = ? AND read_at IS NULL",
        (stamp(now), pid, recipient_id),
    )
    return touched == 1


def mark_read_up_to(tx: Writer, recipient_id: int, newest: str, now: datetime) -> int:
    """Note that everything up to a notice was seen; what came after it stays new."""
    return tx.execute(
        "UPDATE notifications SET read_at = :now"
        " WHERE recipient_id = :recipient AND read_at IS NULL AND visible_from <= :now"
        " AND notification_id <= (SELECT notification_id FROM notifications"
        "  WHERE pid = :newest AND recipient_id = :recipient)",
        {"now": stamp(now), "recipient": recipient_id, "newest": newest},
    )


def remove_notices(tx: Writer, *, read_before: datetime, told_before: datetime, most: int) -> int:
    """Remove some notices that were read long ago, or told so long ago that nobody will read them."""
    return tx.execute(
        "DELETE FROM notifications WHERE notification_id IN (SELECT notification_id FROM notifications"
        " WHERE told_at < :read_before AND (read_at < :read_before OR told_at < :told_before) LIMIT :most)",
        {"read_before": stamp(read_before), "told_before": stamp(told_before), "most": most},
    )

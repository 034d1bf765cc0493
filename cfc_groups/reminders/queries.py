"""What the inbox and the navigation read."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

from cfc_groups.clock import parse_stamp, stamp
from cfc_groups.db import Reader
from cfc_groups.reminders.models import InboxPage, Notice

PAGE = 20
MOST_COUNTED = 100

_NEWER_THAN_ALL = 1 << 62


def unread_count(db: Reader, account_id: int, now: datetime) -> int:
    """How many notices are new to somebody now; stops counting at 100."""
    return int(str(db.value(
        "SELECT count(*) FROM (SELECT 1 FROM notifications"
        " WHERE recipient_id = ? AND read_at IS NULL AND visible_from <= ? LIMIT ?)",
        (account_id, stamp(now), MOST_COUNTED),
    )))  # fmt: skip


def inbox_page(db: Reader, account_id: int, now: datetime, *, before: str | None = None) -> InboxPage:
    """Somebody's notices, newest first; `before` is the cursor of the page before. An unknown cursor is the start."""
    rows = db.rows(
        "SELECT pid, kind, address, facts, visible_from, read_at FROM notifications"
        " WHERE recipient_id = :recipient AND visible_from <= :now AND notification_id < coalesce("
        "  (SELECT notification_id FROM notifications WHERE pid = :before AND recipient_id = :recipient), :start)"
        " ORDER BY notification_id DESC LIMIT :limit",
        {
            "recipient": account_id, "now": stamp(now), "before": before, "start": _NEWER_THAN_ALL,
            "limit": PAGE + 1,
        },
    )  # fmt: skip
    notices = [_as_notice(row) for row in rows[:PAGE]]
    return InboxPage(notices, notices[-1].pid if len(rows) > PAGE else None)


def is_child(db: Reader, account_id: int) -> bool:
    """Whether a recipient is a child."""
    return db.value("SELECT role FROM accounts WHERE account_id = ?", (account_id,)) == "child"


def _as_notice(row: sqlite3.Row) -> Notice:
    return Notice(
        pid=row["pid"],
        kind=row["kind"],
        address=row["address"],
        facts=json.loads(row["facts"]),
        visible_from=parse_stamp(row["visible_from"]),
        is_read=row["read_at"] is not None,
    )

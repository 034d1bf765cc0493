"""The rows of items, claims and decisions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from cfc_groups.access import Role
from cfc_groups.clock import parse_stamp, stamp
from cfc_groups.db import Reader, Writer
from cfc_groups.ids import new_pid
from cfc_groups.moderation.models import Decision, Flag, ItemState, Outcome, Reason

MOST_DECISIONS = 50


def add_item(
    tx: Writer, *, kind: str, object_id: int, version_number: int, group_id: int, author_id: int, headline: str,
    state: ItemState, flags: Iterable[Flag], now: datetime,
) -> tuple[int, str]:  # fmt: skip
    """Add an item; answers its id and public id."""
    pid = new_pid()
    item_id = tx.insert(
        "moderation_items", pid=pid, kind=kind, object_id=object_id, version_number=version_number,
        group_id=group_id, author_id=author_id, headline=headline, state=state, findings=flags_as_text(flags),
        submitted_at=stamp(now),
    )  # fmt: skip
    return item_id, pid


def flags_as_text(flags: Iterable[Flag]) -> str:
    """The flags as they are stored."""
    return json.dumps([[one.part, one.kind, one.hard, one.start, one.end] for one in flags], separators=(",", ":"))


def flags_from(text: str) -> tuple[Flag, ...]:
    """The flags that `flags_as_text` wrote."""
    return tuple(Flag(part, kind, hard, start, end) for part, kind, hard, start, end in json.loads(text))


def find_open(db: Reader, kind: str, object_id: int) -> sqlite3.Row | None:
    """The item of an object that is not settled yet: item_id, pid, version_number, state, findings, group_id …"""
    return db.row(
        "SELECT item_id, pid, version_number, group_id, state, findings, submitted_at, claimed_by, claimed_until"
        " FROM moderation_items WHERE kind = ? AND object_id = ? AND state IN ('waiting', 'held', 'escalated')"
        " ORDER BY version_number DESC LIMIT 1",
        (kind, object_id),
    )


def latest_version(db: Reader, kind: str, object_id: int) -> int:
    """The number of the newest version of an object that was ever submitted; 0 for none."""
    found = db.value(
        "SELECT max(version_number) FROM moderation_items WHERE kind = ? AND object_id = ?", (kind, object_id)
    )
    return int(str(found or 0))


def find_for_decision(db: Reader, pid: str) -> sqlite3.Row | None:
    """What deciding has to know about an item, with its claim."""
    return db.row(
        "SELECT item_id, pid, kind, object_id, version_number, group_id, headline, state, claimed_by, claimed_until"
        " FROM moderation_items WHERE pid = ?",
        (pid,),
    )


def withdraw_open(tx: Writer, kind: str, object_id: int, now: datetime) -> int:
    """Settle whatever of an object is still open as taken back; answers how many items that were."""
    return tx.execute(
        "UPDATE moderation_items SET state = 'withdrawn', settled_at = ?, claimed_by = NULL, claimed_until = NULL"
        " WHERE kind = ? AND object_id = ? AND state IN ('waiting', 'held', 'escalated')",
        (stamp(now), kind, object_id),
    )


def set_state(tx: Writer, item_id: int, state: ItemState) -> None:
    """Move an open item between the queue and the officers."""
    tx.execute("UPDATE moderation_items SET state = ? WHERE item_id = ?", (state, item_id))


def settle(tx: Writer, item_id: int, now: datetime) -> None:
    """Note that an item is decided; its claim ends."""
    tx.execute(
        "UPDATE moderation_items SET state = 'decided', settled_at = ?, claimed_by = NULL, claimed_until = NULL"
        " WHERE item_id = ?",
        (stamp(now), item_id),
    )


def add_decision(
    tx: Writer, item_id: int, *, outcome: Outcome, reason: Reason | None, words: str, decided_by: int, now: datetime
) -> None:
    """Add a decision; it is never changed."""
    tx.insert(
        "decisions", item_id=item_id, outcome=outcome, reason=reason, words=words, decided_by=decided_by,
        decided_at=stamp(now),
    )  # fmt: skip


def list_decisions(db: Reader, kind: str, object_id: int) -> list[Decision]:
    """The decisions about an object, oldest first."""
    rows = db.rows(
        "SELECT moderation_items.version_number, decisions.outcome, decisions.reason, decisions.words,"
        " decisions.decided_by, decisions.decided_at, accounts.role"
        " FROM moderation_items JOIN decisions ON decisions.item_id = moderation_items.item_id"
        " JOIN accounts ON accounts.account_id = decisions.decided_by"
        " WHERE moderation_items.kind = ? AND moderation_items.object_id = ?"
        " ORDER BY moderation_items.version_number, decisions.decision_id LIMIT ?",
        (kind, object_id, MOST_DECISIONS),
    )
    return [
        Decision(
            version_number=row["version_number"], outcome=Outcome(row["outcome"]),
            reason=Reason(row["reason"]) if row["reason"] else None, words=row["words"], role=Role(row["role"]),
            decided_by=row["decided_by"], decided_at=parse_stamp(row["decided_at"]),
        )
        for row in rows
    ]  # fmt: skip


def role_of(db: Reader, account_id: int) -> Role:
    """The role of who decides."""
    return Role(str(db.value("SELECT role FROM accounts WHERE account_id = ?", (account_id,))))


def set_claim(tx: Writer, item_id: int, account_id: int, until: datetime) -> None:
    """Note who looks at an item. A moderator looks at one at a time: other claims of the same person end."""
    tx.execute(
        "UPDATE moderation_items SET claimed_by = NULL, claimed_until = NULL WHERE claimed_by = ? AND item_id <> ?",
        (account_id, item_id),
    )
    tx.execute(
        "UPDATE moderation_items SET claimed_by = ?, claimed_until = ? WHERE item_id = ?",
        (account_id, stamp(until), item_id),
    )


def end_claim(tx: Writer, item_id: int, account_id: int) -> None:
    """End a person's claim of an item, if there is one."""
    tx.execute(
        "UPDATE moderation_items SET claimed_by = NULL, claimed_until = NULL WHERE item_id = ? AND claimed_by = ?",
        (item_id, account_id),
    )

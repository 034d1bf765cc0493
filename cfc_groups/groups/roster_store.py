# ruff: noqa: S608 - only constants of this room are put together; tests/house/test_sql.py watches over it
"""Rosters that wait to be taken, and the members that they are compared with. What lies here is sealed (R26)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cfc_groups.clock import parse_stamp, stamp
from cfc_groups.db import Reader, Writer
from cfc_groups.groups.store import ACTIVE_MEMBERSHIP, ACTIVE_TEAM, MEMBERSHIP_COLUMNS
from cfc_groups.ids import new_pid

CONTENT = "roster_uploads.content"
MOST_COMPARED = 100_000


@dataclass(frozen=True, slots=True)
class Upload:
    """A roster that somebody has sent: its sealed content until it is taken, the counts afterwards."""

    upload_id: int
    pid: str
    group_id: int
    content: bytes | None
    uploaded_by: int
    uploaded_at: datetime
    taken_at: datetime | None
    counts: Mapping[str, int]


def add_upload(tx: Writer, *, group_id: int, content: bytes, uploaded_by: int, now: datetime) -> str:
    """Keep a sealed roster; answers its public id."""
    pid = new_pid()
    tx.insert(
        "roster_uploads", pid=pid, group_id=group_id, content=content, uploaded_by=uploaded_by, uploaded_at=stamp(now)
    )
    return pid


def find_upload(db: Reader, pid: str, uploaded_by: int) -> Upload | None:
    """The roster with a public id, for the person who sent it and nobody else, or None."""
    row = db.row("SELECT * FROM roster_uploads WHERE pid = ? AND uploaded_by = ?", (pid, uploaded_by))
    if row is None:
        return None
    return Upload(
        row["upload_id"], row["pid"], row["group_id"], row["content"], row["uploaded_by"],
        parse_stamp(row["uploaded_at"]), parse_stamp(row["taken_at"]) if row["taken_at"] else None,
        json.loads(row["counts"]) if row["counts"] else {},
    )  # fmt: skip


def set_taken(tx: Writer, upload_id: int, counts: Mapping[str, int], now: datetime) -> None:
    """The roster was taken: its content goes, the counts stay."""
    tx.execute(
        "UPDATE roster_uploads SET content = NULL, taken_at = ?, counts = ? WHERE upload_id = ?",
        (stamp(now), json.dumps(dict(counts)), upload_id),
    )


def remove_upload(tx: Writer, upload_id: int) -> None:
    """Throw a roster away."""
    tx.execute("DELETE FROM roster_uploads WHERE upload_id = ?", (upload_id,))


def remove_open_uploads(tx: Writer, group_id: int, uploaded_by: int) -> None:
    """Throw away what the same person had sent for the same group and not taken."""
    tx.execute(
        "DELETE FROM roster_uploads WHERE uploaded_by = ? AND group_id = ? AND taken_at IS NULL",
        (uploaded_by, group_id),
    )


def remove_old_uploads(tx: Writer, *, open_before: datetime, taken_before: datetime) -> int:
    """Throw away rosters that nobody took and counts that nobody needs; answers how many."""
    return tx.execute(
        "DELETE FROM roster_uploads WHERE uploaded_at < :open_before"
        " AND (taken_at IS NULL OR uploaded_at < :taken_before)",
        {"open_before": stamp(open_before), "taken_before": stamp(taken_before)},
    )


def sealed_members(db: Reader, group_id: int, today: str) -> list[sqlite3.Row]:
    """Every child's rows in a group, past ones too, with what is sealed about it; one statement, oldest first."""
    return db.rows(
        f"SELECT {MEMBERSHIP_COLUMNS}, accounts.real_name, accounts.birth_month, accounts.state,"
        " teams.name AS team_name, guardian_contacts.name AS guardian_name, guardian_contacts.relation,"
        " guardian_contacts.phone, guardian_contacts.email"
        " FROM memberships JOIN accounts ON accounts.account_id = memberships.account_id"
        f" LEFT JOIN teams ON teams.team_id = memberships.team_id AND {ACTIVE_TEAM}"
        " LEFT JOIN guardian_contacts ON guardian_contacts.child_id = memberships.account_id"
        "  AND guardian_contacts.ended_at IS NULL"
        " WHERE memberships.group_id = :group_id AND memberships.kind = 'child'"
        " ORDER BY memberships.membership_id LIMIT :most",
        {"group_id": group_id, "today": today, "most": MOST_COMPARED},
    )


def sealed_members_elsewhere(db: Reader, group_id: int, today: str, within: Sequence[int] | None) -> list[sqlite3.Row]:
    """The children of other groups (`within`: only of these) with their sealed name and birth month."""
    return db.rows(
        "SELECT accounts.real_name, accounts.birth_month, memberships.member_number, groups.name AS group_name"
        " FROM memberships JOIN accounts ON accounts.account_id = memberships.account_id"
        " JOIN groups ON groups.group_id = memberships.group_id"
        f" WHERE memberships.kind = 'child' AND memberships.group_id <> :group_id AND {ACTIVE_MEMBERSHIP}"
        " AND (:within IS NULL OR memberships.group_id IN (SELECT value FROM json_each(:within))) LIMIT :most",
        {
            "group_id": group_id, "today": today, "within": None if within is None else json.dumps(list(within)),
            "most": MOST_COMPARED,
        },
    )  # fmt: skip

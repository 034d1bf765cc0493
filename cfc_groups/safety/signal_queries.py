# ruff: noqa: S608 - only constants are put together; tests/house/test_sql.py watches over it
"""Signals of danger, for officers only; and what the sweep and the coordinators may know: how many wait unseen."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

from cfc_groups.clock import parse_stamp
from cfc_groups.db import Reader
from cfc_groups.errors import NotFound
from cfc_groups.safety import store
from cfc_groups.safety.models import ListedChild, OpenedSignal, Outcome, Signal, UnseenSignal
from cfc_groups.sealing import Sealer

SIGNAL_COLUMNS = (
    "danger_signals.*, accounts.account_id, accounts.pid AS child_pid, accounts.display_name, accounts.avatar,"
    " coalesce(groups.group_id, 0) AS place_id, coalesce(groups.pid, '') AS group_pid,"
    " coalesce(groups.name, '') AS group_name, coalesce(teams.name, '') AS team_name,"
    " coalesce(memberships.member_number, '') AS member_number, coalesce(seers.display_name, '') AS seen_by_name,"
    " coalesce(closers.display_name, '') AS closed_by_name"
)
SIGNALS = (
    f"SELECT {SIGNAL_COLUMNS} FROM danger_signals"
    " JOIN accounts ON accounts.account_id = danger_signals.child_id"
    " LEFT JOIN groups ON groups.group_id = danger_signals.group_id"
    " LEFT JOIN memberships ON memberships.membership_id = (SELECT newest.membership_id FROM memberships AS newest"
    "  WHERE newest.account_id = danger_signals.child_id AND newest.group_id = danger_signals.group_id"
    "  AND newest.kind = 'child' ORDER BY newest.starts_on DESC, newest.membership_id DESC LIMIT 1)"
    " LEFT JOIN teams ON teams.team_id = memberships.team_id"
    " LEFT JOIN accounts AS seers ON seers.account_id = danger_signals.seen_by"
    " LEFT JOIN accounts AS closers ON closers.account_id = danger_signals.closed_by"
)
MOST = 100


def list_open(db: Reader) -> list[Signal]:
    """Open signals, the oldest first."""
    rows = db.rows(
        f"{SIGNALS} WHERE danger_signals.closed_at IS NULL"
        " ORDER BY danger_signals.raised_at, danger_signals.signal_id LIMIT :most",
        {"most": MOST},
    )
    return [_signal(row) for row in rows]


def list_closed(db: Reader, most: int = 20) -> list[Signal]:
    """The signals that were closed last."""
    rows = db.rows(
        f"{SIGNALS} WHERE danger_signals.closed_at IS NOT NULL"
        " ORDER BY danger_signals.closed_at DESC, danger_signals.signal_id DESC LIMIT :most",
        {"most": most},
    )
    return [_signal(row) for row in rows]


def open_signal(db: Reader, sealer: Sealer, pid: str) -> OpenedSignal:
    """A signal with its words, kinds and closing note unsealed. Raises NotFound."""
    row = db.row(f"{SIGNALS} WHERE danger_signals.pid = ?", (pid,))
    if row is None:
        raise NotFound()
    note = sealer.open(row["outcome_note"], store.SIGNAL_NOTE) if row["outcome_note"] else ""
    return OpenedSignal(
        _signal(row),
        sealer.open(row["words"], store.SIGNAL_WORDS).split(store.NEXT_WORDS),
        json.loads(sealer.open(row["kinds"], store.SIGNAL_KINDS)),
        note,
    )


def unseen(db: Reader) -> list[UnseenSignal]:
    """Open signals that no officer has seen, without child, words or kinds."""
    rows = db.rows(
        "SELECT pid, waiting_since FROM danger_signals WHERE closed_at IS NULL AND seen_at IS NULL"
        " ORDER BY raised_at, signal_id LIMIT :most",
        {"most": MOST},
    )
    return [UnseenSignal(row["pid"], parse_stamp(row["waiting_since"])) for row in rows]


def open_count(db: Reader) -> int:
    """How many signals are open, for the officer's own page."""
    found = db.value("SELECT count(*) FROM danger_signals WHERE closed_at IS NULL")
    return int(str(found))


def _moment(text: str | None) -> datetime | None:
    return None if text is None else parse_stamp(text)


def _signal(row: sqlite3.Row) -> Signal:
    child = ListedChild(
        row["account_id"], row["child_pid"], row["display_name"], row["avatar"], row["place_id"], row["group_pid"],
        row["group_name"], row["team_name"], row["member_number"],
    )  # fmt: skip
    return Signal(
        row["signal_id"], row["pid"], child, row["object_kind"], row["object_id"], parse_stamp(row["raised_at"]),
        parse_stamp(row["waiting_since"]), row["seen_by_name"], _moment(row["seen_at"]),
        Outcome(row["outcome"]) if row["outcome"] else None, row["closed_by_name"], _moment(row["closed_at"]),
    )  # fmt: skip

"""The rows of badges and picture PINs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from cfc_groups.badges.models import BadgeEnd
from cfc_groups.clock import stamp
from cfc_groups.db import Reader, Writer

_MOST = 5000

_FOUND = (
    "SELECT badges.badge_id, badges.account_id, badges.failures_in_a_row, badges.choose_until, badges.ended_at,"
    " badges.ended_because, accounts.state, accounts.birth_month, picture_pins.pin_hash, picture_pins.pictures"
    " FROM badges JOIN accounts ON accounts.account_id = badges.account_id"
    " LEFT JOIN picture_pins ON picture_pins.account_id = badges.account_id"
)
_BY_QR = f"{_FOUND} WHERE badges.qr_hash = ?"
_BY_TYPED = f"{_FOUND} WHERE badges.code_fingerprint = ?"


def find_by_qr(db: Reader, qr_hash: str) -> sqlite3.Row | None:
    """The badge, ended or not, of a scanned secret with what a sign-in is checked against; or None."""
    return db.row(_BY_QR, (qr_hash,))


def find_by_typed(db: Reader, fingerprint: str) -> sqlite3.Row | None:
    """The badge, ended or not, of a typed code; or None."""
    return db.row(_BY_TYPED, (fingerprint,))


def still_opens(db: Reader, badge_id: int, pin_hash: str | None) -> bool:
    """Whether a badge counts, its child's account is active, and the pictures are (still) the ones given."""
    return None is not db.value(
        "SELECT 1 FROM badges JOIN accounts ON accounts.account_id = badges.account_id"
        " LEFT JOIN picture_pins ON picture_pins.account_id = badges.account_id"
        " WHERE badge_id = ? AND ended_at IS NULL AND accounts.state = 'active' AND pin_hash IS ?",
        (badge_id, pin_hash),
    )


def add_badge(
    tx: Writer, account_id: int, *, qr_hash: str, fingerprint: str, codes: bytes, issued_by: int | None,
    now: datetime, choose_until: datetime, printed_at: datetime | None,
) -> int:  # fmt: skip
    """Add a child's badge; the one before must have ended. Answers its id."""
    return tx.insert(
        "badges", account_id=account_id, qr_hash=qr_hash, code_fingerprint=fingerprint, codes=codes,
        issued_by=issued_by, issued_at=stamp(now), choose_until=stamp(choose_until),
        printed_at=None if printed_at is None else stamp(printed_at),
    )  # fmt: skip


def end_badge(tx: Writer, badge_id: int, because: BadgeEnd, now: datetime) -> bool:
    """End a badge and forget its codes; False when it has ended before."""
    return (
        tx.execute(
            "UPDATE badges SET ended_at = ?, ended_because = ?, codes = NULL WHERE badge_id = ? AND ended_at IS NULL",
            (stamp(now), because, badge_id),
        )
        == 1
    )


def is_active_child(db: Reader, account_id: int) -> bool:
    """Whether an account belongs to a child and is active."""
    return None is not db.value(
        "SELECT 1 FROM accounts WHERE account_id = ? AND role = 'child' AND state = 'active'", (account_id,)
    )


def find_open_badge(db: Reader, account_id: int) -> int | None:
    """The id of a child's badge that counts, or None."""
    found = db.value("SELECT badge_id FROM badges WHERE account_id = ? AND ended_at IS NULL", (account_id,))
    return None if found is None else int(str(found))


def sealed_codes(db: Reader, badge_ids: Iterable[int]) -> dict[int, bytes]:
    """The sealed secrets of badges that may still be printed, by badge id."""
    rows = db.rows(
        "SELECT badge_id, codes FROM badges WHERE badge_id IN (SELECT value FROM json_each(?)) AND codes IS NOT NULL",
        (json.dumps(list(badge_ids)),),
    )
    return {row["badge_id"]: row["codes"] for row in rows}


def mark_printed(tx: Writer, badge_id: int, now: datetime) -> None:
    """Write down the first print; the day in which it may be repeated counts from there."""
    tx.execute("UPDATE badges SET printed_at = ? WHERE badge_id = ? AND printed_at IS NULL", (stamp(now), badge_id))


def set_choose_until(tx: Writer, badge_id: int, choose_until: datetime) -> None:
    """Until when a child may choose its pictures with this badge."""
    tx.execute("UPDATE badges SET choose_until = ? WHERE badge_id = ?", (stamp(choose_until), badge_id))


# Failures in a row


def add_failure(tx: Writer, badge_id: int) -> int:
    """Count a try that did not fit; answers how many there are in a row."""
    tx.execute("UPDATE badges SET failures_in_a_row = failures_in_a_row + 1 WHERE badge_id = ?", (badge_id,))
    return int(str(tx.value("SELECT failures_in_a_row FROM badges WHERE badge_id = ?", (badge_id,))))


def clear_failures(tx: Writer, badge_id: int) -> None:
    """A try fitted: the row of failures is over."""
    tx.execute("UPDATE badges SET failures_in_a_row = 0 WHERE badge_id = ? AND failures_in_a_row > 0", (badge_id,))


# Picture PINs


def add_pin(tx: Writer, account_id: int, pin_hash: str, pictures: int, now: datetime) -> bool:
    """Keep a child's pictures (their hash); False when it has chosen already."""
    return (
        tx.execute(
            "INSERT INTO picture_pins (account_id, pin_hash, pictures, chosen_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (account_id) DO NOTHING",
            (account_id, pin_hash, pictures, stamp(now)),
        )
        == 1
    )


def remove_pin(tx: Writer, account_id: int) -> bool:
    """Forget a child's pictures; False when it had none."""
    return tx.execute("DELETE FROM picture_pins WHERE account_id = ?", (account_id,)) == 1


# Clearing up


def forget_codes(tx: Writer, *, printed_before: datetime, issued_before: datetime) -> int:
    """Remove the sealed codes that may not be printed any more; answers how many, at most 5,000."""
    return tx.execute(
        "UPDATE badges SET codes = NULL WHERE badge_id IN (SELECT badge_id FROM badges INDEXED BY badges_with_codes"
        " WHERE codes IS NOT NULL AND (printed_at < ? OR issued_at < ?) LIMIT ?)",
        (stamp(printed_before), stamp(issued_before), _MOST),
    )


def end_unused(tx: Writer, now: datetime) -> int:
    """End the badges with which no child chose its pictures in time; answers how many, at most 5,000."""
    return tx.execute(
        "UPDATE badges SET ended_at = :now, ended_because = 'expired', codes = NULL WHERE badge_id IN ("
        " SELECT badge_id FROM badges LEFT JOIN picture_pins ON picture_pins.account_id = badges.account_id"
        " WHERE ended_at IS NULL AND choose_until < :now AND pin_hash IS NULL LIMIT :most)",
        {"now": stamp(now), "most": _MOST},
    )


def end_of_who_left(tx: Writer, now: datetime) -> int:
    """End the badges of children whose account has ended; answers how many, at most 5,000."""
    return tx.execute(
        "UPDATE badges SET ended_at = :now, ended_because = 'left', codes = NULL WHERE badge_id IN ("
        " SELECT badge_id FROM badges JOIN accounts ON accounts.account_id = badges.account_id"
        " WHERE ended_at IS NULL AND accounts.state = 'ended' LIMIT :most)",
        {"now": stamp(now), "most": _MOST},
    )

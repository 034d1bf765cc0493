"""The rows of signing in: what secrets are checked against, open sessions, counted failures."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from cfc_groups.access import Role
from cfc_groups.accounts.models import INVITATION_LASTS, AccountState, Credentials, OpenSession, SessionLimits
from cfc_groups.accounts.store import IS_OFFICER
from cfc_groups.clock import parse_stamp, stamp
from cfc_groups.db import Reader, Writer

# Secrets of adults


def find_credentials(db: Reader, user_name: str) -> Credentials | None:
    """What a sign-in under a (folded) user name is checked against, or None."""
    row = db.row(
        "SELECT account_id, role, state, password_hash, totp_secret, totp_last_step,"  # noqa: S608
        f" {IS_OFFICER} FROM accounts WHERE user_name = ?",
        (user_name,),
    )
    if row is None:
        return None
    return Credentials(
        row["account_id"], Role(row["role"]), AccountState(row["state"]), bool(row["officer"]),
        row["password_hash"], row["totp_secret"], row["totp_last_step"],
    )  # fmt: skip


def mark_totp_step(tx: Writer, account_id: int, step: int) -> bool:
    """Use up a time step of the second factor; False when it, or a later one, was used already."""
    return (
        tx.execute(
            "UPDATE accounts SET totp_last_step = :step WHERE account_id = :account_id AND totp_last_step < :step",
            {"step": step, "account_id": account_id},
        )
        == 1
    )


def use_one_time_code(tx: Writer, account_id: int, fingerprint: str, now: datetime) -> bool:
    """Use up a one-time code; False when there is no such code that is unused."""
    return (
        tx.execute(
            "UPDATE one_time_codes SET used_at = ? WHERE fingerprint = ? AND account_id = ? AND used_at IS NULL",
            (stamp(now), fingerprint, account_id),
        )
        == 1
    )


# Sessions


def find_session(db: Reader, token_hash: str) -> sqlite3.Row | None:
    """The open session of an active account, with what an Actor is made of; one statement."""
    return db.row(
        "SELECT session_id, started_at, last_seen_at, confirmed_at, accounts.account_id, pid,"  # noqa: S608
        f" role, display_name, avatar, vetted_on, birth_month, {IS_OFFICER}"
        " FROM sessions JOIN accounts ON accounts.account_id = sessions.account_id"
        " WHERE token_hash = ? AND ended_at IS NULL AND state = 'active'",
        (token_hash,),
    )


def add_session(tx: Writer, account_id: int, token_hash: str, path: str, now: datetime) -> int:
    """Add an open session; answers its id."""
    moment = stamp(now)
    return tx.insert(
        "sessions", token_hash=token_hash, account_id=account_id, path=path, started_at=moment,
        last_seen_at=moment, confirmed_at=moment,
    )  # fmt: skip


def set_last_seen(tx: Writer, session_id: int, now: datetime) -> None:
    """Write down that somebody used a session."""
    tx.execute("UPDATE sessions SET last_seen_at = ? WHERE session_id = ?", (stamp(now), session_id))


def set_confirmed(tx: Writer, session_id: int, now: datetime) -> None:
    """Write down that the secret was given again (R87)."""
    tx.execute("UPDATE sessions SET confirmed_at = ? WHERE session_id = ?", (stamp(now), session_id))


def end_sessions(tx: Writer, account_id: int, now: datetime, because: str, *, but: int | None = None) -> int:
    """End every open session of an account (but one, if given); answers how many."""
    return tx.execute(
        "UPDATE sessions SET ended_at = ?, ended_because = ?"
        " WHERE account_id = ? AND ended_at IS NULL AND session_id IS NOT ?",
        (stamp(now), because, account_id, but),
    )


def end_session(tx: Writer, account_id: int, session_id: int, now: datetime, because: str) -> bool:
    """End one open session of an account; False when there is none."""
    return (
        tx.execute(
            "UPDATE sessions SET ended_at = ?, ended_because = ?"
            " WHERE session_id = ? AND account_id = ? AND ended_at IS NULL",
            (stamp(now), because, session_id, account_id),
        )
        == 1
    )


def end_session_of_token(tx: Writer, token_hash: str, now: datetime, because: str) -> bool:
    """End the open session of a cookie; False when there is none."""
    return (
        tx.execute(
            "UPDATE sessions SET ended_at = ?, ended_because = ? WHERE token_hash = ? AND ended_at IS NULL",
            (stamp(now), because, token_hash),
        )
        == 1
    )


def open_sessions(db: Reader, account_id: int) -> list[OpenSession]:
    """The open sessions of an account, latest first, at most 50."""
    rows = db.rows(
        "SELECT session_id, path, started_at, last_seen_at, confirmed_at FROM sessions"
        " WHERE account_id = ? AND ended_at IS NULL ORDER BY last_seen_at DESC LIMIT 50",
        (account_id,),
    )
    return [
        OpenSession(row["session_id"], row["path"], *(parse_stamp(row[name]) for name in row.keys()[2:]))
        for row in rows
    ]


# Failures at sign-in


def add_failure(tx: Writer, limit_key: str, now: datetime) -> int:
    """Count one failure; answers its id."""
    return tx.insert("sign_in_failures", limit_key=limit_key, failed_at=stamp(now))


def failures(db: Reader, limit_key: str, since: datetime, *, most: int) -> list[datetime]:
    """The moments of the latest failures of a key, latest first, at most `most`."""
    rows = db.rows(
        "SELECT failed_at FROM sign_in_failures WHERE limit_key = ? AND failed_at >= ? ORDER BY failed_at DESC LIMIT ?",
        (limit_key, stamp(since), most),
    )
    return [parse_stamp(row[0]) for row in rows]


def remove_failures_of_key(tx: Writer, limit_key: str) -> int:
    """Forget the failures of a key."""
    return tx.execute("DELETE FROM sign_in_failures WHERE limit_key = ?", (limit_key,))


def remove_failures(tx: Writer, failure_ids: Iterable[int]) -> int:
    """Forget these failures."""
    return tx.execute(
        "DELETE FROM sign_in_failures WHERE failure_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(failure_ids)),),
    )


# Passwords, second factor, one-time codes


def password_hash(db: Reader, account_id: int) -> str | None:
    """The kept hash of an account's password, or None."""
    found = db.value("SELECT password_hash FROM accounts WHERE account_id = ?", (account_id,))
    return None if found is None else str(found)


def user_name_is_taken(db: Reader, user_name: str, *, but: int) -> bool:
    """Whether somebody else has a (folded) user name."""
    return None is not db.value("SELECT 1 FROM accounts WHERE user_name = ? AND account_id <> ?", (user_name, but))


def set_sign_in(tx: Writer, account_id: int, user_name: str, kept: str) -> None:
    """Set user name and password hash."""
    tx.execute(
        "UPDATE accounts SET user_name = ?, password_hash = ? WHERE account_id = ?", (user_name, kept, account_id)
    )


def set_password(tx: Writer, account_id: int, kept: str) -> None:
    """Set the password hash."""
    tx.execute("UPDATE accounts SET password_hash = ? WHERE account_id = ?", (kept, account_id))


def set_totp(tx: Writer, account_id: int, sealed: bytes, last_step: int) -> None:
    """Set the sealed secret of the second factor; steps up to `last_step` are used up."""
    tx.execute(
        "UPDATE accounts SET totp_secret = ?, totp_last_step = ? WHERE account_id = ?",
        (sealed, last_step, account_id),
    )


def sealed_totp(db: Reader, account_id: int) -> bytes:
    """The sealed secret of the second factor; empty when none is set up. It differs after each set-up."""
    found = db.value("SELECT totp_secret FROM accounts WHERE account_id = ?", (account_id,))
    return found if isinstance(found, bytes) else b""


def remove_secrets(tx: Writer, account_id: int) -> None:
    """Forget user name, password and second factor, so that a new invitation can set them."""
    tx.execute(
        "UPDATE accounts SET user_name = NULL, password_hash = NULL, totp_secret = NULL WHERE account_id = ?",
        (account_id,),
    )
    tx.execute("DELETE FROM one_time_codes WHERE account_id = ?", (account_id,))


def replace_codes(tx: Writer, account_id: int, fingerprints: Iterable[str], now: datetime) -> None:
    """Put new one-time codes in the place of the old ones."""
    tx.execute("DELETE FROM one_time_codes WHERE account_id = ? AND used_at IS NULL", (account_id,))
    for fingerprint in fingerprints:
        tx.insert("one_time_codes", account_id=account_id, fingerprint=fingerprint, made_at=stamp(now))


def unused_codes(db: Reader, account_id: int) -> int:
    """How many one-time codes are left."""
    left = db.value("SELECT COUNT(*) FROM one_time_codes WHERE account_id = ? AND used_at IS NULL", (account_id,))
    return int(str(left))


# Invitations


def add_invitation(tx: Writer, account_id: int, token_hash: str, made_by: int | None, now: datetime) -> int:
    """Add an invitation that lasts 14 days; answers its id."""
    return tx.insert(
        "invitations", account_id=account_id, token_hash=token_hash, made_by=made_by, made_at=stamp(now),
        expires_at=stamp(now + INVITATION_LASTS),
    )  # fmt: skip


def find_invitation(db: Reader, token_hash: str, now: datetime) -> sqlite3.Row | None:
    """The invitation that a link opens today (unused, not withdrawn, not expired, account still invited), or None."""
    return db.row(
        "SELECT invitation_id, invitations.account_id FROM invitations"
        " JOIN accounts ON accounts.account_id = invitations.account_id"
        " WHERE token_hash = ? AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > ?"
        " AND state = 'invited'",
        (token_hash, stamp(now)),
    )


def use_invitation(tx: Writer, invitation_id: int, now: datetime) -> None:
    """The invitation has done its work."""
    tx.execute("UPDATE invitations SET used_at = ? WHERE invitation_id = ?", (stamp(now), invitation_id))


def withdraw_invitations(tx: Writer, account_id: int, now: datetime) -> int:
    """Close the open invitations of an account; answers how many."""
    return tx.execute(
        "UPDATE invitations SET withdrawn_at = ? WHERE account_id = ? AND used_at IS NULL AND withdrawn_at IS NULL",
        (stamp(now), account_id),
    )


def invitation_expires_at(db: Reader, account_id: int) -> datetime | None:
    """When the open invitation of an account ends, or None when there is none."""
    found = db.value(
        "SELECT expires_at FROM invitations WHERE account_id = ? AND used_at IS NULL AND withdrawn_at IS NULL"
        " ORDER BY invitation_id DESC LIMIT 1",
        (account_id,),
    )
    return None if found is None else parse_stamp(str(found))


# Clearing up


def close_old_sessions(tx: Writer, role_is_child: bool, limits: SessionLimits, now: datetime) -> int:
    """End the sessions of children (or of adults) that were idle or open for too long, at most 5,000."""
    return tx.execute(
        "UPDATE sessions SET ended_at = :now, ended_because = 'time' WHERE session_id IN ("
        " SELECT session_id FROM sessions JOIN accounts ON accounts.account_id = sessions.account_id"
        " WHERE ended_at IS NULL AND (role = 'child') = :child"
        " AND (last_seen_at < :idle_since OR started_at < :open_since) LIMIT 5000)",
        {
            "now": stamp(now), "child": int(role_is_child), "idle_since": stamp(now - limits.idle),
            "open_since": stamp(now - limits.total),
        },
    )  # fmt: skip


def remove_old_rows(tx: Writer, *, sessions_before: datetime, failures_before: datetime) -> None:
    """Forget sessions that ended, and failures that happened, before a moment; at most 5,000 of each."""
    tx.execute(
        "DELETE FROM sessions WHERE session_id IN (SELECT session_id FROM sessions WHERE ended_at < ? LIMIT 5000)",
        (stamp(sessions_before),),
    )
    tx.execute(
        "DELETE FROM sign_in_failures WHERE failure_id IN"
        " (SELECT failure_id FROM sign_in_failures WHERE failed_at < ? LIMIT 5000)",
        (stamp(failures_before),),
    )

"""From a cookie to an actor: the cookie carries a random token, `sessions` says whether it counts (R84)."""

from __future__ import annotations

import hashlib
import logging
import secrets
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta

from flask import session

from cfc_groups import web
from cfc_groups.access import Actor, Reach, Role
from cfc_groups.accounts import rules, sign_in_store, store
from cfc_groups.clock import parse_stamp
from cfc_groups.db import Database, Reader, write

log = logging.getLogger("cfc_groups.accounts")

ReachLoader = Callable[[Reader, int, date], Reach]

SEEN_EVERY = timedelta(minutes=1)
_COOKIE = "token"


def _nowhere(db: Reader, account_id: int, today: date) -> Reach:
    return Reach()


_reach_loader: list[ReachLoader] = [_nowhere]


def set_reach_loader(loader: ReachLoader) -> None:
    """How an account's groups and teams are found (one statement): groups gives it when it registers."""
    _reach_loader[:] = [loader]


def new_token() -> str:
    """A session's token: 256 random bits."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is stored of a token with at least 128 random bits: its SHA-256 (hex)."""
    return hashlib.sha256(token.encode()).hexdigest()


def remember(token: str) -> None:
    """Put a new session's token into a fresh cookie; who was signed in here before is signed out."""
    _end_this(web.now(), "replaced")
    session.clear()
    session[_COOKIE] = token


def forget(now: datetime) -> None:
    """End this device's session, in the database and in the cookie."""
    _end_this(now, "signed_out")
    session.clear()


def device_token() -> str:
    """This device's own token, for deriving what only it may know; empty for visitors."""
    return str(session.get(_COOKIE, ""))


def _end_this(now: datetime, because: str) -> None:
    token = session.get(_COOKIE)
    if token:
        with write(web.db()) as tx:
            sign_in_store.end_session_of_token(tx, hash_of(str(token)), now, because)


def load_actor() -> Actor | None:
    """Who is signed in on this device, or None; two statements, and one more at most once a minute."""
    token = session.get(_COOKIE)
    if not token:
        return None
    row = sign_in_store.find_session(web.db(), hash_of(str(token)))
    if row is None or _is_over(row, web.now()):
        session.pop(_COOKIE)  # so that a dead token does not pass for somebody signed in
        return None
    _note_seen(web.db(), row, web.now())
    return _actor(row, _reach_loader[0](web.db(), row["account_id"], web.today()))


def _is_over(row: sqlite3.Row, now: datetime) -> bool:
    return rules.session_is_over(
        Role(row["role"]), parse_stamp(row["started_at"]), parse_stamp(row["last_seen_at"]), now
    )


def _note_seen(db: Database, row: sqlite3.Row, now: datetime) -> None:
    if now - parse_stamp(row["last_seen_at"]) < SEEN_EVERY:
        return
    try:
        with write(db) as tx:
            sign_in_store.set_last_seen(tx, row["session_id"], now)
    except sqlite3.OperationalError as problem:  # a full disk must not keep anybody from reading
        log.warning("the last request of a session was not noted: %s", problem)


def _actor(row: sqlite3.Row, reach: Reach) -> Actor:
    role = Role(row["role"])
    band = None
    if role is Role.CHILD and row["birth_month"]:
        band = rules.age_band(web.sealer().open(row["birth_month"], store.BIRTH_MONTH), web.today())
    return Actor(
        account_id=row["account_id"], pid=row["pid"], role=role, display_name=row["display_name"],
        avatar=row["avatar"], session_id=row["session_id"], signed_in_at=parse_stamp(row["started_at"]),
        confirmed_at=parse_stamp(row["confirmed_at"]),
        vetted_on=date.fromisoformat(row["vetted_on"]) if row["vetted_on"] else None,
        officer=bool(row["officer"]), age_band=band, reach=reach,
    )  # fmt: skip

"""Failures at signing in are counted in the database, so that a restart forgets none (R80, R81; safety.md 5).

One path's failures never close another path: a classmate who guesses cannot lock a child out of a badge.
Who shares an address is only held back by failures, never by how many of them sign in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cfc_groups import journal
from cfc_groups.accounts import hooks, sign_in_store
from cfc_groups.db import Database, Reader, Writer, write
from cfc_groups.errors import TooMany
from cfc_groups.sealing import Sealer

FREE_FAILURES = 4  # the fifth is followed by the first wait
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
MEMORY = timedelta(hours=24)  # a guesser who pauses for a quarter of an hour does not start anew

WINDOW = timedelta(minutes=10)
ADDRESS_FAILURES = 30
ADDRESS_WAIT = timedelta(minutes=10)
SITE_FAILURES = 300
SITE_FACTOR = 4

SITE_KEY = "site"


@dataclass(frozen=True, slots=True)
class LimitKeys:
    """What failures are counted under. No user name, code or address is stored readable."""

    account: str
    address: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try that was counted as a failure beforehand, so that many at once cannot slip through together."""

    keys: LimitKeys
    failure_ids: tuple[int, ...]


def limit_keys(sealer: Sealer, *, path: str, account: str, address: str) -> LimitKeys:
    """Keys for a way of signing in ("password", "badge" …), what was typed, and the client's address."""
    return LimitKeys(
        account=f"{path}:{sealer.fingerprint(account, f'sign_in_failures.{path}')}",
        address=f"address:{sealer.fingerprint(address, 'sign_in_failures.address')}",
    )


def check(db: Reader, now: datetime, *, keys: LimitKeys) -> None:
    """Raise TooMany (sign_in_wait_seconds, sign_in_wait_minutes) while a wait lasts."""
    of_account = sign_in_store.failures(db, keys.account, now - MEMORY, most=32)
    of_address = sign_in_store.failures(
        db, keys.address, now - WINDOW - ADDRESS_WAIT * SITE_FACTOR, most=ADDRESS_FAILURES
    )
    of_site = sign_in_store.failures(db, SITE_KEY, now - WINDOW, most=SITE_FAILURES)
    factor = SITE_FACTOR if len(of_site) >= SITE_FAILURES else 1
    ends = [now]
    if len(of_account) > FREE_FAILURES:
        ends.append(of_account[0] + factor * wait_after(len(of_account)))
    if len(of_address) >= ADDRESS_FAILURES and of_address[0] - of_address[-1] <= WINDOW:
        ends.append(of_address[0] + factor * ADDRESS_WAIT)
    if max(ends) > now:
        _refuse(max(ends) - now)


def wait_after(failures: int) -> timedelta:
    """How long to wait after so many failures in a row: 30 seconds from the fifth on, doubling to 15 min."""
    if failures <= FREE_FAILURES:
        return timedelta(0)
    doublings = min(failures - FREE_FAILURES - 1, 16)
    return min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)


def record_failure(tx: Writer, now: datetime, *, keys: LimitKeys) -> tuple[int, ...]:
    """Count a failure for the account's path, the address and the site; the 300th in ten minutes alarms."""
    ids = tuple(sign_in_store.add_failure(tx, key, now) for key in (keys.account, keys.address, SITE_KEY))
    if len(sign_in_store.failures(tx, SITE_KEY, now - WINDOW, most=SITE_FAILURES + 1)) == SITE_FAILURES:
        journal.enter(tx, None, "note_many_failures", "site", "sign_in", now, failures=SITE_FAILURES)
        hooks.tell_many_failures(tx, now)
    return ids


def clear_in_a_row(tx: Writer, keys: LimitKeys) -> None:
    """After a success the failures of this account on this path are forgotten; the address's are not."""
    sign_in_store.remove_failures_of_key(tx, keys.account)


def begin_attempt(db: Database, now: datetime, *, keys: LimitKeys) -> Attempt:
    """Check the limits and count the try as a failure in one transaction. Raises TooMany. See `succeed`."""
    with write(db) as tx:
        check(tx, now, keys=keys)
        return Attempt(keys, record_failure(tx, now, keys=keys))


def succeed(tx: Writer, attempt: Attempt) -> None:
    """The try was right: it does not count, and the failures before it are forgotten."""
    sign_in_store.remove_failures(tx, attempt.failure_ids)
    clear_in_a_row(tx, attempt.keys)


def _refuse(wait: timedelta) -> None:
    seconds = max(1, int(wait.total_seconds() + 0.999))
    if seconds < 90:
        raise TooMany("sign_in_wait_seconds", seconds=seconds)
    raise TooMany("sign_in_wait_minutes", seconds=seconds, minutes=-(-seconds // 60))

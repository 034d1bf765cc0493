"""A child comes in: badge, then pictures; on the first time it gets its pictures (safety.md 5, path A; R79–R81, R88).

Every answer is a Step, the same for a badge that exists and for a code that nobody has.
"""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

from cfc_groups import journal
from cfc_groups.accounts import actions as accounts
from cfc_groups.accounts import limits, passwords, sign_in_store
from cfc_groups.accounts.models import AccountState
from cfc_groups.accounts.rules import age_band
from cfc_groups.accounts.store import BIRTH_MONTH
from cfc_groups.badges import codes, hooks, rules, store
from cfc_groups.badges.models import FAILURES_UNTIL_ASLEEP, PATH, BadgeEnd, Entry, FoundBadge, Step, StepKind
from cfc_groups.clock import parse_stamp
from cfc_groups.db import Database, Reader, write
from cfc_groups.errors import RuleBroken, TooMany
from cfc_groups.ids import new_pid
from cfc_groups.sealing import Sealer


def take_step(db: Database, sealer: Sealer, now: datetime, today: date, address: str, entry: Entry) -> Step:
    """Take what a child sent and answer what it sees next. Raises RuleBroken when the code cannot be a badge's."""
    found = find_badge(db, sealer, now, today, entry.badge_code)
    keys = _limit_keys(sealer, found, address)
    if _is_asleep(db, found, keys, now):
        return Step(StepKind.ASLEEP)
    seconds = _rest(db, now, keys)
    if seconds:
        return Step(StepKind.REST, seconds=seconds)
    if found.too_late:
        return Step(StepKind.TOO_LATE)
    if found.fresh:
        return _first_time(db, sealer, now, found, entry)
    chosen = rules.kept_pictures(entry.pictures, found.pictures)
    if len(chosen) < found.pictures:
        return Step(StepKind.PICTURES, found.pictures, chosen)
    return _try(db, now, found, keys, chosen)


def find_badge(db: Reader, sealer: Sealer, now: datetime, today: date, badge_code: str) -> FoundBadge:
    """The badge of a code, or one made up from the code that never opens. Raises RuleBroken("badge_code_wrong")."""
    secret = rules.read_secret(badge_code)
    if secret is None:
        count = len(rules.fold_typed(badge_code))
        raise RuleBroken("badge_code_wrong", field="badge_code", count=count)
    if secret.qr is not None:
        row = store.find_by_qr(db, codes.qr_hash(secret.qr))
    else:
        row = store.find_by_typed(db, codes.typed_fingerprint(sealer, secret.typed or ""))
    if row is None:
        code = secret.qr or secret.typed or ""
        return FoundBadge(f"code:{code}", codes.nobodys_pictures(sealer, code))
    return _found(row, sealer, now, today)


def _found(row: sqlite3.Row, sealer: Sealer, now: datetime, today: date) -> FoundBadge:
    opens = row["ended_at"] is None and row["state"] == AccountState.ACTIVE
    chose = row["pin_hash"] is not None
    waited = opens and not chose and parse_stamp(row["choose_until"]) < now
    band = age_band(sealer.open(row["birth_month"], BIRTH_MONTH), today) if row["birth_month"] else None
    return FoundBadge(
        limit_name=rules.limit_name(row["badge_id"]), badge_id=row["badge_id"], account_id=row["account_id"],
        pictures=row["pictures"] or rules.pictures_for(band), pin_hash=row["pin_hash"], opens=opens,
        fresh=opens and not chose and not waited, too_late=waited or row["ended_because"] == BadgeEnd.EXPIRED,
        failures_in_a_row=row["failures_in_a_row"],
    )  # fmt: skip


def _limit_keys(sealer: Sealer, found: FoundBadge, address: str) -> limits.LimitKeys:
    # The address is counted for this path alone: who guesses passwords in the next room closes no badge (R81).
    return limits.limit_keys(sealer, path=PATH, account=found.limit_name, address=f"{PATH}:{address}")


def _is_asleep(db: Reader, found: FoundBadge, keys: limits.LimitKeys, now: datetime) -> bool:
    # A code that nobody has falls asleep like a badge, as long as its failures are remembered (R88).
    if found.badge_id is not None:
        return found.failures_in_a_row >= FAILURES_UNTIL_ASLEEP
    tries = sign_in_store.failures(db, keys.account, now - limits.MEMORY, most=FAILURES_UNTIL_ASLEEP)
    return len(tries) >= FAILURES_UNTIL_ASLEEP


def _rest(db: Reader, now: datetime, keys: limits.LimitKeys) -> int:
    try:
        limits.check(db, now, keys=keys)
    except TooMany as problem:
        return problem.seconds
    return 0


# The pictures are known: one try


def _try(db: Database, now: datetime, found: FoundBadge, keys: limits.LimitKeys, chosen: tuple[str, ...]) -> Step:
    try:
        attempt, in_a_row = _count_beforehand(db, now, found, keys)
    except TooMany as problem:  # somebody else tried the same badge in this very moment
        return Step(StepKind.REST, seconds=problem.seconds)
    if passwords.verify_secret(found.pin_hash, rules.as_secret(chosen)):
        token = _come_in(db, now, found, attempt)
        if token:
            return Step(StepKind.IN, token=token)
    if in_a_row >= FAILURES_UNTIL_ASLEEP:
        _put_to_sleep(db, now, found)
    if in_a_row >= FAILURES_UNTIL_ASLEEP or _is_asleep(db, found, keys, now):
        return Step(StepKind.ASLEEP)
    seconds = _rest(db, now, keys)
    if seconds:
        return Step(StepKind.REST, seconds=seconds)
    return Step(StepKind.PICTURES, found.pictures, trouble="pictures_and_badge_differ")


def _count_beforehand(
    db: Database, now: datetime, found: FoundBadge, keys: limits.LimitKeys
) -> tuple[limits.Attempt, int]:
    """Count the try as a failure before it is checked, so that many at once cannot slip through. Raises TooMany.

    One transaction for a badge and for a code that nobody has: a second one would be heard in the time (R88).
    """
    with write(db) as tx:
        limits.check(tx, now, keys=keys)
        attempt = limits.Attempt(keys, limits.record_failure(tx, now, keys=keys))
        return attempt, store.add_failure(tx, found.badge_id) if found.badge_id is not None else 0


def _come_in(db: Database, now: datetime, found: FoundBadge, attempt: limits.Attempt) -> str:
    """The pictures were right: forgive the failures and open a session, unless the badge was closed meanwhile."""
    account_id, badge_id = found.account_id or 0, found.badge_id or 0
    with write(db) as tx:
        if not store.still_opens(tx, badge_id, found.pin_hash):
            return ""
        limits.succeed(tx, attempt)
        store.clear_failures(tx, badge_id)
        return accounts.open_session_in(tx, account_id, PATH, now)


def _put_to_sleep(db: Database, now: datetime, found: FoundBadge) -> None:
    """The tenth failure in a row ends the badge, for good (R80)."""
    account_id, badge_id = found.account_id or 0, found.badge_id or 0
    with write(db) as tx:
        if store.end_badge(tx, badge_id, BadgeEnd.FAILURES, now):
            journal.enter(tx, None, "end_badge", "account", account_id, now, because=BadgeEnd.FAILURES)
            hooks.tell_badge_asleep(tx, account_id, now)


# The first time: one of three rows, seen, tapped once more


def _first_time(db: Database, sealer: Sealer, now: datetime, found: FoundBadge, entry: Entry) -> Step:
    size, badge_id = found.pictures, found.badge_id or 0
    deal = entry.deal or new_pid()
    rows = rules.proposals(codes.draw_of(sealer, badge_id, deal), size)
    if not entry.deal or entry.row is None or not 0 <= entry.row < len(rows):
        return Step(StepKind.CHOOSE, size, deal=deal, rows=rows)
    if not entry.ready:
        return Step(StepKind.LOOK, size, deal=deal, row=entry.row, rows=rows)
    chosen = rules.kept_pictures(entry.pictures, size)
    if len(chosen) < size:
        return Step(StepKind.REMEMBER, size, chosen, deal, entry.row)
    if chosen != rows[entry.row]:
        return Step(StepKind.LOOK, size, deal=deal, row=entry.row, rows=rows, trouble="pictures_not_yet")
    return _begin(db, now, found, chosen)


def _begin(db: Database, now: datetime, found: FoundBadge, chosen: tuple[str, ...]) -> Step:
    account_id, badge_id = found.account_id or 0, found.badge_id or 0
    pin_hash = passwords.hash_secret(rules.as_secret(chosen))
    with write(db) as tx:
        if not store.still_opens(tx, badge_id, None) or not store.add_pin(tx, account_id, pin_hash, len(chosen), now):
            return Step(StepKind.PICTURES, found.pictures)  # chosen on another device in this very moment
        journal.enter(tx, account_id, "choose_pictures", "account", account_id, now)
        return Step(StepKind.IN, token=accounts.open_session_in(tx, account_id, PATH, now))


"""Badges are issued, printed, replaced and closed; pictures are chosen anew. Each deed is journaled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from cfc_groups import journal
from cfc_groups.access import Actor
from cfc_groups.accounts import actions as accounts
from cfc_groups.accounts import limits, passwords
from cfc_groups.badges import codes, queries, rules, store
from cfc_groups.badges.models import (
    CHOOSE_ANEW_WITHIN,
    FIRST_USE_WITHIN,
    PATH,
    PRINT_AGAIN_WITHIN,
    BadgeEnd,
    BadgeSecrets,
    ChildBadge,
    PrintedBadge,
    Sheet,
)
from cfc_groups.db import Database, Writer, write
from cfc_groups.errors import NotFound, RuleBroken
from cfc_groups.sealing import Sealer

# What other rooms ask for


def issue_badges_in(
    tx: Writer, sealer: Sealer, account_ids: Iterable[int], actor_id: int | None, now: datetime
) -> int:  # fmt: skip
    """Give each of these children a new badge, not printed yet; old badges end, with their sessions (R84).

    Answers how many. Raises NotFound when one of them is not an active child.
    """
    return len([_issue_in(tx, sealer, account_id, actor_id, now, None) for account_id in account_ids])


def issue_badge_in(
    tx: Writer, sealer: Sealer, account_id: int, actor_id: int | None, now: datetime, *, typed: str | None = None
) -> tuple[str, str]:  # fmt: skip
    """A new badge that the caller hands over at once; answers its two secrets (scanned, typed). The old one ends.

    typed: 16 characters of the caller's own, for the demo alone, which must be able to tell them again.
    """
    both = _issue_in(tx, sealer, account_id, actor_id, now, now, typed)
    return both.qr, both.typed


def set_picture_pin_in(
    tx: Writer, account_id: int, keys: Sequence[str], now: datetime, *, pin_hash: str | None = None
) -> bool:
    """Set a child's pictures (3 or 4 keys of the grid, in order) without its own choice: for the demo and for tests.

    pin_hash: the hash of the same pictures, if the caller has one already (`hash_pictures`). Raises ValueError.
    """
    if not rules.is_picture_pin(keys):
        raise ValueError(f"not a picture PIN: {list(keys)}")
    store.remove_pin(tx, account_id)
    return store.add_pin(tx, account_id, pin_hash or hash_pictures(keys), len(keys), now)


def hash_pictures(keys: Sequence[str]) -> str:
    """What is kept of pictures in order: Argon2id, some 40 ms."""
    return passwords.hash_secret(rules.as_secret(keys))


def _issue_in(
    tx: Writer, sealer: Sealer, account_id: int, actor_id: int | None, now: datetime, printed_at: datetime | None,
    typed: str | None = None,
) -> BadgeSecrets:  # fmt: skip
    if not store.is_active_child(tx, account_id):
        raise NotFound()
    old = store.find_open_badge(tx, account_id)
    if old is not None:
        _end_in(tx, account_id, old, BadgeEnd.REISSUED, now)
    both = codes.new_secrets(typed)
    store.add_badge(
        tx, account_id, qr_hash=codes.qr_hash(both.qr), fingerprint=codes.typed_fingerprint(sealer, both.typed),
        codes=codes.seal(sealer, both), issued_by=actor_id, now=now, choose_until=now + FIRST_USE_WITHIN,
        printed_at=printed_at,
    )  # fmt: skip
    journal.enter(tx, actor_id, "issue_badge", "account", account_id, now, replaced=old is not None)
    return both


def _end_in(tx: Writer, account_id: int, badge_id: int, because: BadgeEnd, now: datetime) -> None:
    store.end_badge(tx, badge_id, because, now)
    accounts.end_sessions_in(tx, account_id, now, f"badge_{because}")


# What staff does


def make_sheet(
    db: Database, sealer: Sealer, actor: Actor, now: datetime, today: date, pids: Sequence[str], *, replace: bool
) -> Sheet:
    """Badges of these children to print now. Who has none that works gets a new one.

    A badge in use is left out, unless `replace`: then it ends and a new one is made. The same badge is printed again
    within 24 hours. Raises RuleBroken("nobody_chosen"), NotFound for a child outside the actor's reach (R92).
    """
    if not pids:
        raise RuleBroken("nobody_chosen")
    with write(db) as tx:
        children = _children_in(tx, actor, now, today, pids)
        chosen = [child for child in children if replace or child.printable or child.state not in rules.WORKING]
        left_out = tuple(child.nickname for child in children if child not in chosen)
        printed = _print_in(tx, sealer, actor, now, chosen, replace=replace)
    return Sheet(tuple(printed), left_out)


def _children_in(tx: Writer, actor: Actor, now: datetime, today: date, pids: Sequence[str]) -> list[ChildBadge]:
    wanted = set(pids)
    if len(wanted) > queries.CHILDREN_ON_A_PAGE:
        raise RuleBroken("too_many_chosen", most=queries.CHILDREN_ON_A_PAGE)
    children = queries.children_within_reach(tx, actor, now, today, wanted)
    if {child.pid for child in children} != wanted:
        raise NotFound()
    return children


def _print_in(
    tx: Writer, sealer: Sealer, actor: Actor, now: datetime, children: Sequence[ChildBadge], *, replace: bool
) -> list[PrintedBadge]:
    again = {
        child.account_id: child.badge.badge_id for child in children
        if child.badge is not None and child.printable and not replace
    }  # fmt: skip
    sealed = store.sealed_codes(tx, again.values())
    sheet = []
    for child in children:
        if child.account_id in again:
            badge_id = again[child.account_id]
            both = codes.unseal(sealer, sealed[badge_id])
            store.mark_printed(tx, badge_id, now)
        else:
            both = _issue_in(tx, sealer, child.account_id, actor.account_id, now, now)
        journal.enter(tx, actor.account_id, "print_badge", "account", child.account_id, now)
        sheet.append(PrintedBadge(child.nickname, child.avatar, both))
    return sheet


def void_badge(db: Database, actor: Actor, now: datetime, today: date, pid: str) -> bool:
    """A badge is lost: it opens nothing any more, and its child is signed out. Raises NotFound, RuleBroken."""
    with write(db) as tx:
        child = _children_in(tx, actor, now, today, [pid])[0]
        _end_in(tx, child.account_id, _open_badge_in(tx, child), BadgeEnd.LOST, now)
        journal.enter(tx, actor.account_id, "void_badge", "account", child.account_id, now)
    return True


def reset_pictures(db: Database, sealer: Sealer, actor: Actor, now: datetime, today: date, pid: str) -> bool:
    """A child forgot its pictures: with its badge it may choose anew within three days. Raises NotFound, RuleBroken.

    Tries that did not fit are forgiven; the child is signed out everywhere (R84).
    """
    with write(db) as tx:
        child = _children_in(tx, actor, now, today, [pid])[0]
        badge_id = _open_badge_in(tx, child)
        if not store.remove_pin(tx, child.account_id):
            raise RuleBroken("no_pictures")
        store.set_choose_until(tx, badge_id, now + CHOOSE_ANEW_WITHIN)
        store.clear_failures(tx, badge_id)
        limits.clear_in_a_row(tx, limits.limit_keys(sealer, path=PATH, account=rules.limit_name(badge_id), address=""))
        accounts.end_sessions_in(tx, child.account_id, now, "pictures_reset")
        journal.enter(tx, actor.account_id, "reset_pictures", "account", child.account_id, now)
    return True


def _open_badge_in(tx: Writer, child: ChildBadge) -> int:
    badge_id = store.find_open_badge(tx, child.account_id)
    if badge_id is None:
        raise RuleBroken("no_badge")
    return badge_id


# By the clock


def close_old_badges(db: Database, now: datetime) -> int:
    """Forget codes that may not be printed any more, end badges not used in time and those of who left."""
    with write(db) as tx:
        forgotten = store.forget_codes(
            tx, printed_before=now - PRINT_AGAIN_WITHIN, issued_before=now - FIRST_USE_WITHIN
        )
        unused, left = store.end_unused(tx, now), store.end_of_who_left(tx, now)
        if forgotten or unused or left:
            facts = {"forgotten": forgotten, "unused": unused, "left": left}
            journal.enter(tx, None, "close_old_badges", "badge", "old", now, **facts)
    return forgotten + unused + left

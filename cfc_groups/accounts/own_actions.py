"""What people do with their own sign-in, after they gave their password once more (R87)."""

from __future__ import annotations

from datetime import datetime

from cfc_groups import journal
from cfc_groups.access import Actor
from cfc_groups.accounts import actions, hooks, invitation_actions, passwords, sign_in_store, store
from cfc_groups.accounts.sign_in_actions import PATH
from cfc_groups.db import Database, write
from cfc_groups.errors import NotFound, RuleBroken
from cfc_groups.sealing import Sealer


def change_password(db: Database, actor: Actor, now: datetime, password: str, alliance_name: str) -> str:
    """A new password (R82). Every session ends, also this one; answers the token of a new one for this device."""
    account = store.find_account_by_id(db, actor.account_id)
    if account is None:
        raise NotFound()
    names = (alliance_name, account.affiliation, account.display_name, account.user_name or "")
    problem = passwords.password_problem(
        password, with_code=account.has_second_factor, context=passwords.context_words(*names)
    )
    if problem is not None:
        raise RuleBroken(problem, field="password")
    kept = passwords.hash_secret(password)
    with write(db) as tx:
        sign_in_store.set_password(tx, actor.account_id, kept)
        sign_in_store.end_sessions(tx, actor.account_id, now, "password_changed")
        journal.enter(tx, actor.account_id, "change_password", "account", actor.account_id, now)
        return actions.open_session_in(tx, actor.account_id, PATH, now)


def set_up_second_factor(
    db: Database, sealer: Sealer, actor: Actor, now: datetime, *, secret: str, code: str
) -> list[str]:  # fmt: skip
    """Codes come from a new phone from now on; answers ten new one-time codes. Other sessions end."""
    with write(db) as tx:
        codes = invitation_actions.set_second_factor_in(tx, sealer, actor.account_id, now, secret=secret, code=code)
        sign_in_store.end_sessions(tx, actor.account_id, now, "codes_changed", but=actor.session_id)
        journal.enter(tx, actor.account_id, "set_up_second_factor", "account", actor.account_id, now)
    return codes


def renew_codes(db: Database, sealer: Sealer, actor: Actor, now: datetime) -> list[str]:
    """Ten new one-time codes instead of the old ones. Raises RuleBroken for who signs in without codes."""
    with write(db) as tx:
        account = store.find_account_by_id(tx, actor.account_id)
        if account is None or not account.has_second_factor:
            raise RuleBroken("codes_not_set_up")
        codes = invitation_actions.new_codes_in(tx, sealer, actor.account_id, now)
        journal.enter(tx, actor.account_id, "renew_codes", "account", actor.account_id, now)
    return codes


def end_other_sessions(db: Database, actor: Actor, now: datetime) -> bool:
    """Sign out everywhere but here."""
    with write(db) as tx:
        sign_in_store.end_sessions(tx, actor.account_id, now, "elsewhere", but=actor.session_id)
    return True


def say_not_me(db: Database, actor: Actor, now: datetime) -> bool:
    """A child says that this is not it: all sessions of the account end, its teachers are told (safety.md 5)."""
    with write(db) as tx:
        ended = sign_in_store.end_sessions(tx, actor.account_id, now, "not_me")
        journal.enter(tx, None, "say_not_me", "account", actor.account_id, now, sessions=ended)
        hooks.tell_not_me(tx, actor.account_id, now)
    return True

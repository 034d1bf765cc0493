"""A coordinator looks after the adults' accounts: activates, suspends, records the checks, names officers."""

from __future__ import annotations

from datetime import date, datetime

from cfc_groups import journal
from cfc_groups.access import Actor
from cfc_groups.accounts import rules, sign_in_store, store
from cfc_groups.accounts.models import Account, AccountState
from cfc_groups.db import Database, Reader, write
from cfc_groups.errors import Conflict, NotAllowed, RuleBroken

OFFICER = "officer"


def activate_person(db: Database, actor: Actor, now: datetime, pid: str) -> bool:
    """The second person says yes: the account may sign in (R42). Raises NotAllowed to whom invited, or for oneself."""
    with write(db) as tx:
        account = store.get_adult(tx, pid)
        problem = rules.may_activate(account, actor.account_id)
        if problem == "second_person_needed":
            raise NotAllowed(problem)
        if problem is not None:
            raise Conflict(problem)
        store.set_state(tx, account.account_id, AccountState.ACTIVE, instead_of=(AccountState.WAITING,))
        store.set_activated(tx, account.account_id, actor.account_id, now)
        journal.enter(tx, actor.account_id, "activate_person", "account", account.account_id, now)
    return True


def suspend_person(db: Database, actor: Actor, now: datetime, pid: str) -> bool:
    """Close an account; its sessions end with this very request (R51)."""
    with write(db) as tx:
        account = _somebody_else(tx, actor, pid)
        if not store.set_state(tx, account.account_id, AccountState.SUSPENDED, instead_of=(AccountState.ACTIVE,)):
            raise Conflict("not_active")
        ended = sign_in_store.end_sessions(tx, account.account_id, now, "suspended")
        journal.enter(tx, actor.account_id, "suspend_person", "account", account.account_id, now, sessions=ended)
    return True


def reopen_person(db: Database, actor: Actor, now: datetime, pid: str) -> bool:
    """Open a suspended account again, with the sign-in that it had."""
    with write(db) as tx:
        account = _somebody_else(tx, actor, pid)
        if not store.set_state(tx, account.account_id, AccountState.ACTIVE, instead_of=(AccountState.SUSPENDED,)):
            raise Conflict("not_suspended")
        journal.enter(tx, actor.account_id, "reopen_person", "account", account.account_id, now)
    return True


def record_vetting(db: Database, actor: Actor, now: datetime, today: date, pid: str, vetted_on: date) -> bool:
    """Write down the day of somebody's record check, as the certificate says (R43). Not for oneself, not ahead."""
    if vetted_on > today:
        raise RuleBroken("vetting_in_future", field="vetted_on")
    with write(db) as tx:
        account = _somebody_else(tx, actor, pid)
        store.set_vetted(tx, account.account_id, vetted_on, actor.account_id)
        journal.enter(
            tx, actor.account_id, "record_vetting", "account", account.account_id, now, vetted_on=str(vetted_on)
        )
    return True


def name_officer(db: Database, actor: Actor, now: datetime, pid: str) -> bool:
    """Make an adult with a second factor a protection officer (R40, R83). Not oneself."""
    with write(db) as tx:
        account = _somebody_else(tx, actor, pid)
        if account.officer:
            raise Conflict("officer_already")
        if account.state is AccountState.ENDED:
            raise Conflict("not_active")
        if account.state is not AccountState.INVITED and not account.has_second_factor:
            raise RuleBroken("officer_needs_codes")
        store.give_capability(tx, account.account_id, OFFICER, actor.account_id, now)
        journal.enter(tx, actor.account_id, "name_officer", "account", account.account_id, now)
    return True


def release_officer(db: Database, actor: Actor, now: datetime, pid: str) -> bool:
    """End the officer's capability of an adult. Not one's own."""
    with write(db) as tx:
        account = _somebody_else(tx, actor, pid)
        if not store.end_capability(tx, account.account_id, OFFICER, now):
            raise Conflict("not_officer")
        journal.enter(tx, actor.account_id, "release_officer", "account", account.account_id, now)
    return True


def _somebody_else(tx: Reader, actor: Actor, pid: str) -> Account:
    account = store.get_adult(tx, pid)
    if account.account_id == actor.account_id:
        raise NotAllowed("not_for_oneself")
    return account

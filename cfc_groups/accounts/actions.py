"""What other rooms ask of accounts: children come in, change, are signed in and signed out."""

from __future__ import annotations

from datetime import datetime

from cfc_groups import journal
from cfc_groups.accounts import invitation_actions, login, rules, sign_in_store, store
from cfc_groups.accounts.models import AccountState, GuardianContact
from cfc_groups.accounts.names import sort_key
from cfc_groups.clock import stamp
from cfc_groups.db import Database, Writer, write
from cfc_groups.drawings import find_avatar
from cfc_groups.errors import NotFound, RuleBroken
from cfc_groups.ids import new_pid
from cfc_groups.instance import set_fact
from cfc_groups.sealing import Sealer


def add_child_in(
    tx: Writer, sealer: Sealer, *, real_name: str, birth_month: str, nickname: str, avatar: str, now: datetime
) -> int:
    """Add a child (active, name and birth month sealed); answers its account id. The nickname must be free.

    Raises RuleBroken("birth_month_wrong") unless the birth month is YYYY-MM.
    """
    _check_birth_month(birth_month)
    if find_avatar(avatar) is None:
        raise ValueError(f"no such avatar: {avatar}")
    return store.add_account(
        tx, pid=new_pid(), role="child", state=AccountState.ACTIVE, display_name=nickname,
        display_name_key=sort_key(nickname), avatar=avatar, real_name=sealer.seal(real_name, store.REAL_NAME),
        birth_month=sealer.seal(birth_month, store.BIRTH_MONTH), made_at=stamp(now),
    )  # fmt: skip


def change_child_identity_in(
    tx: Writer, sealer: Sealer, account_id: int, *, real_name: str, birth_month: str
) -> bool:  # fmt: skip
    """Set real name and birth month; answers whether anything changed. Raises RuleBroken, NotFound."""
    _check_birth_month(birth_month)
    if store.find_account_by_id(tx, account_id) is None:
        raise NotFound()
    old_name = store.real_names(tx, sealer, [account_id]).get(account_id)
    old_month = store.birth_months(tx, sealer, [account_id]).get(account_id)
    if (old_name, old_month) == (real_name, birth_month):
        return False
    store.set_identity(
        tx, account_id, real_name=sealer.seal(real_name, store.REAL_NAME),
        birth_month=sealer.seal(birth_month, store.BIRTH_MONTH),
    )  # fmt: skip
    return True


def _check_birth_month(birth_month: str) -> None:
    if not rules.is_birth_month(birth_month):
        raise RuleBroken("birth_month_wrong", field="birth_month")


def set_guardian_contact_in(
    tx: Writer,
    sealer: Sealer,
    child_id: int,
    *,
    name: str,
    relation: str,
    phone: str,
    email: str,
    now: datetime,
) -> bool:
    """Set how a child's guardian is reached; the old contact ends. Answers whether anything changed."""
    contact = GuardianContact(name, relation, phone, email)
    if store.guardian_contact(tx, sealer, child_id) == contact:
        return False
    store.end_guardian_contacts(tx, child_id, now)
    store.add_guardian_contact(tx, sealer, child_id, contact, now)
    return True


def open_session(db: Database, account_id: int, path: str, now: datetime) -> str:
    """Sign somebody in whose secrets were checked; answers the token for `login.remember`."""
    with write(db) as tx:
        return open_session_in(tx, account_id, path, now)


def open_session_in(tx: Writer, account_id: int, path: str, now: datetime) -> str:
    """Open a session on a path ("password" or "badge"); answers its token; only its hash is kept (R84)."""
    token = login.new_token()
    sign_in_store.add_session(tx, account_id, login.hash_of(token), path, now)
    return token


def end_sessions_in(tx: Writer, account_id: int, now: datetime, because: str) -> int:
    """Sign an account out everywhere, at once; answers how many sessions ended. `because`: one word."""
    return sign_in_store.end_sessions(tx, account_id, now, because)


def confirm_session(db: Database, session_id: int, now: datetime) -> bool:
    """The secret was given again in this session (R87)."""
    with write(db) as tx:
        sign_in_store.set_confirmed(tx, session_id, now)
    return True


def end_child_in(tx: Writer, account_id: int, actor_id: int | None, now: datetime) -> bool:
    """A child's account ends (it left every group): its sessions too. False when it had ended before."""
    done = store.set_state(tx, account_id, AccountState.ENDED, instead_of=(AccountState.ACTIVE, AccountState.SUSPENDED))
    if done:
        end_sessions_in(tx, account_id, now, "ended")
        journal.enter(tx, actor_id, "end_account", "account", account_id, now)
    return done


def set_up_first_coordinators(db: Database, name: str, now: datetime) -> list[str]:
    """A new site begins with two coordinators who are invited by the operator (R89); answers their links' tokens."""
    with write(db) as tx:
        if name:
            set_fact(tx, "alliance_name", name)
        return invitation_actions.set_up_coordinators_in(tx, now, how_many=2)


def set_up_coordinator(db: Database, now: datetime) -> str:
    """One more coordinator by the operator's hand, when nobody is left who could activate one; answers the token."""
    with write(db) as tx:
        return invitation_actions.set_up_coordinators_in(tx, now, how_many=1)[0]

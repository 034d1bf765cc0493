"""Adults come in: invited by a coordinator, finished by themselves, activated by a second coordinator (R42)."""

from __future__ import annotations

from datetime import date, datetime

from cfc_groups import journal
from cfc_groups.access import Actor, Role
from cfc_groups.accounts import login, passwords, rules, second_factor, sign_in_store, store
from cfc_groups.accounts.models import (
    AccountState,
    ChosenSignIn,
    Invitation,
    InvitationStep,
    Invited,
    NewPerson,
)
from cfc_groups.accounts.names import sort_key
from cfc_groups.clock import stamp
from cfc_groups.db import Database, Reader, Writer, write
from cfc_groups.errors import Conflict, NotAllowed, NotFound, RuleBroken
from cfc_groups.ids import new_pid
from cfc_groups.sealing import Sealer

AVATAR = "owl"  # adults have one drawing; children choose among the animals


def invite_person(db: Database, actor: Actor, now: datetime, today: date, person: NewPerson) -> Invitation:
    """Write somebody down and make a link for them; another coordinator has to activate the account afterwards."""
    if person.vetted_on is not None and person.vetted_on > today:
        raise RuleBroken("vetting_in_future", field="vetted_on")
    with write(db) as tx:
        if store.is_invited_already(tx, person):
            raise RuleBroken("invited_already", field="display_name")
        return invite_person_in(tx, actor.account_id, now, person)


def invite_person_in(tx: Writer, invited_by: int | None, now: datetime, person: NewPerson) -> Invitation:
    """Add an invited account with its link. `invited_by` is None only for those whom the operator sets up (R89)."""
    pid = new_pid()
    account_id = store.add_account(
        tx, pid=pid, role=person.role, state=AccountState.INVITED, display_name=person.display_name,
        display_name_key=sort_key(person.display_name), avatar=AVATAR, affiliation=person.affiliation,
        vetted_on=str(person.vetted_on) if person.vetted_on else None,
        vetting_recorded_by=invited_by if person.vetted_on else None, invited_by=invited_by, made_at=stamp(now),
    )  # fmt: skip
    if person.officer:
        store.give_capability(tx, account_id, "officer", invited_by, now)
    journal.enter(tx, invited_by, "invite_person", "account", account_id, now, role=person.role, officer=person.officer)
    return Invitation(pid, _new_link_in(tx, account_id, invited_by, now))


def _new_link_in(tx: Writer, account_id: int, made_by: int | None, now: datetime) -> str:
    token = login.new_token()
    sign_in_store.add_invitation(tx, account_id, login.hash_of(token), made_by, now)
    return token


def renew_invitation(db: Database, actor: Actor, now: datetime, pid: str) -> Invitation:
    """Make a new link for somebody invited; the old one, and what was begun with it, no longer counts."""
    with write(db) as tx:
        account = store.get_adult(tx, pid)
        if account.state is not AccountState.INVITED:
            raise Conflict("not_invited")
        sign_in_store.withdraw_invitations(tx, account.account_id, now)
        sign_in_store.remove_secrets(tx, account.account_id)
        journal.enter(tx, actor.account_id, "renew_invitation", "account", account.account_id, now)
        return Invitation(pid, _new_link_in(tx, account.account_id, actor.account_id, now))


def withdraw_invitation(db: Database, actor: Actor, now: datetime, pid: str) -> bool:
    """Take an invitation back: the link closes and the account, which never was active, ends."""
    with write(db) as tx:
        account = store.get_adult(tx, pid)
        closable = (AccountState.INVITED, AccountState.WAITING)
        if not store.set_state(tx, account.account_id, AccountState.ENDED, instead_of=closable):
            raise Conflict("not_invited")
        sign_in_store.withdraw_invitations(tx, account.account_id, now)
        sign_in_store.remove_secrets(tx, account.account_id)
        store.end_capability(tx, account.account_id, "officer", now)
        journal.enter(tx, actor.account_id, "withdraw_invitation", "account", account.account_id, now)
    return True


def start_over(db: Database, actor: Actor, now: datetime, pid: str) -> Invitation:
    """Password or phone is lost: secrets and sessions end, a new link is made, a second person activates again."""
    with write(db) as tx:
        account = store.get_adult(tx, pid)
        if account.account_id == actor.account_id:
            raise NotAllowed("not_for_oneself")
        standing = (AccountState.ACTIVE, AccountState.WAITING)
        if not store.set_state(tx, account.account_id, AccountState.INVITED, instead_of=standing):
            raise Conflict("not_active")
        store.set_inviter(tx, account.account_id, actor.account_id)
        sign_in_store.remove_secrets(tx, account.account_id)
        sign_in_store.end_sessions(tx, account.account_id, now, "started_over")
        journal.enter(tx, actor.account_id, "start_sign_in_over", "account", account.account_id, now)
        return Invitation(pid, _new_link_in(tx, account.account_id, actor.account_id, now))


def open_invitation(db: Reader, token: str, now: datetime) -> Invited:
    """Whom a link is for and what comes next. Raises NotFound("invitation_closed"), whatever the reason (R88)."""
    row = sign_in_store.find_invitation(db, login.hash_of(token), now)
    account = None if row is None else store.find_account_by_id(db, row["account_id"])
    if row is None or account is None:
        raise NotFound("invitation_closed")
    step = InvitationStep.SECOND_FACTOR if account.user_name else InvitationStep.SIGN_IN
    needs_codes = rules.needs_second_factor(account.role, officer=account.officer)
    return Invited(account, row["invitation_id"], step, needs_codes)


def choose_sign_in(db: Database, token: str, now: datetime, chosen: ChosenSignIn, alliance_name: str) -> bool:
    """The invited person chooses user name and password (R82); who may and wants to go without codes has finished.

    Raises RuleBroken for the field that is not good enough, NotFound("invitation_closed").
    """
    account = open_invitation(db, token, now).account
    folded = rules.fold_user_name(chosen.user_name)
    if not rules.is_user_name(folded):
        raise RuleBroken("user_name_wrong", field="user_name")
    names = (alliance_name, account.affiliation, account.display_name, chosen.display_name, folded)
    context = passwords.context_words(*names)
    problem = passwords.password_problem(chosen.password, with_code=chosen.with_codes, context=context)
    if problem is not None:
        raise RuleBroken(problem, field="password")
    kept = passwords.hash_secret(chosen.password)
    with write(db) as tx:
        _take_chosen_in(tx, open_invitation(tx, token, now), chosen, folded, kept, now)
    return True


def _take_chosen_in(
    tx: Writer, invited: Invited, chosen: ChosenSignIn, folded: str, kept: str, now: datetime
) -> None:  # fmt: skip
    account_id = invited.account.account_id
    if sign_in_store.user_name_is_taken(tx, folded, but=account_id):
        raise RuleBroken("user_name_taken", field="user_name")
    if invited.needs_codes and not chosen.with_codes:
        raise RuleBroken("codes_needed", field="with_codes")
    if invited.name_missing:
        if not chosen.display_name:
            raise RuleBroken("display_name_missing", field="display_name")
        store.set_display_name(tx, account_id, chosen.display_name, sort_key(chosen.display_name))
    sign_in_store.set_sign_in(tx, account_id, folded, kept)
    if not chosen.with_codes:
        _finish_in(tx, invited, now)


def choose_again(db: Database, token: str, now: datetime) -> bool:
    """Back to the first step: what was chosen is forgotten. Raises NotFound("invitation_closed")."""
    with write(db) as tx:
        sign_in_store.remove_secrets(tx, open_invitation(tx, token, now).account.account_id)
    return True


def finish_with_second_factor(
    db: Database, sealer: Sealer, token: str, now: datetime, *, secret: str, code: str
) -> list[str]:  # fmt: skip
    """The phone shows codes and the first one fits: keep the secret, answer ten one-time codes, shown once (R83)."""
    with write(db) as tx:
        invited = open_invitation(tx, token, now)
        if invited.step is not InvitationStep.SECOND_FACTOR:
            raise Conflict("choose_sign_in_first")
        codes = set_second_factor_in(tx, sealer, invited.account.account_id, now, secret=secret, code=code)
        _finish_in(tx, invited, now)
    return codes


def set_second_factor_in(
    tx: Writer, sealer: Sealer, account_id: int, now: datetime, *, secret: str, code: str
) -> list[str]:  # fmt: skip
    """Keep a new secret after its first code fitted, and make new one-time codes. Raises RuleBroken("code_wrong")."""
    step = second_factor.matching_step(secret, code, now)
    if step is None:
        raise RuleBroken("code_wrong", field="code")
    sign_in_store.set_totp(tx, account_id, sealer.seal(secret, store.TOTP_SECRET), step)
    return new_codes_in(tx, sealer, account_id, now)


def new_codes_in(tx: Writer, sealer: Sealer, account_id: int, now: datetime) -> list[str]:
    """Ten new one-time codes; the old ones no longer count."""
    codes = second_factor.new_codes()
    fingerprints = [second_factor.code_fingerprint(sealer, account_id, code) for code in codes]
    sign_in_store.replace_codes(tx, account_id, fingerprints, now)
    return codes


def _finish_in(tx: Writer, invited: Invited, now: datetime) -> None:
    account = invited.account
    sign_in_store.use_invitation(tx, invited.invitation_id, now)
    # Whom the operator set up: who handed out the link is one person, the invited is the second (R42, R89).
    set_up_by_operator = account.invited_by is None
    state = AccountState.ACTIVE if set_up_by_operator else AccountState.WAITING
    store.set_state(tx, account.account_id, state, instead_of=(AccountState.INVITED,))
    journal.enter(tx, account.account_id, "finish_invitation", "account", account.account_id, now, state=state)


def set_up_coordinators_in(tx: Writer, now: datetime, how_many: int) -> list[str]:
    """Coordinators whom the operator of the computer invites; they start as protection officers, too (R40)."""
    person = NewPerson(Role.COORDINATOR, "", officer=True)
    return [invite_person_in(tx, None, now, person).token for _ in range(how_many)]

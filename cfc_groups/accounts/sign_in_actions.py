"""Adults sign in; everybody signed in gives the secret once more before steps that need it (R83, R87, R88)."""

from __future__ import annotations

from datetime import datetime

from cfc_groups.access import Actor
from cfc_groups.accounts import actions, limits, passwords, rules, second_factor, sign_in_store, store
from cfc_groups.accounts.models import AccountState, Credentials
from cfc_groups.db import Database, Writer, write
from cfc_groups.errors import RuleBroken
from cfc_groups.sealing import Sealer

PATH = "password"


def sign_in(
    db: Database, sealer: Sealer, now: datetime, attempt: limits.Attempt, *, user_name: str, password: str, code: str
) -> str:  # fmt: skip
    """Check name, password and second factor; answers the token of a new session.

    Raises RuleBroken("sign_in_failed"), the same whatever did not fit; exactly one hash is made in any case (R88).
    """
    found = sign_in_store.find_credentials(db, rules.fold_user_name(user_name))
    fits = passwords.verify_secret(found.password_hash if found else None, password)
    with write(db) as tx:
        if found is None or not fits or found.state is not AccountState.ACTIVE:
            raise RuleBroken("sign_in_failed")
        if not second_factor_fits_in(tx, sealer, found, code, now):
            raise RuleBroken("sign_in_failed")
        limits.succeed(tx, attempt)
        return actions.open_session_in(tx, found.account_id, PATH, now)


def second_factor_fits_in(tx: Writer, sealer: Sealer, found: Credentials, code: str, now: datetime) -> bool:
    """Whether the code is good, and use it up: a time step and a printed code count once (R83)."""
    if found.totp_secret is None:
        return not rules.needs_second_factor(found.role, officer=found.officer)
    step = second_factor.matching_step(sealer.open(found.totp_secret, store.TOTP_SECRET), code, now)
    if step is not None:
        return sign_in_store.mark_totp_step(tx, found.account_id, step)
    fingerprint = second_factor.code_fingerprint(sealer, found.account_id, code)
    return sign_in_store.use_one_time_code(tx, found.account_id, fingerprint, now)


def confirm(db: Database, now: datetime, attempt: limits.Attempt, actor: Actor, *, password: str) -> bool:
    """The signed-in adult gave the password once more: steps that need it are open for five minutes (R87)."""
    fits = passwords.verify_secret(sign_in_store.password_hash(db, actor.account_id), password)
    with write(db) as tx:
        if not fits:
            raise RuleBroken("password_wrong", field="password")
        limits.succeed(tx, attempt)
        sign_in_store.set_confirmed(tx, actor.session_id, now)
    return True

"""Adults with real secrets, made as the site makes them: invited, finished, activated by a second person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyotp
import pytest
from argon2 import PasswordHasher

from cfc_groups.access import Actor, Role
from cfc_groups.accounts import actions, invitation_actions, people_actions, second_factor, store
from cfc_groups.accounts.models import ChosenSignIn, NewPerson
from cfc_groups.clock import date_in
from cfc_groups.db import Database
from cfc_groups.sealing import Sealer

GOOD = "three rivers, 7 bridges"
LATER = timedelta(seconds=90)


@dataclass
class Adult:
    """An adult of the story with everything that signing in takes."""

    account_id: int
    pid: str
    role: Role
    user_name: str
    password: str
    secret: str | None
    codes: list[str] = field(default_factory=list)

    def code(self, moment: datetime) -> str:
        """What the phone shows."""
        return pyotp.TOTP(self.secret).at(moment) if self.secret else ""

    def actor(self, moment: datetime, session_id: int = 0) -> Actor:
        """This adult as the actions get it."""
        return Actor(
            self.account_id, self.pid, self.role, self.user_name, "owl", session_id, moment, moment,
            officer=self.role is Role.COORDINATOR,
        )  # fmt: skip


class Staff:
    """Makes adults through the site's own actions."""

    def __init__(self, database: Database, sealer: Sealer, now: datetime) -> None:
        self.database = database
        self.sealer = sealer
        self.now = now
        self.count = 0
        tokens = actions.set_up_first_coordinators(database, "杭州联盟", now)
        self.one, self.two = (self.finish(token, Role.COORDINATOR) for token in tokens)

    def invite(self, role: Role, **named: Any) -> str:
        """The first coordinator invites somebody; answers the link's token."""
        self.count += 1
        person = NewPerson(role, named.pop("name", f"同事{self.count}"), **named)
        today = date_in(self.now, ZoneInfo("Asia/Shanghai"))
        return invitation_actions.invite_person(self.database, self.one.actor(self.now), self.now, today, person).token

    def finish(self, token: str, role: Role, *, with_codes: bool = True, password: str = GOOD) -> Adult:
        """The invited person goes through the steps of the link."""
        self.count += 1
        user_name = f"staff{self.count}"
        invited = invitation_actions.open_invitation(self.database, token, self.now)
        chosen = ChosenSignIn(user_name, password, with_codes, "主任" if invited.name_missing else "")
        invitation_actions.choose_sign_in(self.database, token, self.now, chosen, "")
        secret, codes = None, []
        if with_codes:
            secret = second_factor.proposed_secret(self.sealer, token)
            codes = invitation_actions.finish_with_second_factor(
                self.database, self.sealer, token, self.now, secret=secret, code=pyotp.TOTP(secret).at(self.now)
            )
        account = invited.account
        return Adult(account.account_id, account.pid, role, user_name, password, secret, codes)

    def adult(self, role: Role = Role.TEACHER, *, with_codes: bool = True, **named: Any) -> Adult:
        """An active adult: invited by the first coordinator, activated by the second."""
        adult = self.finish(self.invite(role, **named), role, with_codes=with_codes)
        people_actions.activate_person(self.database, self.two.actor(self.now), self.now, adult.pid)
        return adult

    def state(self, adult: Adult) -> str:
        """Where the account stands."""
        return store.get_account(self.database, adult.pid).state


@pytest.fixture
def staff(database: Database, sealer: Sealer, now: datetime) -> Staff:
    """The alliance's first two coordinators, and whom they bring in."""
    return Staff(database, sealer, now)


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many password hashes were made since the test began; the real ones are made all the same."""
    from cfc_groups.accounts import passwords

    made: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, *arguments: Any) -> bool:  # type: ignore[override]
            made.append("verify")
            return bool(super().verify(*arguments))

        def hash(self, *arguments: Any, **named: Any) -> str:
            made.append("hash")
            return super().hash(*arguments, **named)

    same = passwords._HASHER
    counting = Counting(
        same.time_cost, same.memory_cost, same.parallelism, hash_len=same.hash_len, salt_len=same.salt_len
    )
    monkeypatch.setattr(passwords, "_HASHER", counting)
    return lambda: len(made)

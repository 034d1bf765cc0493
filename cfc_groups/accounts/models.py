"""People who can sign in: what the site knows of an account, without any of its secrets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from cfc_groups.access import Role


class AccountState(StrEnum):
    """Where an account stands; only `active` ones have sessions."""

    INVITED = "invited"
    WAITING = "waiting"  # finished its invitation, waits for a second person (R42)
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


ADULT_ROLES = (Role.MENTOR, Role.TEACHER, Role.COORDINATOR, Role.DEPARTMENT)
"""The roles that a coordinator can invite; guardians come to their account by a letter."""

VETTED_ROLES = (Role.MENTOR, Role.TEACHER, Role.COORDINATOR)
"""The adults around children, whose record check must not be older than a year (R43)."""


@dataclass(frozen=True, slots=True)
class Account:
    """One person who can sign in. Children have neither user name nor password."""

    account_id: int
    pid: str
    role: Role
    state: AccountState
    display_name: str
    avatar: str
    user_name: str | None
    affiliation: str
    vetted_on: date | None
    vetting_recorded_by: int | None
    invited_by: int | None
    activated_by: int | None
    made_at: datetime
    officer: bool
    has_second_factor: bool

    @property
    def is_child(self) -> bool:
        """Whether this is a child of a group."""
        return self.role is Role.CHILD


@dataclass(frozen=True, slots=True)
class GuardianContact:
    """How a child's guardian is reached; `phone` and `email` may be empty."""

    name: str
    relation: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a sign-in is checked against."""

    account_id: int
    role: Role
    state: AccountState
    officer: bool
    password_hash: str | None
    totp_secret: bytes | None
    totp_last_step: int


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One device on which somebody is signed in. Moments are UTC."""

    session_id: int
    path: str
    started_at: datetime
    last_seen_at: datetime
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lives: without a request, and altogether (R85)."""

    idle: timedelta
    total: timedelta


INVITATION_LASTS = timedelta(days=14)


class InvitationStep(StrEnum):
    """What an invited person has to do next."""

    SIGN_IN = "sign_in"
    SECOND_FACTOR = "second_factor"


@dataclass(frozen=True, slots=True)
class Invited:
    """An invited person on the way in."""

    account: Account
    invitation_id: int
    step: InvitationStep
    needs_codes: bool

    @property
    def name_missing(self) -> bool:
        """The first coordinators, whom nobody invited, say themselves how they are called."""
        return not self.account.display_name


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What a coordinator writes down about somebody to invite."""

    role: Role
    display_name: str
    affiliation: str = ""
    vetted_on: date | None = None
    officer: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """A fresh invitation: whom it is for, and the token of the link, which is not kept anywhere."""

    pid: str
    token: str


@dataclass(frozen=True, slots=True)
class ChosenSignIn:
    """What an invited person chooses; `display_name` only where nobody has written one down."""

    user_name: str
    password: str
    with_codes: bool
    display_name: str = ""

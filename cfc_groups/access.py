"""Who may do what: the one table that routes, templates, exports and the page "who can see my words" are made from.

Each feature's `permissions.py` adds its rows here. A view names its permission with `@access(PERMISSION)`; a view
without a mark answers 403 (R91). The mark says *whether* a role may come in and how far it reaches; *which* things it
reaches is asked again by the queries (`get_x_for(actor)`): what one may not reach is not found (R92).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from cfc_groups.errors import NotAllowed

VETTING_LASTS = timedelta(days=365)  # R43
CONFIRMATION_LASTS = timedelta(minutes=5)  # R87


class Role(StrEnum):
    """Every account has exactly one role."""

    CHILD = "child"
    GUARDIAN = "guardian"
    MENTOR = "mentor"
    TEACHER = "teacher"
    COORDINATOR = "coordinator"
    DEPARTMENT = "department"


class Scope(StrEnum):
    """How far a permission reaches for a role (the letters of the permission table)."""

    NONE = "none"
    OWN = "own"
    OWN_CHILD = "own_child"
    TEAM = "team"
    GROUP = "group"
    ALLIANCE = "alliance"
    ASSIGNED = "assigned"
    PUBLISHED = "published"


class AgeBand(StrEnum):
    """The three ages that words are written for (R106, R107)."""

    YOUNG = "6-8"
    MIDDLE = "9-11"
    OLDER = "12-15"


@dataclass(frozen=True, slots=True)
class Reach:
    """The groups and teams that an account belongs to or serves today."""

    group_ids: frozenset[int] = frozenset()
    team_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who is signed in, as of this request. Moments are UTC, dates are the site's own."""

    account_id: int
    pid: str
    role: Role
    display_name: str
    avatar: str
    session_id: int
    signed_in_at: datetime
    confirmed_at: datetime
    vetted_on: date | None = None
    officer: bool = False
    age_band: AgeBand | None = None
    reach: Reach = field(default_factory=Reach)

    @property
    def is_child(self) -> bool:
        """Whether this is a child: pages then speak to it in its own words."""
        return self.role is Role.CHILD

    @property
    def alliance_wide(self) -> bool:
        """Whether every group of the alliance is within reach."""
        return self.role is Role.COORDINATOR

    def reaches_group(self, group_id: int) -> bool:
        """Whether a group lies within reach today."""
        return self.alliance_wide or group_id in self.reach.group_ids


@dataclass(frozen=True, slots=True)
class Permission:
    """One row of the table: what may be done, by whom, how far, and what it asks for besides."""

    name: str
    reach: Mapping[Role, Scope]
    public: bool = False
    vetted: bool = False
    officer: bool = False
    confirmed: bool = False

    def scope(self, role: Role) -> Scope:
        """How far the permission reaches for a role."""
        return self.reach.get(role, Scope.NONE)


PERMISSIONS: dict[str, Permission] = {}


def permission(
    name: str, *, public: bool = False, vetted: bool = False, officer: bool = False, confirmed: bool = False,
    **reach: Scope,
) -> Permission:  # fmt: skip
    """Add a row to the table; roles are keywords (`child=Scope.OWN`), a role not named has no access.

    public: visitors too. vetted: adults need a criminal-record inquiry of the last 365 days (R43). officer: only with
    the protection officer's capability. confirmed: the secret was given within the last five minutes (R87).
    """
    row = Permission(name, {Role(role): scope for role, scope in reach.items()}, public, vetted, officer, confirmed)
    if PERMISSIONS.setdefault(name, row) != row:
        raise ValueError(f"two different permissions are called {name}")
    return row


View = TypeVar("View", bound=Callable[..., object])


def access(row: Permission) -> Callable[[View], View]:
    """Mark a view with the permission that it needs."""

    def mark(view: View) -> View:
        view.access_mark = row  # type: ignore[attr-defined]
        return view

    return mark


def vetting_is_current(vetted_on: date | None, today: date) -> bool:
    """Whether an adult's last criminal-record inquiry is at most 365 days old (R43; 未成年人保护法 62, 126)."""
    return vetted_on is not None and today - vetted_on <= VETTING_LASTS


def may(actor: Actor | None, row: Permission, today: date) -> bool:
    """Whether the actor may come in at all; used by navigation and templates."""
    return refusal(actor, row, today) is None


def refusal(actor: Actor | None, row: Permission, today: date, now: datetime | None = None) -> str | None:
    """Why not (a code with its sentence in the words), or None when the actor may come in.

    Freshness (`confirmed`) is only asked when `now` is given: a link may be shown before the secret is asked again.
    """
    if row.public:
        return None
    if actor is None:
        return "sign_in_needed"
    if row.scope(actor.role) is Scope.NONE or (row.officer and not actor.officer):
        return "not_allowed"
    adult_around_children = actor.role in (Role.MENTOR, Role.TEACHER, Role.COORDINATOR)
    if row.vetted and adult_around_children and not vetting_is_current(actor.vetted_on, today):
        return "vetting_missing"
    if row.confirmed and now is not None and now - actor.confirmed_at > CONFIRMATION_LASTS:
        return "confirm_again"
    return None


def demand(actor: Actor | None, row: Permission, today: date, now: datetime) -> None:
    """Raise NotAllowed with the refusal's code unless the actor may come in."""
    code = refusal(actor, row, today, now)
    if code is not None:
        raise NotAllowed(code)

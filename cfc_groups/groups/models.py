"""The alliance's groups, their teams with themes, and who belongs to them or serves them from which day to which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cfc_groups.access import Role


class GroupKind(StrEnum):
    """What a group belongs to."""

    CITY = "city"
    DISTRICT = "district"
    SCHOOL = "school"
    COMMUNITY = "community"


class MembershipKind(StrEnum):
    """Children are members of a group; staff (teachers, mentors …) serve it."""

    CHILD = "child"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Theme:
    """What a team looks at. `label` is empty for the seven that the site brings: their words stand in words.py."""

    key: str
    label: str
    note_colour: str
    picture: str

    @property
    def icon(self) -> str:
        """The key of the theme's picture, as the macros of notes and chips call it."""
        return self.picture


@dataclass(frozen=True, slots=True)
class Group:
    """A city, district, school or community observation group. `ends_on` is its last day, None while it is open."""

    group_id: int
    pid: str
    parent_id: int | None
    kind: GroupKind
    name: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Team:
    """A themed part of a group. `ends_on` is its last day, None while it is open."""

    team_id: int
    pid: str
    group_id: int
    theme: str
    name: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody belongs: a group and, if any, a team of it."""

    group: Group
    team_id: int | None


@dataclass(frozen=True, slots=True)
class Membership:
    """One row of somebody's history in a group; first and last day both count. Nothing in it is overwritten later."""

    membership_id: int
    account_id: int
    group_id: int
    team_id: int | None
    kind: MembershipKind
    member_number: str | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class ChildPlace:
    """Where a child belongs today; the team fields are None for a child without a team."""

    group_id: int
    group_pid: str
    group_name: str
    team_id: int | None
    team_pid: str | None
    team_name: str | None
    theme: str | None


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group in a list, with the teams that are open."""

    group: Group
    teams: tuple[TeamLine, ...]


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team with its theme as people read it."""

    team: Team
    theme: Theme


@dataclass(frozen=True, slots=True)
class Branch:
    """A group in the tree with what stands below it; `more_below` when not all of it is shown."""

    line: GroupLine
    below: tuple[Branch, ...]
    more_below: bool


@dataclass(frozen=True, slots=True)
class Face:
    """A child as everybody in its group sees it (R1): nickname, drawn avatar, team."""

    account_id: int
    pid: str
    nickname: str
    avatar: str
    team_id: int | None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A child in a staff list. `row_pid` is where the next page begins; the birth month is sealed."""

    row_pid: str
    account_id: int
    pid: str
    nickname: str
    avatar: str
    group_pid: str
    group_name: str
    team_name: str | None
    member_number: str | None
    birth_month: bytes | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """Which members a staff list shows. `group_id` None: everything within reach; `team_id` 0: without a team."""

    group_id: int | None = None
    team_id: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PastPlace:
    """One row of a child's history in the groups, as its page shows it."""

    membership_id: int
    group_id: int
    group_pid: str
    group_name: str
    group_ends_on: date | None
    team_id: int | None
    team_name: str | None
    member_number: str | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Reachable:
    """Which ways to a guardian are known, without telling them (R31)."""

    relation: str
    phone: bool
    email: bool


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """An adult who serves a group or one team of it, with the dates."""

    pid: str
    account_id: int
    person_pid: str
    name: str
    avatar: str
    role: Role
    affiliation: str
    group_pid: str
    group_name: str
    team_name: str | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Adult:
    """An adult who can be asked to serve a group."""

    account_id: int
    pid: str
    name: str
    role: Role
    affiliation: str


@dataclass(frozen=True, slots=True)
class Concerned:
    """How many open things the end of a group or team concerns."""

    children: int
    staff: int
    teams: int
    groups_below: int = 0


@dataclass(frozen=True, slots=True)
class NewMember:
    """What is kept of a child who comes in; `birth_month` is YYYY-MM, relation and e-mail may be empty."""

    member_number: str
    name: str
    birth_month: str
    guardian: str
    relation: str
    phone: str
    email: str

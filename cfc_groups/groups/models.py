"""The alliance's groups, their teams with themes, and who belongs to them or serves them from which day to which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
class Face:
    """A child as everybody in its group sees it (R1): nickname, drawn avatar, team."""

    account_id: int
    pid: str
    nickname: str
    avatar: str
    team_id: int | None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A child in a staff list. `cursor` is where the next page begins."""

    account_id: int
    pid: str
    nickname: str
    avatar: str
    group_id: int
    group_pid: str
    group_name: str
    team_name: str | None
    member_number: str | None
    birth_month: bytes
    cursor: str


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """An adult who serves a group or one team of it, with the dates."""

    membership_id: int
    account_id: int
    pid: str
    name: str
    avatar: str
    role: str
    affiliation: str
    team_name: str | None
    starts_on: date
    ends_on: date | None

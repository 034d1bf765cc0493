"""The demo's groups, teams, adults and children, made through the rooms' own actions on a day in the past."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from cfc_groups.access import Role
from cfc_groups.accounts import passwords, sign_in_store
from cfc_groups.accounts import store as accounts
from cfc_groups.accounts.models import AccountState
from cfc_groups.accounts.names import sort_key
from cfc_groups.accounts.rules import needs_second_factor
from cfc_groups.clock import stamp
from cfc_groups.db import Writer
from cfc_groups.demo import secrets_of_demo
from cfc_groups.demo.content_files import read_lines, read_one
from cfc_groups.groups import actions as groups
from cfc_groups.groups import member_actions
from cfc_groups.groups.models import Group, GroupKind, NewMember, Place
from cfc_groups.ids import new_pid
from cfc_groups.sealing import Sealer

WRITTEN_ON = date(2026, 11, 21)  # the dates in the content are meant as seen from this day


@dataclass
class DemoPeople:
    """Who is who in the demo while it is being filled."""

    groups: dict[str, Group] = field(default_factory=dict)
    teams: dict[tuple[str, str], int] = field(default_factory=dict)
    adults: dict[str, int] = field(default_factory=dict)
    teachers: dict[str, list[int]] = field(default_factory=dict)
    children: dict[str, int] = field(default_factory=dict)
    by_number: dict[str, int] = field(default_factory=dict)
    group_of_child: dict[str, str] = field(default_factory=dict)

    @property
    def first_coordinator(self) -> int:
        """Who records what the story needs recorded."""
        return self.adults["fang.coordinator"]

    def teacher_for(self, group_key: str) -> int:
        """Somebody who moderates for a group; the city's teachers help out where a group has none."""
        return (self.teachers.get(group_key) or self.teachers["hangzhou"])[0]


def has_second_factor(row: dict[str, Any]) -> bool:
    """Whether an adult of the content signs in with a code besides the password (R83)."""
    return needs_second_factor(Role(row["role"]), officer=row["officer"])


def add_groups(tx: Writer, people: DemoPeople, then: datetime, today: date) -> None:
    """The alliance's tree of groups and their teams."""
    for row in read_one("alliance.json")["groups"]:
        people.groups[row["key"]] = groups.add_group_in(
            tx, None, then, today=today, name=row["name"], kind=GroupKind(row["kind"]),
            parent=people.groups.get(row["parent"] or ""), starts_on=today,
        )  # fmt: skip
    for row in read_one("teams.json"):
        group = people.groups[row["group"]]
        team = groups.add_team_in(tx, None, then, group, today=today, name=row["name"], theme=row["theme"])
        people.teams[row["group"], row["name"]] = team.team_id


def add_adults(tx: Writer, sealer: Sealer, people: DemoPeople, then: datetime, today: date, shift: timedelta) -> None:
    """Adults as they are after invitation and activation; `today` is the story's first day, `shift` moves dates."""
    rows = read_lines("staff.jsonl")
    with ThreadPoolExecutor(4) as pool:
        hashes = list(
            pool.map(passwords.hash_secret, [secrets_of_demo.password_of(sealer, row["user_name"]) for row in rows])
        )
    for row, kept in zip(rows, hashes, strict=True):
        account_id = _add_adult(tx, sealer, people, row, kept, then, shift)
        people.adults[row["user_name"]] = account_id
        if row["group"]:
            _let_serve(tx, people, row, account_id, then, today)


def _add_adult(
    tx: Writer, sealer: Sealer, people: DemoPeople, row: dict[str, Any], kept: str, then: datetime, shift: timedelta
) -> int:
    role = Role(row["role"])
    vetted_on = date.fromisoformat(row["vetted_on"]) + shift if row["vetted_on"] else None
    account_id = accounts.add_account(
        tx, pid=new_pid(), role=role, state=AccountState.ACTIVE, display_name=row["display_name"],
        display_name_key=sort_key(row["display_name"]), avatar="owl", affiliation=row["affiliation"],
        real_name=sealer.seal(row["real_name"], accounts.REAL_NAME), vetted_on=str(vetted_on) if vetted_on else None,
        made_at=stamp(then), activated_at=stamp(then),
    )  # fmt: skip
    sign_in_store.set_sign_in(tx, account_id, row["user_name"], kept)
    if has_second_factor(row):
        secret = secrets_of_demo.totp_secret_of(sealer, row["user_name"])
        sign_in_store.set_totp(tx, account_id, sealer.seal(secret, accounts.TOTP_SECRET), 0)
    if row["officer"]:
        accounts.give_capability(tx, account_id, "officer", None, then)
    return account_id


def _let_serve(
    tx: Writer, people: DemoPeople, row: dict[str, Any], account_id: int, then: datetime, today: date
) -> None:
    group = people.groups[row["group"]]
    adult = accounts.find_account_by_id(tx, account_id)
    assert adult is not None  # noqa: S101 - it was added one statement before
    teams: list[int | None] = [people.teams[row["group"], name] for name in row["teams"]]
    for team_id in teams or [None]:  # without a team: the whole group
        member_actions.assign_staff_in(
            tx, None, then, adult, Place(group, team_id), today=today, starts_on=today, ends_on=None
        )
    if row["role"] == Role.TEACHER:
        people.teachers.setdefault(row["group"], []).append(account_id)


def add_children(tx: Writer, sealer: Sealer, people: DemoPeople, then: datetime, today: date, shift: timedelta) -> None:
    """Children with their memberships and guardians' contacts; they stay as old as in the content, to the year."""
    years = round(shift / timedelta(days=365))
    for row in read_lines("children.jsonl"):
        guardian = row["guardian"]
        year, month = row["birth_month"].split("-")
        member = NewMember(
            row["member_number"], row["real_name"], f"{int(year) + years}-{month}", guardian["name"],
            guardian["relation"], guardian["phone"], guardian["email"] or "",
        )  # fmt: skip
        team_id = people.teams.get((row["group"], row["team"] or ""))
        account_id = member_actions.add_member_in(
            tx, sealer, people.first_coordinator, then, Place(people.groups[row["group"]], team_id), member,
            nickname=row["nickname"], avatar=row["avatar"], today=today,
        )  # fmt: skip
        people.children[row["nickname"]] = account_id
        people.by_number[row["member_number"]] = account_id
        people.group_of_child[row["nickname"]] = row["group"]

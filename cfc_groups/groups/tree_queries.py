# ruff: noqa: S608 - only constants of this room are put together; tests/house/test_sql.py watches over it
"""The tree of groups with their teams, and the people on a group's page. Every list is bounded and paged by keyset."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date

from cfc_groups.access import Actor, Role
from cfc_groups.db import Reader
from cfc_groups.groups.models import Adult, Branch, Face, Group, GroupLine, ServiceRow, TeamLine, Theme
from cfc_groups.groups.store import ACTIVE_MEMBERSHIP, ACTIVE_TEAM, GROUP_COLUMNS, TEAM_COLUMNS, day_from, group_from
from cfc_groups.groups.store import team_from as team_of_row

GROUPS_ON_A_PAGE = 50
BELOW_SHOWN = 300
FACES_ON_A_PAGE = 200
STAFF_SHOWN = 100
CHOICES_OFFERED = 1000
ADULTS_OFFERED = 300

# Everybody sees what is open; coordinators also what will begin (:coming) and, apart, what is over.
_SHOWN_GROUP = "(groups.starts_on <= :today OR :coming) AND (groups.ends_on IS NULL OR groups.ends_on >= :today)"

# A cursor that names nothing begins at the beginning. Without an OR the index leads straight to the page.
_AFTER_GROUP = (
    "(coalesce((SELECT name_key FROM groups AS last WHERE last.pid = :after), ''),"
    " coalesce((SELECT group_id FROM groups AS last WHERE last.pid = :after), 0))"
)
_AFTER_FACE = (
    "(coalesce((SELECT display_name_key FROM accounts AS last WHERE last.pid = :after), ''),"
    " coalesce((SELECT account_id FROM accounts AS last WHERE last.pid = :after), 0))"
)


def tree(
    db: Reader, today: date, *, under: Group | None, after: str | None, coming: bool
) -> tuple[list[Branch], str | None]:
    """One page of the groups below a group (or at the top), each with up to two levels of what stands below it.

    Four statements whatever the tree's size. Answers the branches and where the next page begins.
    """
    where: dict[str, object] = {
        "parent_id": under.group_id if under else None, "after": after, "today": str(today), "coming": coming,
    }  # fmt: skip
    first = _groups_at(db, where)
    more = len(first) > GROUPS_ON_A_PAGE
    first = first[:GROUPS_ON_A_PAGE]
    second = _groups_below(db, [group.group_id for group in first], where)
    third = _groups_below(db, [group.group_id for group in second], where)
    lines = _with_teams(db, [*first, *second, *third], today)
    branches = [_branch(line, lines, second, third) for line in lines[: len(first)]]
    return branches, first[-1].pid if more else None


def _groups_at(db: Reader, where: dict[str, object]) -> list[Group]:
    rows = db.rows(
        f"SELECT {GROUP_COLUMNS} FROM groups WHERE parent_id IS :parent_id AND {_SHOWN_GROUP}"
        f" AND (name_key, group_id) > {_AFTER_GROUP}"
        " ORDER BY name_key, group_id LIMIT :most",
        {**where, "most": GROUPS_ON_A_PAGE + 1},
    )
    return [group_from(row) for row in rows]


def _groups_below(db: Reader, parents: Sequence[int], where: dict[str, object]) -> list[Group]:
    if not parents:
        return []
    rows = db.rows(
        f"SELECT {GROUP_COLUMNS} FROM groups WHERE parent_id IN (SELECT value FROM json_each(:parents))"
        f" AND {_SHOWN_GROUP} ORDER BY name_key, group_id LIMIT :most",
        {"parents": json.dumps(parents), "today": where["today"], "coming": where["coming"], "most": BELOW_SHOWN},
    )
    return [group_from(row) for row in rows]


def _branch(line: GroupLine, lines: Sequence[GroupLine], second: Sequence[Group], third: Sequence[Group]) -> Branch:
    full = {2: len(second) >= BELOW_SHOWN, 3: len(third) >= BELOW_SHOWN}

    def grow(one: GroupLine, level: int) -> Branch:
        below = tuple(grow(other, level + 1) for other in lines if other.group.parent_id == one.group.group_id)
        return Branch(one, below, full.get(level + 1, False))

    return grow(line, 1)


def _with_teams(db: Reader, groups: Sequence[Group], today: date) -> list[GroupLine]:
    teams = teams_of(db, [group.group_id for group in groups], today)
    return [
        GroupLine(group, tuple(line for line in teams if line.team.group_id == group.group_id)) for group in groups
    ]


def teams_of(db: Reader, group_ids: Iterable[int], today: date) -> list[TeamLine]:
    """The teams of these groups that have not ended, each with its theme, by name."""
    rows = db.rows(
        f"SELECT {TEAM_COLUMNS}, themes.label, themes.note_colour, themes.picture FROM teams"
        " JOIN themes ON themes.theme = teams.theme"
        " WHERE teams.group_id IN (SELECT value FROM json_each(:group_ids))"
        " AND (teams.ends_on IS NULL OR teams.ends_on >= :today)"
        " ORDER BY themes.position, teams.name, teams.team_id LIMIT 4000",
        {"group_ids": json.dumps(list(group_ids)), "today": str(today)},
    )
    return [
        TeamLine(team_of_row(row), Theme(row["theme"], row["label"], row["note_colour"], row["picture"]))
        for row in rows
    ]


def groups_below(db: Reader, group: Group, today: date, *, coming: bool) -> list[Group]:
    """The groups right below a group, up to a page of them."""
    return _groups_at(db, {"parent_id": group.group_id, "after": None, "today": str(today), "coming": coming})


def ended_groups(db: Reader, today: date, after: str | None) -> tuple[list[Group], str | None]:
    """A page of the groups that are over, by name, and where the next one begins."""
    rows = db.rows(
        f"SELECT {GROUP_COLUMNS} FROM groups WHERE ends_on < :today"
        f" AND (name_key, group_id) > {_AFTER_GROUP}"
        " ORDER BY name_key, group_id LIMIT :most",
        {"today": str(today), "after": after, "most": GROUPS_ON_A_PAGE + 1},
    )
    groups = [group_from(row) for row in rows]
    return groups[:GROUPS_ON_A_PAGE], groups[GROUPS_ON_A_PAGE - 1].pid if len(groups) > GROUPS_ON_A_PAGE else None


def group_choices(db: Reader, today: date, actor: Actor) -> list[Group]:
    """The groups within an actor's reach that have not ended, by name, for a list to choose from."""
    rows = db.rows(
        f"SELECT {GROUP_COLUMNS} FROM groups WHERE (ends_on IS NULL OR ends_on >= :today)"
        " AND (:all OR group_id IN (SELECT value FROM json_each(:reach))) ORDER BY name_key, group_id LIMIT :most",
        {
            "today": str(today), "all": actor.alliance_wide, "reach": json.dumps(sorted(actor.reach.group_ids)),
            "most": CHOICES_OFFERED,
        },
    )  # fmt: skip
    return [group_from(row) for row in rows]


# People on a group's page


def faces(
    db: Reader, group: Group, today: date, *, after: str | None, team_ids: frozenset[int] | None
) -> tuple[list[Face], str | None]:
    """A page of a group's children by nickname (of some teams only, if told), and where the next one begins."""
    rows = db.rows(
        "SELECT accounts.account_id, accounts.pid, accounts.display_name AS nickname, accounts.avatar, teams.team_id"
        " FROM memberships JOIN accounts ON accounts.account_id = memberships.account_id"
        f" LEFT JOIN teams ON teams.team_id = memberships.team_id AND {ACTIVE_TEAM}"
        f" WHERE memberships.group_id = :group_id AND memberships.kind = 'child' AND {ACTIVE_MEMBERSHIP}"
        " AND (:team_ids IS NULL OR memberships.team_id IN (SELECT value FROM json_each(:team_ids)))"
        f" AND (accounts.display_name_key, accounts.account_id) > {_AFTER_FACE}"
        " ORDER BY accounts.display_name_key, accounts.account_id LIMIT :most",
        {
            "group_id": group.group_id, "today": str(today), "after": after, "most": FACES_ON_A_PAGE + 1,
            "team_ids": None if team_ids is None else json.dumps(sorted(team_ids)),
        },
    )  # fmt: skip
    found = [Face(**dict(row)) for row in rows]
    return found[:FACES_ON_A_PAGE], found[FACES_ON_A_PAGE - 1].pid if len(found) > FACES_ON_A_PAGE else None


_SERVICE_COLUMNS = (
    "memberships.pid, memberships.account_id, accounts.pid AS person_pid, accounts.display_name AS name,"
    " accounts.avatar, accounts.role, accounts.affiliation, groups.pid AS group_pid, groups.name AS group_name,"
    " teams.name AS team_name, memberships.starts_on, memberships.ends_on"
)
_SERVICE_TABLES = (
    "memberships JOIN accounts ON accounts.account_id = memberships.account_id"
    " JOIN groups ON groups.group_id = memberships.group_id"
    " LEFT JOIN teams ON teams.team_id = memberships.team_id"
)


def staff_of(db: Reader, group: Group, today: date) -> list[ServiceRow]:
    """The adults who serve a group today or will, by name."""
    rows = db.rows(
        f"SELECT {_SERVICE_COLUMNS} FROM {_SERVICE_TABLES}"
        " WHERE memberships.group_id = :group_id AND memberships.kind = 'staff'"
        " AND (memberships.ends_on IS NULL OR memberships.ends_on >= :today)"
        " ORDER BY accounts.display_name_key, memberships.starts_on LIMIT :most",
        {"group_id": group.group_id, "today": str(today), "most": STAFF_SHOWN},
    )
    return [_service_from(row) for row in rows]


def services_of(db: Reader, account_id: int) -> list[ServiceRow]:
    """Every group that an adult serves, will serve, or has served, the latest first."""
    rows = db.rows(
        f"SELECT {_SERVICE_COLUMNS} FROM {_SERVICE_TABLES}"
        " WHERE memberships.account_id = ? AND memberships.kind = 'staff'"
        " ORDER BY memberships.starts_on DESC, memberships.membership_id DESC LIMIT 100",
        (account_id,),
    )
    return [_service_from(row) for row in rows]


def service(db: Reader, pid: str) -> ServiceRow | None:
    """One row of service by its public id, or None."""
    row = db.row(
        f"SELECT {_SERVICE_COLUMNS} FROM {_SERVICE_TABLES} WHERE memberships.pid = ? AND memberships.kind = 'staff'",
        (pid,),
    )
    return None if row is None else _service_from(row)


def _service_from(row: sqlite3.Row) -> ServiceRow:
    return ServiceRow(
        **{
            **dict(row), "role": Role(row["role"]), "starts_on": date.fromisoformat(row["starts_on"]),
            "ends_on": day_from(row["ends_on"]),
        }
    )  # fmt: skip


def adults_to_ask(db: Reader, words: str) -> list[Adult]:
    """Adults who can serve a group, by name; `words` narrows the list by name or affiliation."""
    rows = db.rows(
        "SELECT account_id, pid, display_name AS name, role, affiliation FROM accounts"
        " WHERE role IN ('mentor', 'teacher', 'coordinator') AND state IN ('invited', 'waiting', 'active')"
        " AND (:words = '' OR instr(lower(display_name || ' ' || affiliation), lower(:words)) > 0)"
        " ORDER BY display_name_key, account_id LIMIT :most",
        {"words": words, "most": ADULTS_OFFERED},
    )
    return [Adult(row["account_id"], row["pid"], row["name"], Role(row["role"]), row["affiliation"]) for row in rows]

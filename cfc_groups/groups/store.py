# ruff: noqa: S608 - only constants of this room are put together; tests/house/test_sql.py watches over it
"""The rows of groups, teams, themes and memberships. "Active" on a day counts the first and the last day."""

from __future__ import annotations

import sqlite3
from datetime import date

from cfc_groups.access import Reach
from cfc_groups.db import Reader
from cfc_groups.groups.models import Group, GroupKind, Membership, MembershipKind, Team

ACTIVE_MEMBERSHIP = (
    "memberships.starts_on <= :today AND (memberships.ends_on IS NULL OR memberships.ends_on >= :today)"
)
ACTIVE_TEAM = "teams.starts_on <= :today AND (teams.ends_on IS NULL OR teams.ends_on >= :today)"
ACTIVE_GROUP = "groups.starts_on <= :today AND (groups.ends_on IS NULL OR groups.ends_on >= :today)"
GROUP_COLUMNS = (
    "groups.group_id, groups.pid, groups.parent_id, groups.kind, groups.name, groups.starts_on, groups.ends_on"
)
TEAM_COLUMNS = (
    "teams.team_id, teams.pid, teams.group_id, teams.theme, teams.name, teams.starts_on, teams.ends_on"
)
MEMBERSHIP_COLUMNS = (
    "memberships.membership_id, memberships.account_id, memberships.group_id, memberships.team_id,"
    " memberships.kind, memberships.member_number, memberships.starts_on, memberships.ends_on"
)


def day_from(text: str | None) -> date | None:
    """A day as it is stored, or None."""
    return None if text is None else date.fromisoformat(text)


def group_from(row: sqlite3.Row) -> Group:
    """The group of a row with GROUP_COLUMNS."""
    return Group(
        row["group_id"], row["pid"], row["parent_id"], GroupKind(row["kind"]), row["name"],
        date.fromisoformat(row["starts_on"]), day_from(row["ends_on"]),
    )  # fmt: skip


def team_from(row: sqlite3.Row) -> Team:
    """The team of a row with TEAM_COLUMNS."""
    return Team(
        row["team_id"], row["pid"], row["group_id"], row["theme"], row["name"],
        date.fromisoformat(row["starts_on"]), day_from(row["ends_on"]),
    )  # fmt: skip


def membership_from(row: sqlite3.Row) -> Membership:
    """The membership of a row with MEMBERSHIP_COLUMNS."""
    return Membership(
        row["membership_id"], row["account_id"], row["group_id"], row["team_id"], MembershipKind(row["kind"]),
        row["member_number"], date.fromisoformat(row["starts_on"]), day_from(row["ends_on"]),
    )  # fmt: skip


def reach_of(db: Reader, account_id: int, today: date) -> Reach:
    """The groups and teams that an account belongs to or serves on a day; one statement.

    A team that has ended is no longer reached; who served only that team no longer reaches its group either.
    """
    rows = db.rows(
        "SELECT memberships.group_id, memberships.kind, memberships.team_id, teams.team_id AS active_team_id"
        " FROM memberships"
        " JOIN groups ON groups.group_id = memberships.group_id"
        f" LEFT JOIN teams ON teams.team_id = memberships.team_id AND {ACTIVE_TEAM}"
        f" WHERE memberships.account_id = :account_id AND {ACTIVE_MEMBERSHIP} AND {ACTIVE_GROUP} LIMIT 500",
        {"account_id": account_id, "today": str(today)},
    )
    counting = [
        row for row in rows
        if row["kind"] == "child" or row["team_id"] is None or row["active_team_id"] is not None
    ]  # fmt: skip
    return Reach(
        frozenset(row["group_id"] for row in counting),
        frozenset(row["active_team_id"] for row in counting if row["active_team_id"] is not None),
    )

# ruff: noqa: S608 - only constants of this room are put together; tests/house/test_sql.py watches over it
"""What other rooms and the pages read about groups and their people. Every list is bounded."""

from __future__ import annotations

from datetime import date

from cfc_groups.access import VETTING_LASTS
from cfc_groups.db import Reader
from cfc_groups.groups.models import ChildPlace, Theme
from cfc_groups.groups.store import ACTIVE_GROUP, ACTIVE_MEMBERSHIP, ACTIVE_TEAM

MOST_STAFF = 200


def team_of_child(db: Reader, account_id: int, today: date) -> ChildPlace | None:
    """Where a child belongs on a day, or None. In two groups at once: where it has been longest."""
    row = db.row(
        "SELECT groups.group_id, groups.pid AS group_pid, groups.name AS group_name,"
        " teams.team_id, teams.pid AS team_pid, teams.name AS team_name, teams.theme"
        " FROM memberships"
        " JOIN groups ON groups.group_id = memberships.group_id"
        f" LEFT JOIN teams ON teams.team_id = memberships.team_id AND {ACTIVE_TEAM}"
        " WHERE memberships.account_id = :account_id AND memberships.kind = 'child'"
        f" AND {ACTIVE_MEMBERSHIP} AND {ACTIVE_GROUP}"
        " ORDER BY memberships.starts_on, memberships.membership_id LIMIT 1",
        {"account_id": account_id, "today": str(today)},
    )
    return None if row is None else ChildPlace(**dict(row))


def theme_choices(db: Reader) -> list[Theme]:
    """The themes of the alliance that are in use, in their order. `words.theme_label` tells what people read."""
    rows = db.rows(
        "SELECT theme, label, note_colour, picture FROM themes WHERE ended_on IS NULL ORDER BY position, theme LIMIT 60"
    )
    return [Theme(row["theme"], row["label"], row["note_colour"], row["picture"]) for row in rows]


def moderators_of(db: Reader, group_id: int, today: date) -> list[int]:
    """Account ids of the teachers who serve a group on a day and may moderate: active, record check current (R43)."""
    rows = db.rows(
        "SELECT DISTINCT memberships.account_id FROM memberships"
        " JOIN accounts ON accounts.account_id = memberships.account_id"
        f" LEFT JOIN teams ON teams.team_id = memberships.team_id AND {ACTIVE_TEAM}"
        " WHERE memberships.group_id = :group_id AND memberships.kind = 'staff'"
        f" AND {ACTIVE_MEMBERSHIP} AND (memberships.team_id IS NULL OR teams.team_id IS NOT NULL)"
        " AND accounts.role = 'teacher' AND accounts.state = 'active' AND accounts.vetted_on >= :vetted_since"
        " ORDER BY memberships.account_id LIMIT :most",
        {
            "group_id": group_id, "today": str(today), "vetted_since": str(today - VETTING_LASTS), "most": MOST_STAFF,
        },
    )  # fmt: skip
    return [row["account_id"] for row in rows]


def coordinators(db: Reader) -> list[int]:
    """Account ids of the alliance's active coordinators."""
    rows = db.rows(
        "SELECT account_id FROM accounts WHERE role = 'coordinator' AND state = 'active'"
        " ORDER BY account_id LIMIT :most",
        {"most": MOST_STAFF},
    )
    return [row["account_id"] for row in rows]

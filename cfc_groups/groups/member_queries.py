# ruff: noqa: S608 - only constants of this room are put together; tests/house/test_sql.py watches over it
"""The staff's lists of children: within reach, active today, by nickname, paged by keyset. Groups never mix (R93)."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, datetime

from cfc_groups.access import Actor
from cfc_groups.clock import stamp
from cfc_groups.db import Reader
from cfc_groups.groups.models import MemberFilter, MemberRow, Reachable
from cfc_groups.groups.store import ACTIVE_MEMBERSHIP, ACTIVE_TEAM, day_from

MEMBERS_ON_A_PAGE = 50
HAND_OUT_MOST = 2_000

_COLUMNS = (
    "memberships.pid AS row_pid, accounts.account_id, accounts.pid, accounts.display_name AS nickname,"
    " accounts.avatar, groups.pid AS group_pid, groups.name AS group_name, teams.name AS team_name,"
    " memberships.member_number, accounts.birth_month, memberships.starts_on, memberships.ends_on"
)
_JOINS = (
    " JOIN groups ON groups.group_id = memberships.group_id"
    f" LEFT JOIN teams ON teams.team_id = memberships.team_id AND {ACTIVE_TEAM}"
)
_FITS = (
    f"memberships.kind = 'child' AND {ACTIVE_MEMBERSHIP}"
    " AND (:team_id IS NULL OR coalesce(teams.team_id, 0) = :team_id)"
)
# A cursor that names nobody begins at the beginning. Without an OR the index leads straight to the page.
_AFTER_NAME = (
    "coalesce((SELECT display_name_key FROM memberships AS last JOIN accounts AS known"
    " ON known.account_id = last.account_id WHERE last.pid = :after), '')"
)
_AFTER_ID = "coalesce((SELECT account_id FROM memberships AS last WHERE last.pid = :after), 0)"
_AFTER_ROW = "coalesce((SELECT membership_id FROM memberships AS last WHERE last.pid = :after), 0)"
# Within some groups: their members are gathered and sorted, whatever the size of the alliance.
_OF_GROUPS = (
    f"SELECT {_COLUMNS} FROM memberships JOIN accounts ON accounts.account_id = memberships.account_id{_JOINS}"
    f" WHERE memberships.group_id IN (SELECT value FROM json_each(:group_ids)) AND {_FITS}"
    " AND (:words = '' OR instr(accounts.display_name, :words) > 0 OR memberships.member_number = :words)"
    " AND (accounts.display_name_key, accounts.account_id, memberships.membership_id) >"
    f" ({_AFTER_NAME}, {_AFTER_ID}, {_AFTER_ROW})"
    " ORDER BY accounts.display_name_key, accounts.account_id, memberships.membership_id LIMIT :most"
)
# Across the alliance: children are walked in the order of their nicknames until the page is full.
_OF_ALLIANCE = (
    " FROM accounts INDEXED BY accounts_by_role"
    f" CROSS JOIN memberships ON memberships.account_id = accounts.account_id{_JOINS}"
)
_FITS_ALLIANCE = (
    f" WHERE accounts.role = 'child' AND accounts.state = 'active' AND {_FITS}"
    f" AND (accounts.display_name_key, accounts.account_id) > ({_AFTER_NAME}, {_AFTER_ID})"
)
_IN_ORDER = " ORDER BY accounts.display_name_key, accounts.account_id LIMIT :most"
_WALK = f"SELECT {_COLUMNS}{_OF_ALLIANCE}{_FITS_ALLIANCE}{_IN_ORDER}"
# Many hits: walk and keep what fits, a page is soon full. Few: go to each of them.
_WALK_AND_LOOK = (
    f"SELECT {_COLUMNS}{_OF_ALLIANCE}{_FITS_ALLIANCE}"
    f" AND (instr(accounts.display_name, :words) > 0 OR memberships.member_number = :words){_IN_ORDER}"
)
_GO_TO_HITS = (
    f"SELECT {_COLUMNS} FROM json_each(:hits) AS hits"
    " CROSS JOIN accounts ON accounts.account_id = hits.value"
    f" CROSS JOIN memberships ON memberships.account_id = accounts.account_id{_JOINS}{_FITS_ALLIANCE}{_IN_ORDER}"
)
_HITS = (
    "SELECT account_id FROM memberships WHERE member_number = :words"
    " UNION ALL SELECT account_id FROM accounts INDEXED BY accounts_nicknames"
    " WHERE role = 'child' AND instr(display_name, :words) > 0 LIMIT :few"
)
FEW_HITS = 1_000


def members(
    db: Reader, actor: Actor, today: date, wanted: MemberFilter, *, after: str | None, most: int = MEMBERS_ON_A_PAGE
) -> tuple[list[MemberRow], str | None]:
    """A page of the children within the actor's reach, and where the next one begins (None on the last page)."""
    group_ids: list[int] | None = sorted(actor.reach.group_ids)
    if wanted.group_id is not None:
        group_ids = [wanted.group_id] if actor.reaches_group(wanted.group_id) else []
    elif actor.alliance_wide:
        group_ids = None
    hits = _hits(db, wanted.words) if group_ids is None else []
    if group_ids is not None:
        table = _OF_GROUPS
    elif not wanted.words:
        table = _WALK
    else:
        table = _GO_TO_HITS if len(hits) <= FEW_HITS else _WALK_AND_LOOK
    rows = db.rows(
        table,
        {
            "hits": json.dumps(hits), "group_ids": json.dumps(group_ids), "today": str(today),
            "team_id": wanted.team_id, "words": wanted.words, "after": after, "most": most + 1,
        },
    )  # fmt: skip
    found = [_member_from(row) for row in rows]
    return found[:most], found[most - 1].row_pid if len(found) > most else None


def _hits(db: Reader, words: str) -> list[int]:
    """The children whose nickname holds the words or whose number they are; one more than a few means many."""
    if not words:
        return []
    rows = db.rows(_HITS, {"words": words, "few": FEW_HITS + 1})
    return sorted({row["account_id"] for row in rows}) if len(rows) <= FEW_HITS else [row["account_id"] for row in rows]


def _member_from(row: sqlite3.Row) -> MemberRow:
    return MemberRow(
        **{**dict(row), "starts_on": date.fromisoformat(row["starts_on"]), "ends_on": day_from(row["ends_on"])}
    )


def reachable(db: Reader, child_id: int) -> Reachable | None:
    """Which ways to a child's guardian are known; the ways themselves stay sealed (R31)."""
    row = db.row(
        "SELECT relation, phone IS NOT NULL AS phone, email IS NOT NULL AS email FROM guardian_contacts"
        " WHERE child_id = ? AND ended_at IS NULL ORDER BY contact_id DESC LIMIT 1",
        (child_id,),
    )
    return None if row is None else Reachable(row["relation"], bool(row["phone"]), bool(row["email"]))


def children_of_group(
    db: Reader, group_id: int, today: date, *, team_id: int | None = None, after: int = 0, most: int = 500
) -> list[int]:
    """Account ids of a group's children on a day, in the order of their ids, from after the id `after`."""
    rows = db.rows(
        "SELECT DISTINCT memberships.account_id FROM memberships"
        " WHERE memberships.group_id = :group_id AND memberships.kind = 'child'"
        f" AND {ACTIVE_MEMBERSHIP} AND (:team_id IS NULL OR memberships.team_id = :team_id)"
        " AND memberships.account_id > :after ORDER BY memberships.account_id LIMIT :most",
        {"group_id": group_id, "today": str(today), "team_id": team_id, "after": after, "most": most},
    )
    return [row["account_id"] for row in rows]


def hand_out_rows(
    db: Reader, group_id: int, today: date, *, team_id: int | None, made_at: datetime | None
) -> list[MemberRow]:
    """A group's children by member number, to hand out badges: of a team, or of what came in at one moment."""
    rows = db.rows(
        f"SELECT {_COLUMNS} FROM memberships JOIN accounts ON accounts.account_id = memberships.account_id{_JOINS}"
        f" WHERE memberships.group_id = :group_id AND {_FITS} AND (:made_at IS NULL OR memberships.made_at = :made_at)"
        " ORDER BY teams.name, length(memberships.member_number), memberships.member_number LIMIT :most",
        {
            "group_id": group_id, "today": str(today), "team_id": team_id,
            "made_at": stamp(made_at) if made_at else None,
            "most": HAND_OUT_MOST,
        },
    )  # fmt: skip
    return [_member_from(row) for row in rows]

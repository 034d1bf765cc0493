# ruff: noqa: S608 - only constants of this room are put together; tests/house/test_sql.py watches over it
"""What the pages about badges read. Every list is bounded and stays within the actor's reach (R93)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from cfc_groups.access import Actor
from cfc_groups.badges import rules
from cfc_groups.badges.models import BadgeEnd, BadgeRow, ChildBadge, GroupBadges
from cfc_groups.clock import parse_stamp, stamp
from cfc_groups.db import Reader
from cfc_groups.groups.models import Team
from cfc_groups.groups.store import ACTIVE_GROUP, ACTIVE_MEMBERSHIP, ACTIVE_TEAM, TEAM_COLUMNS, team_from

CHILDREN_ON_A_PAGE = 100
GROUPS_ON_A_PAGE = 50
HISTORY_SHOWN = 20
MOST_COUNTED = 100

_BADGE_COLUMNS = (
    "badges.badge_id, badges.issued_at, badges.printed_at, badges.choose_until, badges.ended_at,"
    " badges.ended_because, badges.codes IS NOT NULL AS has_codes"
)
_CHILD_COLUMNS = (
    "accounts.account_id, accounts.pid, accounts.display_name AS nickname, accounts.avatar,"
    f" coalesce(picture_pins.pictures, 0) AS pictures, {_BADGE_COLUMNS}"
)
_LATEST = (
    " LEFT JOIN badges ON badges.badge_id ="
    " (SELECT max(badge_id) FROM badges AS latest WHERE latest.account_id = accounts.account_id)"
    " LEFT JOIN picture_pins ON picture_pins.account_id = accounts.account_id"
)
# Nobody holds a badge that works: none at all, one that ended, one never printed, or one that was not used in time.
_WITHOUT = (
    "(badges.badge_id IS NULL OR badges.ended_at IS NOT NULL OR badges.printed_at IS NULL"
    " OR (picture_pins.account_id IS NULL AND badges.choose_until < :now))"
)
_MEMBERS = (
    " FROM memberships JOIN accounts ON accounts.account_id = memberships.account_id"
    f" LEFT JOIN teams ON teams.team_id = memberships.team_id AND {ACTIVE_TEAM}"
)
_OF_GROUP = (
    f"SELECT {_CHILD_COLUMNS}, teams.name AS team_name{_MEMBERS}{_LATEST}"
    " WHERE memberships.group_id = :group_id AND memberships.kind = 'child' AND accounts.state = 'active'"
    f" AND {ACTIVE_MEMBERSHIP} AND (:team_pid IS NULL OR teams.pid = :team_pid)"
    f" AND (:all OR {_WITHOUT})"
    " AND (:after IS NULL OR (accounts.display_name_key, accounts.account_id) >"
    "  (SELECT display_name_key, account_id FROM accounts WHERE pid = :after))"
    " ORDER BY accounts.display_name_key, accounts.account_id LIMIT :most"
)
_WITHIN_REACH = (
    f"SELECT {_CHILD_COLUMNS}, NULL AS team_name FROM accounts{_LATEST}"
    " WHERE accounts.pid IN (SELECT value FROM json_each(:pids)) AND accounts.role = 'child'"
    " AND accounts.state = 'active' AND EXISTS (SELECT 1 FROM memberships"
    "  JOIN groups ON groups.group_id = memberships.group_id"
    "  WHERE memberships.account_id = accounts.account_id AND memberships.kind = 'child'"
    f"  AND {ACTIVE_MEMBERSHIP} AND {ACTIVE_GROUP}"
    "  AND (:everywhere OR memberships.group_id IN (SELECT value FROM json_each(:reach))))"
    " ORDER BY accounts.display_name_key, accounts.account_id LIMIT :most"
)
_GROUPS = (
    "SELECT groups.pid, groups.name, groups.group_id,"
    f" (SELECT count(DISTINCT accounts.account_id){_MEMBERS}{_LATEST}"
    "  WHERE memberships.group_id = groups.group_id AND memberships.kind = 'child' AND accounts.state = 'active'"
    f"  AND {ACTIVE_MEMBERSHIP}) AS children,"
    f" (SELECT count(DISTINCT accounts.account_id){_MEMBERS}{_LATEST}"
    "  WHERE memberships.group_id = groups.group_id AND memberships.kind = 'child' AND accounts.state = 'active'"
    f"  AND {ACTIVE_MEMBERSHIP} AND {_WITHOUT}) AS without"
    f" FROM groups WHERE {ACTIVE_GROUP}"
    " AND (:everywhere OR groups.group_id IN (SELECT value FROM json_each(:reach)))"
    " AND (:after IS NULL OR (groups.name_key, groups.group_id) >"
    "  (SELECT name_key, group_id FROM groups WHERE pid = :after))"
    " ORDER BY groups.name_key, groups.group_id LIMIT :most"
)


def groups_with_badges(
    db: Reader, actor: Actor, now: datetime, today: date, after: str | None
) -> tuple[list[GroupBadges], str | None]:
    """A page of the groups within reach, and where the next one begins (None on the last page)."""
    rows = db.rows(_GROUPS, {**_reach(actor, now, today), "after": after, "most": GROUPS_ON_A_PAGE + 1})
    found = [GroupBadges(row["pid"], row["name"], row["children"], row["without"]) for row in rows]
    return found[:GROUPS_ON_A_PAGE], found[GROUPS_ON_A_PAGE - 1].pid if len(found) > GROUPS_ON_A_PAGE else None


def children_of_group(
    db: Reader, group_id: int, now: datetime, today: date, *, team_pid: str | None, only_without: bool,
    after: str | None,
) -> tuple[list[ChildBadge], str | None]:  # fmt: skip
    """A page of a group's children with their badges, by nickname, and where the next one begins."""
    rows = db.rows(
        _OF_GROUP,
        {
            "group_id": group_id, "today": str(today), "now": stamp(now), "team_pid": team_pid,
            "all": not only_without, "after": after, "most": CHILDREN_ON_A_PAGE + 1,
        },
    )  # fmt: skip
    found = [_child_badge(row, now) for row in rows]
    more = len(found) > CHILDREN_ON_A_PAGE
    return found[:CHILDREN_ON_A_PAGE], found[CHILDREN_ON_A_PAGE - 1].pid if more else None


def children_within_reach(
    db: Reader, actor: Actor, now: datetime, today: date, pids: Iterable[str]
) -> list[ChildBadge]:
    """Those of the children that belong to a group within reach today, by nickname, at most a page of them."""
    rows = db.rows(
        _WITHIN_REACH,
        {**_reach(actor, now, today), "pids": json.dumps(list(pids)), "most": CHILDREN_ON_A_PAGE},
    )
    return [_child_badge(row, now) for row in rows]


def teams_of_group(db: Reader, group_id: int, today: date) -> list[Team]:
    """The teams of a group that have children and are active on a day, to choose from."""
    rows = db.rows(
        f"SELECT {TEAM_COLUMNS} FROM teams WHERE {ACTIVE_TEAM} AND teams.team_id IN"
        " (SELECT team_id FROM memberships WHERE group_id = :group_id AND kind = 'child')"
        " ORDER BY teams.name, teams.team_id LIMIT 200",
        {"group_id": group_id, "today": str(today)},
    )
    return [team_from(row) for row in rows]


def badges_of_child(db: Reader, account_id: int) -> list[BadgeRow]:
    """A child's badges, the latest first."""
    rows = db.rows(
        f"SELECT {_BADGE_COLUMNS} FROM badges WHERE account_id = ? ORDER BY badge_id DESC LIMIT ?",
        (account_id, HISTORY_SHOWN),
    )
    return [badge for row in rows if (badge := _badge_row(row)) is not None]


def badges_of_children(db: Reader, account_ids: Iterable[int], now: datetime) -> Mapping[int, ChildBadge]:
    """How it stands with the badges of these children, by account id; one statement."""
    rows = db.rows(
        f"SELECT {_CHILD_COLUMNS}, NULL AS team_name FROM accounts{_LATEST}"
        " WHERE accounts.account_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(account_ids)),),
    )
    return {row["account_id"]: _child_badge(row, now) for row in rows}


def children_without(db: Reader, actor: Actor, now: datetime, today: date) -> int:
    """How many children of the groups within reach have no badge that works; stops counting at 100."""
    return int(str(db.value(
        f"SELECT count(*) FROM (SELECT DISTINCT accounts.account_id{_MEMBERS}"
        f" JOIN groups ON groups.group_id = memberships.group_id{_LATEST}"
        " WHERE memberships.group_id IN (SELECT value FROM json_each(:reach)) AND memberships.kind = 'child'"
        f" AND accounts.state = 'active' AND {ACTIVE_MEMBERSHIP} AND {ACTIVE_GROUP} AND {_WITHOUT} LIMIT :most)",
        {**_reach(actor, now, today), "most": MOST_COUNTED},
    )))  # fmt: skip


def last_visit(db: Reader, account_id: int, session_id: int) -> datetime | None:
    """When a child was here before this session, or None when it was not within the time that is kept."""
    found = db.value(
        "SELECT max(last_seen_at) FROM sessions WHERE account_id = ? AND session_id < ?", (account_id, session_id)
    )
    return None if found is None else parse_stamp(str(found))


def _reach(actor: Actor, now: datetime, today: date) -> dict[str, object]:
    return {
        "everywhere": actor.alliance_wide, "reach": json.dumps(sorted(actor.reach.group_ids)), "today": str(today),
        "now": stamp(now),
    }  # fmt: skip


def _child_badge(row: sqlite3.Row, now: datetime) -> ChildBadge:
    badge = _badge_row(row)
    has_pictures = row["pictures"] > 0
    return ChildBadge(
        account_id=row["account_id"], pid=row["pid"], nickname=row["nickname"], avatar=row["avatar"],
        team_name=row["team_name"], pictures=row["pictures"], badge=badge,
        state=rules.badge_state(badge, has_pictures=has_pictures, now=now),
        printable=rules.is_printable(badge, has_pictures=has_pictures, now=now),
    )  # fmt: skip


def _badge_row(row: sqlite3.Row) -> BadgeRow | None:
    if row["badge_id"] is None:
        return None
    return BadgeRow(
        badge_id=row["badge_id"], issued_at=parse_stamp(row["issued_at"]), printed_at=_moment(row["printed_at"]),
        choose_until=parse_stamp(row["choose_until"]), ended_at=_moment(row["ended_at"]),
        ended_because=BadgeEnd(row["ended_because"]) if row["ended_because"] else None,
        has_codes=bool(row["has_codes"]),
    )  # fmt: skip


def _moment(text: str | None) -> datetime | None:
    return None if text is None else parse_stamp(text)

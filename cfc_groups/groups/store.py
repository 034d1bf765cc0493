# ruff: noqa: S608 - only constants of this room are put together; tests/house/test_sql.py watches over it
"""The rows of groups, teams, themes and memberships. "Active" on a day counts the first and the last day."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

from cfc_groups.access import Actor, Reach
from cfc_groups.clock import stamp
from cfc_groups.db import Reader, Writer
from cfc_groups.errors import NotFound
from cfc_groups.groups.models import Concerned, Group, GroupKind, Membership, MembershipKind, Team
from cfc_groups.ids import new_pid

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


def ending_with(group: Group) -> tuple[str | None, str | None]:
    """`ends_on` and `end_replaced` of something new in a group whose end may already be planned."""
    return (None, None) if group.ends_on is None else (str(group.ends_on), "")


# Groups


def find_group(db: Reader, pid: str) -> Group | None:
    """The group with a public id, or None."""
    row = db.row(f"SELECT {GROUP_COLUMNS} FROM groups WHERE pid = ?", (pid,))
    return None if row is None else group_from(row)


def get_group(db: Reader, pid: str) -> Group:
    """The group with a public id, whoever asks: names of groups are no secret. Raises NotFound."""
    found = find_group(db, pid)
    if found is None:
        raise NotFound()
    return found


def get_group_by_id(db: Reader, group_id: int) -> Group:
    """The group with an id. Raises NotFound."""
    row = db.row(f"SELECT {GROUP_COLUMNS} FROM groups WHERE group_id = ?", (group_id,))
    if row is None:
        raise NotFound()
    return group_from(row)


def get_group_for(db: Reader, actor: Actor, pid: str) -> Group:
    """The group with a public id if it lies within the actor's reach. Raises NotFound (R92)."""
    found = get_group(db, pid)
    if not actor.reaches_group(found.group_id):
        raise NotFound()
    return found


def open_group_named(db: Reader, name: str) -> int | None:
    """The id of the open group with a name, or None."""
    found = db.value("SELECT group_id FROM groups WHERE name = ? AND ends_on IS NULL", (name,))
    return None if found is None else int(str(found))


def ids_above(db: Reader, group_id: int) -> list[int]:
    """The ids of the groups above a group, nearest first."""
    rows = db.rows(
        "WITH RECURSIVE above (group_id, parent_id, level) AS ("
        " SELECT group_id, parent_id, 0 FROM groups WHERE group_id = ?"
        " UNION ALL SELECT groups.group_id, groups.parent_id, level + 1 FROM above"
        " JOIN groups ON groups.group_id = above.parent_id WHERE level < 20)"
        " SELECT group_id FROM above WHERE level > 0 ORDER BY level",
        (group_id,),
    )
    return [row["group_id"] for row in rows]


def levels_below(db: Reader, group_id: int) -> int:
    """How many levels of groups stand below a group."""
    found = db.value(
        "WITH RECURSIVE below (group_id, level) AS ("
        " SELECT ?, 0 UNION ALL SELECT groups.group_id, level + 1 FROM below"
        " JOIN groups ON groups.parent_id = below.group_id WHERE level < 20)"
        " SELECT max(level) FROM below",
        (group_id,),
    )
    return int(str(found))


def add_group(
    tx: Writer, *, parent_id: int | None, kind: GroupKind, name: str, name_key: str, starts_on: date, now: datetime
) -> str:
    """Add a group; answers its public id."""
    pid = new_pid()
    tx.insert(
        "groups", pid=pid, parent_id=parent_id, kind=kind, name=name, name_key=name_key, starts_on=str(starts_on),
        made_at=stamp(now),
    )  # fmt: skip
    return pid


def set_group(
    tx: Writer, group_id: int, *, parent_id: int | None, kind: GroupKind, name: str, name_key: str, starts_on: date
) -> None:
    """Change what a group is called and where it stands."""
    tx.execute(
        "UPDATE groups SET parent_id = ?, kind = ?, name = ?, name_key = ?, starts_on = ? WHERE group_id = ?",
        (parent_id, kind, name, name_key, str(starts_on), group_id),
    )


def set_group_end(tx: Writer, group_id: int, ends_on: date | None) -> None:
    """Set or take away a group's last day."""
    tx.execute(
        "UPDATE groups SET ends_on = ? WHERE group_id = ?", (None if ends_on is None else str(ends_on), group_id)
    )


def earliest_start_inside(db: Reader, group_id: int) -> date | None:
    """The first day on which a team or a membership of the group began, or None."""
    found = db.value(
        "SELECT min(starts_on) FROM (SELECT min(starts_on) AS starts_on FROM memberships WHERE group_id = :group_id"
        " UNION ALL SELECT min(starts_on) FROM teams WHERE group_id = :group_id)",
        {"group_id": group_id},
    )
    return day_from(None if found is None else str(found))


def latest_start_inside(db: Reader, group_id: int) -> date | None:
    """The last day on which a team or a child's membership of the group began, or None."""
    found = db.value(
        "SELECT max(starts_on) FROM (SELECT max(starts_on) AS starts_on FROM memberships WHERE group_id = :group_id"
        " AND kind = 'child' UNION ALL SELECT max(starts_on) FROM teams WHERE group_id = :group_id)",
        {"group_id": group_id},
    )
    return day_from(None if found is None else str(found))


def concerned_by_end(db: Reader, group_id: int, last_on: date) -> Concerned:
    """What of a group is still open on a day, and so would end with it."""
    row = db.rows(
        "SELECT (SELECT count(DISTINCT account_id) FROM memberships WHERE group_id = :group_id AND kind = 'child'"
        " AND (ends_on IS NULL OR ends_on >= :day)) AS children,"
        " (SELECT count(DISTINCT account_id) FROM memberships WHERE group_id = :group_id AND kind = 'staff'"
        " AND (ends_on IS NULL OR ends_on >= :day)) AS staff,"
        " (SELECT count(*) FROM teams WHERE group_id = :group_id AND (ends_on IS NULL OR ends_on >= :day)) AS teams,"
        " (SELECT count(*) FROM groups WHERE parent_id = :group_id AND (ends_on IS NULL OR ends_on > :day))"
        " AS groups_below",
        {"group_id": group_id, "day": str(last_on)},
    )[0]
    return Concerned(**dict(row))


def end_inside(tx: Writer, group_id: int, last_on: date) -> None:
    """End the teams and memberships of a group that would last longer; planned service that never began is dropped."""
    day = {"group_id": group_id, "day": str(last_on)}
    tx.execute("DELETE FROM memberships WHERE group_id = :group_id AND kind = 'staff' AND starts_on > :day", day)
    for table in ("memberships", "teams"):
        tx.execute(
            f"UPDATE {table} SET end_replaced = coalesce(ends_on, ''), ends_on = :day"
            " WHERE group_id = :group_id AND (ends_on IS NULL OR ends_on > :day)",
            day,
        )


def reopen_inside(tx: Writer, group_id: int, last_on: date) -> None:
    """Put back the days that `end_inside` replaced."""
    for table in ("memberships", "teams"):
        tx.execute(
            f"UPDATE {table} SET ends_on = nullif(end_replaced, ''), end_replaced = NULL"
            " WHERE group_id = ? AND end_replaced IS NOT NULL AND ends_on = ?",
            (group_id, str(last_on)),
        )


# ruff: noqa: S608 - only constants of this room are put together; tests/house/test_sql.py watches over it
"""The rows of teams. A team that has ended keeps its children's rows: they read as children without a team."""

from __future__ import annotations

from datetime import date, datetime

from cfc_groups.access import Actor
from cfc_groups.clock import stamp
from cfc_groups.db import Reader, Writer
from cfc_groups.errors import NotFound
from cfc_groups.groups.models import Concerned, Group, Team
from cfc_groups.groups.store import TEAM_COLUMNS, ending_with, team_from
from cfc_groups.ids import new_pid


def get_team(db: Reader, pid: str) -> Team:
    """The team with a public id. Raises NotFound."""
    row = db.row(f"SELECT {TEAM_COLUMNS} FROM teams WHERE pid = ?", (pid,))
    if row is None:
        raise NotFound()
    return team_from(row)


def get_team_for(db: Reader, actor: Actor, pid: str) -> Team:
    """The team with a public id if its group lies within the actor's reach. Raises NotFound (R92)."""
    found = get_team(db, pid)
    if not actor.reaches_group(found.group_id):
        raise NotFound()
    return found


def list_open_teams(db: Reader, group_id: int, today: date) -> list[Team]:
    """The teams of a group that have not ended, by name."""
    rows = db.rows(
        f"SELECT {TEAM_COLUMNS} FROM teams WHERE group_id = ? AND (ends_on IS NULL OR ends_on >= ?)"
        " ORDER BY name LIMIT 200",
        (group_id, str(today)),
    )
    return [team_from(row) for row in rows]


def add_team(tx: Writer, *, group: Group, theme: str, name: str, today: date, now: datetime) -> str:
    """Add a team from today on, as long as its group; answers its public id."""
    pid = new_pid()
    ends_on, end_replaced = ending_with(group)
    tx.insert(
        "teams", pid=pid, group_id=group.group_id, theme=theme, name=name, starts_on=str(today),
        ends_on=ends_on, end_replaced=end_replaced, made_at=stamp(now),
    )  # fmt: skip
    return pid


def set_team(tx: Writer, team_id: int, *, theme: str, name: str) -> None:
    """Change a team's name and theme."""
    tx.execute("UPDATE teams SET theme = ?, name = ? WHERE team_id = ?", (theme, name, team_id))


def end_team(tx: Writer, team_id: int, last_on: date) -> None:
    """End a team, and the service of those who serve only it. Its children stay in the group, without a team."""
    day = {"team_id": team_id, "day": str(last_on)}
    tx.execute("UPDATE teams SET ends_on = :day, end_replaced = NULL WHERE team_id = :team_id", day)
    tx.execute("DELETE FROM memberships WHERE team_id = :team_id AND kind = 'staff' AND starts_on > :day", day)
    tx.execute(
        "UPDATE memberships SET end_replaced = coalesce(ends_on, ''), ends_on = :day"
        " WHERE team_id = :team_id AND kind = 'staff' AND (ends_on IS NULL OR ends_on > :day)",
        day,
    )


def reopen_team(tx: Writer, team_id: int, last_on: date, group: Group) -> None:
    """Open a team again, as long as its group, with those who served it."""
    tx.execute(
        "UPDATE teams SET ends_on = ?, end_replaced = ? WHERE team_id = ?", (*ending_with(group), team_id)
    )
    tx.execute(
        "UPDATE memberships SET ends_on = nullif(end_replaced, ''), end_replaced = NULL"
        " WHERE team_id = ? AND kind = 'staff' AND end_replaced IS NOT NULL AND ends_on = ?",
        (team_id, str(last_on)),
    )


def concerned_by_team_end(db: Reader, team_id: int, last_on: date) -> Concerned:
    """How many children and adults are in a team on a day."""
    row = db.rows(
        "SELECT count(DISTINCT CASE WHEN kind = 'child' THEN account_id END) AS children,"
        " count(DISTINCT CASE WHEN kind = 'staff' THEN account_id END) AS staff FROM memberships"
        " WHERE team_id = ? AND (ends_on IS NULL OR ends_on >= ?)",
        (team_id, str(last_on)),
    )[0]
    return Concerned(children=row["children"], staff=row["staff"], teams=1)

# ruff: noqa: S608 - only constants of this room are put together; tests/house/test_sql.py watches over it
"""What authors' pages and the desk read. Every list is bounded, whatever waits."""

from __future__ import annotations

import json
import sqlite3
from datetime import date, datetime

from cfc_groups.access import VETTING_LASTS, Actor, Role
from cfc_groups.clock import parse_stamp, stamp
from cfc_groups.db import Reader
from cfc_groups.errors import NotFound
from cfc_groups.groups.queries import moderators_of
from cfc_groups.moderation import rules, store
from cfc_groups.moderation.models import (
    Author,
    Decision,
    GroupFigures,
    Item,
    ItemState,
    LateGroup,
    QueuePage,
    Waiting,
)

PAGE = 20
MOST_COUNTED = 100
MOST_GROUPS = 50

# Who may decide in a group: an active teacher who serves it today and whose record check is current (R43). The same
# as groups.queries.moderators_of, as a condition on `groups`.
SERVED = (
    "EXISTS (SELECT 1 FROM memberships"
    " JOIN accounts ON accounts.account_id = memberships.account_id"
    " LEFT JOIN teams ON teams.team_id = memberships.team_id"
    "  AND teams.starts_on <= :today AND (teams.ends_on IS NULL OR teams.ends_on >= :today)"
    " WHERE memberships.group_id = groups.group_id AND memberships.kind = 'staff'"
    " AND memberships.starts_on <= :today AND (memberships.ends_on IS NULL OR memberships.ends_on >= :today)"
    " AND (memberships.team_id IS NULL OR teams.team_id IS NOT NULL)"
    " AND accounts.role = 'teacher' AND accounts.state = 'active' AND accounts.vetted_on >= :vetted_since)"
)
# A teacher's groups; a coordinator is no moderator by default and stands in only where no teacher may (safety.md 3).
GROUPS_OF_TEACHER = "SELECT value AS group_id FROM json_each(:groups)"
GROUPS_OF_COORDINATOR = f"SELECT groups.group_id FROM groups WHERE NOT {SERVED}"

TEAM_NAME = (
    "(SELECT teams.name FROM memberships JOIN teams ON teams.team_id = memberships.team_id"
    " WHERE memberships.account_id = items.author_id AND memberships.group_id = items.group_id"
    " AND memberships.starts_on <= :today AND (memberships.ends_on IS NULL OR memberships.ends_on >= :today)"
    " ORDER BY memberships.starts_on LIMIT 1)"
)
ITEM_COLUMNS = (
    "items.item_id, items.pid, items.kind, items.object_id, items.version_number, items.group_id, items.headline,"
    " items.state, items.findings, items.submitted_at, items.claimed_by, items.claimed_until,"
    " claimants.display_name AS claimant, items.author_id, authors.display_name AS nickname, authors.avatar,"
    f" authors.birth_month, groups.name AS group_name, {TEAM_NAME} AS team_name"
)
ITEM_JOINS = (
    " JOIN accounts AS authors ON authors.account_id = items.author_id"
    " JOIN groups ON groups.group_id = items.group_id"
    " LEFT JOIN accounts AS claimants ON claimants.account_id = items.claimed_by"
)

CURSOR = "cursor (after_at, after_id) AS (SELECT submitted_at, item_id FROM moderation_items WHERE pid = :after)"
# What waits in one group of `mine`, after the cursor, by the index of the queue. A few of each group are read in
# order, so that the cost does not grow with what waits.
WAITS = (
    "SELECT item_id FROM moderation_items WHERE group_id = mine.group_id AND state IN ('waiting', 'held')"
    " AND (submitted_at, item_id) >"
    "  (coalesce((SELECT after_at FROM cursor), ''), coalesce((SELECT after_id FROM cursor), 0))"
)

COUNTS = (
    "(SELECT count(*) FROM (SELECT 1 FROM mine JOIN moderation_items AS waiting"
    " ON waiting.group_id = mine.group_id AND waiting.state IN ('waiting', 'held') LIMIT :counted)) AS waiting,"
    " (SELECT min((SELECT submitted_at FROM moderation_items"
    " WHERE group_id = mine.group_id AND state IN ('waiting', 'held')"
    " ORDER BY submitted_at, item_id LIMIT 1)) FROM mine) AS oldest"
)


def decisions_for(db: Reader, kind: str, object_id: int) -> list[Decision]:
    """All decisions about an object, oldest first, for its author's page (R56, R65); one statement."""
    return store.list_decisions(db, kind, object_id)


def open_item(db: Reader, kind: str, object_id: int) -> str | None:
    """The public id of an object's item that can be decided now, or None."""
    found = store.find_open(db, kind, object_id)
    return None if found is None or found["state"] == ItemState.ESCALATED else str(found["pid"])


def waiting_for(db: Reader, kind: str, object_id: int, now: datetime, today: date) -> Waiting | None:
    """Who will look at something that is not decided yet, by role, and whether they have it open now; None if settled.

    What was escalated reads like anything that waits: nobody who looks over the child's shoulder learns of it (R62).
    """
    found = store.find_open(db, kind, object_id)
    if found is None:
        return None
    return Waiting(
        since=parse_stamp(found["submitted_at"]), reader=decider_of(db, found["group_id"], today),
        is_being_read=found["claimed_until"] is not None and found["claimed_until"] > stamp(now),
    )  # fmt: skip


def decider_of(db: Reader, group_id: int, today: date) -> Role:
    """Who decides in a group on a day: its teachers, or coordinators where no teacher may."""
    return Role.TEACHER if moderators_of(db, group_id, today) else Role.COORDINATOR


def may_decide(db: Reader, actor: Actor, group_id: int, today: date) -> bool:
    """Whether the actor decides what is written in a group (safety.md 3, row 9)."""
    if actor.role is Role.TEACHER:
        return actor.reaches_group(group_id)
    return actor.role is Role.COORDINATOR and decider_of(db, group_id, today) is Role.COORDINATOR


def get_item_for(db: Reader, actor: Actor, pid: str, today: date) -> Item:
    """An item within the actor's reach, open or settled; one statement.

    Raises NotFound, also for what the protection officers look at (R62).
    """
    clause = _reach(actor)
    row = db.row(
        f"WITH mine (group_id) AS ({clause}) SELECT {ITEM_COLUMNS} FROM moderation_items AS items {ITEM_JOINS}"
        " WHERE items.pid = :pid AND items.state <> 'escalated' AND items.group_id IN (SELECT group_id FROM mine)",
        {"pid": pid, **_reach_values(actor, today)},
    )
    if row is None:
        raise NotFound()
    return _item(row)


def queue(db: Reader, actor: Actor, today: date, *, after: str | None = None) -> QueuePage:
    """What waits within the actor's reach, oldest first, 20 a page; `after` is the cursor of the page before.

    One statement. An unknown cursor is the start.
    """
    clause = _reach(actor)
    rows = db.rows(
        f"WITH mine (group_id) AS MATERIALIZED ({clause}), {CURSOR}"
        f" SELECT {ITEM_COLUMNS}, {COUNTS} FROM mine JOIN moderation_items AS items"
        f" ON items.item_id IN ({WAITS} ORDER BY submitted_at, item_id LIMIT :most)"
        f" {ITEM_JOINS} ORDER BY items.submitted_at, items.item_id LIMIT :most",
        {"after": after, "most": PAGE + 1, "counted": MOST_COUNTED, **_reach_values(actor, today)},
    )
    items = tuple(_item(row) for row in rows[:PAGE])
    return QueuePage(
        items, waiting=rows[0]["waiting"] if rows else 0, oldest=parse_stamp(rows[0]["oldest"]) if rows else None,
        newer=items[-1].pid if len(rows) > PAGE else None,
    )  # fmt: skip


def waiting(db: Reader, actor: Actor, today: date) -> tuple[int, datetime | None]:
    """How many notes wait within the actor's reach (counted up to 100) and since when the oldest one does."""
    clause = _reach(actor)
    row = db.rows(
        f"WITH mine (group_id) AS MATERIALIZED ({clause}) SELECT {COUNTS}",
        {"counted": MOST_COUNTED, **_reach_values(actor, today)},
    )[0]
    return row["waiting"], parse_stamp(row["oldest"]) if row["oldest"] else None


def next_item(db: Reader, actor: Actor, now: datetime, today: date, *, after: str) -> str | None:
    """The item that comes after another one in the queue and that nobody else has open; None at the end.

    After "" it is the first one of all.
    """
    clause = _reach(actor)
    found = db.value(
        f"WITH mine (group_id) AS MATERIALIZED ({clause}), {CURSOR}"
        f" SELECT items.pid FROM mine JOIN moderation_items AS items ON items.item_id = ({WAITS}"
        "  AND (claimed_until IS NULL OR claimed_until <= :now OR claimed_by = :me)"
        "  ORDER BY submitted_at, item_id LIMIT 1)"
        " ORDER BY items.submitted_at, items.item_id LIMIT 1",
        {"after": after, "now": stamp(now), "me": actor.account_id, **_reach_values(actor, today)},
    )
    return None if found is None else str(found)


def figures(db: Reader, now: datetime, today: date) -> list[GroupFigures]:
    """How each group's queue stands, the one that waits longest first; at most 50 groups."""
    rows = db.rows(
        f"SELECT groups.name, groups.pid, queues.*, {SERVED} AS served FROM ("
        "  SELECT group_id, count(*) AS waiting, sum(submitted_at < :late) AS late,"
        "  sum(submitted_at < :very_late) AS very_late, min(submitted_at) AS oldest"
        "  FROM moderation_items WHERE state IN ('waiting', 'held') GROUP BY group_id) AS queues"
        " JOIN groups ON groups.group_id = queues.group_id ORDER BY queues.oldest, queues.group_id LIMIT :most",
        {"most": MOST_GROUPS, **_clocks(now), **_days(today)},
    )
    return [
        GroupFigures(
            group_name=row["name"], group_pid=row["pid"], waiting=row["waiting"], late=row["late"],
            very_late=row["very_late"], oldest=parse_stamp(row["oldest"]), served=bool(row["served"]),
        )
        for row in rows
    ]  # fmt: skip


def late_groups(db: Reader, now: datetime) -> list[LateGroup]:
    """The groups in whose queue something has waited for more than a day; at most 1,000."""
    rows = db.rows(
        "SELECT groups.group_id, groups.pid, groups.name, count(*) AS late, sum(submitted_at < :very_late) AS very_late"
        " FROM moderation_items JOIN groups ON groups.group_id = moderation_items.group_id"
        " WHERE moderation_items.state IN ('waiting', 'held') AND submitted_at < :late"
        " GROUP BY groups.group_id LIMIT 1000",
        _clocks(now),
    )
    return [LateGroup(row["group_id"], row["pid"], row["name"], row["late"], row["very_late"]) for row in rows]


def _reach(actor: Actor) -> str:
    return GROUPS_OF_COORDINATOR if actor.role is Role.COORDINATOR else GROUPS_OF_TEACHER


def _reach_values(actor: Actor, today: date) -> dict[str, object]:
    return {"groups": json.dumps(sorted(actor.reach.group_ids)), **_days(today)}


def _days(today: date) -> dict[str, object]:
    return {"today": str(today), "vetted_since": str(today - VETTING_LASTS)}


def _clocks(now: datetime) -> dict[str, object]:
    return {"late": stamp(now - rules.LATE_AFTER), "very_late": stamp(now - rules.VERY_LATE_AFTER)}


def _item(row: sqlite3.Row) -> Item:
    return Item(
        item_id=row["item_id"], pid=row["pid"], kind=row["kind"], object_id=row["object_id"],
        version_number=row["version_number"], group_id=row["group_id"], headline=row["headline"],
        state=ItemState(row["state"]), flags=store.flags_from(row["findings"]),
        submitted_at=parse_stamp(row["submitted_at"]), claimed_by=row["claimed_by"],
        claimed_until=parse_stamp(row["claimed_until"]) if row["claimed_until"] else None, claimant=row["claimant"],
        author=Author(
            row["author_id"], row["nickname"], row["avatar"], row["group_name"], row["team_name"], row["birth_month"]
        ),
    )  # fmt: skip

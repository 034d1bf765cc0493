"""What the tables themselves refuse, and that no page scans one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from cfc_groups.access import Role
from cfc_groups.badges import queries, store
from cfc_groups.db import Database, write
from tests.badges.way_in import Holder, actor_of
from tests.support.world import World


def add(tx, account_id: int, name: str, now: datetime) -> int:  # type: ignore[no-untyped-def]
    return store.add_badge(
        tx, account_id, qr_hash=name, fingerprint=name, codes=b"sealed", issued_by=None, now=now,
        choose_until=now + timedelta(days=14), printed_at=None,
    )  # fmt: skip


def test_a_child_has_one_badge_at_a_time(world: World, now: datetime) -> None:
    child = world.child(consents=False)
    with write(world.database) as tx:
        add(tx, child.account_id, "one", now)
    with pytest.raises(sqlite3.IntegrityError), write(world.database) as tx:
        add(tx, child.account_id, "two", now)


def test_a_badge_that_ended_keeps_no_codes_and_says_why(world: World, now: datetime) -> None:
    child = world.child(consents=False)
    with write(world.database) as tx:
        badge_id = add(tx, child.account_id, "one", now)
    for change in ("ended_at = issued_at", "ended_because = 'lost'", "ended_at = issued_at, ended_because = 'lost'"):
        with pytest.raises(sqlite3.IntegrityError), write(world.database) as tx:
            tx.execute(f"UPDATE badges SET {change} WHERE badge_id = ?", (badge_id,))


def test_pictures_are_kept_once(world: World, now: datetime) -> None:
    child = world.child(consents=False)
    with write(world.database) as tx:
        assert store.add_pin(tx, child.account_id, "hash", 3, now)
        assert not store.add_pin(tx, child.account_id, "other", 4, now)
    assert world.database.value("SELECT pin_hash FROM picture_pins") == "hash"


def plan(database: Database, run: Callable[[], object]) -> list[str]:
    """The steps of the query plans of everything that `run` asks the database."""
    asked: list[str] = []
    database.connection.set_trace_callback(asked.append)
    try:
        run()
    finally:
        database.connection.set_trace_callback(None)
    return [row["detail"] for sql in asked for row in database.rows(f"EXPLAIN QUERY PLAN {sql}")]


def test_no_question_scans_a_table(world: World, now: datetime, holder: Callable[..., Holder]) -> None:
    group_id = world.group()
    one = holder(group_id=group_id)
    teacher = actor_of(world.teacher(group_id), Role.TEACHER, now, group_id)
    coordinator = actor_of(world.coordinator(), Role.COORDINATOR, now)
    db, today, account_id = world.database, world.today, one.child.account_id
    questions: list[Callable[[], object]] = [
        lambda: store.find_by_qr(db, "x"),
        lambda: store.find_by_typed(db, "x"),
        lambda: store.still_opens(db, 1, "x"),
        lambda: store.find_open_badge(db, account_id),
        lambda: store.sealed_codes(db, [1, 2]),
        lambda: queries.children_of_group(db, group_id, now, today, team_pid=None, only_without=True, after=None),
        lambda: queries.teams_of_group(db, group_id, today),
        lambda: queries.badges_of_child(db, account_id),
        lambda: queries.badges_of_children(db, [account_id], now),
        lambda: queries.last_visit(db, account_id, 5),
        lambda: queries.groups_with_badges(db, teacher, now, today, None),
        lambda: queries.children_within_reach(db, teacher, now, today, [one.child.pid]),
        lambda: queries.children_within_reach(db, coordinator, now, today, [one.child.pid]),
        lambda: queries.children_without(db, teacher, now, today),
    ]
    for ask in questions:
        steps = plan(db, ask)
        assert steps
        assert not [step for step in steps if step.startswith("SCAN") and not may_be_walked(step)], steps


def may_be_walked(step: str) -> bool:
    """The ids that were given, the rows of a subquery, and the groups in the order of their names, page by page."""
    return any(word in step for word in ("json_each", "groups USING INDEX groups_by_name", "(subquery"))

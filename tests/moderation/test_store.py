"""The queue's order and reach, its pages, and what reading it costs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cfc_groups.access import Actor, Role
from cfc_groups.db import Database, write
from cfc_groups.groups.queries import moderators_of
from cfc_groups.groups.store import reach_of
from cfc_groups.moderation import actions, queries, store
from cfc_groups.moderation.models import Flag, ItemState
from tests.moderation.conftest import Story
from tests.support.slips import Slips
from tests.support.world import Person, World

TODAY = date(2026, 11, 23)


def actor_for(database: Database, person: Person, now: datetime) -> Actor:
    """Somebody as a request knows them today."""
    return Actor(
        person.account_id, person.pid, Role(person.role), person.name, "owl", 1, now, now, vetted_on=TODAY,
        reach=reach_of(database, person.account_id, TODAY),
    )  # fmt: skip


def fill(slips: Slips, story: Story, now: datetime, count: int) -> list[int]:
    """So many slips, one a minute, the oldest first."""
    return [
        slips.send(story.child, story.group_id, now - timedelta(minutes=count - number), title=f"想法{number}")
        for number in range(count)
    ]


def test_the_queue_is_oldest_first_and_complete_over_its_pages(
    database: Database, slips: Slips, story: Story, now: datetime
) -> None:
    fill(slips, story, now, 45)
    actor = actor_for(database, story.teacher, now)
    seen: list[str] = []
    page = queries.queue(database, actor, TODAY)
    assert page.waiting == 45
    assert page.oldest == now - timedelta(minutes=45)
    while True:
        seen += [item.headline for item in page.items]
        if page.newer is None:
            break
        assert len(page.items) == queries.PAGE
        page = queries.queue(database, actor, TODAY, after=page.newer)
    assert seen == [f"想法{number}" for number in range(45)]


def test_slips_sent_at_the_same_moment_are_neither_lost_nor_doubled(
    database: Database, slips: Slips, story: Story, now: datetime
) -> None:
    for number in range(25):
        slips.send(story.child, story.group_id, now, title=f"想法{number}")
    actor = actor_for(database, story.teacher, now)
    first = queries.queue(database, actor, TODAY)
    second = queries.queue(database, actor, TODAY, after=first.newer)
    assert len({item.pid for item in first.items + second.items}) == 25


def test_the_queues_of_several_groups_are_one(
    database: Database, slips: Slips, story: Story, world: World, now: datetime
) -> None:
    with write(database) as tx:
        tx.insert(
            "memberships", account_id=story.teacher.account_id, group_id=story.other_group_id, kind="staff",
            starts_on="2026-01-01", made_at="2026-01-01",
        )  # fmt: skip
    slips.send(story.child, story.group_id, now - timedelta(hours=1), title="二")
    slips.send(story.child, story.other_group_id, now - timedelta(hours=2), title="一")
    slips.send(story.child, story.other_group_id, now, title="三")
    page = queries.queue(database, actor_for(database, story.teacher, now), TODAY)
    assert [item.headline for item in page.items] == ["一", "二", "三"]


def test_a_teacher_of_another_group_finds_nothing(
    database: Database, slips: Slips, story: Story, now: datetime
) -> None:
    """R53, R93."""
    slips.send(story.child, story.group_id, now)
    assert queries.queue(database, actor_for(database, story.stranger, now), TODAY).items == ()
    assert queries.waiting(database, actor_for(database, story.stranger, now), TODAY) == (0, None)


@pytest.mark.parametrize("state", ["escalated", "decided", "withdrawn"])
def test_only_what_waits_is_in_the_queue(
    state: str, database: Database, slips: Slips, story: Story, now: datetime
) -> None:
    """R62: what the officers look at is never on the desk."""
    slips.send(story.child, story.group_id, now)
    settled = None if state == "escalated" else "2026-11-23"
    with write(database) as tx:
        tx.execute("UPDATE moderation_items SET state = ?, settled_at = ?", (state, settled))
    assert queries.queue(database, actor_for(database, story.teacher, now), TODAY).items == ()


def _unserve(database: Database, how: str, story: Story) -> None:
    changes = {
        "unvetted": "UPDATE accounts SET vetted_on = '2025-11-22' WHERE account_id IN (:a, :b)",
        "suspended": "UPDATE accounts SET state = 'suspended' WHERE account_id IN (:a, :b)",
        "left": "UPDATE memberships SET ends_on = '2026-11-22' WHERE account_id IN (:a, :b)",
        "to come": "UPDATE memberships SET starts_on = '2026-11-24' WHERE account_id IN (:a, :b)",
        "mentors": "UPDATE accounts SET role = 'mentor' WHERE account_id IN (:a, :b)",
    }
    with write(database) as tx:
        tx.execute(changes[how], {"a": story.teacher.account_id, "b": story.colleague.account_id})


@pytest.mark.parametrize("how", ["unvetted", "suspended", "left", "to come", "mentors"])
def test_a_coordinator_stands_in_where_no_teacher_may_decide(
    how: str, database: Database, slips: Slips, story: Story, world: World, now: datetime
) -> None:
    """safety.md 3, rows 8 and 9: assigned only; the administrator is not also the censor."""
    slips.send(story.child, story.group_id, now)
    coordinator = actor_for(database, world.coordinator(), now)
    assert queries.queue(database, coordinator, TODAY).items == ()
    assert not queries.may_decide(database, coordinator, story.group_id, TODAY)
    _unserve(database, how, story)
    assert len(queries.queue(database, coordinator, TODAY).items) == 1
    assert queries.may_decide(database, coordinator, story.group_id, TODAY)
    assert moderators_of(database, story.group_id, TODAY) == []


def test_a_teacher_of_one_team_moderates_for_the_whole_group_until_the_team_ends(
    database: Database, slips: Slips, world: World, now: datetime
) -> None:
    group_id = world.group()
    team_id = world.team(group_id)
    teacher = world.teacher(group_id, team_id=team_id)
    coordinator = actor_for(database, world.coordinator(), now)
    slips.send(world.child(group_id), group_id, now)
    assert len(queries.queue(database, actor_for(database, teacher, now), TODAY).items) == 1
    assert queries.queue(database, coordinator, TODAY).items == ()
    with write(database) as tx:
        tx.execute("UPDATE teams SET ends_on = '2026-11-22' WHERE team_id = ?", (team_id,))
    assert queries.queue(database, actor_for(database, teacher, now), TODAY).items == ()
    assert len(queries.queue(database, coordinator, TODAY).items) == 1


def test_figures_tell_a_coordinator_how_each_group_stands(
    database: Database, slips: Slips, story: Story, world: World, now: datetime
) -> None:
    lonely = world.group("没有老师的团")
    for hours in (1, 25, 49):
        slips.send(story.child, story.group_id, now - timedelta(hours=hours))
    slips.send(story.child, lonely, now - timedelta(hours=60))
    shown = queries.figures(database, now, TODAY)
    assert [(one.group_name, one.waiting, one.late, one.very_late, one.served) for one in shown] == [
        ("没有老师的团", 1, 1, 1, False), ("翠苑小学观察团", 3, 2, 1, True),
    ]  # fmt: skip


def test_the_next_item_is_the_one_after_and_nobody_elses(
    database: Database, slips: Slips, story: Story, now: datetime
) -> None:
    first, second, third = (slips.item(one) for one in fill(slips, story, now, 3))
    chen, lin = (actor_for(database, one, now) for one in (story.teacher, story.colleague))
    assert queries.next_item(database, chen, now, TODAY, after=first) == second
    actions.claim(database, lin, now, TODAY, second)
    assert queries.next_item(database, chen, now, TODAY, after=first) == third
    assert queries.next_item(database, lin, now, TODAY, after=first) == second
    assert queries.next_item(database, chen, now + timedelta(minutes=10), TODAY, after=first) == second
    assert queries.next_item(database, chen, now, TODAY, after=third) is None


def test_flags_come_back_as_they_were_kept() -> None:
    flags = (Flag("saw", "mobile", True, 3, 14), Flag("title", "plate", False, 0, 7))
    assert store.flags_from(store.flags_as_text(flags)) == flags


def test_a_decision_is_never_changed(database: Database, slips: Slips, story: Story, now: datetime) -> None:
    pid = slips.item(slips.send(story.child, story.group_id, now))
    with write(database) as tx:
        item_id = int(str(tx.value("SELECT item_id FROM moderation_items WHERE pid = ?", (pid,))))
        tx.insert(
            "decisions", item_id=item_id, outcome="publish", decided_by=story.teacher.account_id, decided_at="x"
        )
    with pytest.raises(sqlite3.IntegrityError, match="never changed"), write(database) as tx:
        tx.execute("UPDATE decisions SET words = 'other'")


def test_waiting_for_tells_the_author_who_will_look_by_role(
    database: Database, slips: Slips, story: Story, now: datetime
) -> None:
    """R56, safety.md 6.7."""
    slip = slips.send(story.child, story.group_id, now)
    before = queries.waiting_for(database, "slip", slip, now, TODAY)
    assert before is not None
    assert (before.since, before.reader, before.is_being_read) == (now, Role.TEACHER, False)
    actions.claim(database, actor_for(database, story.teacher, now), now, TODAY, slips.item(slip))
    during = queries.waiting_for(database, "slip", slip, now, TODAY)
    assert during is not None
    assert during.is_being_read
    _unserve(database, "left", story)
    after = queries.waiting_for(database, "slip", slip, now + timedelta(hours=1), TODAY)
    assert after is not None
    assert (after.reader, after.is_being_read) == (Role.COORDINATOR, False)
    slips.withdraw(slip, now)
    assert queries.waiting_for(database, "slip", slip, now, TODAY) is None


def test_an_escalated_thing_looks_like_any_that_waits(
    database: Database, slips: Slips, story: Story, now: datetime
) -> None:
    """R62: who looks over the child's shoulder learns nothing."""
    slip = slips.send(story.child, story.group_id, now, saw="我不想活了")
    assert database.value("SELECT state FROM moderation_items") == ItemState.ESCALATED
    shown = queries.waiting_for(database, "slip", slip, now, TODAY)
    assert shown is not None
    assert shown.reader is Role.TEACHER
    assert queries.open_item(database, "slip", slip) is None


def _plan(database: Database, statement: str) -> list[str]:
    return [row["detail"] for row in database.rows("EXPLAIN QUERY PLAN " + statement)]


@pytest.mark.parametrize("who", ["teacher", "coordinator"])
def test_no_page_of_the_desk_scans_the_items(
    who: str, database: Database, slips: Slips, story: Story, world: World, now: datetime,
    count_sql: Callable[[], Any],
) -> None:  # fmt: skip
    """The queue is read by its own index, a few of each group; only those few are sorted."""
    pids = [slips.item(one) for one in fill(slips, story, now, 3)]
    actor = actor_for(database, story.teacher if who == "teacher" else world.coordinator(), now)
    with count_sql() as statements:
        queries.queue(database, actor, TODAY, after=pids[0])
        queries.waiting(database, actor, TODAY)
        queries.next_item(database, actor, now, TODAY, after=pids[0])
        queries.decisions_for(database, "slip", 1)
        queries.waiting_for(database, "slip", 1, now, TODAY)
    assert len(statements) >= 5
    for statement in statements:
        plan = _plan(database, statement)
        assert not [step for step in plan if step.startswith("SCAN") and "items" in step], (statement, plan)
        assert not [step for step in plan if step.startswith("SCAN accounts") or step.startswith("SCAN memberships")]
    queue = _plan(database, statements[0])
    assert "SEARCH moderation_items USING INDEX moderation_queue (group_id=? AND submitted_at>?)" in queue


def test_figures_read_the_small_index_of_the_queue_only(
    database: Database, slips: Slips, story: Story, now: datetime, count_sql: Callable[[], Any]
) -> None:
    slips.send(story.child, story.group_id, now)
    with count_sql() as statements:
        queries.figures(database, now, TODAY)
        queries.late_groups(database, now)
    for statement in statements:
        scans = [step for step in _plan(database, statement) if step.startswith("SCAN") and "items" in step]
        assert all("INDEX moderation_queue" in step for step in scans), scans

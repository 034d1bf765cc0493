"""Telling exactly once, children not at night, reading, forgetting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cfc_groups.access import Actor, Role
from cfc_groups.db import Database, write
from cfc_groups.errors import NotFound
from cfc_groups.reminders import actions
from cfc_groups.reminders.queries import MOST_COUNTED, PAGE, inbox_page, unread_count
from tests.support.world import Person, World

EVENING = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)  # 21:30 in Shanghai
BEFORE_MORNING = datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC)
MORNING = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)  # 07:00 in Shanghai


def tell(
    database: Database, person: Person, now: datetime, *, kind: str = "greeting", thing: object = "p1",
    slot: str = "", title: str = "公园的秋千",
) -> bool:  # fmt: skip
    with write(database) as tx:
        return actions.tell_in(tx, person.account_id, kind, thing, slot, f"/board/{thing}", now, title=title)


def acting(person: Person, now: datetime) -> Actor:
    return Actor(person.account_id, person.pid, Role(person.role), person.name, "owl", 0, now, now)


def pids(database: Database, person: Person, now: datetime) -> list[str]:
    return [notice.pid for notice in inbox_page(database, person.account_id, now).notices]


def test_the_same_thing_is_told_once(database: Database, world: World, now: datetime) -> None:
    teacher, other = world.teacher(), world.teacher()
    assert tell(database, teacher, now)
    assert not tell(database, teacher, now + timedelta(days=3), title="anything else")
    assert tell(database, teacher, now, slot="48 h")
    assert tell(database, teacher, now, thing="p2")
    assert tell(database, teacher, now, kind="own_deed")
    assert tell(database, other, now)
    assert unread_count(database, teacher.account_id, now) == 4
    assert unread_count(database, other.account_id, now) == 1


def test_it_is_also_told_once_after_it_was_read(database: Database, world: World, now: datetime) -> None:
    teacher = world.teacher()
    tell(database, teacher, now)
    actions.open_notice(database, acting(teacher, now), now, pids(database, teacher, now)[0])
    assert not tell(database, teacher, now)
    assert unread_count(database, teacher.account_id, now) == 0


def test_what_is_rolled_back_was_not_told(database: Database, world: World, now: datetime) -> None:
    teacher = world.teacher()
    with pytest.raises(ZeroDivisionError), write(database) as tx:
        actions.tell_in(tx, teacher.account_id, "greeting", "p1", "", "/", now, title="x")
        raise ZeroDivisionError
    assert unread_count(database, teacher.account_id, now) == 0
    assert tell(database, teacher, now)


def test_a_child_is_not_told_at_night_but_in_the_morning(database: Database, world: World) -> None:
    """R52: at 21:30 the unread count of the child stays; at 07:00 the notice appears."""
    child = world.child(consents=False)
    tell(database, child, EVENING)
    for moment in (EVENING, BEFORE_MORNING):
        assert unread_count(database, child.account_id, moment) == 0
        assert not pids(database, child, moment)
    assert unread_count(database, child.account_id, MORNING) == 1
    page = inbox_page(database, child.account_id, MORNING)
    assert [notice.visible_from for notice in page.notices] == [MORNING]


def test_a_childs_own_deed_is_answered_at_once(database: Database, world: World) -> None:
    child = world.child(consents=False)
    tell(database, child, EVENING, kind="own_deed")
    assert unread_count(database, child.account_id, EVENING) == 1


def test_an_unknown_kind_waits_for_the_morning(database: Database, world: World) -> None:
    child = world.child(consents=False)
    tell(database, child, EVENING, kind="of a later version")
    assert unread_count(database, child.account_id, EVENING) == 0


@pytest.mark.parametrize("role", ["teacher", "mentor", "coordinator", "department", "guardian"])
def test_adults_hear_of_it_at_any_hour(database: Database, world: World, role: str) -> None:
    """An officer must know of a signal of danger at night too."""
    adult = world.adult(role, officer=role == "teacher")
    tell(database, adult, EVENING)
    assert unread_count(database, adult.account_id, EVENING) == 1


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "board", ""])
def test_a_notice_never_leads_off_the_site(database: Database, world: World, now: datetime, address: str) -> None:
    """R98."""
    teacher = world.teacher()
    with pytest.raises(ValueError, match="not a page"), write(database) as tx:
        actions.tell_in(tx, teacher.account_id, "greeting", "p1", "", address, now, title="x")


def test_a_notice_of_somebody_else_or_of_the_night_cannot_be_opened(database: Database, world: World) -> None:
    """R92."""
    child, teacher = world.child(consents=False), world.teacher()
    tell(database, child, EVENING)
    pid = pids(database, child, MORNING)[0]
    for person, moment in ((teacher, MORNING), (child, EVENING)):
        with pytest.raises(NotFound):
            actions.open_notice(database, acting(person, moment), moment, pid)
    assert unread_count(database, child.account_id, MORNING) == 1
    assert actions.open_notice(database, acting(child, MORNING), MORNING, pid) == "/board/p1"
    assert unread_count(database, child.account_id, MORNING) == 0


def test_marking_all_leaves_what_came_after_the_page(database: Database, world: World, now: datetime) -> None:
    teacher, other = world.teacher(), world.teacher()
    for number in range(3):
        tell(database, teacher, now, thing=f"p{number}")
    newest = pids(database, teacher, now)[0]
    tell(database, teacher, now, thing="later")
    assert actions.read_all(database, acting(teacher, now), now, newest) == 3
    assert unread_count(database, teacher.account_id, now) == 1
    assert actions.read_all(database, acting(teacher, now), now, "nonsense") == 0
    assert actions.read_all(database, acting(other, now), now, newest) == 0


def test_marking_all_does_not_touch_what_waits_for_the_morning(database: Database, world: World) -> None:
    child = world.child(consents=False)
    tell(database, child, EVENING - timedelta(hours=3), thing="day")
    tell(database, child, EVENING, thing="night")
    tell(database, child, EVENING, kind="own_deed", thing="own")
    actions.read_all(database, acting(child, EVENING), EVENING, pids(database, child, EVENING)[0])
    assert unread_count(database, child.account_id, EVENING) == 0
    assert unread_count(database, child.account_id, MORNING) == 1


def test_read_notices_are_forgotten_after_180_days_and_unopened_ones_after_a_year(
    database: Database, world: World, now: datetime
) -> None:
    """R27."""
    teacher = world.teacher()
    tell(database, teacher, now, thing="read")
    tell(database, teacher, now, thing="unread")
    tell(database, teacher, now, thing="read late")
    late, _, read = pids(database, teacher, now)
    actions.open_notice(database, acting(teacher, now), now, read)
    actions.open_notice(database, acting(teacher, now), now + timedelta(days=100), late)
    assert actions.forget_old_notices(database, now + timedelta(days=179)) == 0
    assert actions.forget_old_notices(database, now + timedelta(days=181)) == 1
    assert actions.forget_old_notices(database, now + timedelta(days=181)) == 0, "a second run finds nothing"
    assert len(pids(database, teacher, now)) == 2
    assert actions.forget_old_notices(database, now + timedelta(days=281)) == 1
    assert actions.forget_old_notices(database, now + timedelta(days=366)) == 1
    assert not pids(database, teacher, now)


def test_forgetting_takes_many_in_several_steps(database: Database, world: World, now: datetime) -> None:
    teacher = world.teacher()
    with write(database) as tx:
        for number in range(1203):
            actions.tell_in(tx, teacher.account_id, "greeting", number, "", "/", now, title="x")
    actions.read_all(database, acting(teacher, now), now, pids(database, teacher, now)[0])
    assert actions.forget_old_notices(database, now + timedelta(days=200)) == 1203


def test_the_inbox_comes_in_pages_newest_first(database: Database, world: World, now: datetime) -> None:
    teacher, other = world.teacher(), world.teacher()
    for number in range(2 * PAGE + 3):
        tell(database, teacher, now + timedelta(minutes=number), thing=f"p{number}")
        tell(database, other, now + timedelta(minutes=number), thing=f"p{number}")
    later = now + timedelta(days=1)
    seen: list[str] = []
    before: str | None = None
    for _ in range(4):
        page = inbox_page(database, teacher.account_id, later, before=before)
        seen += [notice.address for notice in page.notices]
        before = page.older
        if before is None:
            break
    assert seen == [f"/board/p{number}" for number in reversed(range(2 * PAGE + 3))]
    assert inbox_page(database, teacher.account_id, later, before="nonsense").notices[0].address == seen[0]


def test_a_cursor_of_somebody_else_shows_nothing_of_them(database: Database, world: World, now: datetime) -> None:
    teacher, other = world.teacher(), world.teacher()
    tell(database, teacher, now, thing="mine")
    tell(database, other, now, thing="theirs")
    page = inbox_page(database, teacher.account_id, now, before=pids(database, other, now)[0])
    assert [notice.address for notice in page.notices] == ["/board/mine"]


def test_counting_stops_at_a_hundred(database: Database, world: World, now: datetime) -> None:
    teacher = world.teacher()
    with write(database) as tx:
        for number in range(MOST_COUNTED + 20):
            actions.tell_in(tx, teacher.account_id, "greeting", number, "", "/", now, title="x")
    assert unread_count(database, teacher.account_id, now) == MOST_COUNTED


@pytest.mark.parametrize(
    ("function", "index"),
    [("count", "notifications_unread"), ("page", "notifications_by_recipient"), ("forget", "notifications_by_age")],
)
def test_each_question_is_answered_by_its_index(
    database: Database, world: World, now: datetime, function: str, index: str
) -> None:
    statements: list[str] = []
    database.connection.set_trace_callback(statements.append)
    if function == "count":
        unread_count(database, 1, now)
    elif function == "page":
        inbox_page(database, 1, now, before="x")
    else:
        actions.forget_old_notices(database, now)
    database.connection.set_trace_callback(None)
    statement = next(one for one in statements if " FROM notifications" in one)
    plan = [row["detail"] for row in database.rows(f"EXPLAIN QUERY PLAN {statement}")]
    assert any(index in step for step in plan), plan
    assert not any(step.startswith("SCAN notifications") for step in plan), plan

"""What a coordinator does to the calendar."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from cfc_groups import journal
from cfc_groups.access import Actor, Role
from cfc_groups.db import Database
from cfc_groups.errors import NotFound, RuleBroken
from cfc_groups.school_calendar import actions, queries
from cfc_groups.school_calendar.models import ClassHours, DayKind
from tests.support.world import World

TODAY = date(2026, 11, 23)
DAY = date(2026, 11, 25)


@pytest.fixture
def coordinator(world: World, now: datetime) -> Actor:
    person = world.coordinator()
    return Actor(person.account_id, person.pid, Role.COORDINATOR, person.name, "owl", 0, now, now)


def deeds(database: Database) -> list[str]:
    return [row["deed"] for row in database.rows("SELECT deed FROM journal ORDER BY entry_id")]


def test_a_corrected_day_counts_at_once_and_can_be_undone(
    database: Database, coordinator: Actor, now: datetime
) -> None:
    actions.correct_day(database, coordinator, now, DAY, kind=DayKind.FREE_DAY, label="运动会", today=TODAY)
    assert not queries.calendar(database, DAY, DAY).is_school_day(DAY)
    assert actions.undo_correction(database, coordinator, now, DAY) == DAY
    assert queries.calendar(database, DAY, DAY).is_school_day(DAY)
    with pytest.raises(NotFound):
        actions.undo_correction(database, coordinator, now, DAY)
    assert deeds(database) == ["correct_day", "undo_correction"]
    assert journal.verify(database) is None


def test_a_day_of_another_century_is_not_found(database: Database, coordinator: Actor, now: datetime) -> None:
    with pytest.raises(NotFound):
        actions.correct_day(
            database, coordinator, now, date(9999, 12, 31), kind=DayKind.FREE_DAY, label="", today=TODAY
        )
    assert deeds(database) == []


def test_a_term_is_entered_ended_early_and_taken_out(database: Database, coordinator: Actor, now: datetime) -> None:
    term = actions.add_term(
        database, coordinator, now, name="秋季学期", starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 22), today=TODAY
    )
    january = date(2027, 1, 20)
    assert queries.calendar(database, january, january).is_school_day(january)
    actions.change_term(
        database, coordinator, now, term.pid, name="秋季学期", starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 15),
        today=TODAY,
    )  # fmt: skip
    assert not queries.calendar(database, january, january).is_school_day(january)
    actions.remove_term(database, coordinator, now, term.pid)
    assert queries.calendar(database, january, january).is_school_day(january), "no term is known any more"
    with pytest.raises(NotFound):
        actions.remove_term(database, coordinator, now, term.pid)
    assert deeds(database) == ["add_term", "change_term", "remove_term"]


def test_two_terms_cannot_overlap_also_when_one_is_changed(
    database: Database, coordinator: Actor, now: datetime
) -> None:
    first = actions.add_term(
        database, coordinator, now, name="秋", starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 22), today=TODAY
    )
    with pytest.raises(RuleBroken, match="terms_overlap"):
        actions.add_term(
            database, coordinator, now, name="春", starts_on=date(2027, 1, 22), ends_on=date(2027, 7, 2), today=TODAY
        )
    second = actions.add_term(
        database, coordinator, now, name="春", starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 2), today=TODAY
    )
    with pytest.raises(RuleBroken, match="terms_overlap"):
        actions.change_term(
            database, coordinator, now, second.pid, name="春", starts_on=date(2027, 1, 4), ends_on=date(2027, 7, 2),
            today=TODAY,
        )  # fmt: skip
    assert list(queries.calendar(database, TODAY, TODAY).terms) == [first, second]


@pytest.mark.parametrize("ends_on", [date(2026, 9, 1), date(2026, 8, 1), date(9999, 12, 31), date.min])
def test_a_term_that_cannot_be_leaves_nothing_behind(
    database: Database, coordinator: Actor, now: datetime, ends_on: date
) -> None:
    with pytest.raises(RuleBroken):
        actions.add_term(
            database, coordinator, now, name="秋", starts_on=date(2026, 9, 1), ends_on=ends_on, today=TODAY
        )
    assert not queries.calendar(database, TODAY, TODAY).terms
    assert deeds(database) == []


def test_an_unknown_term_is_not_changed(database: Database, coordinator: Actor, now: datetime) -> None:
    with pytest.raises(NotFound):
        actions.change_term(
            database, coordinator, now, "nowhere", name="秋", starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 1),
            today=TODAY,
        )  # fmt: skip


def test_class_hours_are_set_for_the_whole_week(database: Database, coordinator: Actor, now: datetime) -> None:
    hours = [ClassHours(2, time(13, 0), time(15, 0)), ClassHours(1, time(8, 0), time(12, 0))]
    actions.set_class_hours(database, coordinator, now, hours)
    assert list(queries.calendar(database, TODAY, TODAY).class_hours) == [hours[1], hours[0]]
    actions.set_class_hours(database, coordinator, now, [])
    assert not queries.calendar(database, TODAY, TODAY).class_hours

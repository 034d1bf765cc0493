"""What the calendar reads and writes, and that it does so by its indexes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest

from cfc_groups.db import Database, write
from cfc_groups.errors import NotFound
from cfc_groups.school_calendar import queries, store
from cfc_groups.school_calendar.models import ClassHours, Correction, DayKind, SchoolTerm
from tests.support.world import World

DAY = date(2026, 11, 25)
AUTUMN = SchoolTerm("autumn", "2026年秋季学期", date(2026, 9, 1), date(2027, 1, 22))


def test_a_fresh_site_has_lessons_on_weekdays_and_nothing_corrected(database: Database) -> None:
    calendar = queries.calendar(database, DAY, DAY)
    assert [one.weekday for one in calendar.class_hours] == [1, 2, 3, 4, 5]
    assert not calendar.corrections
    assert not calendar.terms
    assert calendar.is_school_day(DAY)


def test_what_is_written_is_read_again(database: Database, world: World, now: datetime) -> None:
    who = world.coordinator().account_id
    correction = Correction(DAY, DayKind.FREE_DAY, "运动会")
    hours = [ClassHours(3, time(8, 0), time(11, 30)), ClassHours(3, time(13, 30), time(16, 0))]
    with write(database) as tx:
        store.set_correction(tx, correction, who, now)
        store.add_term(tx, AUTUMN, who, now)
        store.set_class_hours(tx, hours)
    calendar = queries.calendar(database, DAY, DAY)
    assert calendar.corrections == {DAY: correction}
    assert list(calendar.terms) == [AUTUMN] == [store.get_term(database, "autumn")]
    assert list(calendar.class_hours) == hours
    assert store.find_correction(database, DAY) == correction
    assert store.find_correction(database, date(2026, 11, 26)) is None


def test_a_day_is_corrected_over_its_correction(database: Database, world: World, now: datetime) -> None:
    who = world.coordinator().account_id
    with write(database) as tx:
        store.set_correction(tx, Correction(DAY, DayKind.FREE_DAY, "台风"), who, now)
        store.set_correction(tx, Correction(DAY, DayKind.SCHOOL_DAY), who, now)
        assert store.find_correction(tx, DAY) == Correction(DAY, DayKind.SCHOOL_DAY)
        assert store.remove_correction(tx, DAY)
        assert not store.remove_correction(tx, DAY)


def test_an_unknown_term_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        store.get_term(database, "nowhere")


def test_the_calendar_of_a_day_knows_the_terms_of_its_whole_school_year(
    database: Database, world: World, now: datetime
) -> None:
    who = world.coordinator().account_id
    with write(database) as tx:
        store.add_term(tx, AUTUMN, who, now)
    late = date(2027, 8, 30)
    assert not queries.calendar(database, late, late).is_school_day(late), "the summer after a known autumn term"


@pytest.mark.parametrize("day", [date.min, date.max, date(1, 12, 31), date(9999, 1, 1)])
def test_the_ends_of_time_are_no_trouble(database: Database, day: date) -> None:
    assert queries.calendar(database, day, day).is_provisional(day)


def test_the_calendar_is_one_statement_however_much_was_corrected(
    database: Database, world: World, now: datetime, count_sql: Callable[[], Any]
) -> None:
    who = world.coordinator().account_id
    with write(database) as tx:
        for number in range(1, 29):
            store.set_correction(tx, Correction(date(2026, 11, number), DayKind.FREE_DAY), who, now)
    with count_sql() as statements:
        calendar = queries.calendar(database, DAY, DAY)
    assert len(statements) == 1
    assert len(calendar.corrections) == 28


def test_the_calendar_is_read_by_its_indexes(database: Database) -> None:
    reach = {"from": "2025-01-01", "to": "2028-01-01"}
    plan = [row["detail"] for row in database.rows("EXPLAIN QUERY PLAN " + queries._PARTS, reach)]
    tables = [step for step in plan if any(name in step for name in ("calendar_days", "school_terms", "class_hours"))]
    assert len(tables) == 3
    assert all(step.startswith("SEARCH") for step in tables), plan

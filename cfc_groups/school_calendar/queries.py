"""The one read that other rooms use: the calendar around some days."""

from __future__ import annotations

import sqlite3
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from cfc_groups.db import Reader
from cfc_groups.school_calendar.holidays import public_holidays
from cfc_groups.school_calendar.models import ClassHours, Correction, DayKind, SchoolTerm
from cfc_groups.school_calendar.rules import SITE_ZONE, SchoolCalendar
from cfc_groups.school_calendar.store import as_term

# A day needs the terms of its whole school year, and counting days forward must not run off the loaded part.
MARGIN = timedelta(days=600)

_PARTS = """
SELECT * FROM (SELECT 'day' AS part, day AS first, kind AS second, label AS third, '' AS fourth
    FROM calendar_days WHERE day BETWEEN :from AND :to ORDER BY day LIMIT 2000)
UNION ALL SELECT * FROM (SELECT 'term', pid, name, starts_on, ends_on
    FROM school_terms WHERE starts_on BETWEEN :from AND :to ORDER BY starts_on LIMIT 100)
UNION ALL SELECT * FROM (SELECT 'hours', weekday, from_time, to_time, ''
    FROM class_hours WHERE weekday BETWEEN 1 AND 7 ORDER BY weekday, from_time LIMIT 100)
"""


def calendar(db: Reader, from_day: date, to_day: date, *, zone: ZoneInfo = SITE_ZONE) -> SchoolCalendar:
    """The school calendar for the days from one to another, in one statement.

    Questions about those days, and counts of school days that end within the year after them, are exact.
    """
    reach = {"from": str(_moved(from_day, -MARGIN)), "to": str(_moved(to_day, MARGIN))}
    corrections: dict[date, Correction] = {}
    terms: list[SchoolTerm] = []
    hours: list[ClassHours] = []
    for row in db.rows(_PARTS, reach):
        if row["part"] == "day":
            correction = _as_correction(row)
            corrections[correction.day] = correction
        elif row["part"] == "term":
            terms.append(as_term(row["first"], row["second"], row["third"], row["fourth"]))
        else:
            hours.append(_as_hours(row))
    return SchoolCalendar(public_holidays(), corrections, tuple(terms), tuple(hours), zone)


def _as_correction(row: sqlite3.Row) -> Correction:
    return Correction(date.fromisoformat(row["first"]), DayKind(row["second"]), row["third"])


def _as_hours(row: sqlite3.Row) -> ClassHours:
    return ClassHours(row["first"], time.fromisoformat(row["second"]), time.fromisoformat(row["third"]))


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta(0) else date.max

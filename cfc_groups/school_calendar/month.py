"""What the page of a month shows. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date

from cfc_groups.school_calendar.models import CalendarDay, MonthPage
from cfc_groups.school_calendar.rules import SchoolCalendar, is_near, lonely_term, write_week

_TERMS_SHOWN_WITHIN_DAYS = 400


def month_page(school_calendar: SchoolCalendar, first: date, today: date) -> MonthPage:
    """Everything about the month that begins on `first`."""
    weeks = weeks_of_month(school_calendar, first)
    days = [one for week in weeks for one in week if one is not None]
    near = [one for one in school_calendar.terms if abs((one.starts_on - first).days) <= _TERMS_SHOWN_WITHIN_DAYS]
    return MonthPage(
        first=first,
        weeks=weeks,
        special_days=[one for one in days if one.special],
        open_year=year_of_missing_list(school_calendar, days),
        terms=near,
        lonely_term=lonely_term(school_calendar.terms, first),
        class_hours=write_week(school_calendar.class_hours),
        earlier=_neighbour(first, -1, today),
        later=_neighbour(first, 1, today),
    )


def weeks_of_month(school_calendar: SchoolCalendar, first: date) -> list[list[CalendarDay | None]]:
    """A month's weeks from Monday to Sunday; None stands for days of the neighbouring months."""
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    return [[school_calendar.day(day) if day.month == first.month else None for day in week] for week in weeks]


def month_after(first: date, months: int = 1) -> date:
    """The first day of the month so many months later (or earlier)."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _neighbour(first: date, months: int, today: date) -> date | None:
    neighbour = month_after(first, months)
    return neighbour if is_near(neighbour, today) else None


def year_of_missing_list(school_calendar: SchoolCalendar, days: Iterable[CalendarDay]) -> int | None:
    """The year whose list is still to come and which leaves one of these days provisional, if any."""
    if not any(day.provisional for day in days):
        return None
    last_known = school_calendar.holidays.known_until.year
    return max(last_known + 1, *(day.day.year for day in days if day.provisional))

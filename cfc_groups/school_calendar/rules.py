"""School days and the time that passes on them; what a coordinator may enter. Pure: no database, no clock.

A day is a school day when the alliance's own correction says so; without one, when it is a working day of the
State Council's list (Monday to Friday where the list is not out yet: *provisional*) and no known term leaves it
out. School hours are clock hours that fall on school days, from local midnight to midnight: R60's 24 and 48 hours
wait over a weekend, but not over a night, since nobody promises that somebody works at a given hour.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cfc_groups.errors import NotFound, RuleBroken
from cfc_groups.school_calendar.models import (
    Because,
    CalendarDay,
    ClassHours,
    Correction,
    DayKind,
    PublicHolidays,
    SchoolTerm,
)

SITE_ZONE = ZoneInfo("Asia/Shanghai")
LONGEST_TERM = timedelta(days=250)
YEARS_AROUND = 10
MOST_PERIODS = 4
ONE_DAY = timedelta(days=1)

_PERIOD = re.compile(r"([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})")
_DASHES = re.compile(r"\s*[-~\u2010-\u2015\u2212\u301c]+\s*")
_GAPS = re.compile(r"[\s,;\u3001]+")


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """Answers questions about local days and aware moments; made by `queries.calendar`."""

    holidays: PublicHolidays
    corrections: Mapping[date, Correction] = field(default_factory=dict)
    terms: Sequence[SchoolTerm] = ()
    class_hours: Sequence[ClassHours] = ()
    zone: ZoneInfo = SITE_ZONE

    def is_school_day(self, day: date) -> bool:
        """Whether school is held on a day."""
        return self.day(day).is_school_day

    def is_provisional(self, day: date) -> bool:
        """Whether only Monday to Friday speaks for a day: its list is not out and nobody corrected it."""
        return day not in self.corrections and not self.holidays.knows(day)

    def day(self, day: date) -> CalendarDay:
        """A day with the reason for what it is."""
        correction = self.corrections.get(day)
        if correction is not None:
            is_school_day = correction.kind is DayKind.SCHOOL_DAY
            return CalendarDay(day, is_school_day, Because.CORRECTION, correction.label)
        provisional = not self.holidays.knows(day)
        moved = day in self.holidays.worked
        if not moved and day in self.holidays.free:
            return CalendarDay(day, False, Because.HOLIDAY, self.holidays.free[day], provisional)
        if not moved and day.isoweekday() > 5:
            return CalendarDay(day, False, Because.WEEKEND, "", provisional)
        if self.term_of(day) is None and self._terms_are_known_for(day):
            return CalendarDay(day, False, Because.VACATION, "", provisional)
        if moved:
            return CalendarDay(day, True, Because.MOVED_WORKDAY, self.holidays.worked[day], provisional)
        return CalendarDay(day, True, Because.WEEKDAY, "", provisional)

    def term_of(self, day: date) -> SchoolTerm | None:
        """The term that a day lies in, if any."""
        return next((term for term in self.terms if term.holds(day)), None)

    def _terms_are_known_for(self, day: date) -> bool:
        years = school_years_around(day)
        return any(school_year_of_term(term) in years for term in self.terms)

    def add_school_days(self, day: date, n: int) -> date:
        """The n-th school day after a day, which itself does not count (R59); n = 0 is the day itself.

        Exact as far as the calendar was loaded. Raises ValueError for a negative n.
        """
        if n < 0:
            raise ValueError("school days are counted forward only")
        while n > 0:
            day += ONE_DAY
            n -= self.is_school_day(day)
        return day

    def school_hours_between(self, start: datetime, end: datetime) -> timedelta:
        """The time between two aware moments that fell on school days (R60); never negative."""
        passed = timedelta(0)
        day = start.astimezone(self.zone).date()
        begins = self._midnight(day)
        while begins < end:
            ends = self._midnight(day + ONE_DAY)
            if self.is_school_day(day):
                passed += max(min(end, ends) - max(start, begins), timedelta(0))
            day, begins = day + ONE_DAY, ends
        return passed

    def is_class_time(self, moment: datetime) -> bool:
        """Whether lessons are held at an aware moment: on a school day, in the class hours of its weekday.

        Where school is held on a weekend day without hours of its own, the hours of any weekday count.
        """
        local = moment.astimezone(self.zone)
        if not self.is_school_day(local.date()):
            return False
        weekday = local.isoweekday()
        known = [hours for hours in self.class_hours if hours.weekday == weekday]
        if not known and weekday > 5:
            known = [hours for hours in self.class_hours if hours.weekday <= 5]
        return any(hours.from_time <= local.time() < hours.to_time for hours in known)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(0), self.zone).astimezone(UTC)


def school_years_around(day: date) -> set[int]:
    """The school year of a day, named by the year of its September; August stands between two."""
    if day.month == 8:
        return {day.year - 1, day.year}
    return {day.year if day.month >= 9 else day.year - 1}


def school_year_of_term(term: SchoolTerm) -> int:
    """The school year in which a term's middle lies: many terms begin at the end of August."""
    middle = term.starts_on + (term.ends_on - term.starts_on) / 2
    return middle.year if middle.month >= 9 else middle.year - 1


def lonely_term(terms: Iterable[SchoolTerm], day: date) -> SchoolTerm | None:
    """The only term of a day's school year: outside it no day counts until its sister is entered too."""
    years = school_years_around(day)
    found = [term for term in terms if school_year_of_term(term) in years]
    return found[0] if len(found) == 1 else None


def is_near(day: date, today: date) -> bool:
    """Whether a day is within the years that the calendar is kept for (ten back, ten ahead)."""
    return abs(day.year - today.year) <= YEARS_AROUND


def read_month(text: str, today: date) -> date | None:
    """The first day of a month written "2026-11", or None for anything else or too far away."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    return first if is_near(first, today) and f"{first:%Y-%m}" == text else None


def month_text(day: date) -> str:
    """The month of a day as `read_month` reads it."""
    return f"{day:%Y-%m}"


def read_day(text: str, today: date) -> date:
    """A day of an address, written "2026-11-23". Raises NotFound for anything else or too far away."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotFound() from None
    if str(day) != text or not is_near(day, today):
        raise NotFound()
    return day


def check_term(term: SchoolTerm, others: Iterable[SchoolTerm], today: date) -> None:
    """Raise RuleBroken, with its field, unless a term can be entered beside the others."""
    for name, day in (("starts_on", term.starts_on), ("ends_on", term.ends_on)):
        if not is_near(day, today):
            first, last = today.year - YEARS_AROUND, today.year + YEARS_AROUND
            raise RuleBroken("term_too_far", field=name, first=first, last=last)
    if term.ends_on <= term.starts_on:
        raise RuleBroken("term_ends_first", field="ends_on")
    if term.ends_on - term.starts_on > LONGEST_TERM:
        raise RuleBroken("term_too_long", field="ends_on", days=LONGEST_TERM.days)
    for other in others:
        if other.pid != term.pid and other.starts_on <= term.ends_on and term.starts_on <= other.ends_on:
            raise RuleBroken("terms_overlap", field="starts_on", name=other.name)


def read_class_hours(weekday: int, text: str, *, field: str) -> list[ClassHours]:
    """Class hours as a person types them, "8:00-11:30, 13:30-16:30". Raises RuleBroken with `field`."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).strip(" ,;\u3001")
    found = [_read_period(weekday, part, field) for part in _GAPS.split(plain) if part]
    found.sort(key=lambda hours: hours.from_time)
    if len(found) > MOST_PERIODS:
        raise RuleBroken("class_hours_too_many", field=field, most=MOST_PERIODS)
    if any(later.from_time < earlier.to_time for earlier, later in zip(found, found[1:], strict=False)):
        raise RuleBroken("class_hours_overlap", field=field)
    return found


def _read_period(weekday: int, part: str, field: str) -> ClassHours:
    match = _PERIOD.fullmatch(part)
    numbers = [int(number) for number in match.groups()] if match else []
    if not numbers or max(numbers[0::2]) > 23 or max(numbers[1::2]) > 59:
        raise RuleBroken("class_hours_unreadable", field=field)
    hours = ClassHours(weekday, time(numbers[0], numbers[1]), time(numbers[2], numbers[3]))
    if hours.to_time <= hours.from_time:
        raise RuleBroken("class_hours_reversed", field=field)
    return hours


def read_week(texts: Mapping[int, str], *, field: str) -> list[ClassHours]:
    """Class hours of all weekdays as typed. Raises RuleBroken with `field` and the weekday's number as the field."""
    return [one for day, text in texts.items() for one in read_class_hours(day, text, field=f"{field}{day}")]


def write_week(class_hours: Sequence[ClassHours]) -> list[str]:
    """Class hours of each weekday, Monday first, as `read_class_hours` reads them."""
    return [
        ", ".join(f"{one.from_time:%H:%M}-{one.to_time:%H:%M}" for one in class_hours if one.weekday == weekday)
        for weekday in range(1, 8)
    ]

"""What the school calendar is made of. Days are dates of the site's own time zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

Day = date  # the word for files that know no datetime


class DayKind(StrEnum):
    """What a single day was corrected to."""

    SCHOOL_DAY = "school_day"
    FREE_DAY = "free_day"


class Because(StrEnum):
    """Why a day is a school day or a free one; the first that applies."""

    CORRECTION = "correction"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    VACATION = "vacation"
    MOVED_WORKDAY = "moved_workday"
    WEEKDAY = "weekday"


@dataclass(frozen=True, slots=True)
class Correction:
    """A day that the alliance decided differently from the list."""

    day: date
    kind: DayKind
    label: str = ""


@dataclass(frozen=True, slots=True)
class SchoolTerm:
    """A school term; both days belong to it."""

    pid: str
    name: str
    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        """Whether a day lies in the term."""
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class ClassHours:
    """One stretch of lessons on a weekday (1 Monday … 7 Sunday), local time, up to but not with `to_time`."""

    weekday: int
    from_time: time
    to_time: time


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """The State Council's lists: days off, weekend days worked instead, and the days that they speak for."""

    free: Mapping[date, str]
    worked: Mapping[date, str]
    known_from: date
    known_until: date

    def knows(self, day: date) -> bool:
        """Whether a list speaks for this day."""
        return self.known_from <= day <= self.known_until


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day as a page shows it; `label` is the correction's own words or the holiday's English name."""

    day: date
    is_school_day: bool
    because: Because
    label: str = ""
    provisional: bool = False

    @property
    def special(self) -> bool:
        """Whether the day differs from a plain week."""
        return self.because in (Because.CORRECTION, Because.HOLIDAY, Because.MOVED_WORKDAY)


@dataclass(frozen=True, slots=True)
class MonthPage:
    """What the page of a month shows. None in a week stands for a day of a neighbouring month."""

    first: date
    weeks: list[list[CalendarDay | None]]
    special_days: list[CalendarDay]
    open_year: int | None
    terms: list[SchoolTerm]
    lonely_term: SchoolTerm | None
    class_hours: list[str]
    earlier: date | None
    later: date | None

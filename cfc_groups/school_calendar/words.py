"""What people read in the school calendar."""

from __future__ import annotations

from datetime import date

from babel.dates import format_skeleton, get_day_names
from flask_babel import get_locale, gettext, lazy_gettext, pgettext

from cfc_groups.school_calendar.models import Because, CalendarDay, DayKind
from cfc_groups.words import add_refusals

add_refusals(
    {
        "term_too_far": lazy_gettext("Please choose a year from %(first)d to %(last)d."),
        "term_ends_first": lazy_gettext("The last school day has to come after the first one."),
        "term_too_long": lazy_gettext("A term has %(days)d days at most. Please look at both days again."),
        "terms_overlap": lazy_gettext("These days overlap with “%(name)s”. A day belongs to one term only."),
        "class_hours_unreadable": lazy_gettext("Please write the hours like 08:00-11:30, 13:30-16:30."),
        "class_hours_reversed": lazy_gettext("Lessons have to end after they begin, on the same day."),
        "class_hours_overlap": lazy_gettext("Two of these times overlap. Please look at them once more."),
        "class_hours_too_many": lazy_gettext("Please write at most %(most)d stretches of lessons a day."),
    }
)

KIND_LABELS = {
    DayKind.SCHOOL_DAY: lazy_gettext("School is held"),
    DayKind.FREE_DAY: lazy_gettext("No school"),
}

BECAUSE_LABELS = {
    Because.CORRECTION: lazy_gettext("set by the alliance"),
    Because.HOLIDAY: lazy_gettext("public holiday"),
    Because.MOVED_WORKDAY: lazy_gettext("worked instead of another day"),
    Because.WEEKEND: lazy_gettext("weekend"),
    Because.VACATION: lazy_gettext("school holidays"),
    Because.WEEKDAY: lazy_gettext("a usual weekday"),
}

# The library names the holidays in English; these are its names.
HOLIDAY_LABELS = {
    "New Year's Day": lazy_gettext("New Year's Day"),
    "Spring Festival": lazy_gettext("Spring Festival"),
    "Tomb-sweeping Day": lazy_gettext("Tomb-sweeping Day"),
    "Labour Day": lazy_gettext("Labour Day"),
    "Dragon Boat Festival": lazy_gettext("Dragon Boat Festival"),
    "National Day": lazy_gettext("National Day"),
    "Mid-autumn Festival": lazy_gettext("Mid-autumn Festival"),
    "Anti-Fascist 70th Day": lazy_gettext("70th anniversary of the victory"),
}


def short_word(day: CalendarDay) -> str:
    """The word that fits into a day's cell."""
    return pgettext("calendar", "open") if day.is_school_day else pgettext("calendar", "free")


def reason(day: CalendarDay) -> str:
    """Why a day is what it is: "public holiday: National Day"."""
    because = str(BECAUSE_LABELS[day.because])
    name = day.label if day.because is Because.CORRECTION else str(HOLIDAY_LABELS.get(day.label, day.label))
    return gettext("%(because)s: %(name)s", because=because, name=name) if name else because


def month_name(first: date) -> str:
    """November 2026, in the page's language."""
    return str(format_skeleton("yMMMM", first, locale=get_locale()))


def weekday_name(day: date) -> str:
    """Monday, in the page's language."""
    return str(get_day_names("wide", locale=get_locale())[day.weekday()])


def weekday_names() -> list[str]:
    """The weekdays from Monday on, as words."""
    names = get_day_names("wide", locale=get_locale())
    return [str(names[number]) for number in range(7)]


def weekday_letters() -> list[str]:
    """The weekdays from Monday on, as single letters or characters."""
    names = get_day_names("narrow", "stand-alone", locale=get_locale())
    return [str(names[number]) for number in range(7)]

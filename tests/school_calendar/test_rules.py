"""School days, the time that passes on them, and what may be entered. Nothing here touches a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfc_groups.errors import NotFound, RuleBroken
from cfc_groups.school_calendar import rules
from cfc_groups.school_calendar.holidays import public_holidays
from cfc_groups.school_calendar.models import Because, ClassHours, Correction, DayKind, SchoolTerm
from cfc_groups.school_calendar.month import month_after, month_page, weeks_of_month, year_of_missing_list
from cfc_groups.school_calendar.rules import SchoolCalendar

TODAY = date(2026, 11, 23)
AUTUMN = SchoolTerm("autumn", "2026 autumn", date(2026, 9, 1), date(2027, 1, 22))
SPRING = SchoolTerm("spring", "2027 spring", date(2027, 2, 22), date(2027, 7, 2))
LESSONS = tuple(ClassHours(weekday, time(8, 0), time(16, 30)) for weekday in range(1, 6))

days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
counts = st.integers(0, 40)
spans = st.timedeltas(timedelta(0), timedelta(days=60))


def a_calendar(
    *, corrections: Sequence[Correction] = (), terms: Sequence[SchoolTerm] = (),
    lessons: Sequence[ClassHours] = LESSONS, zone: str = "Asia/Shanghai",
) -> SchoolCalendar:  # fmt: skip
    return SchoolCalendar(
        public_holidays(), {one.day: one for one in corrections}, tuple(terms), tuple(lessons), ZoneInfo(zone)
    )


def shanghai(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("Asia/Shanghai")).astimezone(UTC)  # type: ignore[misc,arg-type]


CALENDARS = [
    a_calendar(),
    a_calendar(terms=[AUTUMN, SPRING]),
    a_calendar(
        corrections=[Correction(date(2026, 11, 24), DayKind.FREE_DAY), Correction(date(2027, 8, 1), DayKind.SCHOOL_DAY)]
    ),
    a_calendar(zone="Europe/Berlin"),
]
calendars = st.sampled_from(CALENDARS)


@pytest.mark.parametrize(
    ("day", "is_school_day", "because"),
    [
        (date(2026, 11, 23), True, Because.WEEKDAY),
        (date(2026, 11, 22), False, Because.WEEKEND),
        (date(2026, 10, 1), False, Because.HOLIDAY),
        (date(2026, 10, 10), True, Because.MOVED_WORKDAY),  # a Saturday, worked for the National Day
        (date(2025, 1, 26), True, Because.MOVED_WORKDAY),  # a Sunday, worked for the Spring Festival
        (date(2024, 2, 14), False, Because.HOLIDAY),
    ],
)
def test_the_state_councils_list_decides(day: date, is_school_day: bool, because: Because) -> None:
    found = a_calendar().day(day)
    assert (found.is_school_day, found.because) == (is_school_day, because)
    assert not found.provisional


def test_a_year_without_its_list_is_monday_to_friday_and_provisional() -> None:
    calendar = a_calendar()
    national_day = date(2027, 10, 1)  # a Friday; certainly free one day, but nobody has said so yet
    assert calendar.is_school_day(national_day)
    assert calendar.is_provisional(national_day)
    assert not calendar.is_school_day(date(2027, 10, 2))
    assert not calendar.is_provisional(date(2026, 10, 1))


def test_the_last_days_of_december_wait_for_the_next_years_list() -> None:
    """New Year's bridge days are announced with the new year: 2018-12-29 was a worked Saturday of the 2019 list."""
    calendar = a_calendar()
    assert calendar.is_school_day(date(2018, 12, 29))
    assert not calendar.is_provisional(date(2026, 12, 25))
    assert calendar.is_provisional(date(2026, 12, 31))
    december = [calendar.day(day) for day in (date(2026, 12, 1), date(2026, 12, 31))]
    assert year_of_missing_list(calendar, december) == 2027
    assert year_of_missing_list(calendar, [calendar.day(date(2028, 5, 1))]) == 2028
    assert year_of_missing_list(calendar, [calendar.day(TODAY)]) is None


def test_the_alliances_own_word_wins_over_list_weekend_and_terms() -> None:
    corrections = [
        Correction(date(2026, 11, 23), DayKind.FREE_DAY, "sports day"),
        Correction(date(2026, 10, 1), DayKind.SCHOOL_DAY),
        Correction(date(2026, 11, 22), DayKind.SCHOOL_DAY),
        Correction(date(2027, 8, 4), DayKind.SCHOOL_DAY),
        Correction(date(2027, 10, 1), DayKind.FREE_DAY),
    ]
    calendar = a_calendar(corrections=corrections, terms=[AUTUMN, SPRING])
    for one in corrections:
        assert calendar.is_school_day(one.day) is (one.kind is DayKind.SCHOOL_DAY)
        assert not calendar.is_provisional(one.day)
        assert calendar.day(one.day).because is Because.CORRECTION
    assert calendar.day(corrections[0].day).label == "sports day"


def test_outside_the_terms_of_a_school_year_no_day_is_a_school_day() -> None:
    calendar = a_calendar(terms=[AUTUMN, SPRING])
    assert calendar.is_school_day(AUTUMN.starts_on) and calendar.is_school_day(AUTUMN.ends_on)
    assert calendar.day(date(2027, 1, 25)).because is Because.VACATION
    assert calendar.day(date(2027, 7, 20)).because is Because.VACATION
    assert calendar.day(date(2026, 8, 20)).because is Because.VACATION, "the summer before the first known term"
    assert calendar.term_of(date(2026, 12, 1)) == AUTUMN
    assert calendar.term_of(date(2027, 2, 1)) is None


def test_a_school_year_without_terms_is_left_as_it_is() -> None:
    calendar = a_calendar(terms=[AUTUMN, SPRING])
    assert calendar.is_school_day(date(2027, 9, 6))
    assert calendar.is_school_day(date(2026, 5, 20))
    early = SchoolTerm("early", "begins in August", date(2026, 8, 26), date(2027, 1, 15))
    assert a_calendar(terms=[early]).is_school_day(date(2026, 5, 20)), "it belongs to the year that it begins"
    assert a_calendar(terms=[early]).is_school_day(date(2026, 8, 27))


def test_a_moved_workday_in_the_school_holidays_is_no_school_day() -> None:
    spring_2026 = SchoolTerm("s", "2026 spring", date(2026, 3, 2), date(2026, 7, 3))
    assert not a_calendar(terms=[spring_2026]).is_school_day(date(2026, 2, 28))


def test_a_single_term_of_a_school_year_is_noticed() -> None:
    assert rules.lonely_term([AUTUMN], TODAY) == AUTUMN
    assert rules.lonely_term([AUTUMN, SPRING], TODAY) is None
    assert rules.lonely_term([AUTUMN], date(2025, 11, 1)) is None


def test_school_days_are_counted_over_the_national_holiday() -> None:
    """R59: five school days after 28 September 2026 is 10 October, a worked Saturday."""
    calendar = a_calendar()
    assert calendar.add_school_days(date(2026, 9, 28), 5) == date(2026, 10, 10)
    assert calendar.add_school_days(date(2026, 9, 28), 0) == date(2026, 9, 28)
    with pytest.raises(ValueError, match="forward"):
        calendar.add_school_days(TODAY, -1)


@given(calendars, days, counts, counts)
def test_counting_school_days_is_additive(calendar: SchoolCalendar, day: date, first: int, second: int) -> None:
    stop = calendar.add_school_days(day, first)
    assert calendar.add_school_days(stop, second) == calendar.add_school_days(day, first + second)


@given(calendars, days, st.integers(1, 40))
def test_the_counted_day_is_a_school_day_and_no_other_was_skipped(calendar: SchoolCalendar, day: date, n: int) -> None:
    stop = calendar.add_school_days(day, n)
    between = [day + timedelta(days=step) for step in range(1, (stop - day).days + 1)]
    assert sum(map(calendar.is_school_day, between)) == n
    assert calendar.is_school_day(stop)


@given(calendars, days, days, counts)
def test_who_starts_later_does_not_arrive_earlier(calendar: SchoolCalendar, one: date, other: date, n: int) -> None:
    first, last = sorted((one, other))
    assert calendar.add_school_days(first, n) <= calendar.add_school_days(last, n)


def test_school_hours_wait_over_a_weekend_but_not_over_a_night() -> None:
    """R60: an idea of Friday 17:00 is 24 school hours old on Monday 17:00, and 48 on Tuesday."""
    calendar = a_calendar()
    friday = shanghai(2026, 11, 20, 17)
    assert calendar.school_hours_between(friday, shanghai(2026, 11, 21, 0)) == timedelta(hours=7)
    assert calendar.school_hours_between(friday, shanghai(2026, 11, 22, 23, 59)) == timedelta(hours=7)
    assert calendar.school_hours_between(friday, shanghai(2026, 11, 23, 17)) == timedelta(hours=24)
    assert calendar.school_hours_between(friday, shanghai(2026, 11, 24, 17)) == timedelta(hours=48)


def test_midnight_is_the_local_one() -> None:
    calendar = a_calendar()
    sunday_late = datetime(2026, 11, 22, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    assert calendar.school_hours_between(sunday_late, sunday_late + timedelta(minutes=2)) == timedelta(minutes=1)


@settings(max_examples=60)
@given(
    calendars, moments, st.timedeltas(timedelta(0), timedelta(days=60)), st.timedeltas(timedelta(0), timedelta(days=60))
)
def test_school_hours_are_additive_monotone_and_never_more_than_the_clock(
    calendar: SchoolCalendar, start: datetime, first: timedelta, second: timedelta
) -> None:
    middle, end = start + first, start + first + second
    one, other = calendar.school_hours_between(start, middle), calendar.school_hours_between(middle, end)
    assert one + other == calendar.school_hours_between(start, end)
    assert timedelta(0) <= one <= first
    assert calendar.school_hours_between(end, start) == timedelta(0)


@given(calendars, days)
def test_a_whole_day_counts_its_length_or_nothing(calendar: SchoolCalendar, day: date) -> None:
    begins = datetime.combine(day, time(0), calendar.zone).astimezone(UTC)
    ends = datetime.combine(day + timedelta(days=1), time(0), calendar.zone).astimezone(UTC)
    counted = calendar.school_hours_between(begins, ends)
    assert counted == (ends - begins if calendar.is_school_day(day) else timedelta(0))


@given(days)
def test_the_list_and_the_library_say_the_same_where_the_library_speaks(day: date) -> None:
    import chinese_calendar

    if day.year <= public_holidays().known_until.year:
        assert a_calendar().is_school_day(day) is chinese_calendar.is_workday(day)
    else:
        assert a_calendar().is_school_day(day) is (day.isoweekday() <= 5)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (shanghai(2026, 11, 23, 7, 59), False),
        (shanghai(2026, 11, 23, 8, 0), True),
        (shanghai(2026, 11, 23, 16, 29), True),
        (shanghai(2026, 11, 23, 16, 30), False),
        (shanghai(2026, 11, 22, 10, 0), False),
        (shanghai(2026, 10, 1, 10, 0), False),
        (shanghai(2026, 10, 10, 10, 0), True),  # a worked Saturday keeps a weekday's hours
    ],
)
def test_class_time(moment: datetime, expected: bool) -> None:
    assert a_calendar().is_class_time(moment) is expected


def test_a_month_begins_on_monday_and_leaves_its_neighbours_empty() -> None:
    weeks = weeks_of_month(a_calendar(), date(2026, 11, 1))
    assert [len(week) for week in weeks] == [7] * 6
    assert [one and one.day.day for one in weeks[0]] == [None] * 6 + [1]
    assert sum(one is not None for week in weeks for one in week) == 30


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(-30, 30))
def test_months_lead_there_and_back(day: date, months: int) -> None:
    first = day.replace(day=1)
    assert month_after(month_after(first, months), -months) == first


def test_the_page_of_a_month_stops_where_the_calendar_is_kept() -> None:
    calendar = a_calendar(terms=[AUTUMN])
    page = month_page(calendar, date(2036, 12, 1), TODAY)
    assert (page.earlier, page.later) == (date(2036, 11, 1), None)
    october = month_page(calendar, date(2026, 10, 1), TODAY)
    assert [one.day.day for one in october.special_days] == [1, 2, 3, 4, 5, 6, 7, 10]
    assert october.lonely_term == AUTUMN
    assert october.terms == [AUTUMN]


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "9999-01", "0001-01", "2026-1", "2026-11-23", "<b>", "２０２６-11", "2026-11 "]
)
def test_nonsense_is_no_month(text: str) -> None:
    assert rules.read_month(text, TODAY) is None


def test_a_month_is_read_as_it_is_written() -> None:
    assert rules.read_month(rules.month_text(TODAY), TODAY) == date(2026, 11, 1)


@pytest.mark.parametrize("text", ["", "2026-02-30", "9999-12-31", "20261123", "2026-W48-1", "tomorrow", "2015-01-01"])
def test_nonsense_is_no_day(text: str) -> None:
    with pytest.raises(NotFound):
        rules.read_day(text, TODAY)


def a_term(starts_on: date, ends_on: date, pid: str = "new") -> SchoolTerm:
    return SchoolTerm(pid, "a term", starts_on, ends_on)


@pytest.mark.parametrize(
    ("term", "code", "field"),
    [
        (a_term(date(2027, 1, 22), date(2026, 9, 1)), "term_ends_first", "ends_on"),
        (a_term(date(2026, 9, 1), date(2026, 9, 1)), "term_ends_first", "ends_on"),
        (a_term(date(2026, 9, 1), date(2036, 1, 20)), "term_too_long", "ends_on"),
        (a_term(date(9999, 9, 1), date(9999, 12, 31)), "term_too_far", "starts_on"),
        (a_term(date(2026, 9, 1), date(9999, 12, 31)), "term_too_far", "ends_on"),
        (a_term(date(1, 1, 1), date(1, 2, 1)), "term_too_far", "starts_on"),
        (a_term(date(2027, 1, 22), date(2027, 2, 20)), "terms_overlap", "starts_on"),
        (a_term(date(2026, 10, 1), date(2026, 10, 8)), "terms_overlap", "starts_on"),
        (a_term(date(2026, 8, 1), date(2027, 2, 1)), "terms_overlap", "starts_on"),
    ],
)
def test_a_term_that_cannot_be_is_refused_beside_its_field(term: SchoolTerm, code: str, field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        rules.check_term(term, [AUTUMN], TODAY)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_a_term_may_stand_beside_the_others_and_over_its_own_old_days() -> None:
    rules.check_term(SPRING, [AUTUMN], TODAY)
    rules.check_term(a_term(date(2026, 9, 1), date(2027, 1, 8), pid=AUTUMN.pid), [AUTUMN], TODAY)
    rules.check_term(a_term(date(2027, 1, 23), date(2027, 2, 1)), [AUTUMN], TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("8:00-11:30", "08:00-11:30"),
        ("13:30-16:30, 08:00-11:30", "08:00-11:30, 13:30-16:30"),
        ("０８：００－１１：３０，１３：３０～１６：３０", "08:00-11:30, 13:30-16:30"),
        ("8:00 — 11:30；13:30–16:30 ", "08:00-11:30, 13:30-16:30"),
        ("8:00-11:30、11:30-12:00", "08:00-11:30, 11:30-12:00"),
    ],
)
def test_class_hours_are_read_as_people_type_them(text: str, expected: str) -> None:
    found = rules.read_class_hours(1, text, field="weekday_1")
    assert rules.write_week(found)[0] == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("all day", "class_hours_unreadable"),
        ("8-11", "class_hours_unreadable"),
        ("25:00-26:00", "class_hours_unreadable"),
        ("08:00-11:60", "class_hours_unreadable"),
        ("08:00-11:30-12:00", "class_hours_unreadable"),
        ("<script>", "class_hours_unreadable"),
        ("16:30-08:00", "class_hours_reversed"),
        ("08:00-08:00", "class_hours_reversed"),
        ("08:00-11:30, 11:00-12:00", "class_hours_overlap"),
        ("08:00-11:30, 08:00-11:30", "class_hours_overlap"),
        ("1:00-2:00 3:00-4:00 5:00-6:00 7:00-8:00 9:00-10:00", "class_hours_too_many"),
    ],
)
def test_class_hours_that_cannot_be_are_refused_beside_their_weekday(text: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        rules.read_week({1: "", 5: text}, field="weekday_")
    assert (refusal.value.code, refusal.value.field) == (code, "weekday_5")


@given(st.text(max_size=80))
def test_whatever_is_typed_as_class_hours_is_read_or_refused(text: str) -> None:
    try:
        found = rules.read_class_hours(3, text, field="weekday_3")
    except RuleBroken as refusal:
        assert refusal.code.startswith("class_hours_")
    else:
        assert rules.read_class_hours(3, rules.write_week(found)[2], field="weekday_3") == found

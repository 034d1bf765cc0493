"""The calendar's pages: who sees what, what is typed wrongly, and what they cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cfc_groups.db import Database
from cfc_groups.school_calendar import queries
from tests.support.pages import PageClient
from tests.support.world import World

DAY = date(2026, 11, 25)


@pytest.fixture
def coordinator(world: World, client: PageClient) -> PageClient:
    return world.sign_in(client, world.coordinator())


def is_school_day(database: Database, day: date) -> bool:
    return queries.calendar(database, day, day).is_school_day(day)


@pytest.mark.parametrize("role", ["teacher", "mentor", "coordinator", "department"])
def test_staff_read_the_month(world: World, client: PageClient, role: str) -> None:
    page = world.sign_in(client, world.adult(role)).get("/school-calendar")
    assert page.status == 200
    assert "2026年11月" in page.text
    assert bool(page.find("a", href="/school-calendar/days/2026-11-25")) is (role == "coordinator")


@pytest.mark.parametrize("role", ["child", "guardian", "visitor"])
def test_children_guardians_and_visitors_have_no_business_there(world: World, client: PageClient, role: str) -> None:
    if role != "visitor":
        person = world.child(consents=False) if role == "child" else world.adult(role)
        world.sign_in(client, person)
        assert client.get("/school-calendar").status == 403
    else:
        assert client.get("/school-calendar", follow=False, check=False).status == 303


@pytest.mark.parametrize(
    "address",
    ["/days/2026-11-25", "/days/2026-11-25/undo", "/terms/new", "/terms/x", "/terms/x/removal", "/class-hours"],
)
def test_a_teacher_changes_nothing(world: World, client: PageClient, database: Database, address: str) -> None:
    world.sign_in(client, world.teacher())
    page = client.post(f"/school-calendar{address}", {"kind": "free_day", "name": "x"})
    assert page.status == 403
    assert is_school_day(database, DAY)


def test_a_coordinator_corrects_a_day_and_takes_it_back(coordinator: PageClient, database: Database) -> None:
    coordinator.get("/school-calendar/days/2026-11-25")
    page = coordinator.submit(having="kind", kind="free_day", label="运动会")
    assert page.status == 200
    assert "运动会" in page.main
    assert not is_school_day(database, DAY)
    coordinator.get("/school-calendar/days/2026-11-25")
    page = coordinator.submit(action="/school-calendar/days/2026-11-25/undo")
    assert "运动会" not in page.main
    assert is_school_day(database, DAY)


def test_holidays_and_moved_workdays_are_told_with_their_names(coordinator: PageClient) -> None:
    page = coordinator.get("/school-calendar?month=2026-10")
    assert "国庆节" in page.main
    assert "调休上班" in page.main
    assert "国务院" not in page.main


def test_a_year_without_its_list_says_so(coordinator: PageClient) -> None:
    assert "国务院的2027年放假安排还没有收进程序" in coordinator.get("/school-calendar?month=2027-05").main
    assert "国务院的2027年放假安排还没有收进程序" in coordinator.get("/school-calendar?month=2026-12").main
    coordinator.get("/language/en?next=/")
    page = coordinator.get("/school-calendar?month=2028-05")
    assert "The State Council's list for 2028 is not in the program yet" in page.main


@pytest.mark.parametrize(
    "month", ["9999-12", "0000-00", "2026-13", "nonsense", "<b>", "2016-1", "１２３", "-1", "2040-01"]
)
def test_a_month_that_is_none_shows_this_one(coordinator: PageClient, month: str) -> None:
    page = coordinator.get("/school-calendar", query_string={"month": month})
    assert page.status == 200
    assert "2026年11月" in page.main
    assert "那个月还没有校历" in page.main


def test_the_months_lead_to_each_other_and_end(coordinator: PageClient) -> None:
    page = coordinator.get("/school-calendar?month=2026-12")
    assert page.find("a", rel="prev")[0].attributes["href"] == "/school-calendar?month=2026-11"
    assert page.find("a", rel="next")[0].attributes["href"] == "/school-calendar?month=2027-01"
    assert not coordinator.get("/school-calendar?month=2036-12").find("a", rel="next")
    assert not coordinator.get("/school-calendar?month=2016-01").find("a", rel="prev")


@pytest.mark.parametrize("day", ["9999-12-31", "2026-02-30", "x", "20261125", "2026-11-25x"])
def test_a_day_that_is_none_is_not_found(coordinator: PageClient, day: str) -> None:
    assert coordinator.get(f"/school-calendar/days/{day}").status == 404
    assert coordinator.post(f"/school-calendar/days/{day}/undo").status == 404


@pytest.mark.parametrize("kind", ["", "holiday", "free_day; DROP TABLE calendar_days", "<script>"])
def test_a_kind_of_day_that_is_none_is_refused_beside_the_field(
    coordinator: PageClient, database: Database, kind: str
) -> None:
    coordinator.get("/school-calendar/days/2026-11-25")
    page = coordinator.submit(having="label", kind=kind, label="运动会")
    assert page.status == 422
    assert "kind-error" in page.html
    assert page.find("input", name="label")[0].attributes["value"] == "运动会", "what was typed stays"
    assert is_school_day(database, DAY)


def test_a_long_label_is_refused_and_kept(coordinator: PageClient, database: Database) -> None:
    coordinator.get("/school-calendar/days/2026-11-25")
    page = coordinator.submit(having="label", kind="free_day", label="长" * 21)
    assert page.status == 422
    assert "长" * 21 in page.html
    assert is_school_day(database, DAY)


def test_a_term_is_added_changed_and_taken_out(coordinator: PageClient, database: Database) -> None:
    coordinator.get("/school-calendar/terms/new")
    page = coordinator.submit(having="name", name="2026年秋季学期", starts_on="2026-09-01", ends_on="2027-01-22")
    assert "2026年秋季学期" in page.main
    assert "只填了“2026年秋季学期”" in page.main, "one term alone is noticed"
    address = next(link for link in page.links() if "/terms/" in link and not link.endswith("/new"))
    coordinator.get(address)
    coordinator.submit(having="name", ends_on="2027-01-15")
    assert not is_school_day(database, date(2027, 1, 20))
    coordinator.get(address)
    page = coordinator.submit(action=f"{address}/removal")
    assert is_school_day(database, date(2027, 1, 20))
    assert coordinator.get(address).status == 404


@pytest.mark.parametrize(
    ("fields", "beside", "sentence"),
    [
        ({"starts_on": "2027-01-22", "ends_on": "2026-09-01"}, "ends_on", "最后一天要在第一天后面"),
        ({"starts_on": "9999-09-01", "ends_on": "9999-12-31"}, "starts_on", "请选2016年到2036年之间的日子"),
        ({"starts_on": "2026-09-01", "ends_on": "2028-09-01"}, "ends_on", "一个学期最多250天"),
        ({"starts_on": "", "ends_on": ""}, "starts_on", "请选一个日子"),
        ({"starts_on": "2026-02-30", "ends_on": "2027-01-22"}, "starts_on", "这个日子我们没看懂"),
        ({"starts_on": "明天", "ends_on": "2027-01-22"}, "starts_on", "这个日子我们没看懂"),
        ({"starts_on": "' OR 1=1 --", "ends_on": "🌳"}, "ends_on", "这个日子我们没看懂"),
        ({"name": " "}, "name", "请给学期起个名称"),
        ({"name": "期" * 31}, "name", "30"),
    ],
)
def test_a_term_typed_wrongly_is_refused_beside_its_field(
    coordinator: PageClient, database: Database, fields: dict[str, str], beside: str, sentence: str
) -> None:
    typed = {"name": "秋季学期", "starts_on": "2026-09-01", "ends_on": "2027-01-22"} | fields
    coordinator.get("/school-calendar/terms/new")
    page = coordinator.submit(having="name", **typed)
    assert page.status == 422
    errors = [one for one in page.find("div", id=f"{beside}-error")]
    assert sentence in errors[0].text
    for name, value in typed.items():
        assert page.find("input", name=name)[0].attributes["value"].strip() == value.strip(), "what was typed stays"
    assert database.value("SELECT count(*) FROM school_terms") == 0


@pytest.mark.parametrize("starts_on", ["2026/9/1", "2026.09.01", "２０２６-09-01", "2026年9月1日"])
def test_days_are_understood_as_people_type_them(coordinator: PageClient, database: Database, starts_on: str) -> None:
    coordinator.get("/school-calendar/terms/new")
    coordinator.submit(having="name", name="秋", starts_on=starts_on, ends_on="2027-01-22")
    assert database.value("SELECT starts_on FROM school_terms") == "2026-09-01"


def test_overlapping_terms_are_refused_by_name(coordinator: PageClient) -> None:
    for starts_on, ends_on in (("2026-09-01", "2027-01-22"), ("2027-01-10", "2027-06-30")):
        coordinator.get("/school-calendar/terms/new")
        page = coordinator.submit(having="name", name="秋季学期", starts_on=starts_on, ends_on=ends_on)
    assert page.status == 422
    assert "这些日子和“秋季学期”重叠了" in page.find("div", id="starts_on-error")[0].text


def test_class_hours_are_set_a_weekday_a_line(coordinator: PageClient, database: Database) -> None:
    page = coordinator.get("/school-calendar/class-hours")
    assert page.find("input", name="weekday_1")[0].attributes["value"] == "08:00-16:30"
    page = coordinator.submit(having="weekday_1", weekday_1="8：00－11：30，13:30~16:00", weekday_2="")
    assert "08:00-11:30, 13:30-16:00" in page.main
    assert database.value("SELECT count(*) FROM class_hours WHERE weekday = 2") == 0
    assert database.value("SELECT count(*) FROM class_hours WHERE weekday = 1") == 2


def test_class_hours_typed_wrongly_change_nothing(coordinator: PageClient, database: Database) -> None:
    coordinator.get("/school-calendar/class-hours")
    page = coordinator.submit(having="weekday_1", weekday_1="9:00-10:00", weekday_5="all day")
    assert page.status == 422
    assert page.find("div", id="weekday_5-error")
    assert page.find("input", name="weekday_1")[0].attributes["value"] == "9:00-10:00"
    assert database.value("SELECT count(*) FROM class_hours") == 5


def test_reading_changes_nothing(coordinator: PageClient, database: Database) -> None:
    """R94."""
    before = list(database.connection.iterdump())
    for address in ("", "?month=2026-10", "/days/2026-11-25", "/terms/new", "/class-hours"):
        coordinator.get(f"/school-calendar{address}")
    assert list(database.connection.iterdump()) == before


def test_a_form_without_its_token_changes_nothing(coordinator: PageClient, database: Database) -> None:
    """R94."""
    page = coordinator.post("/school-calendar/days/2026-11-25", {"kind": "free_day"}, token=False)
    assert page.status == 400
    assert is_school_day(database, DAY)


@pytest.mark.parametrize("address", ["", "?month=2027-05", "/days/2026-11-25", "/terms/new", "/class-hours"])
def test_a_page_costs_few_statements(coordinator: PageClient, count_sql: Callable[[], Any], address: str) -> None:
    coordinator.get("/school-calendar")
    with count_sql() as statements:
        coordinator.get(f"/school-calendar{address}")
    assert len(statements) <= 8, statements


def test_the_month_reads_well_in_english_too(coordinator: PageClient) -> None:
    coordinator.get("/language/en?next=/")
    page = coordinator.get("/school-calendar?month=2026-10")
    assert "October 2026" in page.main
    assert "public holiday: National Day" in page.main
    assert "Monday" in page.main

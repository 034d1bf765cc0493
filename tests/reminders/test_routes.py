"""The inbox as people use it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from cfc_groups import scheduler
from cfc_groups.db import Database, write
from cfc_groups.reminders import actions
from cfc_groups.reminders.queries import PAGE, unread_count
from tests.conftest import ToldClock
from tests.support.pages import PageClient
from tests.support.world import Person, World

EVENING = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)  # 21:30 in Shanghai


@pytest.fixture
def teacher(world: World, client: PageClient) -> Person:
    person = world.teacher()
    world.sign_in(client, person)
    return person


def tell(database: Database, person: Person, now: datetime, *things: str, kind: str = "greeting") -> None:
    with write(database) as tx:
        for thing in things:
            actions.tell_in(tx, person.account_id, kind, thing, "", f"/inbox?for={thing}", now, title=thing)


@pytest.mark.parametrize("role", ["child", "guardian", "mentor", "teacher", "coordinator", "department"])
def test_everybody_who_is_signed_in_has_an_inbox(world: World, client: PageClient, role: str) -> None:
    person = world.child(consents=False) if role == "child" else world.adult(role)
    page = world.sign_in(client, person).get("/inbox")
    assert page.status == 200
    assert page.heading == ("给我的信" if role == "child" else "消息")


def test_a_visitor_is_asked_to_sign_in(client: PageClient) -> None:
    assert client.get("/inbox", follow=False, check=False).status == 303


def test_an_empty_inbox_says_what_it_is_for(teacher: Person, client: PageClient) -> None:
    assert "有事要告诉您，就会出现在这里" in client.get("/inbox").main
    assert not client.page.find("button", value="newest")  # type: ignore[union-attr]


def test_what_is_new_is_told_in_words_and_opened_by_its_button(
    teacher: Person, client: PageClient, database: Database, now: datetime
) -> None:
    tell(database, teacher, now, "公园", "车站")
    page = client.get("/inbox")
    assert "消息（2条新的）" in page.text
    assert page.main.index("你好，车站") < page.main.index("你好，公园"), "newest first"
    assert page.main.count("还没看") == 2
    form = next(one for one in page.find("form") if one.attributes.get("action", "").endswith("/opening"))
    page = client.submit(action=form.attributes["action"], follow=False, check=False)
    assert page.status == 303
    assert page.response.headers["Location"] == "/inbox?for=%E8%BD%A6%E7%AB%99"
    page = client.get("/inbox")
    assert "消息（1条新的）" in page.text
    assert page.main.count("还没看") == 1
    page = client.submit(action=form.attributes["action"])
    assert page.status == 200, "opened twice leads there twice"


def test_all_are_marked_as_read_by_one_button(
    teacher: Person, client: PageClient, database: Database, now: datetime
) -> None:
    tell(database, teacher, now, "公园", "车站")
    client.get("/inbox")
    page = client.submit(action="/inbox/reading")
    assert "都标为看过了" in page.text
    assert "还没看" not in page.main
    assert not [form for form in page.find("form") if form.attributes.get("action") == "/inbox/reading"]
    assert unread_count(database, teacher.account_id, now) == 0


def test_a_child_reads_that_there_is_a_letter_and_no_number(
    world: World, client: PageClient, database: Database, now: datetime
) -> None:
    child = world.child(consents=False)
    world.sign_in(client, child)
    assert "信箱" in client.get("/inbox").text
    tell(database, child, now, "秋千", "滑梯")
    page = client.get("/inbox")
    assert "有新信" in page.text
    assert "2" not in page.find("nav")[0].text
    assert "你好，秋千" in page.main


def test_a_notice_of_the_night_is_not_on_the_page_of_a_child(
    world: World, client: PageClient, database: Database, clock: ToldClock
) -> None:
    """R52."""
    child = world.child(consents=False)
    clock.moment = EVENING
    tell(database, child, EVENING, "秋千")
    page = world.sign_in(client, child).get("/inbox")
    assert "秋千" not in page.text
    assert "有新信" not in page.text
    clock.moment = EVENING + timedelta(hours=9, minutes=30)
    page = world.sign_in(client, child).get("/inbox")
    assert "秋千" in page.text
    assert "有新信" in page.text


def test_words_in_a_notice_are_words_and_never_markup(
    teacher: Person, client: PageClient, database: Database, now: datetime
) -> None:
    """R96."""
    tell(database, teacher, now, "<script>alert(1)</script>", "100%s %(title)s")
    page = client.get("/inbox")
    assert "<script>alert(1)" not in page.html
    assert "你好，<script>alert(1)</script>" in page.main
    assert "你好，100%s %(title)s" in page.main


def test_a_kind_of_an_older_version_still_says_something(
    teacher: Person, client: PageClient, database: Database, now: datetime
) -> None:
    tell(database, teacher, now, "x", kind="no longer known")
    with write(database) as tx:
        actions.tell_in(tx, teacher.account_id, "greeting", "no facts", "", "/", now, other="fact")
    assert client.get("/inbox").main.count("有新的消息给你") == 2


def test_pages_lead_to_the_earlier_ones_and_back(
    teacher: Person, client: PageClient, database: Database, now: datetime
) -> None:
    tell(database, teacher, now, *(f"thing {number}" for number in range(PAGE + 1)))
    page = client.get("/inbox")
    assert "thing 0" not in page.main
    page = client.get(page.find("a", rel="next")[0].attributes["href"])
    assert "你好，thing 0" in page.main
    assert not page.find("a", rel="next")
    assert page.find("a", rel="prev")[0].attributes["href"] == "/inbox"


@pytest.mark.parametrize("address", ["/inbox/nowhere/opening", "/inbox/%27%20OR%201=1/opening"])
def test_a_notice_that_is_none_is_not_found(teacher: Person, client: PageClient, address: str) -> None:
    assert client.post(address).status == 404


def test_a_notice_of_somebody_else_is_not_found(
    teacher: Person, world: World, client: PageClient, database: Database, now: datetime
) -> None:
    """R92."""
    other = world.teacher()
    tell(database, other, now, "secret")
    pid = database.value("SELECT pid FROM notifications")
    assert client.post(f"/inbox/{pid}/opening").status == 404
    client.post("/inbox/reading", {"newest": pid})
    assert unread_count(database, other.account_id, now) == 1


def test_reading_the_inbox_changes_nothing(
    teacher: Person, client: PageClient, database: Database, now: datetime
) -> None:
    """R94."""
    tell(database, teacher, now, "公园")
    pid = database.value("SELECT pid FROM notifications")
    client.get("/inbox")
    before = list(database.connection.iterdump())
    for address in ("/inbox", f"/inbox?before={pid}", "/inbox?before=x", f"/inbox/{pid}/opening", "/inbox/reading"):
        client.get(address)
    assert list(database.connection.iterdump()) == before
    assert client.get(f"/inbox/{pid}/opening").status == 405
    assert client.post("/inbox/reading", {"newest": str(pid)}, token=False).status == 400
    assert unread_count(database, teacher.account_id, now) == 1


def test_a_full_inbox_costs_no_more_than_an_empty_one(
    teacher: Person, client: PageClient, database: Database, now: datetime, count_sql: Callable[[], Any]
) -> None:
    client.get("/inbox")
    counts = []
    for things in ((), tuple(map(str, range(120)))):
        tell(database, teacher, now, *things)
        with count_sql() as statements:
            page = client.get("/inbox")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8, statements
    assert "消息（99+条新的）" in page.text


def test_forgetting_is_a_sweep(app: Flask, database: Database, teacher: Person, now: datetime) -> None:
    tell(database, teacher, now, "公园")
    assert "forget_old_notices" in scheduler.run_due(database, now + timedelta(days=400))
    assert database.value("SELECT count(*) FROM notifications") == 0

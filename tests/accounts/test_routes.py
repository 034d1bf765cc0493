"""The pages of signing in, the own sign-in and people, as browsers meet them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask

from cfc_groups import create_app
from cfc_groups.access import Permission, Role, Scope
from cfc_groups.accounts import people_actions, store
from cfc_groups.config import Settings
from cfc_groups.db import Database, write
from tests.support.pages import Page, PageClient
from tests.support.world import World

GOOD = "three rivers, 7 bridges"
LATER = timedelta(seconds=90)
NewClient = Callable[[], PageClient]


def sign_in(client: PageClient, adult: Any, moment: datetime, **named: Any) -> Page:
    client.get("/sign-in")
    return client.submit(
        having="user_name", user_name=adult.user_name, password=adult.password, code=adult.code(moment), **named
    )


@pytest.fixture
def coordinator(client: PageClient, staff: Any, clock: Any, now: datetime) -> PageClient:
    """The second coordinator, signed in through the form with a fresh password."""
    clock.moment = now + LATER
    page = sign_in(client, staff.two, clock.moment, follow=False)
    assert page.status == 303
    return client


# Signing in and out


def test_adult_signs_in_and_comes_back_to_where_it_wanted_to_go(
    client: PageClient, staff: Any, clock: Any, now: datetime
) -> None:
    clock.moment = now + LATER
    page = client.get("/people")
    assert page.address == "/sign-in"
    page = client.submit(
        having="user_name", user_name=staff.two.user_name, password=GOOD, code=staff.two.code(clock.moment)
    )
    assert page.address == "/people" and page.status == 200


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_sign_in_never_leads_off_the_site(
    client: PageClient, staff: Any, clock: Any, now: datetime, address: str
) -> None:
    """R98."""
    clock.moment = now + LATER
    client.get("/sign-in", query_string={"next": address})
    code = staff.two.code(clock.moment)
    page = client.submit(having="user_name", user_name=staff.two.user_name, password=GOOD, code=code, follow=False)
    assert page.response.headers["Location"] == "/me"


def test_page_is_the_same_for_unknown_names_wrong_passwords_and_wrong_codes(
    new_client: NewClient, staff: Any, clock: Any, now: datetime
) -> None:
    """R88: bodies are equal but for the token and the name that was typed; no secret comes back."""
    clock.moment = now + LATER
    teacher = staff.adult()
    waiting = staff.finish(staff.invite(Role.TEACHER), Role.TEACHER)
    bodies = []
    for user_name, password, code in (
        ("nobody-here", GOOD, "123456"),
        (teacher.user_name, "another password", teacher.code(clock.moment)),
        (teacher.user_name, GOOD, "123456"),
        (waiting.user_name, GOOD, waiting.code(clock.moment)),
    ):
        client = new_client()
        client.get("/sign-in")
        page = client.submit(having="user_name", user_name=user_name, password=password, code=code)
        assert page.status == 422
        assert f'value="{user_name}"' in page.html  # what was typed stays
        assert password not in page.html and f'value="{code}"' not in page.html
        plain = re.sub(r'name="csrf_token"[^>]*value="[^"]*"', "", page.html).replace(user_name, "NAME")
        bodies.append(plain)
    assert len(set(bodies)) == 1


def test_sixth_try_meets_a_kind_page_with_the_waiting_time_even_after_a_restart(
    client: PageClient, staff: Any, clock: Any, now: datetime, settings: Settings
) -> None:
    """R80: also with the right password; a new process knows it, too."""
    clock.moment = now + LATER
    for _ in range(5):
        client.get("/sign-in")
        page = client.submit(having="user_name", user_name=staff.two.user_name, password="wrong", code="1")
        assert page.status == 422
    page = sign_in(client, staff.two, clock.moment)
    assert page.status == 429
    assert page.response.headers["Retry-After"] == "30"
    assert "30" in page.main
    assert staff.two.user_name not in page.main  # nothing that was typed comes back
    again = create_app(settings, clock=clock)
    assert sign_in(PageClient(again), staff.two, clock.moment).status == 429
    again.extensions["site"].database.close()
    clock.moment += timedelta(seconds=31)
    assert sign_in(client, staff.two, clock.moment, follow=False).status == 303


def test_empty_and_odd_input_gets_a_sentence(client: PageClient) -> None:
    client.get("/sign-in")
    page = client.submit(having="user_name", user_name="", password="")
    assert page.status == 422 and len(page.find(class_="error")) == 2
    for odd in ("<script>alert(1)</script>", "' OR 1=1 --", "\u202egnp.exe", "😀" * 300, "x" * 10_000, "\x00"):
        client.get("/sign-in")
        page = client.submit(having="user_name", user_name=odd, password=odd, code=odd)
        assert page.status == 422
        assert "<script>alert" not in page.html


def test_form_without_token_is_refused(client: PageClient, staff: Any) -> None:
    """R94."""
    page = client.post("/sign-in", {"user_name": "a", "password": "b"}, token=False, check=False)
    assert page.status == 400


def test_old_cookie_is_worth_nothing_after_signing_out(
    client: PageClient, new_client: NewClient, staff: Any, clock: Any, now: datetime, app: Flask
) -> None:
    """R84, R86: the row has ended; the browser is told to clear what it kept."""
    clock.moment = now + LATER
    sign_in(client, staff.two, clock.moment)
    stolen = client.flask.get_cookie("session").value
    client.get("/people")
    page = client.submit(action="/sign-out", follow=False)
    assert page.status == 303
    assert page.response.headers["Clear-Site-Data"] == '"cache", "storage"'
    thief = new_client()
    thief.flask.set_cookie("session", stolen)
    page = thief.get("/people", follow=False)
    assert page.status == 303 and page.response.headers["Location"].startswith("/sign-in")
    assert client.get("/sign-in").status == 200


def test_signing_out_twice_or_as_a_visitor_is_no_error(client: PageClient) -> None:
    assert client.post("/sign-out", follow=False).status == 303


def test_child_who_signs_out_meets_the_badges_again(client: PageClient, world: World) -> None:
    child = world.child(consents=False)
    world.sign_in(client, child)
    client.get("/not-me")
    page = client.submit(action="/sign-out", follow=False)
    assert "badge" in page.response.headers["Location"]


def cookie_of(client: PageClient) -> str:
    cookie = client.flask.get_cookie("session")
    assert cookie is not None
    return cookie.value


def test_suspended_adult_is_out_with_the_next_request_on_every_device(
    new_client: NewClient, staff: Any, database: Database, clock: Any, now: datetime
) -> None:
    """R51: two devices, one suspension."""
    teacher = staff.adult()
    devices = [new_client(), new_client()]
    for number, device in enumerate(devices, start=1):
        clock.moment = now + number * LATER
        assert sign_in(device, teacher, clock.moment, follow=False).status == 303
        assert device.get("/account", follow=False).status == 200
    people_actions.suspend_person(database, staff.one.actor(now), clock.moment, teacher.pid)
    for device in devices:
        page = device.get("/account", follow=False)
        assert page.status == 303 and page.response.headers["Location"].startswith("/sign-in")


def test_new_password_ends_the_other_device_and_the_old_cookie(
    new_client: NewClient, staff: Any, clock: Any, now: datetime
) -> None:
    """R84."""
    teacher, here, there = staff.adult(), new_client(), new_client()
    for number, device in enumerate((here, there), start=1):
        clock.moment = now + number * LATER
        sign_in(device, teacher, clock.moment, follow=False)
    old = cookie_of(here)
    here.get("/account/password")
    page = here.submit(having="password_again", password="9 herons at the pond", password_again="9 herons")
    assert page.status == 422
    page = here.submit(having="password_again", password="9 herons at the pond", password_again="9 herons at the pond")
    assert page.address == "/account"
    assert there.get("/account", follow=False).status == 303
    thief = new_client()
    thief.flask.set_cookie("session", old)
    assert thief.get("/account", follow=False).status == 303


@pytest.mark.parametrize(("role", "idle", "total"), [("child", 15, 120), ("teacher", 30, 480)])
def test_session_ends_after_a_pause_and_after_a_while(
    client: PageClient, world: World, clock: Any, now: datetime, role: str, idle: int, total: int
) -> None:
    """R85: 15 minutes and two hours for a child on a shared device, 30 minutes and eight hours for adults."""
    person = world.child(consents=False) if role == "child" else world.adult(role)
    page_of = {"child": "/not-me", "teacher": "/confirm"}[role]
    world.sign_in(client, person)
    for minutes in range(idle - 1, total, idle - 1):  # always used again in time
        clock.moment = now + timedelta(minutes=minutes)
        assert client.get(page_of, follow=False).status == 200, minutes
    clock.moment = now + timedelta(minutes=total, seconds=1)
    assert client.get(page_of, follow=False).status == 303
    world.sign_in(client, person)
    start = clock.moment
    clock.moment = start + timedelta(minutes=idle, seconds=1)
    assert client.get(page_of, follow=False).status == 303


def test_staying_keeps_a_session_alive(client: PageClient, world: World, clock: Any, now: datetime) -> None:
    """R85: one press of the warning counts as being there."""
    world.sign_in(client, world.adult("teacher"))
    client.get("/confirm")
    for minutes in (20, 40, 60):
        clock.moment = now + timedelta(minutes=minutes)
        assert client.post("/stay", follow=False).status == 204
    assert client.get("/confirm", follow=False).status == 200


def test_last_use_is_written_at_most_once_a_minute(
    client: PageClient, world: World, clock: Any, now: datetime, count_sql: Callable[[], Any]
) -> None:
    world.sign_in(client, world.adult("teacher"))
    client.get("/confirm")
    writes = []
    for seconds in (10, 30, 59, 61, 70):
        clock.moment = now + timedelta(seconds=seconds)
        with count_sql() as statements:
            client.get("/confirm")
        writes.append(sum("UPDATE sessions" in one for one in statements))
    assert writes == [0, 0, 0, 1, 0]


def test_reading_goes_on_when_the_last_use_cannot_be_written(
    client: PageClient, world: World, clock: Any, now: datetime, database: Database
) -> None:
    """A full disk must not sign anybody out: the file is read-only here, as a full disk makes it."""
    world.sign_in(client, world.adult("teacher"))
    client.get("/confirm")
    clock.moment = now + timedelta(minutes=5)
    database.connection.execute("PRAGMA query_only = ON")
    assert client.get("/confirm").status == 200
    database.connection.execute("PRAGMA query_only = OFF")


def test_made_up_cookie_token_is_nobody(client: PageClient) -> None:
    with client.flask.session_transaction() as cookie:
        cookie["token"] = "made-up"
    page = client.get("/people", follow=False)
    assert page.status == 303
    with client.flask.session_transaction() as cookie:
        assert "token" not in cookie


def test_somebody_signed_in_does_not_see_the_sign_in_form(coordinator: PageClient) -> None:
    page = coordinator.get("/sign-in?next=/people", follow=False)
    assert page.status == 303 and page.response.headers["Location"] == "/people"


# Not me, once more


def test_child_says_not_me_and_the_other_tablet_is_signed_out(
    client: PageClient, new_client: NewClient, world: World
) -> None:
    child, other = world.child(consents=False), new_client()
    world.sign_in(client, child)
    world.sign_in(other, child)
    page = client.get("/not-me")
    assert child.name in page.main
    page = client.submit(action="/not-me", follow=False)
    assert page.status == 303 and "Clear-Site-Data" in page.response.headers
    assert other.get("/not-me", follow=False).status == 303
    assert client.get("/not-me", follow=False).status == 303


def test_not_me_is_for_children_only(coordinator: PageClient) -> None:
    assert coordinator.get("/not-me").status == 403


def test_important_steps_ask_for_the_password_again_after_five_minutes(
    coordinator: PageClient, staff: Any, clock: Any
) -> None:
    """R87."""
    teacher = staff.adult()
    assert coordinator.get("/account", follow=False).status == 200
    clock.moment += timedelta(minutes=5, seconds=1)
    page = coordinator.get("/account")
    assert page.address == "/confirm"
    assert coordinator.submit(having="password", password="wrong one").status == 422
    assert coordinator.post(f"/people/{teacher.pid}/suspension").status == 403
    assert staff.state(teacher) == "active"
    coordinator.get("/account")
    assert coordinator.submit(having="password", password=GOOD).address == "/account"
    coordinator.get(f"/people/{teacher.pid}")
    coordinator.submit(action=f"/people/{teacher.pid}/suspension")
    assert staff.state(teacher) == "suspended"


def test_confirming_is_limited_like_signing_in(coordinator: PageClient) -> None:
    """R80."""
    for _ in range(5):
        coordinator.get("/confirm")
        assert coordinator.submit(having="password", password="wrong").status == 422
    coordinator.get("/confirm")
    assert coordinator.submit(having="password", password=GOOD).status == 429


@pytest.mark.parametrize("address", ["/account", "/account/password", "/account/second-factor"])
def test_child_has_no_page_for_passwords(client: PageClient, world: World, address: str) -> None:
    world.sign_in(client, world.child(consents=False))
    assert client.get(address).status == 403


# The own sign-in


def test_own_page_lists_devices_and_signs_out_elsewhere(
    new_client: NewClient, staff: Any, clock: Any, now: datetime
) -> None:
    teacher, here, there = staff.adult(), new_client(), new_client()
    for number, device in enumerate((there, here), start=1):
        clock.moment = now + number * LATER
        sign_in(device, teacher, clock.moment)
    page = here.get("/account")
    assert len(page.find("tr")) == 3
    here.submit(action="/account/sign-out-elsewhere")
    assert len(here.get("/account").find("tr")) == 2
    assert there.get("/account", follow=False).status == 303


def test_own_codes_are_shown_once_and_work(
    client: PageClient, staff: Any, clock: Any, now: datetime, new_client: NewClient
) -> None:
    teacher = staff.adult()
    clock.moment = now + LATER
    sign_in(client, teacher, clock.moment)
    client.get("/account")
    page = client.submit(action="/account/codes")
    codes = [one.text for one in page.find("code")]
    assert len(codes) == 10
    assert page.response.headers["Cache-Control"] == "no-store"
    other = new_client()
    other.get("/sign-in")
    page = other.submit(having="user_name", user_name=teacher.user_name, password=GOOD, code=codes[0], follow=False)
    assert page.status == 303
    assert "9" in client.get("/account").main


def test_own_phone_can_be_changed(client: PageClient, staff: Any, clock: Any, now: datetime) -> None:
    teacher = staff.adult()
    clock.moment = now + LATER
    sign_in(client, teacher, clock.moment)
    page = client.get("/account/second-factor")
    secret = page.find("code")[0].text.replace(" ", "")
    assert page.find("svg", class_="segno")
    page = client.submit(having="code", code="000000")
    assert page.status == 422 and page.find("code")[0].text.replace(" ", "") == secret
    page = client.submit(having="code", code=pyotp.TOTP(secret).at(clock.moment))
    assert len(page.find("code")) == 10
    assert client.get("/account/second-factor").find("code")[0].text.replace(" ", "") != secret


# Invitations


def test_invited_teacher_goes_from_the_link_to_the_first_sign_in(
    coordinator: PageClient, new_client: NewClient, staff: Any, clock: Any, database: Database
) -> None:
    """R42, R82, R83: letter, three steps, a second coordinator, then the door opens."""
    coordinator.get("/people/new")
    page = coordinator.submit(
        having="display_name", role="teacher", display_name="李老师", affiliation="翠苑第一小学", vetted_on="2026/9/1"
    )
    assert page.address.endswith("/invitation") and "李老师" in page.main
    link = page.find("code")[0].text.removeprefix("http://localhost")
    pid = page.address.split("/")[2]
    assert link not in coordinator.get(page.address).main  # shown once

    guest = new_client()
    guest.get(link)
    page = guest.submit(having="user_name", user_name="li", password="short", password_again="other")
    assert page.status == 422 and 'value="li"' in page.html
    page = guest.submit(having="user_name", user_name="teacher.li", password=GOOD, password_again=GOOD)
    assert page.address == link + "/code"
    assert guest.get(link).address == link + "/code"
    secret = page.find("code")[0].text.replace(" ", "")
    assert guest.submit(having="code", code="000000").status == 422
    page = guest.submit(having="code", code=pyotp.TOTP(secret).at(clock.moment))
    codes = [one.text for one in page.find("code")]
    assert page.status == 200 and len(codes) == 10
    assert guest.get(link).status == 404

    guest.get("/sign-in")
    page = guest.submit(having="user_name", user_name="teacher.li", password=GOOD, code=codes[0])
    assert page.status == 422  # not yet activated
    assert coordinator.post(f"/people/{pid}/activation").status == 403  # who invited may not
    assert store.get_account(database, pid).state == "waiting"
    people_actions.activate_person(database, staff.one.actor(clock.moment), clock.moment, pid)
    guest.get("/sign-in")
    page = guest.submit(having="user_name", user_name="teacher.li", password=GOOD, code=codes[0], follow=False)
    assert page.status == 303


def test_second_coordinator_activates_on_the_persons_page(coordinator: PageClient, staff: Any) -> None:
    teacher = staff.finish(staff.invite(Role.TEACHER), Role.TEACHER)
    coordinator.get(f"/people/{teacher.pid}")
    page = coordinator.submit(action=f"/people/{teacher.pid}/activation")
    assert page.status == 200 and staff.state(teacher) == "active"
    assert coordinator.post(f"/people/{teacher.pid}/activation").status == 409


def test_own_activation_is_refused_with_403(coordinator: PageClient, staff: Any) -> None:
    """R42."""
    assert coordinator.post(f"/people/{staff.two.pid}/activation").status in (403, 409)
    page = coordinator.get(f"/people/{staff.two.pid}")
    assert not [one for one in page.find("form") if staff.two.pid in one.attributes.get("action", "")]


def test_there_is_no_self_registration(client: PageClient) -> None:
    """R42."""
    for address in ("/register", "/sign-up", "/invitation"):
        assert client.get(address).status == 404
        assert client.post(address, check=False).status == 404


def test_links_that_do_not_open_look_the_same(client: PageClient, staff: Any, clock: Any, now: datetime) -> None:
    """R88: used, expired, guessed."""
    used, expired = staff.invite(Role.TEACHER), staff.invite(Role.MENTOR)
    staff.finish(used, Role.TEACHER)
    clock.moment = now + timedelta(days=15)
    tokens = (used, expired, "x" * 43)
    pages = {client.get(f"/invitation/{token}{end}").main for token in tokens for end in ("", "/code")}
    assert len(pages) == 1
    assert client.get(f"/invitation/{expired}").status == 404
    assert client.post(f"/invitation/{expired}/again").status == 404


def test_mentor_without_a_phone_finishes_in_one_step(client: PageClient, staff: Any) -> None:
    link = f"/invitation/{staff.invite(Role.MENTOR)}"
    page = client.get(link)
    assert page.find("input", name="with_codes")
    page = client.submit(
        having="user_name", user_name="mentor.wu", password="brdg 7!q", password_again="brdg 7!q", with_codes=None
    )
    assert page.status == 422
    page = client.submit(having="user_name", user_name="mentor.wu", password=GOOD, password_again=GOOD, with_codes=None)
    assert page.address == "/invitation/done"


def test_teacher_is_not_asked_whether_codes_are_wanted(client: PageClient, staff: Any) -> None:
    """R83: and leaving the field out by hand changes nothing."""
    link = f"/invitation/{staff.invite(Role.TEACHER)}"
    assert not client.get(link).find("input", name="with_codes")
    page = client.submit(having="user_name", user_name="teacher.li", password=GOOD, password_again=GOOD)
    assert page.address == link + "/code"
    client.submit(action=link + "/again")
    assert client.get(link).address == link


# People


def test_people_are_listed_filtered_and_paged(
    coordinator: PageClient, staff: Any, database: Database, world: World, now: datetime
) -> None:
    child = world.child(consents=False)
    with write(database) as tx:
        for number in range(60):
            tx.insert(
                "accounts", pid=f"mentor{number:06d}", role="mentor", state="active", display_name=f"吴导师{number}",
                display_name_key=f"wu2 {number:03d}", avatar="owl", affiliation="人大" if number % 2 else "政协",
                made_at="2026-01-01T00:00:00.000Z",
            )  # fmt: skip
    seen: list[str] = []
    page = coordinator.get("/people")
    assert child.name not in page.text
    while True:
        seen += [link for link in page.links() if re.fullmatch(r"/people/(?!new)[\w-]+", link)]
        older = [one for one in page.find("a", rel="next")]
        if not older:
            break
        page = coordinator.get(older[0].attributes["href"])
    assert len(set(seen)) == 62
    assert "吴导师7" in coordinator.get("/people?q=吴导师7").main
    assert len(coordinator.get("/people?q=人大").find("tr")) == 31
    assert len(coordinator.get("/people?role=coordinator&state=active").find("tr")) == 3
    page = coordinator.get("/people?q=nobody%27--&role=child&state=%3Cb%3E&after=zzz")
    assert page.status == 200


def test_people_page_needs_few_statements_however_many_people(
    coordinator: PageClient, database: Database, count_sql: Callable[[], Any]
) -> None:
    def statements() -> int:
        with count_sql() as seen:
            coordinator.get("/people")
        return len(seen)

    few = statements()
    with write(database) as tx:
        for number in range(40):
            tx.insert(
                "accounts", pid=f"p{number:011d}", role="teacher", state="active", display_name=f"老师{number}",
                display_name_key=f"lao3 shi1 {number:03d}", avatar="owl", made_at="2026-01-01T00:00:00.000Z",
            )  # fmt: skip
    assert statements() == few <= 8


@pytest.mark.parametrize(
    "address", ["/people/new", "/account", "/account/password", "/account/second-factor", "/confirm"]
)
def test_signed_in_pages_need_few_statements(
    coordinator: PageClient, count_sql: Callable[[], Any], address: str
) -> None:
    coordinator.get(address)
    with count_sql() as statements:
        assert coordinator.get(address).address == address
    assert len(statements) <= 8, statements


def test_person_page_needs_few_statements_and_shows_the_sections_of_higher_rooms(
    coordinator: PageClient, staff: Any, world: World, database: Database, count_sql: Callable[[], Any]
) -> None:
    """Groups hangs the groups that somebody serves on the page."""
    teacher, group = staff.adult(), world.group("翠苑观察团")
    with write(database) as tx:
        tx.insert(
            "memberships", account_id=teacher.account_id, group_id=group, kind="staff",
            starts_on=str(world.today), made_at="2026-11-01T00:00:00.000Z",
        )  # fmt: skip
    coordinator.get(f"/people/{teacher.pid}")
    with count_sql() as statements:
        page = coordinator.get(f"/people/{teacher.pid}")
    assert len(statements) <= 8, statements
    assert "翠苑观察团" in page.main


def test_coordinator_looks_after_a_person(coordinator: PageClient, staff: Any, database: Database, clock: Any) -> None:
    teacher = staff.adult()
    here = f"/people/{teacher.pid}"
    coordinator.get(here)
    page = coordinator.submit(action=here + "/vetting", vetted_on="someday")
    assert page.status == 422 and 'value="someday"' in page.html
    page = coordinator.submit(action=here + "/vetting", vetted_on="2027-01-01")
    assert page.status == 422
    page = coordinator.submit(action=here + "/vetting", vetted_on="２０２６年１１月１日")
    assert page.status == 200 and str(store.get_account(database, teacher.pid).vetted_on) == "2026-11-01"
    coordinator.submit(action=here + "/officer")
    assert store.get_account(database, teacher.pid).officer
    coordinator.submit(action=here + "/officer/end")
    assert not store.get_account(database, teacher.pid).officer
    coordinator.submit(action=here + "/suspension")
    coordinator.submit(action=here + "/reopening")
    assert staff.state(teacher) == "active"
    page = coordinator.submit(action=here + "/new-start")
    assert page.address == here + "/invitation" and page.find("svg", class_="segno")
    assert staff.state(teacher) == "invited"
    coordinator.get(here)
    page = coordinator.submit(action=here + "/invitation")
    assert page.find("svg", class_="segno")
    coordinator.get(here)
    page = coordinator.submit(action=here + "/withdrawal")
    assert page.address == "/people" and staff.state(teacher) == "ended"


def test_new_person_form_keeps_what_was_typed(coordinator: PageClient) -> None:
    coordinator.get("/people/new")
    page = coordinator.submit(
        having="display_name", display_name="李" * 21, affiliation="<b>翠苑</b>", vetted_on="2026-02-30"
    )
    assert page.status == 422
    assert "李" * 21 in page.html and "&lt;b&gt;翠苑&lt;/b&gt;" in page.html and "2026-02-30" in page.html
    assert len(page.find(class_="error")) >= 3


def test_form_sent_twice_invites_once(coordinator: PageClient, database: Database) -> None:
    for expected in (200, 422):
        coordinator.get("/people/new")
        page = coordinator.submit(having="display_name", role="mentor", display_name="吴导师")
        assert page.status == expected
    assert database.value("SELECT COUNT(*) FROM accounts WHERE role = 'mentor'") == 1


@pytest.mark.parametrize("role", ["teacher", "mentor", "department", "child"])
def test_only_coordinators_see_people(client: PageClient, world: World, role: str) -> None:
    """R42, R92."""
    person = world.child(consents=False) if role == "child" else world.adult(role)
    world.sign_in(client, person)
    other = world.coordinator()
    for address in ("/people", "/people/new", f"/people/{other.pid}", f"/people/{other.pid}/invitation"):
        page = client.get(address)
        assert page.status == 403 and other.name not in page.text, address
    verbs = "activation suspension reopening vetting officer officer/end invitation withdrawal new-start"
    for verb in verbs.split():
        assert client.post(f"/people/{other.pid}/{verb}", check=False).status == 403


def test_foreign_and_childrens_ids_are_not_found(coordinator: PageClient, world: World) -> None:
    """R92."""
    child = world.child(consents=False)
    for pid in (child.pid, "nobody", "1", "%00", "../etc"):
        assert coordinator.get(f"/people/{pid}", check=False).status == 404
        assert coordinator.post(f"/people/{pid}/suspension", check=False).status == 404


def vetted_page(app: Flask) -> str:
    """Some page of children's spaces that a teacher may open when vetted."""
    for rule in app.url_map.iter_rules():
        mark: Permission | None = getattr(app.view_functions[rule.endpoint], "access_mark", None)
        if mark is None or not mark.vetted or mark.scope(Role.TEACHER) is Scope.NONE:
            continue
        if not mark.confirmed and not mark.officer and "GET" in (rule.methods or ()) and not rule.arguments:
            return rule.rule
    raise AssertionError("no page asks for a record check")


@pytest.mark.parametrize(("days", "status"), [(0, 200), (365, 200), (366, 403), (None, 403)])
def test_children_s_spaces_close_without_a_record_check_of_the_last_year(
    client: PageClient, world: World, app: Flask, days: int | None, status: int
) -> None:
    """R43: at day 366 the page says why and what to do; the own page and the sign-in stay open."""
    group = world.group()
    world.sign_in(client, world.adult("teacher", group, vetted_days_ago=days))
    assert client.get(vetted_page(app)).status == status
    assert client.get("/me").status == 200
    assert client.get("/account").status == 200


def test_coordinator_is_warned_of_checks_that_end(coordinator: PageClient, world: World) -> None:
    """R43: missing first, then over, then soon; a fresh one is not named."""
    names = {"缺老师": None, "过老师": 400, "快老师": 340, "新老师": 10}
    for name, days in names.items():
        world.adult("teacher", name=name, vetted_days_ago=days)
    warning = coordinator.get("/people").find(class_="alert-warning")[0].text
    order = [warning.index(name) for name in ("缺老师", "过老师", "快老师")]
    assert order == sorted(order)
    assert "新老师" not in warning


def test_sessions_of_children_carry_their_age_band(
    client: PageClient, world: World, app: Flask, database: Database, now: datetime
) -> None:
    from cfc_groups import web

    child = world.child(birth_month="2018-11", consents=False)
    world.sign_in(client, child)
    with app.test_request_context("/", headers={"Cookie": f"session={cookie_of(client)}"}):
        actor = web.actor()
        assert actor is not None and actor.age_band is not None
        assert (actor.age_band.value, actor.is_child, actor.officer) == ("6-8", True, False)


def test_signed_cookie_of_tls_is_secure_and_named_for_its_host(
    app: Flask, staff: Any, clock: Any, now: datetime
) -> None:
    """R86."""
    clock.moment = now + LATER
    flask = app.test_client()
    page = flask.get("/sign-in", base_url="https://localhost")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.get_data(as_text=True))
    assert token is not None
    fields = {
        "user_name": staff.two.user_name, "password": GOOD, "code": staff.two.code(clock.moment),
        "csrf_token": token.group(1),
    }  # fmt: skip
    answer = flask.post(
        "/sign-in", data=fields, base_url="https://localhost", headers={"Referer": "https://localhost/sign-in"}
    )
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_link_in_the_letter_is_not_kept_anywhere(coordinator: PageClient, settings: Settings) -> None:
    """R84: the database holds its hash only."""
    coordinator.get("/people/new")
    page = coordinator.submit(having="display_name", role="mentor", display_name="吴导师")
    token = page.find("code")[0].text.rsplit("/", 1)[1]
    for file in settings.instance.glob("site.db*"):
        assert token.encode() not in file.read_bytes()

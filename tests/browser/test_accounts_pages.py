"""The pages of people and signing in, in a real browser: the way in, the warning before a session ends, axe on each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest

from cfc_groups.access import Role
from cfc_groups.accounts import actions, invitation_actions, second_factor, store
from cfc_groups.accounts.models import AccountState, ChosenSignIn, NewPerson
from cfc_groups.config import Settings
from cfc_groups.db import Database, write
from cfc_groups.sealing import Sealer, read_key
from tests.browser.conftest import RunningSite, assert_no_axe_violations, give_session

GOOD = "three rivers, 7 bridges"


@dataclass
class Alliance:
    """A served alliance with a coordinator, an invited mentor, a waiting teacher and a child."""

    site: RunningSite
    coordinator: str
    child: str
    invitation: str
    waiting_pid: str
    secret: str


@pytest.fixture
def alliance(settings: Settings, serve: Callable[[Settings], RunningSite]) -> Alliance:
    database, now = Database(settings.database_file), datetime.now(UTC)
    sealer = Sealer(read_key(settings.data_key_file))
    token = actions.set_up_first_coordinators(database, "杭州联盟", now)[0]
    account_id = invitation_actions.open_invitation(database, token, now).account.account_id
    chosen = ChosenSignIn("director.wang", GOOD, True, "王主任")
    invitation_actions.choose_sign_in(database, token, now, chosen, "")
    secret = second_factor.proposed_secret(sealer, token)
    before = now - timedelta(minutes=5)
    code = pyotp.TOTP(secret).at(before)
    invitation_actions.finish_with_second_factor(database, sealer, token, before, secret=secret, code=code)
    with write(database) as tx:
        mentor = invitation_actions.invite_person_in(tx, account_id, now, NewPerson(Role.MENTOR, "吴导师"))
        teacher = invitation_actions.invite_person_in(tx, None, now, NewPerson(Role.TEACHER, "李老师", "翠苑第一小学"))
        store.set_state(
            tx, store.get_account(tx, teacher.pid).account_id, AccountState.WAITING,
            instead_of=[AccountState.INVITED],
        )  # fmt: skip
        child = actions.add_child_in(
            tx, sealer, real_name="韦博文", birth_month="2018-05", nickname="爱笑的小狐狸", avatar="fox", now=now
        )
    sessions = [actions.open_session(database, one, "password", now) for one in (account_id, child)]
    database.close()
    return Alliance(serve(settings), *sessions, mentor.token, teacher.pid, secret)


@pytest.fixture
def open_page(browser: Any, alliance: Alliance) -> Any:
    """Open an address in a context of its own, signed in with a token or as a visitor."""
    contexts = []

    def go(address: str, token: str | None = None, size: tuple[int, int] = (360, 780)) -> Any:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        contexts.append(context)
        if token is not None:
            give_session(context, alliance.site, token)
        page = context.new_page()
        page.goto(alliance.site.address + address)
        return page

    yield go
    for context in contexts:
        context.close()


def test_adult_signs_in_by_typing_and_meets_the_own_page(open_page: Any, alliance: Alliance) -> None:
    page = open_page("/sign-in")
    page.fill("[name=user_name]", "Director.Wang")
    page.fill("[name=password]", GOOD)
    page.fill("[name=code]", pyotp.TOTP(alliance.secret).now())
    page.press("[name=code]", "Enter")
    page.wait_for_url("**/me")
    assert "王主任" in page.inner_text("header")


def test_every_page_of_people_passes_axe_and_fits_a_phone(open_page: Any, alliance: Alliance) -> None:
    staff = alliance.coordinator
    pages = [
        ("/sign-in?next=/people", None), (f"/invitation/{alliance.invitation}", None), ("/invitation/done", None),
        ("/invitation/nothing", None), ("/people", staff), ("/people?q=nobody", staff), ("/people/new", staff),
        (f"/people/{alliance.waiting_pid}", staff), (f"/people/{alliance.waiting_pid}/invitation", staff),
        ("/account", staff), ("/account/password", staff), ("/account/second-factor", staff), ("/confirm", staff),
        ("/not-me", alliance.child),
    ]  # fmt: skip
    for address, token in pages:
        page = open_page(address, token)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
        assert_no_axe_violations(page)


def test_letter_and_codes_pass_axe(open_page: Any, alliance: Alliance) -> None:
    page = open_page("/people/new", alliance.coordinator, (1280, 900))
    page.check("[name=role][value=teacher]")
    page.fill("[name=display_name]", "钱老师")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/invitation")
    assert_no_axe_violations(page)
    link = page.inner_text("code")
    guest = open_page(link.removeprefix(alliance.site.address))
    guest.fill("[name=user_name]", "teacher.qian")
    guest.fill("[name=password]", GOOD)
    guest.fill("[name=password_again]", GOOD)
    guest.click("main form button[type=submit]")
    guest.wait_for_url("**/code")
    assert_no_axe_violations(guest)
    guest.click("main summary")
    secret = guest.inner_text("main details code").replace(" ", "")
    guest.fill("[name=code]", pyotp.TOTP(secret).now())
    guest.click("main form button[type=submit]")
    guest.wait_for_selector("main ol code")
    assert guest.locator("main ol code").count() == 10
    assert_no_axe_violations(guest)


def test_browser_asks_two_minutes_before_a_childs_session_ends(browser: Any, alliance: Alliance) -> None:
    """R85: one press and the child stays; who writes is never asked."""
    context = browser.new_context(viewport={"width": 768, "height": 1024})
    give_session(context, alliance.site, alliance.child)
    page = context.new_page()
    page.clock.install()
    page.goto(alliance.site.address + "/not-me")
    box = page.locator("[data-stay]")
    page.clock.fast_forward(12 * 60 * 1000)
    assert not box.is_visible()
    page.clock.fast_forward(70 * 1000)
    assert box.is_visible()
    assert_no_axe_violations(page)
    with page.expect_response("**/stay") as answer:
        box.get_by_role("button").click()
    assert answer.value.status == 204
    box.wait_for(state="hidden")
    page.clock.fast_forward(12 * 60 * 1000)
    with page.expect_response("**/stay"):  # typing keeps the session by itself
        page.evaluate("document.dispatchEvent(new Event('input'))")
    page.clock.fast_forward(10 * 60 * 1000)
    assert not box.is_visible()
    context.close()

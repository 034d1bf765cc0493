"""Badges in a real browser: scanned, tapped, by keyboard, without scripts, on paper; and axe on every page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from cfc_groups.accounts import actions as accounts
from cfc_groups.badges import actions
from cfc_groups.clock import system_clock
from cfc_groups.config import Settings
from cfc_groups.db import Database, write
from cfc_groups.sealing import Sealer
from tests.browser.conftest import RunningSite, assert_no_axe_violations, give_session
from tests.support.world import Person, World

FOUR = ("apple", "fish", "key", "bell")
WRONG = ("star", "boat", "car", "book")


class Story:
    """A served site with a group, its teacher and children; the server's clock is the real one."""

    def __init__(self, world: World, site: RunningSite) -> None:
        self.world = world
        self.site = site
        self.group_id = world.group()
        self.teacher = world.teacher(self.group_id)

    def holder(self, *, pictures: tuple[str, ...] = FOUR, birth_month: str = "2016-10") -> tuple[Person, str, str]:
        """A child with a badge in its hand: who, the scanned secret, the typed code."""
        child = self.world.child(self.group_id, birth_month=birth_month, consents=False)
        with write(self.world.database) as tx:
            qr, typed = actions.issue_badge_in(tx, self.world.sealer, child.account_id, None, system_clock())
            if pictures:
                actions.set_picture_pin_in(tx, child.account_id, pictures, system_clock())
        return child, qr, typed

    def door(self, secret: str = "") -> str:
        """The address of the sign-in page, as a badge's square says it."""
        return f"{self.site.address}/sign-in/badge" + (f"#{secret}" if secret else "")


@pytest.fixture
def story(
    app: Flask, database: Database, sealer: Sealer, settings: Settings, serve: Callable[[Settings], RunningSite]
) -> Story:
    """The site, served."""
    return Story(World(app, database, sealer, system_clock), serve(settings))


@pytest.fixture
def page(browser: Any) -> Any:
    """A tablet's browser; what it loads must come from the site, and its console stays empty of faults."""
    context = browser.new_context(viewport={"width": 768, "height": 1024})
    shown = context.new_page()
    faults: list[str] = []
    shown.on("pageerror", lambda fault: faults.append(str(fault)))
    shown.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    yield shown
    context.close()
    assert not faults


def tap(page: Any, pictures: tuple[str, ...]) -> None:
    for key in pictures:
        page.click(f"button[name=picture][value={key}]")


def test_a_scanned_badge_and_tapped_pictures_open_the_door(
    story: Story, browser: Any, size: tuple[int, int]
) -> None:
    """The secret behind # is taken out of the address and posted; four taps are one request."""
    child, qr, _ = story.holder()
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    page.goto(story.door(qr))
    page.wait_for_selector("form[data-pictures]")
    assert page.url == story.door()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing hangs over the edge"
    tap(page, FOUR[:2])
    assert page.locator(".picked .on").count() == 2
    tap(page, FOUR[:1])
    assert page.locator(".picked .on").count() == 2, "tapped twice counts once"
    assert "2" in page.inner_text("[role=status]")
    tap(page, FOUR[2:])
    page.wait_for_url("**/sign-in/badge/hello**")
    assert child.name in page.inner_text("h1")
    posts = [one for one in asked if one.startswith("POST")]
    assert posts == [f"POST {story.door()}"] * 2
    assert not [one for one in asked if qr in one], "no server ever saw the secret in an address"
    page.click("main .btn-main")
    page.wait_for_url("**/me")
    context.close()


def test_the_next_badge_is_scanned_while_the_page_is_open(story: Story, page: Any) -> None:
    _, qr, _ = story.holder()
    page.goto(story.door())
    page.evaluate("secret => { location.hash = secret; }", qr)
    page.wait_for_selector("form[data-pictures]")
    assert page.url == story.door()


def test_what_is_no_secret_behind_the_address_does_nothing(story: Story, page: Any) -> None:
    for secret in ("", "short", "x" * 23, "<img src=x onerror=alert(1)>", "main"):
        page.goto("about:blank")
        page.goto(story.door(secret))
        page.wait_for_load_state("networkidle")
        assert page.locator("#badge-form").count() == 1
        assert page.input_value("#badge_code") == ""


def test_the_keyboard_is_enough(story: Story, page: Any) -> None:
    """A USB scanner types the address and presses Enter; pictures are buttons. The last one can be taken back."""
    child, qr, _ = story.holder()
    page.goto(story.door())
    page.keyboard.type(story.door(qr))
    page.keyboard.press("Enter")
    page.wait_for_selector("form[data-pictures]")
    for key in ("apple", "star"):
        page.focus(f"button[value={key}]")
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.value") == "star", "the keyboard stays where it is"
    page.focus("button[name=back]")
    page.keyboard.press("Enter")
    assert page.locator(".picked .on").count() == 1
    for key in FOUR[1:]:
        page.focus(f"button[value={key}]")
        page.keyboard.press("Space")
    page.wait_for_url("**/hello**")
    assert child.name in page.inner_text("h1")


def test_without_scripts_every_tap_is_a_page(story: Story, browser: Any) -> None:
    child, _, typed = story.holder()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(story.door())
    page.fill("#badge_code", typed.lower())
    page.press("#badge_code", "Enter")
    tap(page, FOUR)
    assert page.url.split("?")[0] == story.door() + "/hello"
    assert child.name in page.inner_text("h1")
    context.close()


def test_the_first_time_with_a_badge(story: Story, page: Any) -> None:
    """Choose a row, look at it, tap it by heart."""
    child, qr, _ = story.holder(pictures=(), birth_month="2019-10")
    page.goto(story.door(qr))
    page.wait_for_selector("button[name=row]")
    assert_no_axe_violations(page)
    images = page.locator("button[name=row][value='1'] img")
    row = tuple(
        re.search(r"pin/([a-z]+)\.", images.nth(place).get_attribute("src")).group(1)  # type: ignore[union-attr]
        for place in range(images.count())
    )
    assert len(row) == 3
    page.click("button[name=row][value='1']")
    page.wait_for_selector("button[name=ready]")
    assert_no_axe_violations(page)
    page.click("button[name=ready]")
    page.wait_for_selector("form[data-pictures='3']")
    tap(page, row)
    page.wait_for_url("**/hello**")
    assert child.name in page.inner_text("h1")
    assert_no_axe_violations(page)


def test_every_page_of_the_way_in_is_accessible(story: Story, page: Any) -> None:
    _, qr, typed = story.holder()
    page.goto(story.door())
    assert_no_axe_violations(page)
    page.fill("#badge_code", "ABCD")
    page.click("#badge-form button")
    page.wait_for_selector("#badge_code-error")
    assert_no_axe_violations(page)
    page.goto(story.door())
    page.fill("#badge_code", typed)
    page.click("#badge-form button")
    page.wait_for_selector("form[data-pictures]")
    assert_no_axe_violations(page)
    for expected in [".alert-problem"] * 4 + [".empty"]:
        page.wait_for_selector("form[data-pictures]")
        tap(page, WRONG)
        page.wait_for_load_state("load")
        page.wait_for_selector(expected)
    assert "歇一会儿" in page.inner_text("h1")
    assert_no_axe_violations(page)


def test_the_staffs_pages_are_accessible_and_badges_have_their_size_on_paper(story: Story, browser: Any) -> None:
    """90 × 54 mm, eight to an A4 page."""
    for _ in range(9):
        story.world.child(story.group_id, consents=False)
    in_use, _, _ = story.holder()
    token = accounts.open_session(story.world.database, story.teacher.account_id, "password", system_clock())
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    give_session(context, story.site, token)
    page = context.new_page()
    for address in ("/badges", f"/badges/{in_use.pid}"):
        page.goto(story.site.address + address)
        assert_no_axe_violations(page)
    page.goto(story.site.address + "/badges")
    page.click("button[name=replace]")
    page.wait_for_selector("input[name=sure]", state="attached")
    assert_no_axe_violations(page)
    page.go_back()
    page.click("form[action='/badges/sheet'] .btn-main")
    page.wait_for_selector(".print-badge")
    assert_no_axe_violations(page)
    assert page.locator(".print-badge").count() == 9
    page.emulate_media(media="print")
    box = page.locator(".print-badge").first.bounding_box()
    assert (round(box["width"] * 25.4 / 96), round(box["height"] * 25.4 / 96)) == (90, 54)
    square = page.locator(".print-badge .qr svg").first.bounding_box()
    assert round(square["width"] * 25.4 / 96) == 27
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2
    context.close()

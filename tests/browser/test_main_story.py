"""The site's story in a real browser, by tapping and typing: a child, its teacher with a phone, and a visitor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest

from cfc_groups.clock import system_clock
from cfc_groups.demo import logins
from tests.browser.demo_site import DemoSite, demo_site
from tests.browser.looking import DESKTOP, PHONE

PHONE_NUMBER = "13912345678"
SAW = "公园的滑梯晒得很烫，我量了，有五十二度。"
TITLE = "滑梯太烫了"


@pytest.fixture
def site(browser: Any, demo_folder_of_today: Path, tmp_path: Path) -> Iterator[DemoSite]:
    with demo_site(browser, demo_folder_of_today, tmp_path / "demo") as found:
        yield found


def login(site: DemoSite, **wanted: object) -> dict[str, Any]:
    """The first sign-in that `demo-logins` prints for somebody like this."""
    rows = logins.as_rows(site.database, site.app.extensions["site"].sealer)
    return next(row for row in rows if all(row[key] == value for key, value in wanted.items()))


def child_comes_in(site: DemoSite, row: dict[str, Any]) -> Any:
    """By badge and pictures, on a phone."""
    page = site.context("visitor", size=PHONE).new_page()
    page.goto("/")
    page.click("main a[href='/sign-in/badge']")
    page.fill("input[name=badge_code]", row["badge_code"])
    page.click("#badge-form button[type=submit]")
    for picture in row["picture_pin"]:
        page.click(f"button[name=picture][value={picture}]")
    page.wait_for_url("**/sign-in/badge/hello**")
    page.click("main a.btn >> nth=0")
    return page


def teacher_comes_in(site: DemoSite, row: dict[str, Any]) -> Any:
    """By user name, password and the code of the phone, at a desk."""
    page = site.context("visitor", size=DESKTOP).new_page()
    page.goto("/sign-in")
    page.fill("input[name=user_name]", row["user_name"])
    page.fill("input[name=password]", row["password"])
    page.fill("input[name=code]", pyotp.TOTP(row["totp_secret"]).at(system_clock()))
    page.click("main form button[type=submit]")
    page.wait_for_url("**/me")
    return page


def go_on(page: Any) -> None:
    page.click("main form[method=post] button[type=submit]")


def test_a_note_comes_back_kindly_and_then_hangs_on_the_board(site: DemoSite) -> None:
    """R61, R56, R2: warned of a phone number, sent anyway, returned, changed, published by one key, found by 公园."""
    child = child_comes_in(site, login(site, role="child", group="杭州市儿童观察团"))
    assert child.url.endswith("/me")
    child.goto("/board/new")
    go_on(child)
    child.fill("input[name=q]", "翠苑公园")
    child.press("input[name=q]", "Enter")
    child.click("label.tile:has-text('翠苑公园')")
    go_on(child)
    child.fill("textarea[name=saw]", f"{SAW}谁知道怎么办，打{PHONE_NUMBER}。")
    go_on(child)
    child.fill("textarea[name=wish]", "请在上面搭一个遮阳的棚。")
    go_on(child)
    child.fill("input[name=title]", TITLE)
    go_on(child)
    assert child.inner_text("b.state-wait") == PHONE_NUMBER, "the place is marked"
    assert child.locator(".alert-note").count() >= 1 and child.locator(".alert-problem").count() == 0
    child.click("label.tile >> nth=1")  # everybody may read it
    child.click("button[name=send]")
    child.wait_for_url("**/sent")
    post = child.url.split("/")[4]

    teacher = teacher_comes_in(site, login(site, user_name="pang.teacher"))
    teacher.goto("/moderation")
    teacher.click(f".queue a:has-text('{TITLE}')")
    assert PHONE_NUMBER in teacher.inner_text("mark >> nth=0")
    teacher.keyboard.press("2")
    words = teacher.inner_text("[data-preview]")
    teacher.keyboard.press("Enter")
    teacher.wait_for_function("title => !document.querySelector('#note-title')?.textContent.includes(title)", arg=TITLE)

    child.goto("/my-ideas")  # the letter about it may wait for the morning: children are not told at night
    child.click(f"main a[href='/board/{post}']")
    assert child.inner_text(".speech >> nth=0")[:12] in words, "the very words that the teacher saw"
    go_on(child)
    child.click("a[href$='/saw']")
    child.fill("textarea[name=saw]", SAW)
    go_on(child)
    assert child.locator("b.state-wait").count() == 0
    child.click("button[name=send]")
    child.wait_for_url("**/sent")

    teacher.goto("/moderation")
    teacher.click(f".queue a:has-text('{TITLE}')")
    assert teacher.locator("del").count() >= 1, "both versions side by side"
    teacher.keyboard.press("1")
    teacher.wait_for_function("title => !document.querySelector('#note-title')?.textContent.includes(title)", arg=TITLE)

    visitor = site.context("visitor").new_page()
    visitor.goto("/board")
    visitor.fill("input[name=q]", "公园")
    visitor.press("input[name=q]", "Enter")
    visitor.click(f"a[href='/board/{post}']")
    assert SAW in visitor.inner_text("main") and PHONE_NUMBER not in visitor.content()
    visitor.click("a[hreflang=en]")
    visitor.wait_for_function("document.documentElement.lang === 'en'")
    assert SAW in visitor.inner_text("main") and visitor.url.endswith(f"/board/{post}")

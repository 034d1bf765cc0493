"""Every page of the staff, in Chromium: Chinese on a phone, English on a desktop, nothing sticking out at 320 px."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.demo_site import DemoSite, demo_site
from tests.browser.looking import DESKTOP, PHONE, faults_of, kind_of, listen, look_at

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"


@pytest.fixture(scope="module")
def site(browser: Any, demo_folder_of_today: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    with demo_site(browser, demo_folder_of_today, tmp_path_factory.mktemp("pages") / "demo") as found:
        yield found


@pytest.fixture(scope="module")
def pages(site: DemoSite) -> dict[str, list[str]]:
    """Addresses by person; what the one before can open too is looked at once."""
    known: set[str] = set()
    found = {}
    for who in ("coordinator", "teacher", "mentor", "department"):
        views = {kind_of(site, one)[0]: one for one in reversed(site.addresses(who))}
        differ = ("home.me", "moderation.desk", "moderation.item", "groups.group")  # look different to each
        found[who] = [address for view, address in views.items() if view not in known or view in differ]
        known |= set(views)
    return found


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
@pytest.mark.parametrize("who", ["coordinator", "teacher", "mentor", "department"])
def test_pages_of_staff(site: DemoSite, pages: dict[str, list[str]], who: str, language: str) -> None:
    """R8, axe, 320 px; staff's smaller targets follow their own rule (24 px, which axe looks at)."""
    size = PHONE if language == "zh_Hans" else DESKTOP
    assert len(pages[who]) >= {"coordinator": 45}.get(who, 2)
    wrong = list(look_at(site, who, pages[who], language=language, sizes=(size,), targets=False))
    assert not wrong, "\n".join(wrong)


def test_pages_that_come_after_a_form(site: DemoSite) -> None:
    """A roster with troubles and a whole one, what came of it, the list for handing out, the badges on paper."""
    page = site.context("coordinator", size=DESKTOP).new_page()
    heard = listen(site, page)
    group = site.database.value("SELECT pid FROM groups WHERE name = '竹里小学儿童观察团'")
    wrong = []

    def look(name: str) -> None:
        wrong.extend(f"{name}: {one}" for one in faults_of(page, sizes=(PHONE, DESKTOP), targets=False))

    for name in ("roster-troubled.xlsx", "roster-hangzhou-70.xlsx"):
        page.goto(f"/members/import?group={group}")
        page.set_input_files("input[type=file]", ROSTERS / name)
        page.click("main form button[type=submit]")
        page.wait_for_url("**/members/import/*")
        look(name)
    page.click("form[action$='/teams'] button[type=submit]")
    page.wait_for_selector("form[action*='/taking']")
    look("the whole roster")
    page.click("form[action*='/taking'] > button[type=submit]")
    page.wait_for_selector("a[href*='/members/hand-out']")
    look("the roster is taken")
    page.click("a[href*='/members/hand-out']")
    page.wait_for_load_state()
    look("the list for handing out")
    page.goto(f"/badges?group={group}")
    look("children without badges")
    page.click("form[action$='/badges/sheet'] button[type=submit]:not([name])")
    page.wait_for_selector(".print-badge")
    look("badges on paper")
    assert page.locator(".print-badge").count() == 70
    assert not wrong + heard, "\n".join(wrong + heard)

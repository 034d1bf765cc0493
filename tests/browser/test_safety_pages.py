"""Consent, own yes, help and protection in a real browser: sizes, paper, the quick way out, accessibility."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cfc_groups.accounts import actions as accounts
from cfc_groups.db import write
from cfc_groups.safety import actions
from cfc_groups.safety.models import Answer, Paper, Purpose, Relation
from tests.browser.conftest import RunningSite, assert_no_axe_violations, give_session
from tests.support.world import Person, World


class Story:
    """A teacher, an officer and three children, on a served instance."""

    def __init__(self, world: World, site: RunningSite, browser: Any) -> None:
        self.world, self.site, self.browser = world, site, browser
        self.group = world.group("翠苑小学观察团")
        self.teacher = world.teacher(self.group, name="陈老师")
        self.coordinator = world.coordinator(name="林协调员")
        self.officer = world.teacher(name="王专员", officer=True)
        self.child = world.child(self.group, nickname="会飞的小狐狸", birth_month="2018-12", consents=False)
        self.others = [world.child(self.group, consents=False) for _ in range(2)]
        paper = Paper(dict.fromkeys(Purpose, Answer.YES), "张女士", Relation.MOTHER, world.today)
        with write(world.database) as tx:
            actions.record_consents_in(
                tx, world.sealer, self.child.account_id, paper, recorded_by=self.teacher.account_id, now=world.clock()
            )
            self.signal = actions.raise_signal_in(
                tx, world.sealer, self.others[0].account_id, self.group, "drawing", 1, "他们天天打我", ["bullying"],
                world.clock(),
            )  # fmt: skip

    def page(self, who: Person | None, address: str, size: tuple[int, int] = (1280, 900)) -> Any:
        """Somebody's browser on a page."""
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]})
        if who is not None:
            path = "badge" if who.role == "child" else "password"
            token = accounts.open_session(self.world.database, who.account_id, path, self.world.clock())
            give_session(context, self.site, token)
        page = context.new_page()
        answer = page.goto(self.site.address + address)
        assert answer.status == 200, (address, answer.status)
        return page


@pytest.fixture
def story(world: World, clock: Any, settings: Any, serve: Callable[..., RunningSite], browser: Any) -> Story:
    from cfc_groups.clock import system_clock

    clock.moment = system_clock()  # the served site has the real clock; sessions must be fresh
    return Story(world, serve(settings), browser)


def boxes(page: Any, selector: str) -> list[tuple[float, float]]:
    return [
        (round(one["width"]), round(one["height"]))
        for one in (item.bounding_box() for item in page.locator(selector).all())
    ]


def test_yes_and_no_have_the_same_size_everywhere(story: Story, size: tuple[int, int]) -> None:
    """R14: for the child, on the teacher's form and on paper; and no before-chosen answer."""
    page = story.page(story.child, "/my-yes", size)
    pair = boxes(page, ".pair .btn")
    assert len(pair) == 2 and pair[0] == pair[1] and pair[0][1] >= 48
    (first, second) = [item.bounding_box() for item in page.locator(".pair .btn").all()]
    assert first["y"] == second["y"], "side by side, neither below the other"
    page = story.page(story.teacher, f"/consents/{story.child.pid}", size)
    choices = boxes(page, ".pair .choice")
    assert len(choices) == 10 and len(set(choices)) == 1
    page = story.page(story.teacher, f"/consents/form/{story.child.pid}", size)
    ticks = boxes(page, "li .tick-box")
    assert len(ticks) == 10 and len(set(ticks)) == 1


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_each_child_gets_one_sheet_of_paper(story: Story, language: str, tmp_path: Path) -> None:
    group = story.world.database.value("SELECT pid FROM groups WHERE group_id = ?", (story.group,))
    page = story.page(story.teacher, f"/consents/forms?group={group}")
    page.context.add_cookies([{"name": "language", "value": language, "url": story.site.address}])
    page.reload()
    file = tmp_path / "forms.pdf"
    page.pdf(path=str(file), prefer_css_page_size=True)
    assert file.read_bytes().count(b"/Type /Page\n") == 3


def test_a_child_answers_by_pressing_and_by_keyboard(story: Story) -> None:
    page = story.page(story.child, "/my-yes?next=/help", (360, 780))
    page.get_by_role("button", name="可以", exact=True).click()
    for number in range(2, 6):
        page.get_by_text(f"第 {number} 个问题").wait_for()
        page.get_by_role("button", name="不可以").focus()
        page.keyboard.press("Enter")
    page.get_by_role("link", name="继续").wait_for()
    assert page.locator(".state", has_text="你说不可以").count() == 4
    page.get_by_role("link", name="继续").click()
    assert page.url.endswith("/help")


def test_the_quick_way_out_leaves_no_way_back(story: Story) -> None:
    """R62: "back" does not return to the page of help."""
    page = story.page(story.child, "/privacy")
    page.goto(story.site.address + "/help")
    page.locator("[data-quick-exit]").click()
    page.wait_for_url("**/board")
    page.go_back()
    assert page.url.endswith("/privacy")


@pytest.mark.parametrize("size", [(360, 780), (1280, 900)], ids=["phone", "desktop"])
def test_no_page_of_this_room_has_a_barrier(story: Story, size: tuple[int, int]) -> None:
    """axe, no violation; and nothing wider than the screen."""
    group = story.world.database.value("SELECT pid FROM groups WHERE group_id = ?", (story.group,))
    pages: list[tuple[Person | None, str]] = [
        (None, "/privacy"), (None, "/privacy?for=6-8"), (None, "/privacy?for=12-15"), (None, "/privacy/who"),
        (None, "/help"), (story.child, "/my-yes"), (story.others[0], "/my-yes"), (story.child, "/help"),
        (story.teacher, "/consents"), (story.teacher, f"/consents/{story.child.pid}"),
        (story.teacher, f"/consents/forms?group={group}"), (story.coordinator, "/hotlines"),
        (story.coordinator, "/protection-officers"), (story.officer, "/protection"),
        (story.officer, f"/protection/{story.signal}"),
    ]  # fmt: skip
    for who, address in pages:
        page = story.page(who, address, size)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address
        assert_no_axe_violations(page)
        page.context.close()

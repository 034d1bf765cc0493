"""Writing in a real browser: what is typed is kept here and on the server, a child sends, axe looks at each page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from cfc_groups import create_app
from cfc_groups.accounts import actions as accounts
from cfc_groups.board import draft_store
from cfc_groups.config import Settings
from cfc_groups.db import Database
from cfc_groups.moderation.models import Reason
from cfc_groups.sealing import Sealer, read_key
from tests.board.story import Story
from tests.browser.conftest import SIZES, RunningSite, assert_no_axe_violations, give_session
from tests.support.world import World


class Now:
    """The system's time, for a story that a real server goes on with; may be moved back."""

    def __init__(self) -> None:
        self.moment = datetime.now(UTC) - timedelta(minutes=10)

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def story(settings: Settings) -> Iterator[Story]:
    """A group, a child and a teacher, minutes ago."""
    clock = Now()
    app: Flask = create_app(settings, clock=clock)
    database: Database = app.extensions["site"].database
    sealer = Sealer(read_key(settings.data_key_file))
    world = World(app, database, sealer, clock)
    group = world.group()
    team = world.team(group)
    world.place("翠苑公园")
    yield Story(world, database, sealer, clock, group, team, world.child(group, team), world.teacher(group))
    database.close()


@pytest.fixture
def open_page(
    browser: Any, story: Story, settings: Settings, serve: Callable[[Settings], RunningSite]
) -> Iterator[Any]:
    """Open an address in a fresh context, signed in as the child of the story unless told otherwise."""
    contexts = []
    site = serve(settings)

    def go(address: str, *, visitor: bool = False, size: tuple[int, int] = SIZES["phone"], scripts: bool = True) -> Any:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, base_url=site.address, java_script_enabled=scripts
        )
        contexts.append(context)
        if not visitor:
            token = accounts.open_session(story.database, story.child.account_id, "badge", datetime.now(UTC))
            give_session(context, site, token)
        page = context.new_page()
        page.goto(address)
        return page

    yield go
    for context in contexts:
        context.close()


def kept_here(page: Any) -> dict[str, str]:
    """What the browser keeps for the composer."""
    found: dict[str, str] = page.evaluate("Object.fromEntries(Object.entries(localStorage))")
    return found


def saw_of(story: Story, pid: str) -> str:
    draft = draft_store.find_draft(story.database, story.child.account_id, pid)
    assert draft is not None
    return draft.saw


def test_a_child_writes_and_sends_by_tapping(story: Story, open_page: Any) -> None:
    page = open_page("/board/new")
    page.click("main form button[type=submit]")
    page.click("label.tile:has-text('翠苑公园')")
    page.click("main form[method=post] button[type=submit]")
    page.fill("textarea[name=saw]", "我够不着公园的水龙头。")
    assert page.inner_text("[data-count]") == "11 / 500"
    page.click("main form button[type=submit]")
    page.fill("textarea[name=wish]", "做一个矮一点的。")
    page.click("main form button[type=submit]")
    page.fill("input[name=title]", "洗手台太高")
    page.click("main form button[type=submit]")
    assert "我够不着公园的水龙头。" in page.inner_text("main") and "翠苑公园" in page.inner_text("main")
    page.click("button[name=send]")
    page.wait_for_url("**/sent")
    assert story.count("posts") == 1
    assert kept_here(page) == {}, "what the server has is not kept on the device"


def test_what_is_typed_is_saved_by_itself_and_says_when(story: Story, open_page: Any) -> None:
    pid = story.draft()
    page = open_page(f"/board/drafts/{pid}/saw")
    page.clock.install()
    page.reload()
    page.fill("textarea[name=saw]", "写到一半的话")
    assert kept_here(page)[f"draft:{pid}:saw"] == "写到一半的话", "on this device at once"
    with page.expect_response("**/saving") as answer:
        page.clock.run_for(20_000)
    assert answer.value.status == 200
    page.wait_for_function("document.querySelector('.saved').textContent.includes('已保存')")
    page.wait_for_function(f"localStorage.getItem('draft:{pid}:saw') === null")
    assert saw_of(story, pid) == "写到一半的话"


def test_without_a_network_nothing_is_lost(story: Story, open_page: Any) -> None:
    pid = story.draft()
    page = open_page(f"/board/drafts/{pid}/saw")
    page.clock.install()
    page.reload()
    page.context.set_offline(True)
    page.fill("textarea[name=saw]", "没有网也写的话")
    page.clock.run_for(21_000)
    page.wait_for_function("document.querySelector('.saved').textContent.includes('没有网')")
    assert saw_of(story, pid) != "没有网也写的话"
    page.context.set_offline(False)
    with page.expect_response("**/saving"):
        page.goto(f"/board/drafts/{pid}/saw")
    assert page.input_value("textarea[name=saw]") == "没有网也写的话"
    assert "找到你刚才写的话了" in page.inner_text("main") or "已保存" in page.inner_text("main")
    page.wait_for_function(f"localStorage.getItem('draft:{pid}:saw') === null")
    assert saw_of(story, pid) == "没有网也写的话"


def test_an_ended_session_keeps_the_words_for_whoever_signs_in_again(story: Story, open_page: Any) -> None:
    pid = story.draft()
    page = open_page(f"/board/drafts/{pid}/saw")
    page.clock.install()
    page.reload()
    page.context.clear_cookies()
    page.fill("textarea[name=saw]", "时间到了还在写")
    with page.expect_response("**/saving") as answer:
        page.clock.run_for(20_000)
    assert answer.value.status >= 400 and saw_of(story, pid) != "时间到了还在写"
    assert kept_here(page)[f"draft:{pid}:saw"] == "时间到了还在写"


def test_signing_out_forgets_what_was_typed(story: Story, open_page: Any) -> None:
    """Tablets are shared."""
    pid = story.draft()
    page = open_page(f"/board/drafts/{pid}/saw")
    page.fill("textarea[name=saw]", "只有我能看")
    assert kept_here(page)
    with page.expect_navigation():
        page.click("form[action$='/sign-out'] button")
    assert not any(key.startswith("draft") for key in kept_here(page))


def test_without_scripts_every_step_works(story: Story, open_page: Any) -> None:
    page = open_page("/board/new", scripts=False)
    page.click("main form button[type=submit]")
    page.click("label.tile:has-text('别的地方')")
    page.click("main form[method=post] button[type=submit]")
    for name, words in (("saw", "看到了"), ("wish", "希望"), ("title", "题目")):
        page.fill(f"[name={name}]", words)
        page.click("main form button[type=submit]")
    page.click("button[name=send]")
    assert page.url.endswith("/sent") and story.count("posts") == 1


def test_no_page_of_the_board_breaks_a_rule_of_accessibility(story: Story, open_page: Any) -> None:
    public, waiting, back = story.published(), story.sent(), story.returned(Reason.PII)
    danger, draft = story.sent(saw="我不想活了。"), story.draft(saw="电话13900001000")
    page = open_page("/board")
    for address in (
        "/board", "/board?q=没有", "/board/new", "/my-ideas", f"/board/{public}", f"/board/{waiting}", f"/board/{back}",
        f"/board/{danger}", f"/board/{danger}/sent", f"/board/{waiting}/sent", f"/board/{public}/withdrawal",
        f"/board/drafts/{draft}/place", f"/board/drafts/{draft}/saw", f"/board/drafts/{draft}/wish",
        f"/board/drafts/{draft}/title", f"/board/drafts/{draft}/check", f"/board/drafts/{draft}/removal",
    ):  # fmt: skip
        page.goto(address)
        assert_no_axe_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} scrolls sideways"
    visitor = open_page("/board", visitor=True, size=SIZES["desktop"])
    assert_no_axe_violations(visitor)
    visitor.goto(f"/board/{public}")
    assert_no_axe_violations(visitor)

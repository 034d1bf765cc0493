"""The desk in a real browser: one key decides, nothing happens while somebody types, claims are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cfc_groups import create_app
from cfc_groups.accounts import actions as accounts
from cfc_groups.board import post_actions
from cfc_groups.board.models import Audience
from cfc_groups.clock import stamp
from cfc_groups.config import Settings
from cfc_groups.db import Database, write
from cfc_groups.ids import new_pid
from cfc_groups.sealing import Sealer, read_key
from tests.browser.conftest import RunningSite, assert_no_axe_violations, give_session
from tests.support.world import Person, World

PHONE = "我够不着水龙头，请打我妈妈的电话13912345678。"


@dataclass
class Desk:
    """A served site with two teachers, and ways to write, to sit down and to look into the database."""

    site: RunningSite
    database: Database
    sealer: Sealer
    child: Person
    chen: str
    lin: str
    begun: datetime

    def write(self, title: str, saw: str = "扶手太高，我只能抱着妈妈。", *, hours_ago: float = 1) -> str:
        """A child sends an idea; answers its public id."""
        pid, now = new_pid(), self.begun - timedelta(hours=hours_ago)
        with write(self.database) as tx:
            tx.insert(
                "post_drafts", pid=pid, author_id=self.child.account_id, step="check", theme="parks", title=title,
                saw=saw, wish="可以装一根低的吗？", made_at=stamp(now), saved_at=stamp(now),
            )  # fmt: skip
            post_actions.send_draft_in(
                tx, self.sealer, self.child.account_id, now, pid, audience=Audience.PUBLIC,
                zone=self.site.settings.time_zone,
            )  # fmt: skip
        return pid

    def state(self, pid: str) -> str:
        """Where an idea stands."""
        return str(self.database.value("SELECT state FROM posts WHERE pid = ?", (pid,)))

    def sit_down(self, browser: Any, token: str, size: tuple[int, int] = (1280, 900), path: str = "/moderation") -> Any:
        """A teacher's window on the desk, in English."""
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        give_session(context, self.site, token)
        context.add_cookies([{"name": "language", "value": "en", "url": self.site.address}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(self.site.address + path)
        return page


@pytest.fixture
def desk(settings: Settings, serve: Callable[[Settings], RunningSite]) -> Desk:
    begun = datetime.now(UTC)
    app = create_app(settings, clock=lambda: begun)
    database, sealer = app.extensions["site"].database, Sealer(read_key(settings.data_key_file))
    world = World(app, database, sealer, lambda: begun)
    group_id = world.group("翠苑小学观察团")
    child = world.child(group_id, world.team(group_id, "公园小队"), nickname="慢慢的蜗牛")
    tokens = [
        accounts.open_session(database, world.teacher(group_id, name=name).account_id, "password", begun)
        for name in ("陈老师", "林老师")
    ]
    return Desk(serve(settings), database, sealer, child, *tokens, begun)


def test_one_key_publishes_and_the_next_note_lies_there(desk: Desk, browser: Any) -> None:
    first, second = desk.write("扶手太高了", hours_ago=3), desk.write("矮书架", hours_ago=2)
    page = desk.sit_down(browser, desk.chen)
    page.keyboard.press("1")
    page.wait_for_selector("text=Published: “扶手太高了”")
    assert page.inner_text("#note-title") == "矮书架"
    assert (desk.state(first), desk.state(second)) == ("published", "waiting")


def test_returning_takes_a_key_an_arrow_and_enter(desk: Desk, browser: Any) -> None:
    pid = desk.write("扶手太高了")
    page = desk.sit_down(browser, desk.chen)
    page.keyboard.press("2")
    assert page.evaluate("document.activeElement.name") == "reason"
    page.keyboard.press("1")
    assert desk.state(pid) == "waiting", "while a reason is chosen, 1 does not publish"
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.value")
    assert chosen == "pii_other"
    preview = page.inner_text("[data-preview]")
    assert "somebody's name" in preview.lower()
    assert "send it again" in preview
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Nobody is waiting: thank you")
    assert desk.state(pid) == "returned"
    assert desk.database.value("SELECT reason FROM decisions") == chosen


def test_keys_write_letters_while_somebody_types(desk: Desk, browser: Any) -> None:
    pid = desk.write("扶手太高了")
    page = desk.sit_down(browser, desk.chen)
    page.keyboard.press("2")
    page.check("[data-panel][open] input[value=empty]")
    page.focus("[data-panel][open] input[name=words]")
    page.keyboard.type("1 2 5 j k ? 好")
    assert page.input_value("[data-panel][open] input[name=words]") == "1 2 5 j k ? 好"
    assert "1 2 5 j k ? 好" in page.inner_text("[data-preview]")
    assert desk.state(pid) == "waiting"
    page.keyboard.press("Escape")
    assert page.query_selector("[data-panel][open]") is None
    page.wait_for_function("document.querySelector('[data-preview-for]').textContent === 'if you publish it'")
    page.keyboard.press("Control+1")
    assert desk.state(pid) == "waiting"


def test_a_held_note_asks_for_its_tick_before_the_key_publishes(desk: Desk, browser: Any) -> None:
    pid = desk.write("洗手台太高了", PHONE)
    page = desk.sit_down(browser, desk.chen)
    page.keyboard.press("1")
    assert page.evaluate("document.activeElement.name") == "not_personal"
    assert desk.state(pid) == "held"
    page.keyboard.press("Space")
    page.keyboard.press("1")
    page.wait_for_selector("text=Published:")
    assert desk.state(pid) == "published"


def test_looking_claims_and_a_colleague_sees_it(desk: Desk, browser: Any) -> None:
    desk.write("扶手太高了", hours_ago=3)
    desk.write("矮书架", hours_ago=2)
    chen = desk.sit_down(browser, desk.chen)
    chen.wait_for_selector("text=You are looking at it")
    lin = desk.sit_down(browser, desk.lin)
    assert lin.inner_text("#note-title") == "矮书架"
    assert "陈老师 is looking" in lin.inner_text("#queue")
    chen.click("text=Leave it to a colleague")
    chen.wait_for_selector("text=A colleague will look at it")
    lin.goto(desk.site.address + "/moderation")
    assert lin.inner_text("#note-title") == "扶手太高了"


def test_j_and_k_walk_the_queue_and_enter_opens(desk: Desk, browser: Any) -> None:
    for number in range(3):
        desk.write(f"想法{number}", hours_ago=9 - number)
    page = desk.sit_down(browser, desk.chen)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#note-title').textContent.trim() === '想法1'")


def test_the_keys_are_shown_and_can_be_switched_off(desk: Desk, browser: Any) -> None:
    """WCAG 2.1.4: single keys can be turned off."""
    pid = desk.write("扶手太高了")
    page = desk.sit_down(browser, desk.chen)
    page.keyboard.press("?")
    assert page.is_visible("text=Down and up in the queue")
    page.click("text=Keys are on")
    page.click("#note-title")
    page.keyboard.press("2")
    assert page.query_selector("[data-panel][open]") is None
    page.reload()
    page.keyboard.press("1")
    page.wait_for_timeout(300)
    assert desk.state(pid) == "waiting"


def test_without_scripts_everything_works(desk: Desk, browser: Any) -> None:
    pid = desk.write("扶手太高了")
    context = browser.new_context(java_script_enabled=False)
    give_session(context, desk.site, desk.chen)
    context.add_cookies([{"name": "language", "value": "en", "url": desk.site.address}])
    page = context.new_page()
    page.goto(desk.site.address + "/moderation")
    page.click("text=I take this one")
    page.click("text=Ask the child to change it >> nth=0")
    page.check("details[open] input[value=hurt]")
    page.click("text=Return with these words")
    assert "Returned: “扶手太高了”" in page.inner_text("main")
    assert desk.state(pid) == "returned"


def test_no_accessibility_rule_is_broken_at_any_size(desk: Desk, browser: Any, size: tuple[int, int]) -> None:
    """R103, R104; nothing hangs over the edge."""
    desk.write("公园的洗手台太高了", PHONE, hours_ago=27)
    desk.write("矮书架")
    page = desk.sit_down(browser, desk.chen, size)
    page.wait_for_selector("text=You are looking at it")
    assert_no_axe_violations(page)
    page.keyboard.press("2")
    assert_no_axe_violations(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert_no_axe_violations(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

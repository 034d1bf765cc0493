"""Words of danger on the officers' pages, and nowhere else (R62)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask, render_template
from markupsafe import escape

from cfc_groups import web
from cfc_groups.db import write
from cfc_groups.safety import hooks, queries, signal_queries
from cfc_groups.safety.models import Outcome
from tests.conftest import ToldClock
from tests.safety.conftest import Story
from tests.support.pages import PageClient
from tests.support.world import Person

WORDS = "他们天天打我，还抢我的钱"


@pytest.fixture
def office(story: Story, client: PageClient) -> PageClient:
    """An officer's browser."""
    return story.world.sign_in(client, story.officer)


def others(story: Story) -> dict[str, Person]:
    """Everybody who must not read the words, the child itself among them."""
    return {
        "the group's teacher": story.teacher,
        "a coordinator": story.coordinator,
        "a mentor of the team": story.world.adult("mentor", story.group, team_id=story.team),
        "a guardian": story.world.adult("guardian"),
        "a department": story.world.adult("department"),
        "the child": story.child,
        "another child": story.world.child(story.group),
        "a former officer": former_officer(story),
        "an officer without a current record check": story.world.adult("teacher", officer=True, vetted_days_ago=366),
    }


def former_officer(story: Story) -> Person:
    person = story.world.teacher(officer=True)
    with write(story.database) as tx:
        tx.execute(
            "UPDATE capabilities SET ended_at = '2026-11-01T00:00:00.000Z' WHERE account_id = ?", (person.account_id,)
        )
    return person


def test_nobody_but_officers_opens_a_signal(story: Story, new_client: Callable[[], PageClient]) -> None:
    """R62: not the moderator, not the guardian, not the coordinator."""
    pid = story.danger(WORDS)
    for who, person in others(story).items():
        browser = story.world.sign_in(new_client(), person)
        for page in (
            browser.get("/protection"), browser.get(f"/protection/{pid}"), browser.post(f"/protection/{pid}/seen"),
            browser.post(f"/protection/{pid}", {"outcome": "handled", "note": "已经谈过了"}),
        ):  # fmt: skip
            assert page.status == 403, who
            assert WORDS not in page.html, who
        assert "/protection" not in browser.get("/me").links(), who
    assert new_client().get("/protection", follow=False, check=False).status == 303
    (signal,) = signal_queries.list_open(story.database)
    assert signal.seen_at is None


def test_no_other_page_shows_the_words(story: Story, app: Flask, new_client: Callable[[], PageClient]) -> None:
    """Every page without a parameter, as everybody who must not know."""
    story.danger(WORDS)
    addresses = sorted(
        rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments
    )
    assert len(addresses) > 15
    people = others(story)
    for who in ("the group's teacher", "a coordinator", "a guardian", "the child"):
        browser = story.world.sign_in(new_client(), people[who])
        for address in addresses:
            with browser.flask.get(address) as answer:
                assert "抢我的钱".encode() not in answer.get_data(), f"{who} on {address}"


def test_an_officer_sees_who_waits_and_only_then_the_words(story: Story, office: PageClient) -> None:
    pid = story.danger(WORDS)
    assert "有 1 位小朋友可能需要帮助" in office.get("/me").main
    page = office.get("/protection")
    assert "会飞的小狐狸" in page.main and "翠苑小学观察团 · 公园小队" in page.main and "还没有人看过" in page.main
    assert WORDS not in page.html
    page = office.get(f"/protection/{pid}")
    assert WORDS in page.main and "可能被欺负" in page.main
    assert "110" in page.main and "不需要证据" in page.main
    page = office.submit(action=f"/protection/{pid}/seen")
    assert "王专员 从 2026年11月23日 09:00 起在照看" in page.main
    page = office.post(f"/protection/{pid}/seen")
    assert "已经有人在照看了" in page.text


def test_looking_changes_nothing(story: Story, office: PageClient) -> None:
    """R94: only the button says that somebody takes care."""
    pid = story.danger()
    office.get(f"/protection/{pid}")
    (signal,) = signal_queries.list_open(story.database)
    assert signal.seen_at is None


def test_the_oldest_signal_stands_first(story: Story, office: PageClient, clock: ToldClock) -> None:
    pids = []
    for object_id in range(3):
        pids.append(story.danger(object_id=object_id))
        clock.moment += timedelta(minutes=1)
    links = [link for link in office.get("/protection").links() if link.startswith("/protection/")]
    assert links == [f"/protection/{pid}" for pid in pids]


def test_handled_needs_a_note_and_keeps_what_was_typed(story: Story, office: PageClient) -> None:
    pid = story.danger()
    office.get(f"/protection/{pid}")
    page = office.submit(having="outcome", outcome="handled", note="好")
    assert page.status == 422
    assert "请用几句话写下做了什么" in page.find(id="note-error")[0].text
    assert page.find("textarea")[0].text == "好"
    page = office.submit(having="outcome", outcome="handled", note="和孩子谈过，告诉了班主任和民政")
    assert "这件事已经结束" in page.text and "已经处理" in page.main
    assert "和孩子谈过，告诉了班主任和民政" in office.get(f"/protection/{pid}").main
    assert "没有人在等" in office.get("/protection").main


def test_misread_words_go_back_to_the_usual_review(story: Story, office: PageClient) -> None:
    heard: list[tuple[int, Outcome]] = []
    hooks.on_outcome("drawing", lambda tx, object_id, outcome, now: heard.append((object_id, outcome)))
    try:
        pid = story.danger(object_id=77)
        office.get(f"/protection/{pid}")
        page = office.submit(having="outcome", outcome="back_to_review")
    finally:
        hooks._outcome_listeners.pop("drawing")
    assert "交回审核" in page.main
    assert heard == [(77, Outcome.BACK_TO_REVIEW)]


@pytest.mark.parametrize("outcome", ["", "ignored", "HANDLED", "<b>"])
def test_only_the_two_outcomes_exist(story: Story, office: PageClient, outcome: str) -> None:
    pid = story.danger()
    page = office.post(f"/protection/{pid}", {"outcome": outcome, "note": "谈过了谈过了"})
    assert page.status == 422
    assert len(signal_queries.list_open(story.database)) == 1


def test_a_colleague_was_quicker(story: Story, office: PageClient, new_client: Callable[[], PageClient]) -> None:
    pid = story.danger()
    office.get(f"/protection/{pid}")
    colleague = story.world.sign_in(new_client(), story.second_officer)
    colleague.get(f"/protection/{pid}")
    colleague.submit(having="outcome", outcome="back_to_review")
    office.get("/protection")
    page = office.post(f"/protection/{pid}", {"outcome": "handled", "note": "和孩子谈过了"})
    assert page.status == 422
    assert "您的同事已经处理完了" in page.main
    assert "交回" in page.main


def test_an_unknown_signal_is_not_found(office: PageClient) -> None:
    assert office.get("/protection/AAAAAAAAAAAA").status == 404
    assert office.post("/protection/AAAAAAAAAAAA/seen").status == 404
    assert office.post("/protection/AAAAAAAAAAAA", {"outcome": "handled", "note": "谈过了谈过了"}).status == 404


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "'; DROP TABLE danger_signals; --", "\u202e救命", "救" * 5000, "👩‍👧😢"]
)
def test_strange_words_are_shown_as_they_are(story: Story, office: PageClient, words: str) -> None:
    pid = story.danger(words)
    page = office.get(f"/protection/{pid}")
    assert page.status == 200
    assert str(escape(words)) in page.html


def test_the_officers_pages_need_few_statements(
    story: Story, office: PageClient, count_sql: Callable[[], object]
) -> None:
    office.get("/protection")
    counts = []
    for number in (1, 12):
        for object_id in range(number):
            pid = story.danger(object_id=number * 100 + object_id)
        with count_sql() as statements:  # type: ignore[attr-defined]
            office.get("/protection")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8
    with count_sql() as statements:  # type: ignore[attr-defined]
        office.get(f"/protection/{pid}")
    assert len(statements) <= 8


# What the child reads at once


@pytest.mark.parametrize(("birth_month", "young"), [("2018-12", True), ("2014-10", False)])
def test_the_child_reads_help_at_once_in_words_for_its_age(
    story: Story, app: Flask, birth_month: str, young: bool
) -> None:
    """R62, section 6.4 step 1: numbers, no blame, a quick way out, and no word of what it wrote."""
    child = story.world.child(story.group, birth_month=birth_month)
    browser = story.world.sign_in(PageClient(app), child)
    with app.test_request_context(headers={"Cookie": f"session={browser.flask.get_cookie('session').value}"}):  # type: ignore[union-attr]
        assert web.signed_in().account_id == child.account_id
        shown = render_template("safety/_help_now.html", actor=web.actor(), hotlines=queries.hotlines(story.database))
    for number in ("110", "12355", "12356", "12345"):
        assert f'href="tel:{number}"' in shown
    assert "这不是你的错" in shown and "data-quick-exit" in shown
    assert ("我们不能答应保密到底，但只会告诉能帮你的人" in shown) is not young
    assert ("他们会来找你" in shown) is young


# What coordinators keep


@pytest.fixture
def coordination(story: Story, client: PageClient) -> PageClient:
    return story.world.sign_in(client, story.coordinator)


def test_a_coordinator_learns_that_somebody_waits_but_not_who(
    story: Story, coordination: PageClient, clock: ToldClock
) -> None:
    assert "有人在等保护专员" not in coordination.get("/protection-officers").main
    story.danger(WORDS)
    page = coordination.get("/protection-officers")
    assert "从 2026年11月23日 09:00 起还没有人看过" in page.main
    assert "会飞的小狐狸" not in page.main and WORDS not in page.html and "王专员" in page.main


def test_the_contact_is_read_everywhere_once_it_is_entered(
    story: Story, coordination: PageClient, new_client: Callable[[], PageClient]
) -> None:
    """R35: privacy page, help page and consent form."""
    page = coordination.get("/protection-officers")
    page = coordination.submit(having="officer", officer="王老师（市妇联）", reach="")
    assert page.status == 422
    assert page.find(id="officer")[0].attributes["value"] == "王老师（市妇联）"
    coordination.submit(having="officer", officer="王老师（市妇联）", reach="0571-87000000，工作日")
    visitor = new_client()
    for address in ("/help", "/privacy", "/privacy?for=6-8", "/privacy?for=12-15"):
        text = visitor.get(address).main
        assert "王老师（市妇联）" in text and "0571-87000000" in text, address
    teacher = story.world.sign_in(new_client(), story.teacher)
    page = teacher.get(f"/consents/form/{story.child.pid}")
    assert "王老师（市妇联）。联系方法：0571-87000000，工作日" in page.text
    assert "还缺保护专员" not in page.text


def test_a_coordinator_finds_the_way_on_the_help_page(
    story: Story, coordination: PageClient, new_client: Callable[[], PageClient]
) -> None:
    ways = {"/hotlines", "/protection-officers"}
    assert ways <= set(coordination.get("/help").links())
    assert not ways & set(story.world.sign_in(new_client(), story.teacher).get("/help").links())
    assert all("/help" in coordination.get(address).find("main")[0].all("a")[0].attributes["href"] for address in ways)


def test_a_contact_with_markup_stays_text(story: Story, coordination: PageClient) -> None:
    """R96."""
    coordination.get("/protection-officers")
    coordination.submit(having="officer", officer="<b>王</b>{{ 7*7 }}", reach="{reach}<script>")
    page = coordination.get("/privacy")
    assert "<b>王</b>" not in page.html and "&lt;b&gt;王&lt;/b&gt;{{ 7*7 }}" in page.html


def test_hotlines_are_changed_added_and_left_out(
    story: Story, coordination: PageClient, new_client: Callable[[], PageClient]
) -> None:
    page = coordination.get("/hotlines")
    assert page.find("input", id="hotlines-1-number")[0].attributes["value"] == "12355"
    coordination.submit(
        **{
            "hotlines-2-number": "", "hotlines-1-checked_on": "2026-11-22", "hotlines-4-number": "0571-12345",
            "hotlines-4-label": "区里的儿童电话", "hotlines-4-checked_on": "2026-11-23",
        }
    )  # fmt: skip
    with story.world.app.test_request_context():
        found = queries.hotlines(story.database)
    assert [(one.number, one.label) for one in found] == [
        ("110", "报警，有危险时打"),
        ("12355", "青少年热线"),
        ("12345", "市民热线，也管保护孩子的事"),
        ("0571-12345", "区里的儿童电话"),
    ]
    visitor = new_client()
    assert "区里的儿童电话" in visitor.get("/help").main and "12356" not in visitor.get("/help").main
    visitor.get("/language/en?next=/help")
    assert "Help line for young people" in visitor.get("/help").main, "our own labels are said in any language"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"hotlines-0-number": "call me"}, "请照拨号的样子写"),
        ({"hotlines-0-number": "１１０"}, None),
        ({"hotlines-0-number": "1" * 60}, "请照拨号的样子写"),
        ({"hotlines-0-number": "12355"}, "有一个号码写了两遍"),
        ({"hotlines-0-checked_on": "2026-11-24"}, "有一个核对的日子还没到"),
        ({"hotlines-0-checked_on": ""}, "哪一天有人打过这个号码"),
        ({"hotlines-0-checked_on": "soon"}, "2026-09-01"),
        ({"hotlines-0-label": "字" * 31}, "31"),
        ({f"hotlines-{number}-number": "" for number in range(4)}, "请至少留一个号码"),
    ],
)
def test_a_hotline_that_cannot_be_called_is_refused_beside_its_field(
    coordination: PageClient, fields: dict[str, str], sentence: str | None
) -> None:
    coordination.get("/hotlines")
    page = coordination.submit(**fields)
    if sentence is None:
        assert "热线名单已经保存" in page.text
        return
    assert page.status == 422
    assert sentence in page.main


@pytest.mark.parametrize("role", ["teacher", "mentor", "guardian", "department", "child"])
def test_only_coordinators_keep_hotlines_and_contact(
    story: Story, new_client: Callable[[], PageClient], role: str
) -> None:
    person = story.child if role == "child" else story.world.adult(role, story.group)
    browser = story.world.sign_in(new_client(), person)
    for address in ("/hotlines", "/protection-officers"):
        assert browser.get(address).status == 403
        assert browser.post(address, {"officer": "x", "reach": "y"}).status == 403

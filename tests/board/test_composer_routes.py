"""Writing through the pages: five steps, hints, sending once, and what is kept when something goes wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cfc_groups.accounts import actions as accounts
from cfc_groups.board import draft_store
from cfc_groups.board.models import PostState, Step
from cfc_groups.db import write
from cfc_groups.moderation.models import Outcome, Reason
from cfc_groups.safety import actions as safety
from cfc_groups.safety.models import Answer, Purpose
from tests.board.story import Story
from tests.support.pages import Page, PageClient

NewClient = Callable[[], PageClient]


@pytest.fixture
def writer(story: Story, new_client: NewClient) -> PageClient:
    """The child of the story, signed in."""
    return story.world.sign_in(new_client(), story.child)


def start(client: PageClient) -> str:
    """Open the composer and answer the draft's pid."""
    client.get("/board/new")
    page = client.submit(action="/board/new")
    assert page.address.endswith("/place"), page.address
    return page.address.split("/")[3]


def write_all(client: PageClient, **words: str) -> Page:
    """Go through the first four steps; answers the page that looks at everything again."""
    start(client)
    client.submit(having="place", place="none")
    client.submit(having="saw", saw=words.get("saw", "我够不着公园的水龙头。"))
    client.submit(having="wish", wish=words.get("wish", "做一个矮一点的。"))
    return client.submit(having="title", title=words.get("title", "洗手台太高"))


def test_a_child_writes_in_five_steps_and_sends(story: Story, writer: PageClient) -> None:
    story.world.place("翠苑公园")
    pid = start(writer)
    page = writer.page
    assert page is not None and "翠苑公园" in page.main
    chosen = next(one for one in page.find("input", name="place") if one.attributes["value"] != "none")
    page = writer.submit(having="place", place=chosen.attributes["value"])
    assert page.address == f"/board/drafts/{pid}/saw"
    page = writer.submit(having="saw", saw="我够不着水龙头。")
    assert page.address == f"/board/drafts/{pid}/wish"
    page = writer.submit(having="wish", wish="做一个矮的。")
    assert page.address == f"/board/drafts/{pid}/title"
    assert [one.attributes["value"] for one in page.find("input", name="theme") if "checked" in one.attributes] == [
        "parks"
    ]
    page = writer.submit(having="title", title="洗手台太高", theme="health")
    assert page.address == f"/board/drafts/{pid}/check"
    for words in ("翠苑公园", "医疗健康", "洗手台太高", "我够不着水龙头。", "做一个矮的。"):
        assert words in page.main
    assert [one.attributes["value"] for one in page.find("input", name="audience") if "checked" in one.attributes] == [
        "group"
    ]
    page = writer.submit(having="audience", audience="public", button="yes")
    assert page.address == f"/board/{pid}/sent" and "老师正在看" in page.main
    assert not page.find("form", action=f"/board/{pid}/withdrawal")
    post = story.post(pid)
    assert (post.state, post.theme, post.audience) == (PostState.WAITING, "health", "public")


def test_before_writing_a_child_reads_who_will_see_it_in_words_for_its_age(story: Story, new_client: NewClient) -> None:
    """R68."""
    shown = {}
    for band, month in (("young", "2019-05"), ("middle", "2016-05"), ("older", "2013-05")):
        child = story.world.child(story.group, story.team, birth_month=month)
        page = story.world.sign_in(new_client(), child).get("/board/new")
        assert "谁会看" in page.main and "会发生什么" in page.main
        assert "/privacy/who" in page.links()
        shown[band] = page.main
    assert len(set(shown.values())) == 3 and len(shown["young"]) < len(shown["middle"]) < len(shown["older"])
    assert "保护专员" in shown["older"]


MISSING = {
    "consent": ("要先请家长在纸上同意", lambda s, c: None),
    "own yes": ("你愿意参加吗", lambda s, c: s.world.consent(c, assent=False)),
    "own no": ("你现在不想参加", lambda s, c: (s.world.consent(c), say_no(s, c.account_id))),
}


def say_no(story: Story, account_id: int) -> None:
    with write(story.database) as tx:
        safety.answer_own_in(tx, account_id, Purpose.ACCOUNT, Answer.NO, story.clock())


@pytest.mark.parametrize("missing", MISSING)
def test_who_may_not_write_yet_reads_kindly_what_is_missing(story: Story, new_client: NewClient, missing: str) -> None:
    """R12, R17: a page instead of the form, and 403 for a post made by hand."""
    says, prepare = MISSING[missing]
    child = story.world.child(story.group, story.team, consents=False)
    prepare(story, child)
    client = story.world.sign_in(new_client(), child)
    page = client.get("/board/new")
    assert page.status == 200 and says in page.main and not page.find("form", action="/board/new")
    assert client.post("/board/new").status == 403
    assert story.count("post_drafts") == 0


def test_a_child_in_no_group_reads_that_somebody_must_look_first(story: Story, new_client: NewClient) -> None:
    client = story.world.sign_in(new_client(), story.world.child())
    assert "你现在不在观察团里" in client.get("/board/new").main
    assert client.post("/board/new").status == 403


def test_a_changed_notice_asks_again_and_the_child_can_still_read(
    story: Story, writer: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R16."""
    from cfc_groups.safety import notices

    pid = story.published(title="以前写的")
    draft = story.draft()
    monkeypatch.setattr(notices, "CURRENT", "2099-1")
    assert "要请家长再确认一次" in writer.get("/board/new").main
    assert writer.post(f"/board/drafts/{draft}/saw", {"saw": "新的话"}).status == 403
    assert writer.post(f"/board/drafts/{draft}/check", {"audience": "group"}).status == 403
    assert writer.get(f"/board/{pid}").status == 200 and story.count("posts") == 1


@pytest.mark.parametrize("role", ["teacher", "mentor", "coordinator", "department"])
def test_no_adult_can_write_as_a_child(story: Story, new_client: NewClient, role: str) -> None:
    """R49, R54: no page, no address, no form."""
    draft, pid, back = story.draft(), story.published(), story.returned()
    client = story.world.sign_in(new_client(), story.world.adult(role, story.group))
    for address in ("/board/new", f"/board/drafts/{draft}/saw", f"/board/drafts/{draft}/check", "/my-ideas"):
        assert client.get(address).status == 403
    for address in (
        "/board/new", f"/board/drafts/{draft}/saw", f"/board/drafts/{draft}/saving", f"/board/drafts/{draft}/check",
        f"/board/drafts/{draft}/removal", f"/board/{pid}/withdrawal", f"/board/{back}/revision",
    ):  # fmt: skip
        assert client.post(address, {"saw": "大人写的", "audience": "public"}).status == 403
    assert story.count("post_versions") == 2


def test_visitors_are_asked_to_sign_in_with_their_badge(client: PageClient) -> None:
    answer = client.get("/board/new", follow=False)
    assert answer.status == 303 and "/sign-in/badge" in answer.response.headers["Location"]


# Steps


def test_each_step_is_kept_and_can_be_gone_back_to(story: Story, writer: PageClient) -> None:
    pid = start(writer)
    writer.submit(having="place", place="none")
    writer.submit(having="saw", saw="看到的")
    draft = draft_store.find_draft(story.database, story.child.account_id, pid)
    assert draft is not None and (draft.saw, draft.step) == ("看到的", Step.WISH)
    page = writer.get("/my-ideas")
    assert f"/board/drafts/{pid}/wish" in page.links(), "a draft goes on where it stopped"
    page = writer.get(f"/board/drafts/{pid}/saw")
    assert page.find("textarea", name="saw")[0].text == "看到的"
    steps = page.find("ol", class_="steps")[0]
    assert [link.attributes["href"].rsplit("/", 1)[1] for link in steps.all("a")] == ["place"]


def test_who_looks_too_early_is_led_to_the_step_that_is_missing(story: Story, writer: PageClient) -> None:
    pid = start(writer)
    assert writer.get(f"/board/drafts/{pid}/check").address == f"/board/drafts/{pid}/saw"
    writer.submit(having="saw", saw="看到的")
    assert writer.get(f"/board/drafts/{pid}/check").address == f"/board/drafts/{pid}/wish"
    assert writer.post(f"/board/drafts/{pid}/check", {"audience": "group"}).status == 422
    assert story.count("posts") == 0


def test_after_changing_one_thing_the_child_looks_at_everything_again(story: Story, writer: PageClient) -> None:
    pid = story.draft()
    writer.get(f"/board/drafts/{pid}/saw")
    page = writer.submit(having="saw", saw="改过的话")
    assert page.address == f"/board/drafts/{pid}/check" and "改过的话" in page.main


def test_places_are_found_by_a_search_and_the_choice_stays(story: Story, writer: PageClient) -> None:
    for number in range(12):
        story.world.place(f"公园{number:02d}")
    story.world.place("湿地科技馆", kind="museum")
    pid = start(writer)
    assert writer.page is not None and len(writer.page.find("input", name="place")) == 9
    page = writer.submit(action=f"/board/drafts/{pid}/place", q="科技馆")
    labels = [label.text for label in page.find("label", class_="tile")]
    assert labels == ["湿地科技馆", "别的地方，这里没有"]
    wanted = page.find("input", name="place")[0].attributes["value"]
    writer.submit(having="place", place=wanted)
    page = writer.get(f"/board/drafts/{pid}/place?q=公园")
    chosen = [one.attributes["value"] for one in page.find("input", name="place") if "checked" in one.attributes]
    assert chosen == [wanted]
    assert "别的地方" in writer.get(f"/board/drafts/{pid}/place?q=没有这个").main


def test_the_page_says_when_it_was_saved_and_names_what_the_script_needs(story: Story, writer: PageClient) -> None:
    pid = story.draft()
    page = writer.get(f"/board/drafts/{pid}/saw")
    form = page.form(having="saw")
    assert "09:00 已保存" in page.main
    assert form.attributes["data-saving"] == f"/board/drafts/{pid}/saving" and form.attributes["data-draft"] == pid
    assert any("js/composer.js" in one.attributes["src"] for one in page.find("script"))


def test_what_is_typed_is_kept_every_while(story: Story, writer: PageClient) -> None:
    pid = story.draft()
    story.later(minutes=5)
    page = writer.post(f"/board/drafts/{pid}/saving", {"saw": "写到一半"})
    assert page.status == 200 and page.response.get_data(as_text=True) == "09:05 已保存"
    assert page.response.mimetype == "text/plain"
    draft = draft_store.find_draft(story.database, story.child.account_id, pid)
    assert draft is not None and (draft.saw, draft.wish) == ("写到一半", "做一个矮一点的。")
    for fields in ({}, {"place": "x"}, {"step": "saw"}):
        assert writer.post(f"/board/drafts/{pid}/saving", fields).status == 404


def test_a_draft_is_thrown_away_only_after_asking(story: Story, writer: PageClient) -> None:
    pid = story.draft()
    page = writer.get(f"/board/drafts/{pid}/removal")
    assert "洗手台太高" in page.main and story.count("post_drafts") == 1
    page = writer.submit()
    assert page.address == "/my-ideas" and "草稿已经扔掉了" in page.text and story.count("post_drafts") == 0
    assert writer.get(f"/board/drafts/{pid}/saw").status == 404


def test_a_sixth_draft_is_told_beside_the_five_others(story: Story, writer: PageClient) -> None:
    pids = [story.draft() for _ in range(5)]
    page = writer.get("/board/new")
    assert all(any(pid in link for link in page.links()) for pid in pids)
    page = writer.submit(action="/board/new")
    assert page.status == 422 and "你有 5 个想法还没写完" in page.main and story.count("post_drafts") == 5


# Hints before sending


def test_a_phone_number_is_hinted_at_gently_and_marked(story: Story, writer: PageClient) -> None:
    """R61, safety.md 6.3."""
    page = write_all(writer, saw="灯坏了，打我电话13900001000。")
    assert "这里好像有电话号码" in page.main and "不是电话号码，发送" in page.main
    assert [mark.text for mark in page.find("b", class_="state-wait")] == ["13900001000"]
    for never in ("违规", "违反", "禁止", "alert-problem"):
        assert never not in page.html
    page = writer.submit(having="audience", button="yes")
    assert page.address.endswith("/sent")
    assert story.database.value("SELECT state FROM posts") == "held", "the server looks again"


def test_several_hints_have_one_button_for_all(story: Story, writer: PageClient) -> None:
    page = write_all(writer, saw="打我电话13900001000。", wish="我叫韦博文。")
    assert "我看过了，就这样发送" in page.main and "这里好像有你的真名" in page.main
    assert "韦博文" in page.main


def test_clean_words_have_no_hint(story: Story, writer: PageClient) -> None:
    page = write_all(writer)
    assert "这里好像" not in page.main and not page.find("b", class_="state-wait")
    assert [button.text for button in page.find("button", name="send")] == ["发送"]


def test_signals_of_danger_are_not_pointed_out_before_sending_and_answered_at_once_after(
    story: Story, writer: PageClient
) -> None:
    """R62."""
    page = write_all(writer, saw="我不想活了。", wish="没有人帮我。")
    assert "这里好像" not in page.main and not page.find("b", class_="state-wait")
    page = writer.submit(having="audience", button="yes")
    assert page.address.endswith("/sent")
    for words in ("这不是你的错", "110", "12355", "12356", "12345"):
        assert words in page.main
    assert page.find("a", data_quick_exit="")
    pid = page.address.split("/")[2]
    own = writer.get(f"/board/{pid}")
    assert "老师正在看" in own.main and "110" in own.main, "it looks like waiting, with the help box"
    assert "老师正在看" in writer.get("/my-ideas").main


def test_public_is_offered_as_effective_only_with_both_yeses(story: Story, new_client: NewClient) -> None:
    """R2, R17."""
    says = "现在只有你的观察团能看"
    for answers, own_no, told in (({}, False, False), ({"ideas_public": "no"}, False, True), ({}, True, True)):
        child = story.world.child(story.group, story.team, consents=False)
        story.world.consent(child, answers=answers)
        if own_no:
            with write(story.database) as tx:
                safety.answer_own_in(tx, child.account_id, Purpose.IDEAS_PUBLIC, Answer.NO, story.clock())
        pid = story.draft(child)
        page = story.world.sign_in(new_client(), child).get(f"/board/drafts/{pid}/check")
        assert (says in page.main) is told


# Sending once


def test_pressing_send_twice_is_one_post(story: Story, writer: PageClient) -> None:
    pid = story.draft()
    first = writer.post(f"/board/drafts/{pid}/check", {"audience": "group", "send": "yes"})
    second = writer.post(f"/board/drafts/{pid}/check", {"audience": "group", "send": "yes"})
    assert first.address == second.address == f"/board/{pid}/sent"
    assert "没有重复" in second.text and story.count("posts") == 1


def test_going_back_after_sending_shows_the_idea(story: Story, writer: PageClient) -> None:
    pid = story.sent()
    for step in ("place", "saw", "wish", "title", "check"):
        assert writer.get(f"/board/drafts/{pid}/{step}").address == f"/board/{pid}"


def test_another_tab_that_writes_on_after_sending_keeps_its_words_on_the_page(story: Story, writer: PageClient) -> None:
    pid = story.sent()
    page = writer.post(f"/board/drafts/{pid}/saw", {"saw": "在另一个窗口写的话"})
    assert page.status == 409 and "在另一个窗口写的话" in page.text and "已经发出去了" in page.text


def test_an_eleventh_idea_is_kindly_put_off_and_its_draft_stays(story: Story, writer: PageClient) -> None:
    """R97."""
    for _ in range(10):
        story.sent()
    pid = story.draft()
    page = writer.post(f"/board/drafts/{pid}/check", {"audience": "group"})
    assert page.status == 429 and "一天写了十个想法" in page.main
    assert int(page.response.headers["Retry-After"]) == 15 * 3600
    assert writer.get(f"/board/drafts/{pid}/check").status == 200


# Revising and taking back, through the pages


def test_a_returned_idea_says_five_things_and_leads_back_into_the_composer(story: Story, writer: PageClient) -> None:
    """R56: what, why, what next, who, how to go on."""
    pid = story.sent()
    story.decide(pid, Outcome.RETURN, Reason.EMPTY, words="可以说说在哪一层吗？")
    page = writer.get(f"/board/{pid}")
    card = page.find("section", class_="card-warm")[0].text
    for words in (
        "你的想法先回到你这里",
        "谢谢你写下来",
        "改一改，再发",
        "老师做的决定",
        "你觉得不是这样",
        "可以说说在哪一层吗",
    ):
        assert words in card, words
    assert story.teacher.name not in page.html, "who decided is told by role only"
    page = writer.submit(action=f"/board/{pid}/revision")
    assert page.address == f"/board/drafts/{pid}/check" and "我够不着公园的水龙头。" in page.main
    writer.get(f"/board/drafts/{pid}/saw")
    writer.submit(having="saw", saw="一楼的水龙头我够不着。")
    page = writer.submit(having="audience", button="yes")
    assert page.address == f"/board/{pid}/sent"
    page = writer.get(f"/board/{pid}")
    assert "老师正在看" in page.main and "第 1 稿" in page.main and "你又发了一次，这是第 2 稿" in page.main


@pytest.mark.parametrize(
    ("outcome", "reason", "elements"),
    [
        (Outcome.PUBLISH, None, ("上留言板了", "没有写出秘密", "谢谢你的想法", "做的决定", "随时可以收回")),
        (Outcome.RETURN, Reason.PII, ("先回到你这里", "谢谢你", "改一改", "做的决定", "你觉得不是这样")),
        (Outcome.REFUSE, Reason.HURT, ("不放上留言板", "谢谢你", "不放", "做的决定", "你觉得不是这样")),
    ],
)
def test_every_decision_has_its_five_elements(
    story: Story, writer: PageClient, outcome: Outcome, reason: Reason | None, elements: tuple[str, ...]
) -> None:
    """R56."""
    pid = story.sent()
    story.decide(pid, outcome, reason)
    card = writer.get(f"/board/{pid}").find("section", class_="card-warm")[0].text
    assert not [words for words in elements if words not in card], card
    assert "！" not in card or outcome is Outcome.PUBLISH


def test_an_idea_is_taken_back_after_asking_and_twice_changes_nothing(story: Story, writer: PageClient) -> None:
    """R64."""
    pid = story.published()
    page = writer.get(f"/board/{pid}")
    assert f"/board/{pid}/withdrawal" in page.links()
    page = writer.get(f"/board/{pid}/withdrawal")
    assert "洗手台太高" in page.main and story.post(pid).state is PostState.PUBLISHED
    page = writer.submit()
    assert page.address == f"/board/{pid}" and "你收回了" in page.main
    assert writer.post(f"/board/{pid}/withdrawal").address == f"/board/{pid}"
    assert writer.get(f"/board/{pid}/withdrawal").address == f"/board/{pid}"
    assert f"/board/{pid}/withdrawal" not in writer.page.links()  # type: ignore[union-attr]


def test_the_time_line_has_as_many_entries_as_events(story: Story, writer: PageClient) -> None:
    """R65: sent, returned, sent again, returned, sent again, published, taken back."""
    from cfc_groups.board import draft_actions, post_actions
    from cfc_groups.school_calendar.rules import SITE_ZONE

    pid, events = story.sent(), 1
    for outcome, reason in ((Outcome.RETURN, Reason.EMPTY), (Outcome.RETURN, Reason.PII), (Outcome.PUBLISH, None)):
        story.later(minutes=3)
        story.decide(pid, outcome, reason)
        events += 1
        assert len(writer.get(f"/board/{pid}").find("ol", class_="trail")[0].all("li")) == events
        if outcome is Outcome.RETURN:
            draft_actions.revise_post(story.database, story.actor(story.child), story.clock(), pid, zone=SITE_ZONE)
            story.send(pid)
            events += 1
    post_actions.withdraw_post(story.database, story.actor(story.child), story.clock(), pid)
    page = writer.get(f"/board/{pid}")
    trail = page.find("ol", class_="trail")[0].all("li")
    assert len(trail) == events + 1 == 7
    assert "你收回了想法" in trail[-1].text and "你发出了想法" in trail[0].text
    assert len(page.find("details", class_="more")) == 2, "both earlier versions stand there"


def test_my_ideas_lists_every_state_in_words(story: Story, writer: PageClient) -> None:
    story.published(title="公开的")
    story.sent(title="在等的")
    story.returned(title="回来的")
    page = writer.get("/my-ideas")
    rows = [row.text for row in page.find("ul", class_="rows")[0].all("li")]
    assert [row.split()[0] for row in rows] == ["回来的", "在等的", "公开的"]
    assert "改一改再发" in rows[0] and "老师正在看" in rows[1] and "大家都能看到" in rows[2]


def test_my_ideas_go_on_over_pages(story: Story, writer: PageClient) -> None:
    for number in range(23):
        story.later(hours=3)
        story.sent(title=f"第{number}个")
    fresh = story.world.sign_in(writer, story.child)
    page = fresh.get("/my-ideas")
    assert len(page.find("ul", class_="rows")[0].all("li")) == 20
    page = fresh.get(page.find("a", rel="next")[0].attributes["href"])
    assert [row.text.split()[0] for row in page.find("ul", class_="rows")[0].all("li")] == ["第2个", "第1个", "第0个"]


def test_an_empty_list_of_ideas_says_what_to_do_first(writer: PageClient) -> None:
    page = writer.get("/my-ideas")
    assert "你的想法会放在这里" in page.main and "/board/new" in page.links()


def test_somebody_elses_pages_do_not_exist(story: Story, new_client: NewClient) -> None:
    """R92."""
    draft, back, public = story.draft(), story.returned(), story.published()
    other = story.world.sign_in(new_client(), story.world.child(story.group, story.team))
    gets = [f"/board/drafts/{draft}/{step}" for step in ("place", "saw", "wish", "title", "check", "removal")]
    gets += [f"/board/{back}", f"/board/{back}/sent", f"/board/{public}/withdrawal", f"/board/{public}/sent"]
    assert {address: other.get(address).status for address in gets} == dict.fromkeys(gets, 404)
    posts = [
        f"/board/drafts/{draft}/{step}" for step in ("place", "saw", "wish", "title", "check", "saving", "removal")
    ]
    posts += [f"/board/{back}/revision", f"/board/{public}/revision", f"/board/{public}/withdrawal"]
    fields = {"saw": "x", "wish": "x", "title": "x", "theme": "parks", "place": "none", "audience": "public"}
    assert {address: other.post(address, fields).status for address in posts} == dict.fromkeys(posts, 404)
    assert story.count("posts") == 2


def test_a_suspended_child_is_signed_out_and_writes_nothing(story: Story, writer: PageClient) -> None:
    pid = story.draft()
    with write(story.database) as tx:
        accounts.end_sessions_in(tx, story.child.account_id, story.clock(), "suspended")
    page = writer.post(f"/board/drafts/{pid}/saw", {"saw": "很长很长的一句话"}, token=False)
    assert page.status in (400, 403) and "很长很长的一句话" in page.text, "the words are still on the page"
    draft = draft_store.find_draft(story.database, story.child.account_id, pid)
    assert draft is not None and draft.saw == "我够不着公园的水龙头。"


def test_an_expired_form_gives_the_words_back(story: Story, writer: PageClient) -> None:
    pid = story.draft()
    page = writer.post(f"/board/drafts/{pid}/saw", {"saw": "写了很久的话", "csrf_token": "old"})
    assert page.status == 400 and "写了很久的话" in page.text


# Bad input (issue: Bad input)

BAD_TEXTS = {
    "empty": ("", 422), "blanks": ("   \n\t ", 422), "invisible": ("\u200b\u200d\u2060", 422), "dots": ("。。。", 422),
    "too long": ("高" * 501, 422), "ten thousand lines": ("高\n" * 10_000, 422), "exactly 500": ("高" * 500, 200),
    "full width": ("ＡＢＣ１２３", 200), "emoji": ("😀👨‍👩‍👧", 200), "right to left": ("\u202eabc مرحبا", 200),
    "markup": ("<script>alert(1)</script>", 200), "SQL": ("'); DROP TABLE posts; --", 200),
    "template": ("{{ 7*7 }}%s", 200),
    "null": ("高\x00低", 200),
    "half surrogate": (b"\xed\xa0\xbd\xe9\xab\x98", 200),
    "not UTF-8": (b"\xff\xfe\xe9\xab\x98", 200),
    "combining": ("高" + "\u0301" * 400, 200), "newlines": ("高\n\n\n\n低", 200),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD_TEXTS)
@pytest.mark.parametrize("step", ["saw", "wish"])
def test_awkward_text_is_kept_or_answered_with_a_sentence(
    story: Story, writer: PageClient, step: str, kind: str
) -> None:
    text, status = BAD_TEXTS[kind]
    pid = story.draft()
    page = writer.post(f"/board/drafts/{pid}/{step}", {step: text})
    assert page.status == status
    if status == 422:
        assert page.find("p", class_="error") and page.find(id=step)[0].attributes["aria-invalid"] == "true"
        if isinstance(text, str) and text.strip() and kind != "invisible":
            assert page.find("textarea", name=step)[0].text.split() == text.split()
    else:
        assert page.address.endswith("/check")
        assert "<script>alert" not in page.html
        sent = writer.submit(having="audience", button="yes")
        assert sent.address.endswith("/sent") and writer.get(f"/board/{pid}").status == 200


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("", 422), ("高" * 21, 422), ("高" * 20, 200), ("\u200b", 422), ("？？", 422), ("一\n二", 200), ("<b>", 200),
        ("😀", 200), ("\u202e倒", 200), ("x" * 5000, 422),
    ],
)  # fmt: skip
def test_awkward_titles(story: Story, writer: PageClient, title: str, status: int) -> None:
    pid = story.draft()
    page = writer.post(f"/board/drafts/{pid}/title", {"title": title, "theme": "parks"})
    assert page.status == status
    if status == 422:
        assert page.find("p", class_="error")


@pytest.mark.parametrize(
    "fields", [{}, {"place": ""}, {"place": "no-such-place"}, {"place": "'; --"}, {"place": "公" * 5000}]
)
def test_awkward_places(story: Story, writer: PageClient, fields: dict[str, str]) -> None:
    pid = story.draft()
    page = writer.post(f"/board/drafts/{pid}/place", fields)
    assert page.status == 422 and page.find("p", class_="error")


@pytest.mark.parametrize("theme", ["", "cats", "parks'--"])
def test_awkward_themes(story: Story, writer: PageClient, theme: str) -> None:
    pid = story.draft()
    page = writer.post(f"/board/drafts/{pid}/title", {"title": "题目", "theme": theme})
    assert page.status == 422 and page.find("p", class_="error")
    assert page.find("input", name="title")[0].attributes["value"] == "题目"


@pytest.mark.parametrize("audience", [None, "", "all", "PUBLIC"])
def test_awkward_audiences(story: Story, writer: PageClient, audience: str | None) -> None:
    pid = story.draft()
    fields = {"send": "yes"} | ({} if audience is None else {"audience": audience})
    page = writer.post(f"/board/drafts/{pid}/check", fields)
    if audience is None:
        assert page.address.endswith("/sent") and story.post(pid).audience == "group", "unsaid is the group only (R2)"
    else:
        assert page.status == 422 and story.count("posts") == 0


def test_fields_that_nobody_asked_for_are_ignored(story: Story, writer: PageClient) -> None:
    """R92."""
    pid = story.draft()
    more = {"state": "published", "is_public": "1", "author_id": "1", "group_id": "99", "title": "别的", "saw": "别的"}
    writer.post(f"/board/drafts/{pid}/check", {"audience": "group", **more})
    post = story.post(pid)
    assert (post.state, post.is_public, post.group_id) == (PostState.WAITING, False, story.group)
    assert "别的" not in writer.get(f"/board/{pid}").main


def test_a_body_that_is_too_big_leaves_the_draft_as_it_was(story: Story, writer: PageClient) -> None:
    pid = story.draft()
    page = writer.post(f"/board/drafts/{pid}/saw", {"saw": "高" * 200_000})
    assert page.status == 413
    draft = draft_store.find_draft(story.database, story.child.account_id, pid)
    assert draft is not None and draft.saw == "我够不着公园的水龙头。"


def test_reading_pages_changes_nothing(story: Story, writer: PageClient) -> None:
    """R94."""
    draft, pid = story.draft(), story.published()
    back = story.returned()

    def rows() -> list[object]:
        return [
            story.count(table) for table in ("posts", "post_versions", "post_drafts", "moderation_items", "journal")
        ]

    before = rows()
    for address in (
        "/board", "/board/new", "/my-ideas", f"/board/{pid}", f"/board/{pid}/withdrawal", f"/board/{pid}/sent",
        f"/board/drafts/{draft}/place", f"/board/drafts/{draft}/check", f"/board/drafts/{draft}/removal",
        f"/board/{back}",
    ):  # fmt: skip
        writer.get(address)
    assert writer.get(f"/board/{back}/revision").status == 405
    assert writer.get(f"/board/drafts/{draft}/saving").status == 405
    assert rows() == before


def test_what_was_chosen_from_a_list_is_not_shown_as_words(story: Story, writer: PageClient) -> None:
    pid = story.draft()
    place = story.world.place()
    place_pid = str(story.database.value("SELECT pid FROM places WHERE place_id = ?", (place,)))
    page = writer.post(f"/board/drafts/{pid}/place", {"place": place_pid, "csrf_token": "old"})
    assert page.status == 400 and place_pid not in page.main
    page = writer.post(f"/board/drafts/{pid}/title", {"title": "我的题目", "theme": "parks", "csrf_token": "old"})
    assert "我的题目" in page.text and "parks" not in page.find("main")[0].text


def test_the_own_page_says_what_came_back_or_how_the_newest_goes_on(story: Story, writer: PageClient) -> None:
    assert "去看看" not in writer.get("/me").main
    pid = story.sent(title="在等的")
    page = writer.get("/me")
    assert "“在等的”：老师正在看" in page.main and f"/board/{pid}" in page.links()
    back = story.returned(title="回来的")
    story.sent(title="更新的")
    page = writer.get("/me")
    assert "“回来的”回来了" in page.main and f"/board/{back}" in page.links()


def test_who_waits_for_two_days_reads_that_it_is_not_to_blame(story: Story, new_client: NewClient) -> None:
    """R60: the child sees the state, and 不是你的错."""
    pid = story.sent()
    story.later(hours=47)
    assert "不是你的错" not in story.world.sign_in(new_client(), story.child).get(f"/board/{pid}").main
    story.later(hours=2)
    assert "不是你的错" in story.world.sign_in(new_client(), story.child).get(f"/board/{pid}").main


def test_a_hidden_idea_does_not_claim_to_be_on_the_board(story: Story, writer: PageClient) -> None:
    from cfc_groups.board.post_actions import hide_post_in

    pid = story.published()
    with write(story.database) as tx:
        hide_post_in(tx, story.post(pid).post_id, None, story.clock())
    page = writer.get(f"/board/{pid}")
    assert "老师在再看一次" in page.main and "你的想法上留言板了" not in page.main

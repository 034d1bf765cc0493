"""The desk as teachers and coordinators use it, without a script."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from cfc_groups.db import Database, write
from tests.conftest import ToldClock
from tests.moderation.conftest import Story
from tests.moderation.test_actions import state_of
from tests.support.pages import Page, PageClient
from tests.support.slips import Slips
from tests.support.world import Person, World

PHONE = "我够不着。打我妈妈电话13912345678吧。"


@pytest.fixture
def sign_in(world: World, new_client: Callable[[], PageClient]) -> Callable[[Person], PageClient]:
    """Somebody at a computer of their own, reading English."""

    def signed_in(person: Person) -> PageClient:
        client = world.sign_in(new_client(), person)
        client.get("/language/en?next=/me")
        return client

    return signed_in


@pytest.fixture
def teacher(sign_in: Callable[[Person], PageClient], story: Story) -> PageClient:
    """Teacher Chen."""
    return sign_in(story.teacher)


def publish(client: PageClient, **fields: Any) -> Page:
    """Press “Publish” on the page that is open."""
    return client.submit(having="not_personal" if "not_personal" in fields else None, action=None, **fields)


def form_of(page: Page, outcome: str) -> dict[str, str]:
    """The hidden fields of one of the desk's forms."""
    for form in page.find("form"):
        if form.all("input", name="outcome", value=outcome):
            return {
                one.attributes["name"]: one.attributes["value"] for one in form.all("input", type="hidden")
            }
    raise AssertionError(f"no form to {outcome}: {page.main[:200]}")


def decide(client: PageClient, pid: str, outcome: str, *, page: Page | None = None, **fields: Any) -> Page:
    """Open a note (unless a page is given) and send one of its forms."""
    page = page or client.get(f"/moderation/{pid}")
    return client.post(f"/moderation/{pid}/decision", {**form_of(page, outcome), **fields})


# Looking


def test_the_desk_shows_the_oldest_note(teacher: PageClient, slips: Slips, story: Story, now: datetime) -> None:
    slips.send(story.child, story.group_id, now - timedelta(hours=3), title="矮书架")
    slips.send(story.child, story.group_id, now - timedelta(hours=27), title="公交车的扶手")
    page = teacher.get("/moderation")
    assert page.find("h2", id="note-title")[0].text == "公交车的扶手"
    assert "2 notes wait for you · the oldest for 1 day 3 hours" in page.text
    queue = page.find("ul", class_="queue")[0]
    assert [link.all("span")[0].text for link in queue.all("a")] == ["公交车的扶手", "矮书架"]
    assert "more than a day" in queue.text
    assert queue.all("a")[0].attributes["aria-current"] == "page"
    side = page.find("aside", class_="desk-side")[0].text
    for said in ("慢慢的蜗牛", "公园小队", "翠苑小学观察团", "6 to 8 years"):
        assert said in side


def test_what_a_detector_noticed_is_marked_where_it_stands(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    """R61."""
    slips.send(story.child, story.group_id, now, saw=PHONE)
    page = teacher.get("/moderation")
    (mark,) = page.find("mark")
    assert mark.text == "13912345678 (mobile number)"
    assert "sure mobile number" in page.find("aside", class_="desk-side")[0].text
    assert "perhaps: mobile number" in page.find("ul", class_="queue")[0].text


def test_an_empty_desk_says_thank_you(teacher: PageClient) -> None:
    page = teacher.get("/moderation")
    assert page.status == 200
    assert "Nobody is waiting: thank you" in page.text


def test_two_versions_lie_side_by_side_with_the_decision_between(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    slip = slips.send(story.child, story.group_id, now, saw="我够不到。")
    decide(teacher, slips.item(slip), "return", reason="empty", words="你站在哪一边呀？")
    slips.send(story.child, story.group_id, now, slip_id=slip, saw="我站在左边够不到。")
    page = teacher.get("/moderation")
    assert "What changed since version 1" in page.text
    assert [one.text for one in page.find("ins")] == ["站在左边"]
    side = page.find("aside", class_="desk-side")[0].text
    assert "Returned to be changed" in side
    assert "你站在哪一边呀？" in side


def test_the_queue_is_turned_page_by_page(teacher: PageClient, slips: Slips, story: Story, now: datetime) -> None:
    for number in range(23):
        slips.send(story.child, story.group_id, now - timedelta(minutes=60 - number), title=f"想法{number}")
    page = teacher.get("/moderation")
    assert len(page.find("ul", class_="queue")[0].all("a")) == 20
    (younger,) = page.find("a", rel="next")
    page = teacher.get(younger.attributes["href"])
    assert [link.all("span")[0].text for link in page.find("ul", class_="queue")[0].all("a")] == [
        "想法20", "想法21", "想法22",
    ]  # fmt: skip
    assert page.find("h2", id="note-title")[0].text == "想法20"
    page = teacher.get(page.find("ul", class_="queue")[0].all("a")[1].attributes["href"])
    assert page.find("h2", id="note-title")[0].text == "想法21"
    assert len(page.find("ul", class_="queue")[0].all("a")) == 3, "the queue stays where it was"
    assert teacher.get(page.find("a", rel="prev")[0].attributes["href"]).find("h2", id="note-title")[0].text == "想法0"


def test_a_cursor_that_nobody_knows_is_the_start(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    slips.send(story.child, story.group_id, now)
    for strange in ("x", "'", "%00", "🦊", "1 OR 1=1"):
        page = teacher.get("/moderation", query_string={"after": strange})
        assert page.status == 200
        assert len(page.find("ul", class_="queue")[0].all("a")) == 1


def test_a_childs_words_are_words_and_never_markup(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    """R96."""
    evil = "<script>alert(1)</script><b onclick=x>'\"&amp;{{7*7}}"
    slip = slips.send(story.child, story.group_id, now, title="<i>标题</i>", saw=evil)
    page = teacher.get("/moderation")
    assert evil in page.find(class_="desk-words")[0].text
    assert page.find("h2", id="note-title")[0].text == "<i>标题</i>"
    assert all(one.attributes.get("src") for one in page.find("script"))
    page = decide(teacher, slips.item(slip), "return", reason="empty", words="<u>好</u>")
    assert "<u>" not in page.html
    assert "“<u>好</u>”" in teacher.get(f"/moderation/{slips.item(slip)}").text


@pytest.mark.parametrize("saw", ["\u202e倒过来\u202c的字", "👨‍👩‍👧‍👦" * 50, "行\n" * 200, "零\u200b宽", "１３９全角"])
def test_awkward_words_are_shown_as_they_are(
    saw: str, teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    slips.send(story.child, story.group_id, now, saw=saw)
    page = teacher.get("/moderation")
    assert page.status == 200
    assert " ".join(saw.split()) in page.find(class_="desk-words")[0].text


def test_there_is_no_field_for_a_childs_words(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    """R54."""
    slips.send(story.child, story.group_id, now, title="我的标题", saw="我看到的")
    page = teacher.get("/moderation")
    names = {one.attributes.get("name") for one in page.find("input") + page.find("textarea") + page.find("select")}
    assert names == {"csrf_token", "outcome", "version", "reason", "words"}
    assert not [one for one in page.find("input") if "我" in one.attributes.get("value", "")]


def test_looking_changes_nothing(
    teacher: PageClient, slips: Slips, story: Story, database: Database, now: datetime
) -> None:
    """R94: opening a page claims nothing; that is a form."""
    pid = slips.item(slips.send(story.child, story.group_id, now))

    def content() -> str:
        dump = "\n".join(database.connection.iterdump())
        return hashlib.sha256(dump.encode()).hexdigest()

    before = content()
    for address in ("/moderation", f"/moderation/{pid}", "/moderation?after=x"):
        assert teacher.get(address).status == 200
    assert content() == before
    assert teacher.get(f"/moderation/{pid}/claim").status == 405
    assert teacher.get(f"/moderation/{pid}/decision").status == 405


# Deciding


def test_publishing_leads_to_the_next_note_with_a_word_about_the_last(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    first = slips.send(story.child, story.group_id, now - timedelta(hours=2), title="第一")
    slips.send(story.child, story.group_id, now - timedelta(hours=1), title="第二")
    teacher.get("/moderation")
    page = teacher.submit(action=f"/moderation/{slips.item(first)}/decision")
    assert "Published: “第一”" in page.text
    assert page.find("h2", id="note-title")[0].text == "第二"
    assert slips.state(first) == "publish"


def test_the_last_note_leads_to_the_thank_you(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    pid = slips.item(slips.send(story.child, story.group_id, now))
    page = decide(teacher, pid, "publish")
    assert "Nobody is waiting: thank you" in page.text


def test_after_a_skipped_note_the_next_one_comes(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    pids = [
        slips.item(slips.send(story.child, story.group_id, now - timedelta(hours=9 - number), title=f"想法{number}"))
        for number in range(3)
    ]
    page = decide(teacher, pids[1], "publish")
    assert page.find("h2", id="note-title")[0].text == "想法2"
    page = decide(teacher, pids[2], "publish")
    assert page.find("h2", id="note-title")[0].text == "想法0", "at the end the oldest one comes again"


def test_the_child_reads_exactly_what_the_desk_showed(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    """Seen exactly as the child will read them: the words of its own age stand under each reason."""
    slips.send(story.child, story.group_id, now)
    page = teacher.get("/moderation")
    label = [one for one in page.find("label") if one.text.startswith("We cannot see what it wants to say")][0]
    assert "Where was it? What did you see? What do you wish?" in label.text, "words for 6 to 8"


@pytest.mark.parametrize(("birth_month", "words"), [
    ("2019-03", "it sounds like a grown-up"), ("2016-03", "like a book or a grown-up"),
    ("2013-03", "reads as if it came from somewhere else"),
])  # fmt: skip
def test_the_words_are_of_the_childs_own_age(
    birth_month: str, words: str, teacher: PageClient, slips: Slips, story: Story, world: World, now: datetime
) -> None:
    child = world.child(story.group_id, birth_month=birth_month)
    slips.send(child, story.group_id, now)
    assert words.lower() in teacher.get("/moderation").text.lower()


def test_a_held_note_asks_for_a_second_look(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    """R61: the sentence stands beside its box."""
    slip = slips.send(story.child, story.group_id, now, saw=PHONE)
    page = decide(teacher, slips.item(slip), "publish")
    assert page.status == 422
    assert "looks like personal information" in page.find(class_="error")[0].text
    assert slips.state(slip) == "sent"
    decide(teacher, slips.item(slip), "publish", page=page, not_personal="y")
    assert slips.state(slip) == "publish"


def test_hints_propose_their_reason(teacher: PageClient, slips: Slips, story: Story, now: datetime) -> None:
    slips.send(story.child, story.group_id, now, saw=PHONE)
    page = teacher.get("/moderation")
    checked = [one.attributes["value"] for one in page.find("input", type="radio") if "checked" in one.attributes]
    assert checked == ["pii"]
    preview = [one for one in page.find("p", class_="speech") if "data-preview" in one.attributes][0]
    assert "Please take it out" in preview.text


def test_nothing_is_chosen_where_nothing_was_noticed(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    slips.send(story.child, story.group_id, now)
    page = teacher.get("/moderation")
    assert not [one for one in page.find("input", type="radio") if "checked" in one.attributes]


@pytest.mark.parametrize("outcome", ["return", "refuse"])
@pytest.mark.parametrize("reason", ["", "negative", "other", "🦊", "PII"])
def test_a_no_without_a_reason_of_the_list_is_asked_again(
    outcome: str, reason: str, teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    """R56, R57; the moderator's own sentence is kept."""
    slip = slips.send(story.child, story.group_id, now)
    page = decide(teacher, slips.item(slip), outcome, reason=reason, words="再想想，好吗？")
    assert page.status == 422
    assert page.find(class_="error")
    assert slips.state(slip) == "sent"
    kept = [one.attributes.get("value") for one in page.find("input", name="words")]
    assert "再想想，好吗？" in kept
    opened = [one for one in page.find("details") if "open" in one.attributes and one.all("input", name="reason")]
    assert len(opened) == 1


def test_what_can_be_mended_is_not_refused(teacher: PageClient, slips: Slips, story: Story, now: datetime) -> None:
    slip = slips.send(story.child, story.group_id, now)
    page = decide(teacher, slips.item(slip), "refuse", reason="empty")
    assert page.status == 422
    assert "returned, not refused" in page.text


@pytest.mark.parametrize(
    "words", ["长" * 121, "加我微信 abc12345", "联系 13912345678", "看 http://example.com/a", "ＱＱ：１２３４５６７８"]
)
def test_words_of_ones_own_that_do_not_go_are_kept_with_a_sentence(
    words: str, teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    """R48."""
    slip = slips.send(story.child, story.group_id, now)
    page = decide(teacher, slips.item(slip), "return", reason="empty", words=words)
    assert page.status == 422
    assert page.find(class_="error")
    assert words in [one.attributes.get("value") for one in page.find("input", name="words")]
    assert slips.state(slip) == "sent"


@pytest.mark.parametrize("version", ["", "x", "-1", "999999999999999999999", "１", "0"])
def test_a_version_that_is_none_decides_nothing(
    version: str, teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    slip = slips.send(story.child, story.group_id, now)
    slips.send(story.child, story.group_id, now, slip_id=slip, saw="第二版")
    page = decide(teacher, slips.item(slip), "publish", version=version)
    assert page.status in (409, 422)
    assert slips.state(slip) == "sent"


@pytest.mark.parametrize("outcome", ["", "delete", "PUBLISH", "hide"])
def test_an_outcome_that_is_none_is_answered_with_a_sentence(
    outcome: str, teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    slip = slips.send(story.child, story.group_id, now)
    pid = slips.item(slip)
    page = teacher.post(f"/moderation/{pid}/decision", {"outcome": outcome, "version": "1"})
    assert page.status == 422
    assert "publish, return, or refuse" in page.text
    assert slips.state(slip) == "sent"


def test_fields_that_are_not_asked_for_are_ignored(
    teacher: PageClient, slips: Slips, story: Story, database: Database, now: datetime
) -> None:
    """R92."""
    slip = slips.send(story.child, story.group_id, now)
    decide(
        teacher, slips.item(slip), "publish", decided_by="1", group_id="99", state="withdrawn", reason="hurt",
        words="没有人会读到", headline="别的",
    )  # fmt: skip
    row = database.rows("SELECT * FROM decisions")[0]
    assert (row["decided_by"], row["reason"]) == (story.teacher.account_id, None)


# Somebody was quicker


def test_a_colleague_who_decided_first_is_told_about_kindly(
    teacher: PageClient, sign_in: Callable[[Person], PageClient], slips: Slips, story: Story, now: datetime
) -> None:
    slip = slips.send(story.child, story.group_id, now, title="扶手")
    page = teacher.get(f"/moderation/{slips.item(slip)}")
    decide(sign_in(story.colleague), slips.item(slip), "publish")
    late = decide(teacher, slips.item(slip), "return", page=page, reason="empty", words="我写了很久的话")
    assert late.status == 409
    assert "Your colleague has just decided this" in late.text
    assert "我写了很久的话" in late.text, "nothing that was written is lost"
    assert "by a teacher" in late.text
    assert slips.state(slip) == "publish"


def test_a_child_that_changed_it_meanwhile_is_read_again(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    slip = slips.send(story.child, story.group_id, now)
    old = slips.item(slip)
    page = teacher.get(f"/moderation/{old}")
    slips.send(story.child, story.group_id, now, slip_id=slip, saw="改好了")
    late = decide(teacher, old, "publish", page=page)
    assert late.status == 409
    assert "The child has changed it" in late.text
    assert slips.state(slip) == "sent"


def test_what_was_taken_back_is_read_by_nobody(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    """R64."""
    slip = slips.send(story.child, story.group_id, now, title="收回的标题", saw="收回的话")
    page = teacher.get(f"/moderation/{slips.item(slip)}")
    slips.withdraw(slip, now)
    late = decide(teacher, slips.item(slip), "publish", page=page)
    assert late.status == 409
    for shown in (late, teacher.get(f"/moderation/{slips.item(slip)}")):
        assert "taken it back" in shown.text or "Taken back by the child" in shown.text
        assert "收回的" not in shown.html


def test_a_claimed_note_is_shown_without_buttons_and_named(
    teacher: PageClient, sign_in: Callable[[Person], PageClient], slips: Slips, story: Story, clock: ToldClock,
    now: datetime,
) -> None:  # fmt: skip
    slip = slips.send(story.child, story.group_id, now - timedelta(hours=1), title="扶手")
    slips.send(story.child, story.group_id, now, title="书架")
    pid = slips.item(slip)
    page = teacher.get(f"/moderation/{pid}")
    lin = sign_in(story.colleague)
    lin.get(f"/moderation/{pid}")
    assert "You are looking at it" in lin.submit(action=f"/moderation/{pid}/claim").text
    seen = teacher.get(f"/moderation/{pid}")
    assert "林老师 is looking at it" in seen.text
    assert not seen.find("input", name="outcome")
    assert "林老师 is looking" in seen.find("ul", class_="queue")[0].text
    assert teacher.get("/moderation").find("h2", id="note-title")[0].text == "书架"
    late = decide(teacher, pid, "return", page=page, reason="empty", words="写好的话")
    assert late.status == 409
    assert slips.state(slip) == "sent"
    clock.moment = now + timedelta(minutes=10)
    decide(teacher, pid, "publish")
    assert slips.state(slip) == "publish"


def test_when_colleagues_look_at_everything_the_desk_says_so(
    teacher: PageClient, sign_in: Callable[[Person], PageClient], slips: Slips, story: Story, now: datetime
) -> None:
    pid = slips.item(slips.send(story.child, story.group_id, now))
    lin = sign_in(story.colleague)
    lin.get("/moderation")
    lin.submit(action=f"/moderation/{pid}/claim")
    page = teacher.get("/moderation")
    assert "Your colleagues look at all of these" in page.text
    assert len(page.find("ul", class_="queue")[0].all("a")) == 1


def test_a_note_can_be_left_to_a_colleague(
    teacher: PageClient, sign_in: Callable[[Person], PageClient], slips: Slips, story: Story, now: datetime
) -> None:
    pid = slips.item(slips.send(story.child, story.group_id, now - timedelta(hours=1), title="扶手"))
    slips.send(story.child, story.group_id, now, title="书架")
    teacher.get("/moderation")
    teacher.submit(action=f"/moderation/{pid}/claim")
    page = teacher.post(f"/moderation/{pid}/leaving")
    assert page.find("h2", id="note-title")[0].text == "书架"
    assert sign_in(story.colleague).get("/moderation").find("h2", id="note-title")[0].text == "扶手"


def test_a_claim_of_the_script_is_answered_shortly(
    teacher: PageClient, sign_in: Callable[[Person], PageClient], slips: Slips, story: Story, now: datetime
) -> None:
    pid = slips.item(slips.send(story.child, story.group_id, now))
    assert teacher.post(f"/moderation/{pid}/claim", {"quiet": "1"}).status == 204
    refused = sign_in(story.colleague).post(f"/moderation/{pid}/claim", {"quiet": "1"})
    assert refused.status == 409
    assert "陈老师 is looking at this one" in refused.text


def test_an_expired_form_gives_the_words_back(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    slip = slips.send(story.child, story.group_id, now)
    page = teacher.get(f"/moderation/{slips.item(slip)}")
    late = decide(teacher, slips.item(slip), "return", page=page, csrf_token="old", reason="empty", words="我写好的话")
    assert late.status == 400
    assert "我写好的话" in late.text
    assert slips.state(slip) == "sent"


def test_sending_twice_decides_once(
    teacher: PageClient, slips: Slips, story: Story, database: Database, now: datetime
) -> None:
    slip = slips.send(story.child, story.group_id, now)
    page = teacher.get(f"/moderation/{slips.item(slip)}")
    decide(teacher, slips.item(slip), "publish", page=page)
    assert decide(teacher, slips.item(slip), "publish", page=page).status == 409
    assert database.value("SELECT count(*) FROM decisions") == 1


# What is settled


def test_a_decided_note_says_who_by_role_and_when(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    slip = slips.send(story.child, story.group_id, now)
    decide(teacher, slips.item(slip), "return", reason="empty")
    page = teacher.get(f"/moderation/{slips.item(slip)}")
    assert page.status == 200
    assert "Returned to be changed on 23 November 2026 09:00, by a teacher." in page.text
    assert "陈老师" not in page.main, "by role, not by name"
    assert not page.find("input", name="outcome")


# Who may come in


@pytest.mark.parametrize("role", ["child", "guardian", "mentor", "department"])
def test_the_desk_is_for_moderators_only(
    role: str, world: World, story: Story, slips: Slips, sign_in: Callable[[Person], PageClient], now: datetime
) -> None:
    """R53, R91."""
    pid = slips.item(slips.send(story.child, story.group_id, now, title="没人见过"))
    person = story.child if role == "child" else world.adult(role, story.group_id)
    client = sign_in(person)
    for address in ("/moderation", f"/moderation/{pid}"):
        page = client.get(address)
        assert page.status == 403
        assert "没人见过" not in page.html
    assert client.post(f"/moderation/{pid}/decision", {"outcome": "publish", "version": "1"}).status == 403
    assert client.post(f"/moderation/{pid}/claim").status == 403
    assert "Moderation" not in client.get("/me").text


def test_a_visitor_is_sent_to_sign_in(client: PageClient, slips: Slips, story: Story, now: datetime) -> None:
    pid = slips.item(slips.send(story.child, story.group_id, now))
    for address in ("/moderation", f"/moderation/{pid}"):
        assert client.get(address).address == "/sign-in"


def test_a_teacher_whose_record_check_is_over_finds_the_desk_closed(
    world: World, story: Story, slips: Slips, sign_in: Callable[[Person], PageClient], now: datetime
) -> None:
    """R43."""
    slips.send(story.child, story.group_id, now)
    client = sign_in(world.teacher(story.group_id, vetted_days_ago=366))
    page = client.get("/moderation")
    assert page.status == 403
    assert "record check" in page.text


@pytest.mark.parametrize("what", ["stranger", "coordinator"])
def test_a_foreign_note_is_not_found(
    what: str, world: World, story: Story, slips: Slips, sign_in: Callable[[Person], PageClient], database: Database,
    now: datetime,
) -> None:  # fmt: skip
    """R92: another group's teacher, and a coordinator where teachers are."""
    slip = slips.send(story.child, story.group_id, now, title="别的团的标题")
    pid = slips.item(slip)
    client = sign_in(story.stranger if what == "stranger" else world.coordinator())
    assert client.get(f"/moderation/{pid}").status == 404
    assert client.post(f"/moderation/{pid}/decision", {"outcome": "publish", "version": "1"}).status == 404
    assert client.post(f"/moderation/{pid}/claim").status == 404
    assert "别的团的标题" not in client.get("/moderation").html
    assert state_of(database, pid) == "waiting"


@pytest.mark.parametrize("pid", ["nothing-here", "1", "..%2f", "🦊"])
def test_an_address_of_nothing_is_not_found(pid: str, teacher: PageClient) -> None:
    assert teacher.get(f"/moderation/{pid}").status == 404


def test_an_escalated_note_is_not_found_even_by_its_teacher(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    """R62."""
    pid = slips.item(slips.send(story.child, story.group_id, now, title="扶手", saw="我不想活了"))
    assert teacher.get(f"/moderation/{pid}").status == 404
    page = teacher.get("/moderation")
    assert "扶手" not in page.html
    assert "Nobody is waiting" in page.text


def test_a_coordinator_sees_figures_and_decides_only_where_no_teacher_can(
    world: World, story: Story, slips: Slips, sign_in: Callable[[Person], PageClient], now: datetime
) -> None:
    """safety.md 3, rows 8 and 9."""
    lonely = world.group("没有老师的团")
    slips.send(story.child, story.group_id, now - timedelta(hours=25), title="轮不到她的")
    slip = slips.send(world.child(lonely), lonely, now, title="没老师的")
    client = sign_in(world.coordinator())
    page = client.get("/moderation")
    assert page.find("h2", id="note-title")[0].text == "没老师的"
    assert "轮不到她的" not in page.html
    rows = [row.text for row in page.find("table")[-1].all("tr")[1:]]
    assert rows[0].startswith("翠苑小学观察团 1 1 0")
    assert "its teachers" in rows[0]
    assert "no teacher is there" in rows[1]
    decide(client, slips.item(slip), "publish")
    assert slips.state(slip) == "publish"


def test_a_teacher_sees_no_figures_of_other_groups(
    teacher: PageClient, slips: Slips, story: Story, now: datetime
) -> None:
    """R93."""
    slips.send(story.child, story.other_group_id, now)
    assert "文华观察团" not in teacher.get("/moderation").text


# Cards, budgets


def test_the_own_page_tells_what_waits(teacher: PageClient, slips: Slips, story: Story, now: datetime) -> None:
    assert "notes wait" not in teacher.get("/me").text
    slips.send(story.child, story.group_id, now - timedelta(hours=2))
    page = teacher.get("/me")
    assert "1 note waits for you · the oldest for 2 hours" in page.text
    assert "/moderation" in page.links()


def _statements(client: PageClient, address: str, count_sql: Callable[[], Any]) -> int:
    client.get(address)
    with count_sql() as statements:
        assert client.get(address).status == 200
    return len(statements)


@pytest.mark.parametrize("who", ["teacher", "coordinator"])
def test_the_desk_asks_the_database_eight_times_at_most_whatever_waits(
    who: str, world: World, story: Story, slips: Slips, sign_in: Callable[[Person], PageClient], database: Database,
    count_sql: Callable[[], Any], now: datetime,
) -> None:  # fmt: skip
    """performance.md; the slip's own kind asks once, a kind may ask twice."""
    if who == "coordinator":
        with write(database) as tx:
            tx.execute("UPDATE memberships SET ends_on = '2026-11-20' WHERE kind = 'staff'")
    client = sign_in(story.teacher if who == "teacher" else world.coordinator())
    counts = []
    for more in (1, 30):
        for number in range(more):
            slip = slips.send(story.child, story.group_id, now - timedelta(minutes=number))
        slips.send(story.child, story.group_id, now, slip_id=slip, saw="第二版")
        counts.append([
            _statements(client, address, count_sql) for address in ("/moderation", f"/moderation/{slips.item(slip)}")
        ])  # fmt: skip
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 7

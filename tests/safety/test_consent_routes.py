"""The pages on which teachers record papers, families get their form, and children answer for themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from cfc_groups.access import AgeBand
from cfc_groups.safety import notices, queries
from cfc_groups.safety.models import Answer, PostingState, Purpose, Way
from tests.safety.conftest import GUARDIAN, OLD_NOTICE, Story
from tests.support.pages import Page, PageClient

YES = dict.fromkeys((purpose.value for purpose in Purpose), "yes")
SIGNED = {"guardian_name": GUARDIAN, "relation": "mother", "signed_on": "2026-11-20"}
PAPER = {**YES, **SIGNED, "paper_in_hand": "y"}
REAL_NAME = "韦博文"  # what the world's children are called


@pytest.fixture
def desk(story: Story, client: PageClient) -> PageClient:
    """The teacher's browser."""
    return story.world.sign_in(client, story.teacher)


@pytest.fixture
def tablet(story: Story, new_client: Callable[[], PageClient]) -> PageClient:
    """The child's browser."""
    return story.world.sign_in(new_client(), story.child)


def state(story: Story) -> PostingState:
    return queries.may_post(story.database, story.child.account_id, story.clock())


def error_of(page: Page, name: str) -> str:
    """The sentence beside a field."""
    (fieldset,) = [one for one in page.find(id=name) if one.tag == "fieldset"] or [page.find(id=f"{name}-error")[0]]
    return fieldset.text


# The list


def test_a_teacher_sees_the_own_groups_children_with_their_state_in_words(story: Story, desk: PageClient) -> None:
    stranger = story.world.child(story.world.group(), nickname="远方的小鲸鱼")
    story.world.child(story.group, nickname="快乐的小刺猬")
    page = desk.get("/consents")
    assert "会飞的小狐狸" in page.main and "还没有同意书" in page.main and "等家长的同意书" in page.main
    assert "快乐的小刺猬" in page.main and "全部同意" in page.main and "孩子说可以" in page.main
    assert stranger.name not in page.main
    assert desk.get("/consents?group=no-such-group").status == 404
    assert desk.get(f"/consents/{stranger.pid}").status == 404
    assert desk.get(f"/consents/form/{stranger.pid}").status == 404
    assert desk.post(f"/consents/{stranger.pid}", PAPER).status == 404


def test_a_coordinator_sees_every_group_and_can_narrow_to_one(
    story: Story, new_client: Callable[[], PageClient]
) -> None:
    other = story.world.group("上城观察团")
    story.world.child(other, nickname="远方的小鲸鱼")
    office = story.world.sign_in(new_client(), story.coordinator)
    page = office.get("/consents")
    assert "远方的小鲸鱼" in page.main and "会飞的小狐狸" in page.main
    pid = str(story.database.value("SELECT pid FROM groups WHERE group_id = ?", (other,)))
    page = office.submit(action="/consents", group=pid)
    assert "远方的小鲸鱼" in page.main and "会飞的小狐狸" not in page.main


def test_only_missing_papers_can_be_shown_and_none_missing_is_said_kindly(story: Story, desk: PageClient) -> None:
    done = story.world.child(story.group)
    story.record(story.world.child(story.group, nickname="旧纸的小熊", consents=False), notice=OLD_NOTICE)
    page = desk.get("/consents?show=missing")
    assert "会飞的小狐狸" in page.main and "旧纸的小熊" in page.main and "需要新的同意书" in page.main
    assert done.name not in page.main
    for pid in re.findall(r"/consents/([\w-]{12})", page.html):
        desk.post(f"/consents/{pid}", PAPER)
    assert "这里的同意书都齐了" in desk.get("/consents?show=missing").main


def test_a_long_list_comes_in_pages_and_costs_the_same(
    story: Story, desk: PageClient, count_sql: Callable[[], object]
) -> None:
    desk.get("/consents")
    with count_sql() as few:  # type: ignore[attr-defined]
        desk.get("/consents")
    for number in range(60):
        story.world.child(story.group, nickname=f"小熊{number:02d}", consents=False)
    with count_sql() as many:  # type: ignore[attr-defined]
        page = desk.get("/consents")
    assert len(many) == len(few) <= 8
    (older,) = [link for link in page.links() if "after=" in link]
    names = set(re.findall(r"小熊\d\d", page.main))
    rest = set(re.findall(r"小熊\d\d", desk.get(older).main))
    assert len(names | rest) == 60 and not names & rest


def test_a_teacher_without_a_group_is_told_so(story: Story, new_client: Callable[[], PageClient]) -> None:
    page = story.world.sign_in(new_client(), story.world.teacher()).get("/consents")
    assert "这里还没有小朋友" in page.main


@pytest.mark.parametrize(
    ("role", "status"),
    [("teacher", 200), ("coordinator", 200), ("mentor", 403), ("guardian", 403), ("department", 403), ("child", 403)],
)
def test_only_teachers_and_coordinators_open_the_consent_pages(
    story: Story, new_client: Callable[[], PageClient], role: str, status: int
) -> None:
    person = story.child if role == "child" else story.world.adult(role, story.group)
    somebody = story.world.sign_in(new_client(), person)
    for address in ("/consents", f"/consents/{story.child.pid}", f"/consents/form/{story.child.pid}"):
        assert somebody.get(address).status == status
    if status == 403:
        assert somebody.post(f"/consents/{story.child.pid}", PAPER).status == 403
        assert state(story) is PostingState.CONSENT_MISSING


def test_a_teacher_without_a_current_record_check_is_kept_out(
    story: Story, new_client: Callable[[], PageClient]
) -> None:
    """R43."""
    late = story.world.sign_in(new_client(), story.world.teacher(story.group, vetted_days_ago=366))
    assert late.get("/consents").status == 403
    assert late.get(f"/consents/{story.child.pid}").status == 403


# Recording


def test_a_paper_is_copied_with_nothing_chosen_beforehand(story: Story, desk: PageClient) -> None:
    """R13, R14: purpose by purpose, yes and no alike, nothing ticked."""
    page = desk.get(f"/consents/{story.child.pid}")
    radios = page.find("input", type="radio")
    assert [one.attributes["name"] for one in radios] == [purpose.value for purpose in Purpose for _ in range(2)]
    assert not [one for one in page.find("input") if "checked" in one.attributes]
    for purpose in Purpose:
        pair = [one.parent for one in radios if one.attributes["name"] == purpose.value]
        assert [one.attributes for one in pair if one] == [{"class": "choice"}, {"class": "choice"}]
    assert page.find("select", id="relation")[0].all("option")[0].attributes["value"] == ""


def test_recording_a_paper_lets_the_child_be_asked(story: Story, desk: PageClient) -> None:
    desk.get(f"/consents/{story.child.pid}")
    page = desk.submit(**PAPER, then="stay")
    assert "会飞的小狐狸 的同意书已经登记" in page.text
    assert "全部同意" in page.main and "还没问孩子" in page.main
    assert state(story) is PostingState.ASSENT_MISSING
    row = story.database.row("SELECT * FROM consents WHERE purpose = 'account'")
    assert row is not None
    assert (row["way"], row["signed_on"], row["notice_version"]) == (Way.PAPER, "2026-11-20", notices.CURRENT)
    assert row["recorded_by"] == story.teacher.account_id


def test_no_page_shows_a_real_name_or_the_guardians(story: Story, desk: PageClient) -> None:
    desk.post(f"/consents/{story.child.pid}", PAPER)
    group = str(story.database.value("SELECT pid FROM groups WHERE group_id = ?", (story.group,)))
    for address in (
        "/consents", f"/consents/{story.child.pid}", f"/consents/form/{story.child.pid}",
        f"/consents/forms?group={group}",
    ):  # fmt: skip
        page = desk.get(address)
        assert page.status == 200
        assert GUARDIAN not in page.html and REAL_NAME not in page.html


def test_withdrawing_takes_the_same_steps_as_agreeing_and_counts_at_once(story: Story, desk: PageClient) -> None:
    """R15: the same page, one answer, the same button; and no paper is asked for."""
    story.record()
    story.says_yes()
    desk.get(f"/consents/{story.child.pid}")
    page = desk.submit(ideas_public="no", **SIGNED, then="stay")
    assert "有的不同意" in page.main and "口头告诉老师" in page.main
    assert not queries.may_publish(story.database, story.child.account_id, story.clock())
    assert state(story) is PostingState.OK


def test_the_history_keeps_every_answer(story: Story, desk: PageClient) -> None:
    story.record(notice=OLD_NOTICE)
    story.clock.moment += timedelta(minutes=1)  # type: ignore[attr-defined]
    story.record(paper=story.paper({Purpose.PHOTOS_PUBLIC: Answer.NO}))
    story.clock.moment += timedelta(minutes=1)  # type: ignore[attr-defined]
    story.answer(Purpose.ACCOUNT, Answer.NO)
    page = desk.get(f"/consents/{story.child.pid}")
    trail = [one.text for one in page.find("ol", class_="trail")[0].all("li")]
    assert len(trail) == 5 + 1 + 1
    assert "陈老师 登记" in trail[-1] and "告知书 2025-1" in trail[-1]
    assert [line for line in trail if line.endswith("告知书 2026-1") and "活动照片公开 – 不同意" in line]
    assert [line for line in trail if "孩子自己：参加观察团，在网站上写想法——不同意" in line]


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"guardian_name": ""}, "guardian_name", "请照着同意书写上签名家长的姓名"),
        ({"guardian_name": "　 \u200b\n"}, "guardian_name", "请照着同意书写上签名家长的姓名"),
        ({"guardian_name": "欧" * 41}, "guardian_name", "41"),
        ({"signed_on": ""}, "signed_on", "请照着同意书写上签名旁边的日期"),
        ({"signed_on": "上个月"}, "signed_on", "2026-09-01"),
        ({"signed_on": "2026-02-30"}, "signed_on", "2026-09-01"),
        ({"signed_on": "2026-11-24"}, "signed_on", "这一天还没到呢"),
        ({"signed_on": "2025-11-21"}, "signed_on", "一年多以前"),
        ({"relation": ""}, "relation", "请"),
        ({"relation": "neighbour"}, "relation", "请"),
        ({"paper_in_hand": None}, "paper_in_hand", "“同意”要有签名的同意书"),
    ],
)
def test_what_cannot_be_so_is_said_beside_its_field_and_the_rest_stays(
    story: Story, desk: PageClient, fields: dict[str, str | None], field: str, sentence: str
) -> None:
    desk.get(f"/consents/{story.child.pid}")
    page = desk.submit(**{**PAPER, **fields}, then="next")
    assert page.status == 422
    assert sentence in error_of(page, field)
    assert page.find("input", id="account-0")[0].attributes.get("checked") is not None
    assert story.database.value("SELECT count(*) FROM consents") == 0


def test_full_width_dates_are_understood(story: Story, desk: PageClient) -> None:
    desk.get(f"/consents/{story.child.pid}")
    desk.submit(**{**PAPER, "signed_on": "２０２６年１１月２０日"}, then="stay")
    assert story.database.value("SELECT signed_on FROM consents LIMIT 1") == "2026-11-20"


def test_a_paper_without_any_answer_is_refused_kindly(story: Story, desk: PageClient) -> None:
    desk.get(f"/consents/{story.child.pid}")
    page = desk.submit(**SIGNED, paper_in_hand="y", then="stay")
    assert page.status == 422
    assert "请至少照着同意书登记一项回答" in page.main
    page = desk.submit(**SIGNED, account="maybe", paper_in_hand="y", then="stay")
    assert page.status == 422


def test_a_yes_typed_as_something_else_never_becomes_a_consent(story: Story, desk: PageClient) -> None:
    for answer in ("YES", "是", "<script>", "yes' OR 1=1", "true"):
        assert (
            desk.post(f"/consents/{story.child.pid}", {**SIGNED, "account": answer, "paper_in_hand": "y"}).status == 422
        )
    assert state(story) is PostingState.CONSENT_MISSING


def test_fields_that_are_not_offered_change_nothing(story: Story, desk: PageClient) -> None:
    """R92."""
    desk.post(f"/consents/{story.child.pid}", {**PAPER, "recorded_by": "1", "child_id": "1", "notice_version": "x"})
    row = story.database.row("SELECT * FROM consents LIMIT 1")
    assert row is not None
    assert (row["child_id"], row["recorded_by"]) == (story.child.account_id, story.teacher.account_id)
    assert row["notice_version"] == notices.CURRENT


def test_a_form_without_the_sessions_token_is_not_taken(story: Story, desk: PageClient) -> None:
    """R94."""
    assert desk.post(f"/consents/{story.child.pid}", PAPER, token=False).status == 400
    assert state(story) is PostingState.CONSENT_MISSING


def test_a_classes_papers_are_recorded_one_after_the_other(story: Story, desk: PageClient) -> None:
    """Save and next: each child of the group once, then back to the list."""
    for number in range(4):
        story.world.child(story.group, nickname=f"小熊{number}", consents=False)
    done = story.world.child(story.group, nickname="已经好了的小鹿")
    page = desk.get(f"/consents/{story.child.pid}")
    seen = []
    while page.address != "/consents":
        seen.append(page.address)
        assert len(seen) < 10
        page = desk.submit(**PAPER, then="next")
    assert len(seen) == len(set(seen)) == 5
    assert f"/consents/{done.pid}" not in seen
    assert "这个观察团的同意书已经齐了" in page.text


# Paper


def test_the_printed_form_names_everything_and_leaves_the_name_to_be_written(story: Story, desk: PageClient) -> None:
    """R14: every block; both boxes alike and empty; version and check at the foot."""
    page = desk.get(f"/consents/form/{story.child.pid}")
    (paper,) = page.find("article")
    text = notices.texts(notices.CURRENT, "zh_Hans")
    for block in text["blocks"]:
        assert block["heading"] in paper.text
    for purpose in text["purposes"].values():
        assert purpose["name"] in paper.text and purpose["if_no"] in paper.text
    boxes = paper.all("span", class_="tick-box")
    assert {tuple(box.attributes.items()) for box in boxes} == {(("class", "tick-box"),)}
    assert len(paper.all("li")) == 5
    for line in paper.all("li"):
        assert [one.text for one in line.all("b", class_="nowrap")] == ["同意", "不同意"]
    assert "会飞的小狐狸" in paper.text and "孩子的真实姓名：" in paper.text
    number = story.database.value(
        "SELECT member_number FROM memberships WHERE account_id = ?", (story.child.account_id,)
    )
    assert f"团员编号 {number}" in paper.text
    assert f"告知书版本 {notices.CURRENT}，校验码 {notices.current().short_hash}" in paper.text
    assert "________" in paper.text and "还缺保护专员" in page.text, "the contact is not entered yet (R35)"


def test_a_groups_forms_come_one_sheet_a_child(story: Story, desk: PageClient) -> None:
    story.world.child(story.group, nickname="快乐的小刺猬")
    group = str(story.database.value("SELECT pid FROM groups WHERE group_id = ?", (story.group,)))
    sheets = desk.get(f"/consents/forms?group={group}").find("article")
    assert len(sheets) == 2
    assert [("new-page" in sheet.attributes["class"]) for sheet in sheets] == [False, True]
    assert len(desk.get(f"/consents/forms?group={group}&show=missing").find("article")) == 1
    assert desk.get("/consents/forms").status == 404
    other = story.world.group()
    foreign = str(story.database.value("SELECT pid FROM groups WHERE group_id = ?", (other,)))
    assert desk.get(f"/consents/forms?group={foreign}").status == 404


def test_the_form_can_be_printed_in_english(story: Story, desk: PageClient) -> None:
    desk.get("/language/en?next=/privacy")
    page = desk.get(f"/consents/form/{story.child.pid}")
    assert page.heading == "Guardian's consent" and "I do not agree" in page.text


# The child's own yes


def test_without_a_paper_the_child_is_told_to_wait(story: Story, tablet: PageClient) -> None:
    page = tablet.get("/my-yes")
    assert "我们在等你的家长" in page.main
    assert not page.find("form", action="/my-yes/account")


def test_a_child_answers_one_question_after_the_other(story: Story, tablet: PageClient) -> None:
    """R17: only what the guardian agreed to, one press each, the same size, nothing chosen beforehand."""
    story.record(paper=story.paper({**dict.fromkeys(Purpose, Answer.YES), Purpose.PHOTOS_PUBLIC: Answer.NO}))
    asked = []
    page = tablet.get("/my-yes?next=/board")
    for _ in range(4):
        (yes, no) = [one for one in page.find("button") if "btn-second" in one.attributes["class"]]
        assert yes.attributes == no.attributes
        forms = [one for one in page.find("form") if "/my-yes/" in one.attributes.get("action", "")]
        asked.append(forms[0].attributes["action"])
        page = tablet.post(forms[0].attributes["action"], {"answer": "no" if "forwarding" in asked[-1] else "yes"})
    assert [re.findall(r"/my-yes/(\w+)", one)[0] for one in asked] == [
        "account", "ideas_public", "forwarding", "photos_group",
    ]  # fmt: skip
    assert "谢谢你，我们照你说的做" in page.text
    assert "有的事家长没有同意" in page.main
    assert page.find("a", class_="btn-main")[0].attributes["href"] == "/board"
    assert state(story) is PostingState.OK
    assert not queries.needs_assent(story.database, story.child.account_id)


def test_a_child_changes_its_mind_with_one_press_either_way(story: Story, tablet: PageClient) -> None:
    """R15, R17: yes and no are buttons of the same kind on the same page."""
    story.record()
    story.says_yes()
    for answer, public in (("no", False), ("yes", True)):
        page = tablet.get("/my-yes")
        forms = [one for one in page.find("form") if "/my-yes/ideas_public" in one.attributes.get("action", "")]
        assert [one.all("input", name="answer")[0].attributes["value"] for one in forms] == ["yes", "no"]
        assert len({one.all("button")[0].attributes["class"] for one in forms}) == 1
        page = tablet.post("/my-yes/ideas_public", {"answer": answer})
        assert bool([one for one in page.find("span", class_="state") if one.text == "你说不可以"]) is not public
        assert queries.may_publish(story.database, story.child.account_id, story.clock()) is public


def test_a_no_to_taking_part_ends_the_questions_but_can_be_changed(story: Story, tablet: PageClient) -> None:
    story.record()
    page = tablet.post("/my-yes/account", {"answer": "no"})
    assert "你说不可以" in page.find("span", class_="state")[0].text
    assert state(story) is PostingState.ASSENT_REFUSED
    tablet.post("/my-yes/account", {"answer": "yes"})
    assert state(story) is PostingState.OK


@pytest.mark.parametrize(
    ("birth_month", "band"), [("2018-12", AgeBand.YOUNG), ("2016-10", AgeBand.MIDDLE), ("2013-05", AgeBand.OLDER)]
)
def test_each_age_is_asked_in_its_own_words(
    story: Story, new_client: Callable[[], PageClient], birth_month: str, band: AgeBand
) -> None:
    """R107."""
    child = story.world.child(story.group, birth_month=birth_month, consents=False)
    story.record(child)
    page = story.world.sign_in(new_client(), child).get("/my-yes")
    words = notices.texts(notices.CURRENT, "zh_Hans")["child"]["account"][band.value]
    assert page.heading == words["question"]
    assert words["meaning"] in page.main


def test_no_adult_can_answer_for_a_child(story: Story, desk: PageClient, new_client: Callable[[], PageClient]) -> None:
    """R17, R49: there is no adult's way to a child's answer."""
    story.record()
    for person in (story.teacher, story.coordinator, story.officer, story.world.adult("guardian")):
        adult = story.world.sign_in(new_client(), person)
        assert adult.get("/my-yes").status == 403
        assert adult.post("/my-yes/account", {"answer": "yes"}).status == 403
    assert story.database.value("SELECT count(*) FROM assents") == 0


@pytest.mark.parametrize("answer", ["", "maybe", "YES", "yes\x00", "<b>yes</b>"])
def test_an_answer_that_was_not_offered_is_no_answer(story: Story, tablet: PageClient, answer: str) -> None:
    story.record()
    assert tablet.post("/my-yes/account", {"answer": answer}).status == 404
    assert tablet.post("/my-yes/health_note", {"answer": "yes"}).status == 404
    assert story.database.value("SELECT count(*) FROM assents") == 0


def test_a_yes_to_what_the_family_refused_is_explained(story: Story, tablet: PageClient) -> None:
    story.record(paper=story.paper({Purpose.ACCOUNT: Answer.YES}))
    page = tablet.post("/my-yes/photos_public", {"answer": "yes"})
    assert page.status == 422
    assert "家长还没有同意这件事" in page.main


def test_the_way_on_never_leads_off_the_site(story: Story, tablet: PageClient) -> None:
    """R98."""
    for address in ("//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
        page = tablet.get("/my-yes", query_string={"next": address})
        ways = [link.attributes["href"] for link in page.find("main")[0].all("a")]
        assert "/me" in ways
        assert not [way for way in ways if "evil" in way or "javascript" in way]


def test_the_childs_pages_need_few_statements(
    story: Story, tablet: PageClient, count_sql: Callable[[], object]
) -> None:
    story.record()
    tablet.get("/my-yes")
    for prepare in (lambda: None, story.says_yes):
        prepare()
        with count_sql() as statements:  # type: ignore[attr-defined]
            tablet.get("/my-yes")
        assert len(statements) <= 8


def test_after_a_new_notice_the_child_waits_for_its_family(story: Story, tablet: PageClient) -> None:
    """R16: nothing new is asked or collected before the family has seen the new notice."""
    story.record(notice=OLD_NOTICE)
    assert "我们在等你的家长" in tablet.get("/my-yes").main


def test_own_pages_tell_what_waits(story: Story, desk: PageClient, tablet: PageClient) -> None:
    assert "还有 1 位小朋友在等家长的同意书" in desk.get("/me").main
    assert "我们在等你家长的同意书" in tablet.get("/me").main
    story.record()
    assert "在等家长的同意书" not in desk.get("/me").main
    assert "有个问题想问你" in tablet.get("/me").main
    story.says_yes()
    assert "你说了算，随时可以改" in tablet.get("/me").main


def test_a_coordinator_is_warned_while_fewer_than_two_officers_can_act(
    story: Story, new_client: Callable[[], PageClient]
) -> None:
    """R40."""
    office = story.world.sign_in(new_client(), story.coordinator)
    warning = "能值守的保护专员不到两位"
    assert warning not in office.get("/consents").main
    assert "现在能值守的保护专员不到两位" not in office.get("/me").main
    story.clock.moment += timedelta(days=340)  # type: ignore[attr-defined]
    office = story.world.sign_in(new_client(), story.world.coordinator())
    assert warning in office.get("/consents").main
    assert "现在能值守的保护专员不到两位" in office.get("/me").main

"""The story that the site is made for, through its forms and without any script, from a roster to the public board."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path

from tests.support.demo import Demo, come_in_by_badge
from tests.support.pages import PageClient
from tests.support.steps import (
    decide,
    first_visit,
    link_in,
    link_on,
    pid_in,
    row_with,
    say_yes_to_everything,
    write_note,
)

ROSTER = Path(__file__).parents[1] / "data" / "rosters" / "roster-hangzhou-70.xlsx"
PHONE = "13912345678"
SAW = "公园的洗手台到我的下巴，我踮着脚也够不着水龙头。"
WISH = "请在旁边做一个矮的洗手台。"
TITLE = "矮一点的洗手台"


def make_group_with_members(demo: Demo, coordinator: PageClient, name: str) -> str:
    """A new group, its seventy members from the sample file and their seven teams; answers its public id."""
    coordinator.get("/groups/new")
    page = coordinator.submit(having="name", name=name, kind="school", starts_on="2026-09-01")
    assert page.status == 200 and page.heading == name
    group = pid_in(page.address)

    page = coordinator.get(link_on(page, "/members/import"))
    page = coordinator.submit(having="roster", roster=(io.BytesIO(ROSTER.read_bytes()), ROSTER.name))
    assert page.status == 200 and count_members(demo, group) == 0, "first what would happen"
    page = coordinator.submit(having="make")  # the seven teams that the list names
    page = coordinator.submit(having="seen")
    assert page.status == 200 and count_members(demo, group) == 70
    teams = "SELECT count(*) FROM teams JOIN groups USING (group_id) WHERE groups.pid = ?"
    assert demo.database.value(teams, (group,)) == 7
    return group


def count_members(demo: Demo, group: str) -> object:
    members = (
        "SELECT count(*) FROM memberships JOIN groups USING (group_id)"
        " WHERE groups.pid = ? AND memberships.kind = 'child'"
    )
    return demo.database.value(members, (group,))


def print_badges(coordinator: PageClient, group: str) -> dict[str, str]:
    """Badges for everybody who has none: all are ticked already. Answers the typed codes by nickname."""
    coordinator.get(f"/badges?group={group}")
    sheet = coordinator.submit(having="child")
    assert sheet.status == 200
    badges = sheet.find("li", class_="print-badge")
    codes = {badge.all("b")[0].text: badge.all("p", class_="typed")[0].text for badge in badges}
    assert len(codes) == len(badges) == 70
    assert all(re.fullmatch(r"(?:[0-9A-Z]{4} ){3}[0-9A-Z]{4}", code) for code in codes.values())
    return codes


def test_from_a_roster_to_the_public_board(demo: Demo) -> None:
    """The issue's own story: R12–R17 (consent), R61 (hints), R56 (kind words), R2 (three yeses), search by 公园."""
    coordinator, teacher, child, visitor = demo.client(), demo.client(), demo.client(), demo.client()

    # A coordinator makes a group, takes its members in, prints their badges, and lets a teacher serve it.
    assert demo.come_in(coordinator, demo.login("coordinator")).address == "/me"
    group = make_group_with_members(demo, coordinator, "桂花路小学儿童观察团")
    codes = print_badges(coordinator, group)
    nickname = sorted(codes)[0]
    page = coordinator.get(f"/groups/{group}/staff/new", query_string={"q": "贺老师"})
    label = next(one for one in page.find("label") if "贺老师" in one.text)
    person = next(one for one in page.find("input", name="person") if one.attributes["id"] == label.attributes["for"])
    page = coordinator.submit(having="person", person=person.attributes["value"])
    assert page.status == 200 and "贺老师" in page.main

    # Without any consent the child cannot write yet, and is told so kindly (R12).
    pictures = first_visit(child, codes[nickname])
    assert child.get("/board/new").find("form", action="/board/new") == []

    # The teacher, with a code from the phone, copies the guardian's paper.
    assert demo.come_in(teacher, demo.login("teacher", user_name="he.teacher")).address == "/me"
    page = teacher.get(f"/consents?group={group}")
    while nickname not in page.main:
        page = teacher.get(link_on(page, "after="))
    teacher.get(link_in(row_with(page, nickname), "/consents/"))
    purposes = ("account", "ideas_public", "forwarding", "photos_group", "photos_public")
    page = teacher.submit(
        having="guardian_name", button="stay", guardian_name="李女士", relation="mother", signed_on="2026-11-20",
        paper_in_hand="y", **dict.fromkeys(purposes, "yes"),
    )  # fmt: skip
    assert page.status == 200 and nickname in page.heading and not page.find("p", class_="error")

    # The child comes back with badge and pictures, and says yes itself (R17).
    child.submit(action="/sign-out")
    come_in_by_badge(child, codes[nickname], pictures)
    assert say_yes_to_everything(child) == 5

    # It writes with a phone number, is warned (R61), and sends anyway: the post is held.
    page = write_note(child, place="翠苑公园", saw=f"{SAW}想帮忙的人打{PHONE}。", wish=WISH, title=TITLE)
    assert PHONE in page.main and page.find("div", class_="alert-note")
    page = child.submit(having="audience", audience="public")
    assert page.status == 200 and page.address.endswith("/sent")
    post = page.address.split("/")[2]
    assert state_of(demo, post) == "held"
    assert visitor.get(f"/board/{post}").status == 404  # R53

    # The teacher gives it back with kind words.
    page = teacher.get("/moderation")
    assert TITLE in page.main
    teacher.get(link_in(row_with(page, TITLE), "/moderation/"))
    assert teacher.page is not None and teacher.page.find("mark"), "the number is marked"
    page = decide(teacher, "return", reason="pii")
    assert page.status == 200 and state_of(demo, post) == "returned"

    # The child reads what, why and how to go on (R56), takes the number out and sends again.
    demo.clock.moment += timedelta(minutes=8)
    assert TITLE in child.get("/inbox").main
    page = child.get(f"/board/{post}")
    assert "谢谢" in page.main and page.find("form", action=f"/board/{post}/revision")
    page = child.submit(action=f"/board/{post}/revision")
    assert page.address.endswith("/check") and PHONE in page.main
    child.get(f"/board/drafts/{post}/saw")
    page = child.submit(having="saw", saw=SAW)
    assert page.address.endswith("/check") and PHONE not in page.main and not page.find("div", class_="alert-note")
    page = child.submit(having="audience", audience="public")
    assert page.address == f"/board/{post}/sent" and state_of(demo, post) == "waiting"

    # The teacher sees both versions side by side and publishes.
    demo.clock.moment += timedelta(minutes=8)
    page = teacher.get("/moderation")
    page = teacher.get(link_in(row_with(page, TITLE), "/moderation/"))
    assert page.find("del") and PHONE in page.main
    decide(teacher, "publish")
    assert state_of(demo, post) == "published"

    # It stands on the board for everybody, and is found by the word for park, in both languages.
    assert visitor.get("/board").find("a", href=f"/board/{post}")
    assert visitor.get("/board?q=公园").find("a", href=f"/board/{post}")
    page = visitor.get(f"/board/{post}")
    assert page.status == 200 and SAW in page.main and nickname in page.main and PHONE not in page.html
    assert "11月23日" in page.main
    visitor.get("/language/en")
    page = visitor.get(f"/board/{post}")
    assert page.find("html")[0].attributes["lang"].startswith("en")
    assert (
        SAW in page.main and "November" in page.main and visitor.get("/board?q=公园").find("a", href=f"/board/{post}")
    )
    assert visitor.get("/").find("a", href=f"/board/{post}")


def state_of(demo: Demo, post: str) -> object:
    return demo.database.value("SELECT state FROM posts WHERE pid = ?", (post,))

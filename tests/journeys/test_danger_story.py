"""A child writes words of danger: help stands on its screen at once, officers are called, nobody else learns of it."""

from __future__ import annotations

from datetime import timedelta

from tests.support.demo import Demo
from tests.support.pages import PageClient
from tests.support.steps import decide, link_in, row_with, write_note

TITLE = "放学以后"
WORDS = "爸爸喝了酒会打我，我害怕回家。"
WISH = "我想有一个地方可以坐到妈妈下班。"
NICKNAME = "会飞的小狐狸"


def state_of(demo: Demo, post: str) -> object:
    return demo.database.value("SELECT state FROM posts WHERE pid = ?", (post,))


def signed_in(demo: Demo, role: str, user_name: str) -> PageClient:
    client = demo.client()
    assert demo.come_in(client, demo.login(role, user_name=user_name)).address == "/me"
    return client


def told(client: PageClient) -> int:
    """How many notices stand in somebody's inbox."""
    return len(client.get("/inbox").find("ul", class_="rows")[0].all("li"))


def knows_nothing(client: PageClient) -> None:
    """Neither desk nor inbox nor own page tell of it, and the officers' page stays shut."""
    for address in ("/moderation", "/inbox", "/me", "/board"):
        page = client.get(address)
        assert TITLE not in page.text and "喝了酒" not in page.text and WISH not in page.text, address
    assert client.get("/protection").status == 403


def test_words_of_danger_call_the_officers_and_nobody_else(demo: Demo) -> None:
    """R62; safety.md 6.4. First the child, then the officers; an officer may give it back to the teachers."""
    officer = signed_in(demo, "coordinator", "fang.coordinator")
    other = signed_in(demo, "teacher", "chen.teacher")
    told_before = {one: told(one) for one in (officer, other)}
    child = demo.client()
    demo.come_in(child, demo.login_of_child(NICKNAME))

    # Nothing warns before sending: the child is not asked to take its words back.
    page = write_note(child, place=None, saw=WORDS, wish=WISH, title=TITLE)
    assert not page.find("div", class_="alert-note")
    page = child.submit(having="audience")

    # At once, on the next page, by nobody's decision: kind words and the numbers that help.
    assert page.status == 200 and page.address.endswith("/sent")
    help_now = page.find("section", class_="help-now")
    assert len(help_now) == 1
    numbers = [link.attributes["href"] for link in help_now[0].all("a") if link.attributes["href"].startswith("tel:")]
    assert "tel:110" in numbers and "tel:12355" in numbers
    assert WORDS not in page.text, "who looks over the child's shoulder reads nothing"
    post = page.address.split("/")[2]
    assert state_of(demo, post) == "escalated"
    own = child.get(f"/board/{post}")
    assert own.find("section", class_="help-now") and own.find("span", class_="state-wait"), "it waits, like others"
    assert "tel:110" in child.get("/help").html

    # Teachers, other coordinators and mentors learn nothing; nobody reads it on the board.
    teacher = signed_in(demo, "teacher", "pang.teacher")
    knows_nothing(teacher)
    knows_nothing(signed_in(demo, "coordinator", "wei.coordinator"))
    mentor = signed_in(demo, "mentor", "weng.mentor")
    assert mentor.get("/moderation").status == 403 and mentor.get(f"/board/{post}").status == 404
    assert teacher.get(f"/board/{post}").status == demo.client().get(f"/board/{post}").status == 404

    # Both officers are told, without a word of the child's; one opens it and takes care.
    for one in (officer, other):
        assert told(one) == told_before[one] + 1
        assert NICKNAME not in one.get("/inbox").main and WORDS not in one.get("/inbox").main
        assert NICKNAME in one.get("/protection").main and WORDS not in one.get("/protection").main
    page = officer.get(link_in(row_with(officer.get("/protection"), NICKNAME), "/protection/"))
    signal = page.address
    assert WORDS in page.main and WISH in page.main
    page = officer.submit(action=f"{signal}/seen")
    assert page.status == 200
    assert "方老师" in row_with(other.get("/protection"), NICKNAME).text, "the other officer sees who takes care"

    # It was a story out of a book, the child says: back to the teachers, who decide as always.
    demo.clock.moment += timedelta(minutes=10)
    officer.get(signal)
    page = officer.submit(having="outcome", outcome="back_to_review", note="和孩子谈过了，是书里的故事。")
    assert page.status == 200 and state_of(demo, post) == "waiting"
    demo.clock.moment += timedelta(minutes=5)
    page = teacher.get("/moderation")
    teacher.get(link_in(row_with(page, TITLE), "/moderation/"))
    decide(teacher, "publish")
    assert state_of(demo, post) == "published"
    assert demo.client().get(f"/board/{post}").status == 404, "the child wrote it for its group only"

    # The journal tells what was done, in no child's words.
    journal = " ".join(str(tuple(row)) for row in demo.database.rows("SELECT deed, facts FROM journal"))
    assert "raise_signal" in journal and "see_signal" in journal and "close_signal" in journal
    assert WORDS not in journal and TITLE not in journal and "violence" not in journal


def test_after_handling_nobody_but_officers_ever_reads_it(demo: Demo) -> None:
    """R62: closed as handled it stays out of every queue, and its author can still take it back (R64)."""
    child, officer = demo.client(), signed_in(demo, "coordinator", "fang.coordinator")
    demo.come_in(child, demo.login_of_child(NICKNAME))
    write_note(child, place=None, saw=WORDS, wish=WISH, title=TITLE)
    post = child.submit(having="audience").address.split("/")[2]
    signal = officer.get(link_in(row_with(officer.get("/protection"), NICKNAME), "/protection/")).address
    page = officer.submit(having="outcome", outcome="handled", note="已经联系妈妈和社区。")
    assert page.status == 200 and state_of(demo, post) == "escalated"
    knows_nothing(signed_in(demo, "teacher", "pang.teacher"))
    assert child.get(f"/board/{post}").status == 200
    child.get(f"/board/{post}/withdrawal")
    child.submit()
    assert state_of(demo, post) == "withdrawn"
    assert WORDS in officer.get(signal).main, "what officers handled stays with them"

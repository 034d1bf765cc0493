"""The demo's pages look alive to whoever opens them first."""

from __future__ import annotations

from tests.support.demo import Demo


def test_a_visitor_finds_a_lively_front_page_and_board(demo: Demo) -> None:
    client = demo.client()
    front = client.get("/")
    assert "杭州市儿童观察团联盟" in front.text
    assert len(front.find("article", class_="note")) >= 6
    board = client.get("/board")
    assert len(board.find("article", class_="note")) == 20


def test_a_visitor_finds_the_park(demo: Demo) -> None:
    page = demo.client().get("/board?q=公园")
    assert len(page.find("article", class_="note")) >= 3


def test_every_theme_has_notes(demo: Demo) -> None:
    client = demo.client()
    for theme in ("living", "culture", "transport", "health", "parks", "school", "safety"):
        assert client.get(f"/board?theme={theme}").find("article", class_="note"), theme


def test_the_teacher_of_the_city_finds_work_on_the_desk(demo: Demo) -> None:
    client = demo.client()
    demo.come_in(client, demo.login("teacher"))
    desk = client.get("/moderation")
    assert desk.status == 200 and len(desk.find("a", aria_current="page")) >= 1


def test_officers_find_the_two_children_in_need(demo: Demo) -> None:
    """R62: the officers do, and a teacher without the capability does not."""
    officer, teacher = demo.client(), demo.client()
    demo.come_in(officer, demo.login("coordinator", user_name="fang.coordinator"))
    waiting = officer.get("/protection").find("ul", class_="rows")[0].all("li")
    assert len(waiting) == 2
    assert any("排队的企鹅" in one.text for one in waiting) and any("睡不醒的考拉" in one.text for one in waiting)
    demo.come_in(teacher, demo.login("teacher", user_name="pang.teacher"))
    assert teacher.get("/protection").status == 403

"""Pages of teachers and coordinators: who has a badge, making, printing, replacing, closing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from cfc_groups import my_page
from cfc_groups.access import Role
from cfc_groups.badges import actions, queries, rules
from cfc_groups.db import write
from tests.badges.way_in import FOUR, Holder, actor_of, try_pictures
from tests.support.pages import Page, PageClient
from tests.support.world import Person, World

if TYPE_CHECKING:
    from tests.conftest import ToldClock

MakeHolder = Callable[..., Holder]


class School:
    """A group with a teacher and children of two teams."""

    def __init__(self, world: World, *, children: int = 3) -> None:
        self.world = world
        self.group_id = world.group("翠苑第一小学观察团")
        self.team_id = world.team(self.group_id, "五年级三班小队")
        self.children = [
            world.child(
                self.group_id, self.team_id if number % 2 else None, real_name=f"慕容金丝雀{number}", consents=False
            )
            for number in range(children)
        ]
        self.teacher = world.teacher(self.group_id)

    def pid_of(self, table: str, number: int) -> str:
        return str(self.world.database.value(f"SELECT pid FROM {table}s WHERE {table}_id = ?", (number,)))

    @property
    def address(self) -> str:
        return f"/badges?group={self.pid_of('group', self.group_id)}"


@pytest.fixture
def school(world: World) -> School:
    """Three children without badges."""
    return School(world)


@pytest.fixture
def teacher(client: PageClient, school: School) -> PageClient:
    """The group's teacher at the computer."""
    return school.world.sign_in(client, school.teacher)


def badges_on(page: Page) -> list[tuple[str, str]]:
    """Nickname and typed code of every badge on a sheet."""
    cards = page.find("li", class_="print-badge")
    return [(card.all("b")[0].text, card.all("p", class_="typed")[0].text) for card in cards]


def ticked(page: Page) -> set[str]:
    """The children whose box is ticked."""
    return {box.attributes["value"] for box in page.find("input", name="child") if "checked" in box.attributes}


# The list


def test_a_teacher_with_one_group_comes_right_to_it(teacher: PageClient, school: School) -> None:
    page = teacher.get("/badges")
    assert page.response.request.full_path.endswith(school.address)
    assert "翠苑第一小学观察团" in page.heading
    assert ticked(page) == {child.pid for child in school.children}
    assert "慕容" not in page.html, "no real name on the screen"


def test_a_coordinator_sees_every_group_with_what_is_missing(client: PageClient, school: School) -> None:
    world = school.world
    world.group("空的观察团")
    world.sign_in(client, world.coordinator())
    page = client.get("/badges")
    rows = {row.all("th")[0].text: row.all("td") for row in page.find("tr") if row.all("a")}
    assert set(rows) == {"翠苑第一小学观察团", "空的观察团"}
    assert [cell.text for cell in rows["翠苑第一小学观察团"]] == ["3", "3"]
    assert [cell.text for cell in rows["空的观察团"]] == ["0", "没有"]


def test_the_list_shows_each_state_and_ticks_who_cannot_come_in(
    teacher: PageClient, school: School, holder: MakeHolder
) -> None:
    in_use, fresh = holder(group_id=school.group_id), holder(group_id=school.group_id, pictures=())
    page = teacher.get(school.address)
    assert ticked(page) == {child.pid for child in school.children}
    for words in ("还没有卡", "使用中", "已打印，还没用过"):
        assert words in page.main
    only = teacher.get(school.address + "&show=without")
    shown = {box.attributes["value"] for box in only.find("input", name="child")}
    assert shown == {child.pid for child in school.children}
    assert not {in_use.child.pid, fresh.child.pid} & shown


def test_the_list_can_be_narrowed_to_a_team(teacher: PageClient, school: School) -> None:
    page = teacher.get(f"{school.address}&team={school.pid_of('team', school.team_id)}")
    assert ticked(page) == {school.children[1].pid}
    assert not ticked(teacher.get(f"{school.address}&team=nothing"))


def test_an_empty_group_says_what_to_do_first(client: PageClient, world: World) -> None:
    group_id = world.group()
    world.sign_in(client, world.teacher(group_id))
    page = client.get("/badges")
    assert "还没有可以发卡的孩子" in page.main


def test_when_everybody_has_a_badge_the_page_says_so(client: PageClient, world: World, holder: MakeHolder) -> None:
    group_id = world.group()
    holder(group_id=group_id)
    world.sign_in(client, world.teacher(group_id))
    page = client.get(client.get("/badges").response.request.full_path + "&show=without")
    assert "每个孩子都有卡了" in page.main


def test_a_teacher_who_serves_no_group_is_told_why(client: PageClient, world: World) -> None:
    world.sign_in(client, world.teacher())
    assert "还没有您负责的观察团" in client.get("/badges").main


def test_a_long_list_is_turned_by_pages(client: PageClient, world: World) -> None:
    school = School(world, children=queries.CHILDREN_ON_A_PAGE + 5)
    world.sign_in(client, school.teacher)
    page = client.get(school.address)
    first = ticked(page)
    assert len(first) == queries.CHILDREN_ON_A_PAGE
    second = ticked(client.get(page.find("a", rel="next")[0].attributes["href"]))
    assert len(second) == 5
    assert not first & second
    page = client.get(school.address)
    assert len(badges_on(client.submit(action="/badges/sheet", button="print", child=sorted(first)))) == len(first)


def test_pages_cost_the_same_however_many_children(
    client: PageClient, world: World, count_sql: Callable[[], object]
) -> None:
    counts = []
    for children in (2, 40):
        school = School(world, children=0)
        for _ in range(children):
            world.child(school.group_id, consents=False)
        world.sign_in(client, school.teacher)
        client.get(school.address)
        with count_sql() as statements:  # type: ignore[attr-defined]
            client.get(school.address)
        counts.append(len(statements))
        with write(world.database) as tx:
            tx.execute("UPDATE groups SET name = name || group_id")
    assert counts[0] == counts[1] <= 8


def test_the_page_of_one_badge_asks_little(
    teacher: PageClient, school: School, count_sql: Callable[[], object]
) -> None:
    with count_sql() as statements:  # type: ignore[attr-defined]
        teacher.get(f"/badges/{school.children[0].pid}")
    assert len(statements) <= 8


# Making and printing


def test_badges_are_made_printed_and_open_the_door(
    teacher: PageClient, new_client: Callable[[], PageClient], school: School
) -> None:
    """From the teacher's list to the child's first sign-in."""
    teacher.get(school.address)
    teacher.page.form(action="/badges/sheet")  # type: ignore[union-attr]
    page = teacher.submit(action="/badges/sheet")
    assert {name for name, _ in badges_on(page)} == {child.name for child in school.children}
    assert page.response.headers["Cache-Control"] == "no-store"
    assert len(page.find("svg", class_="segno")) == 3
    child = new_client()
    child.get("/sign-in/badge")
    first = child.submit(having="badge_code", badge_code=badges_on(page)[0][1])
    assert len(first.find("button", name="row")) == 3


def test_eight_badges_stand_on_a_page(client: PageClient, world: World) -> None:
    school = School(world, children=17)
    world.sign_in(client, school.teacher)
    client.get(school.address)
    page = client.submit(action="/badges/sheet")
    sheets = page.find("ul", class_="badges")
    assert [len(sheet.all("li", class_="print-badge")) for sheet in sheets] == [8, 8, 1]
    assert ["new-page" in sheet.attributes["class"] for sheet in sheets] == [False, True, True]


def test_a_badge_tells_nothing_but_nickname_and_picture(client: PageClient, school: School) -> None:
    """R89: canaries for real name, school, class and group."""
    world = school.world
    world.sign_in(client, school.teacher)
    client.get(school.address)
    page = client.submit(action="/badges/sheet")
    canaries = ["慕容", "金丝雀", "翠苑", "小学", "观察团", "五年级", "三班", "小队", "M0001", school.teacher.name]
    cards = page.find("li", class_="print-badge")
    assert len(cards) == 3
    for card in cards:
        assert not [canary for canary in canaries if canary in card.text]
        assert {one.attributes.get("aria-label", "") for one in card.all()} == {"", "扫一扫的方块码"}
        assert {one.attributes["alt"] for one in card.all("img")} == {""}
    canaries.remove("观察团")  # the alliance's name stands in the title of every page
    assert not [canary for canary in canaries if canary in page.html]


def test_a_badge_in_use_is_not_made_anew_by_mistake(
    teacher: PageClient, new_client: Callable[[], PageClient], school: School, holder: MakeHolder, clock: ToldClock
) -> None:
    one = holder(group_id=school.group_id)
    clock.moment += timedelta(hours=2)
    school.world.sign_in(teacher, school.teacher)
    teacher.get(school.address)
    page = teacher.submit(action="/badges/sheet", child=[one.child.pid, school.children[0].pid])
    assert len(badges_on(page)) == 2, "printed two hours ago: the same badge once more"
    clock.moment += timedelta(days=2)
    school.world.sign_in(teacher, school.teacher)
    teacher.get(school.address)
    page = teacher.submit(action="/badges/sheet", child=[one.child.pid])
    assert "都在使用中" in page.main
    teacher.get(school.address)
    page = teacher.submit(action="/badges/sheet", child=[one.child.pid, school.children[2].pid])
    assert [name for name, _ in badges_on(page)] == [school.children[2].name]
    assert one.child.name in page.main
    assert try_pictures(new_client(), one.typed, one.pictures).status == 303


def test_replacing_asks_first_and_then_voids_the_old_badge(
    teacher: PageClient, new_client: Callable[[], PageClient], school: School, holder: MakeHolder
) -> None:
    one = holder(group_id=school.group_id)
    teacher.get(school.address)
    page = teacher.submit(action="/badges/sheet", button="replace", child=[one.child.pid])
    assert "要换新卡吗" in page.heading
    assert one.child.name in page.main
    assert try_pictures(new_client(), one.typed, one.pictures).status == 303, "nothing has happened yet"
    page = teacher.submit(action="/badges/sheet")
    [(name, typed)] = badges_on(page)
    assert name == one.child.name
    assert try_pictures(new_client(), one.typed, one.pictures).status == 422
    assert try_pictures(new_client(), typed, one.pictures).status == 303


def test_nobody_ticked_is_told_kindly(teacher: PageClient, school: School) -> None:
    teacher.get(school.address)
    page = teacher.submit(action="/badges/sheet", without=("child",))
    assert "至少勾选一个孩子" in page.main
    assert school.world.database.value("SELECT count(*) FROM badges") == 0


@pytest.mark.parametrize("address", ["http://127.0.0.1:5000", "http://localhost:5000", "https://groups.example.org"])
def test_the_sheet_warns_when_its_squares_lead_to_this_computer_only(
    teacher: PageClient, school: School, address: str
) -> None:
    """safety.md 5, LAN note."""
    token = teacher.token()
    with teacher.flask.session_transaction(base_url=address) as there, teacher.flask.session_transaction() as here:
        there.update(here)
    answer = teacher.flask.post(
        "/badges/sheet", data={"csrf_token": token, "child": school.children[0].pid}, base_url=address,
        headers={"Referer": f"{address}/badges"},
    )  # fmt: skip
    assert answer.status_code == 200
    assert ("只能在这台电脑上用" in answer.get_data(as_text=True)) is ("example" not in address)


# One child


def test_a_lost_badge_is_closed_on_the_childs_page(
    teacher: PageClient, new_client: Callable[[], PageClient], school: School, holder: MakeHolder
) -> None:
    one = holder(group_id=school.group_id)
    teacher.get(f"/badges/{one.child.pid}")
    page = teacher.submit(action=f"/badges/{one.child.pid}/loss")
    assert "已经作废" in page.main
    assert "已挂失" in page.main
    assert try_pictures(new_client(), one.typed, one.pictures).status == 422
    page = teacher.submit(action="/badges/sheet")
    assert [name for name, _ in badges_on(page)] == [one.child.name]


def test_forgotten_pictures_are_chosen_anew(
    teacher: PageClient, new_client: Callable[[], PageClient], school: School, holder: MakeHolder
) -> None:
    one = holder(group_id=school.group_id)
    teacher.get(f"/badges/{one.child.pid}")
    page = teacher.submit(action=f"/badges/{one.child.pid}/new-pictures")
    assert "可以重新选图片" in page.main
    child = new_client()
    child.get("/sign-in/badge")
    assert len(child.submit(having="badge_code", badge_code=one.typed).find("button", name="row")) == 3
    again = teacher.post(f"/badges/{one.child.pid}/new-pictures")
    assert "还没有选图片" in again.main, "a form sent twice"


def test_the_page_tells_the_badges_so_far(teacher: PageClient, school: School, holder: MakeHolder) -> None:
    one = holder(group_id=school.group_id)
    with write(school.world.database) as tx:
        actions.issue_badge_in(tx, school.world.sealer, one.child.account_id, None, school.world.clock())
    page = teacher.get(f"/badges/{one.child.pid}")
    trail = page.find("ul", class_="trail")[0]
    assert len(trail.all("li")) == 2
    assert "已换新卡" in trail.text
    assert "2026年11月23日 09:00" in trail.text


# Who may


ADDRESSES = ("/badges", "{list}", "/badges/{child}")
DEEDS = ("/badges/sheet", "/badges/{child}/loss", "/badges/{child}/new-pictures")


def open_all(client: PageClient, school: School, child: Person) -> list[int]:
    """Open every page and press every button; answers the statuses."""
    names = {"list": school.address, "child": child.pid}
    pages = [client.get(one.replace("{list}", names["list"]).format(**names), follow=False) for one in ADDRESSES]
    pages += [client.post(one.format(**names), {"child": child.pid}, follow=False) for one in DEEDS]
    return [page.status for page in pages]


@pytest.mark.parametrize("role", ["mentor", "department", "guardian"])
def test_other_adults_see_nothing_of_badges(client: PageClient, school: School, role: str) -> None:
    world = school.world
    world.sign_in(client, world.adult(role, school.group_id if role == "mentor" else None))
    assert open_all(client, school, school.children[0]) == [403] * 6


def test_children_see_nothing_of_the_staffs_pages(client: PageClient, school: School) -> None:
    school.world.sign_in(client, school.children[0])
    assert open_all(client, school, school.children[0]) == [403] * 6


def test_visitors_are_asked_to_sign_in(client: PageClient, school: School) -> None:
    assert open_all(client, school, school.children[0]) == [303] * 3 + [403] * 3
    assert school.world.database.value("SELECT count(*) FROM badges") == 0


@pytest.mark.parametrize("days", [None, 366])
def test_without_a_current_record_check_badges_stay_closed(
    client: PageClient, school: School, days: int | None
) -> None:
    """R43."""
    world = school.world
    world.sign_in(client, world.teacher(school.group_id, vetted_days_ago=days))
    assert open_all(client, school, school.children[0]) == [403] * 6


def test_a_teacher_of_another_group_finds_nothing(client: PageClient, school: School) -> None:
    """R92, R93."""
    world = school.world
    world.sign_in(client, world.teacher(world.group()))
    assert open_all(client, school, school.children[0]) == [303, 404, 404, 404, 404, 404]
    assert world.database.value("SELECT count(*) FROM badges") == 0


def test_what_opens_doors_needs_a_fresh_password(client: PageClient, school: School, clock: ToldClock) -> None:
    """R87: five minutes; the list stays readable and says where to give the password."""
    world = school.world
    world.sign_in(client, school.teacher)
    clock.moment += timedelta(minutes=5, seconds=1)
    assert open_all(client, school, school.children[0]) == [303, 200, 200, 403, 403, 403]
    assert world.database.value("SELECT count(*) FROM badges") == 0
    page = client.get(school.address)
    assert [link for link in page.links() if link.startswith("/confirm?next=/badges?group")]
    assert not page.find("button", name="replace")
    assert [link for link in client.get(f"/badges/{school.children[0].pid}").links() if link.startswith("/confirm")]


def test_foreign_ids_are_not_found(teacher: PageClient, school: School) -> None:
    for address in ("/badges?group=nothing", "/badges/nothing", "/badges/" + "x" * 500, "/badges/1"):
        assert teacher.get(address).status == 404
    adult = school.world.teacher(school.group_id)
    assert teacher.get(f"/badges/{adult.pid}").status == 404


# On other pages


def test_a_teacher_reads_on_the_own_page_who_cannot_come_in(client: PageClient, school: School) -> None:
    world = school.world
    world.sign_in(client, school.teacher)
    page = client.get("/me")
    assert "有3个孩子还没有能用的团员卡" in page.main
    assert "/badges" in page.links()
    client.get(school.address)
    client.submit(action="/badges/sheet")
    assert "还没有能用的团员卡" not in client.get("/me").main


def test_the_card_takes_one_question(school: School, count_sql: Callable[[], object]) -> None:
    world = school.world
    somebody = actor_of(school.teacher, Role.TEACHER, world.clock(), school.group_id)
    maker = my_page.CARDS["badges_missing"]
    with world.app.test_request_context():
        maker.fill(world.database, somebody, world.clock())
        with count_sql() as statements:  # type: ignore[attr-defined]
            assert maker.fill(world.database, somebody, world.clock()) is not None
    assert len(statements) == 1


def test_members_show_their_badge_and_lead_to_it(teacher: PageClient, school: School) -> None:
    page = teacher.get("/members")
    assert page.text.count("还没有卡") == 3
    assert f"/badges/{school.children[0].pid}" in page.links()
    page = teacher.get(f"/members/{school.children[0].pid}")
    assert f"/badges/{school.children[0].pid}" in page.links()


def test_the_page_of_a_group_leads_to_its_badges(teacher: PageClient, school: School) -> None:
    page = teacher.get(f"/groups/{school.pid_of('group', school.group_id)}")
    assert school.address in page.links()


def test_the_typed_code_is_printed_in_fours(teacher: PageClient, school: School) -> None:
    teacher.get(school.address)
    page = teacher.submit(action="/badges/sheet")
    for _, typed in badges_on(page):
        assert re.fullmatch(rf"([{rules.LETTERS}]{{4}} ){{3}}[{rules.LETTERS}]{{4}}", typed)


def test_badges_speak_english_when_asked(teacher: PageClient, school: School, holder: MakeHolder) -> None:
    one = holder(group_id=school.group_id, pictures=FOUR)
    teacher.get("/language/en?next=/")
    assert "in use" in teacher.get(school.address).main
    assert "Come in with your badge" in teacher.get("/sign-in/badge").heading
    page = try_pictures(teacher, one.typed, ("star", "boat", "car", "book"))
    assert "do not belong together" in page.main

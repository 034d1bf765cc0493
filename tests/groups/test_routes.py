"""The pages of groups and members: who sees what, what the forms do with odd input, what a page costs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask_babel import lazy_gettext

from cfc_groups.access import Scope, permission
from cfc_groups.groups import sections
from cfc_groups.groups.sections import GroupLink, MemberCell, MemberColumn, MemberSection
from tests.conftest import ToldClock
from tests.support.pages import Page, PageClient
from tests.support.world import World

DAY = timedelta(days=1)
ROLES = ["child", "mentor", "teacher", "coordinator", "department"]


def pid_of(world: World, group_id: int) -> str:
    return str(world.database.value("SELECT pid FROM groups WHERE group_id = ?", (group_id,)))


def team_pid(world: World, team_id: int) -> str:
    return str(world.database.value("SELECT pid FROM teams WHERE team_id = ?", (team_id,)))


def somebody(world: World, role: str, group_id: int | None = None, *, team_id: int | None = None):  # type: ignore[no-untyped-def]
    if role == "child":
        return world.child(group_id, team_id, consents=False)
    return world.adult(role, group_id, team_id=team_id)


def statements(page: Callable[[], Page], count_sql: Callable[[], object]) -> int:
    with count_sql() as ran:  # type: ignore[attr-defined]
        page()
    return len([one for one in ran if re.match(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)", one)])


# The tree


@pytest.mark.parametrize("role", ROLES)
def test_everybody_who_is_signed_in_reads_the_names_of_groups_and_teams(
    world: World, client: PageClient, role: str
) -> None:
    city = world.group("杭州市儿童观察团", kind="city")
    school = world.group("翠苑小学观察团", parent=city)
    world.team(school, "公园游乐小队", theme="parks")
    world.sign_in(client, somebody(world, role))
    page = client.get("/groups")
    assert page.status == 200
    for name in ("杭州市儿童观察团", "翠苑小学观察团", "公园游乐小队"):
        assert name in page.main


def test_visitors_do_not_see_the_tree(world: World, client: PageClient) -> None:
    """R6: who is in which group is for signed-in people."""
    world.group("杭州市儿童观察团")
    page = client.get("/groups")
    assert "杭州市儿童观察团" not in page.html
    assert client.get(f"/groups/{pid_of(world, 1)}").heading != "杭州市儿童观察团"


def test_an_alliance_without_groups_says_what_to_do_first(world: World, client: PageClient) -> None:
    world.sign_in(client, world.coordinator())
    assert "/groups/new" in client.get("/groups").links()
    world.sign_in(client, world.child(consents=False))
    page = client.get("/groups")
    assert page.find("div", class_="empty") and "/groups/new" not in page.links()


def test_a_large_tree_is_paged_and_nothing_is_on_two_pages(world: World, client: PageClient) -> None:
    for number in range(60):
        world.group(f"观察团{number:03}")
    world.sign_in(client, world.teacher())
    seen: list[str] = []
    page = client.get("/groups")
    while True:
        seen += re.findall(r"观察团\d{3}", page.main)
        older = [link for link in page.links() if "after=" in link]
        if not older:
            break
        page = client.get(older[0])
    assert seen == [f"观察团{number:03}" for number in range(60)]


# One group


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("inside", [True, False])
def test_children_stand_on_a_groups_page_only_for_its_own_people_and_coordinators(
    world: World, client: PageClient, role: str, inside: bool
) -> None:
    """R6, R93."""
    group_id, other = world.group(), world.group()
    world.child(group_id, nickname="会唱歌的小熊", consents=False)
    world.sign_in(client, somebody(world, role, group_id if inside and role != "department" else other))
    page = client.get(f"/groups/{pid_of(world, group_id)}")
    assert page.status == 200
    expected = role == "coordinator" or (inside and role != "department")
    assert ("会唱歌的小熊" in page.html) is expected


def test_a_mentor_of_a_team_sees_the_children_of_that_team(world: World, client: PageClient) -> None:
    """safety.md 3: mentors reach teams."""
    group_id = world.group()
    own, other = world.team(group_id), world.team(group_id)
    world.child(group_id, own, nickname="自己队的小熊", consents=False)
    world.child(group_id, other, nickname="别的队的小熊", consents=False)
    world.sign_in(client, world.adult("mentor", group_id, team_id=own))
    page = client.get(f"/groups/{pid_of(world, group_id)}")
    assert "自己队的小熊" in page.main and "别的队的小熊" not in page.html


def test_no_real_name_and_no_number_of_a_child_is_on_any_page_of_the_room(world: World, client: PageClient) -> None:
    """R1, R5, R31: staff see nicknames; the name, the guardian and the phone stay sealed."""
    group_id = world.group()
    child = world.child(group_id, world.team(group_id), real_name="欧阳若兰", birth_month="2016-10", consents=False)
    from cfc_groups.accounts.actions import set_guardian_contact_in
    from cfc_groups.db import write

    with write(world.database) as tx:
        set_guardian_contact_in(
            tx, world.sealer, child.account_id, name="欧阳建国", relation="父亲", phone="13911112222",
            email="o@example.org", now=world.clock(),
        )  # fmt: skip
    group = pid_of(world, group_id)
    world.sign_in(client, world.coordinator())
    for address in (
        f"/groups/{group}", "/members", f"/members?group={group}", f"/members/{child.pid}",
        f"/members/{child.pid}/move?group={group}", f"/members/{child.pid}/leave?group={group}",
        f"/members/hand-out?group={group}",
    ):  # fmt: skip
        page = client.get(address)
        assert page.status == 200, address
        for canary in ("欧阳", "若兰", "建国", "13911112222", "example.org", "2016-10"):
            assert canary not in page.html, (address, canary)
    member = client.get(f"/members/{child.pid}")
    assert "有电话" in member.main and "父亲" in member.main


def test_the_groups_pages_close_when_the_record_check_is_over_and_say_why(
    world: World, client: PageClient, clock: ToldClock
) -> None:
    """R43: day 365 is fine, day 366 is not."""
    group_id = world.group()
    teacher = world.teacher(group_id, vetted_days_ago=365)
    addresses = (f"/groups/{pid_of(world, group_id)}", "/members")
    world.sign_in(client, teacher)
    assert [client.get(address).status for address in addresses] == [200, 200]
    clock.moment += DAY
    world.sign_in(client, teacher)
    for address in addresses:
        page = client.get(address)
        assert page.status == 403 and "查询" in page.main
    assert client.get("/groups").status == 200, "names of groups hold no child"


PAGES_OF_MANAGERS = ["/groups/new", "/groups/ended", "/groups/{group}/change", "/groups/{group}/end", "/services/new"]
PAGES_OF_TEACHERS = [
    "/groups/{group}/teams/new", "/teams/{team}/change", "/teams/{team}/end", "/groups/{group}/staff/new",
    "/services/{service}/end", "/members", "/members/{child}", "/members/new?group={group}",
    "/members/{child}/move?group={group}", "/members/{child}/leave?group={group}", "/members/hand-out?group={group}",
    "/members/import?group={group}", "/members/import/template",
]  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_each_page_opens_for_exactly_the_roles_of_the_table(world: World, client: PageClient, role: str) -> None:
    """R91: every page of the room with every role, inside the group."""
    group_id = world.group()
    team_id = world.team(group_id)
    child, teacher = world.child(group_id, team_id, consents=False), world.teacher(group_id)
    service = world.database.value("SELECT pid FROM memberships WHERE account_id = ?", (teacher.account_id,))
    known = {
        "group": pid_of(world, group_id), "team": team_pid(world, team_id), "child": child.pid, "service": service,
    }  # fmt: skip
    world.sign_in(client, somebody(world, role, group_id if role != "department" else None))
    for address in [*PAGES_OF_MANAGERS, *PAGES_OF_TEACHERS]:
        may = role == "coordinator" or (role == "teacher" and address in PAGES_OF_TEACHERS)
        response = client.flask.get(address.format(**known), follow_redirects=False)
        assert response.status_code == (200 if may else 403), (role, address, response.status_code)


def test_every_page_of_a_foreign_group_is_not_found_for_a_teacher(world: World, client: PageClient) -> None:
    """R92, R93: groups, teams, children, services of others answer 404, for reading and for sending."""
    foreign = world.group()
    team_id = world.team(foreign)
    child, colleague = world.child(foreign, team_id, consents=False), world.teacher(foreign)
    service = world.database.value("SELECT pid FROM memberships WHERE account_id = ?", (colleague.account_id,))
    known = {
        "group": pid_of(world, foreign), "team": team_pid(world, team_id), "child": child.pid, "service": service,
    }  # fmt: skip
    own = world.group()
    world.sign_in(client, world.teacher(own))
    before = world.database.value("SELECT count(*) FROM journal")
    for address in PAGES_OF_TEACHERS:
        if "{" not in address:
            continue
        assert client.get(address.format(**known)).status == 404, address
        if "hand-out" not in address and address != "/members/{child}":
            assert client.post(address.format(**known), {"name": "x", "role": "coordinator"}).status == 404, address
    assert client.get(f"/members?group={known['group']}").status == 404
    assert client.get(f"/members?group={pid_of(world, own)}&team={known['team']}").status == 404
    assert client.post(f"/teams/{known['team']}/reopening").status == 404
    assert client.post(f"/members/{child.pid}/staying?group={known['group']}").status == 404
    assert world.database.value("SELECT count(*) FROM journal") == before


def test_addresses_that_name_nothing_are_not_found(world: World, client: PageClient) -> None:
    world.sign_in(client, world.coordinator())
    for address in (
        "/groups/nothing", "/groups/1", "/groups?under=nothing", "/groups/nothing/change", "/teams/nothing/change",
        "/services/nothing/end", "/members/nothing", "/members/1", "/members?group=nothing", "/members/import/nothing",
        "/members/new?group=nothing", "/members/hand-out?group=nothing", "/members/hand-out",
    ):  # fmt: skip
        assert client.get(address).status == 404, address
    assert client.get("/groups?after=nothing").status == 200
    assert client.get("/members?after=nothing").status == 200


# Forms of groups and teams


def test_a_coordinator_makes_renames_moves_ends_and_reopens_a_group(world: World, client: PageClient) -> None:
    world.sign_in(client, world.coordinator())
    client.get("/groups/new")
    page = client.submit(having="starts_on", name="杭州市儿童观察团", kind="city")
    assert page.heading == "杭州市儿童观察团"
    city = page.address.rsplit("/", 1)[1]
    client.get(f"/groups/new?parent={city}")
    page = client.submit(having="starts_on", name="翠苑小学")
    school = page.address.rsplit("/", 1)[1]
    client.get(f"/groups/{school}/change")
    page = client.submit(having="starts_on", name="翠苑小学观察团", parent="")
    assert page.heading == "翠苑小学观察团"
    client.get(f"/groups/{school}/end")
    page = client.submit(having="last_on")
    assert page.status == 200 and page.find("form", action=f"/groups/{school}/reopening")
    page = client.submit(action=f"/groups/{school}/reopening")
    assert not page.find("form", action=f"/groups/{school}/reopening")


def test_the_confirm_page_says_how_many_children_and_adults_an_end_concerns(world: World, client: PageClient) -> None:
    group_id = world.group()
    for _ in range(3):
        world.child(group_id, consents=False)
    world.teacher(group_id)
    world.sign_in(client, world.coordinator())
    page = client.get(f"/groups/{pid_of(world, group_id)}/end")
    assert "3 位小朋友" in page.main and "1 位大人" in page.main


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("name", "　 "), ("name", "长" * 31), ("name", "\u200b"), ("name", "🦊"), ("kind", "planet"),
        ("parent", "nothing"), ("parent", "1"), ("starts_on", ""), ("starts_on", "soon"), ("starts_on", "2026-02-30"),
        ("starts_on", "9999-12-31"), ("starts_on", "0001-01-01"), ("starts_on", "1" * 10_000),
    ],
)  # fmt: skip
def test_odd_input_of_a_group_gets_a_sentence_beside_its_field_and_keeps_what_was_typed(
    world: World, client: PageClient, field: str, value: str | None
) -> None:
    world.sign_in(client, world.coordinator())
    client.get("/groups/new")
    page = client.submit(having="starts_on", **{"name": "翠苑小学", field: value})
    assert page.status == 422, page.main
    assert page.find("p", class_="error")
    if field != "name":
        assert page.find("input", name="name")[0].attributes["value"] == "翠苑小学"
    assert world.database.value("SELECT count(*) FROM groups") == 0


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "'; DROP TABLE groups; --", "🦊小队", "ＡＢＣ"]
)
def test_strange_names_stand_as_words_on_every_page(world: World, client: PageClient, name: str) -> None:
    """R96."""
    world.sign_in(client, world.coordinator())
    client.get("/groups/new")
    page = client.submit(having="starts_on", name=name)
    assert page.status == 200 and page.heading == name
    client.get(page.address + "/teams/new")
    page = client.submit(having="theme", name=name[:20], theme="parks")
    assert page.status == 200 and name[:20] in page.main
    assert name in client.get("/groups").main
    assert "<script>alert" not in client.page.html  # type: ignore[union-attr]


def test_signs_that_turn_words_around_are_taken_out_of_names(world: World, client: PageClient) -> None:
    world.sign_in(client, world.coordinator())
    client.get("/groups/new")
    assert client.submit(having="starts_on", name="\u202e翠苑\u200b小学\ufeff").heading == "翠苑小学"


def test_a_day_is_read_as_people_type_it(world: World, client: PageClient) -> None:
    world.sign_in(client, world.coordinator())
    for number, text in enumerate(("2026年9月1日", "2026/9/1", "２０２６-０９-０１", "2026.9.1")):
        client.get("/groups/new")
        client.submit(having="starts_on", name=f"团{number}", starts_on=text)
    assert {row[0] for row in world.database.rows("SELECT starts_on FROM groups")} == {"2026-09-01"}


def test_the_second_of_two_coordinators_gets_409_and_sees_the_first_ones_change(
    world: World, client: PageClient, new_client: Callable[[], PageClient]
) -> None:
    group = pid_of(world, world.group("旧名"))
    world.sign_in(client, world.coordinator())
    other = world.sign_in(new_client(), world.coordinator())
    for one in (client, other):
        one.get(f"/groups/{group}/change")
    other.submit(having="starts_on", name="同事改的名")
    page = client.submit(having="starts_on", name="我改的名")
    assert page.status == 409 and "同事改的名" in page.main
    assert page.find("input", name="name")[0].attributes["value"] == "我改的名"
    page = client.submit(having="starts_on")
    assert page.status == 200 and page.heading == "我改的名", "who has seen it may still change it"


def test_a_form_with_a_mistake_does_not_lose_the_guard_against_overwriting(
    world: World, client: PageClient, new_client: Callable[[], PageClient]
) -> None:
    group = pid_of(world, world.group("旧名"))
    world.sign_in(client, world.coordinator())
    other = world.sign_in(new_client(), world.coordinator())
    for one in (client, other):
        one.get(f"/groups/{group}/change")
    other.submit(having="starts_on", name="同事改的名")
    assert client.submit(having="starts_on", name="").status == 422
    assert client.submit(having="starts_on", name="我改的名").status == 409


def test_more_fields_than_the_form_has_are_ignored(world: World, client: PageClient) -> None:
    """R92: nobody makes a group under another pid or brings a row in by a field."""
    world.sign_in(client, world.coordinator())
    client.get("/groups/new")
    client.submit(having="starts_on", name="翠苑小学", pid="chosen", group_id="77", ends_on="2026-01-01", state="x")
    row = world.database.row("SELECT pid, group_id, ends_on FROM groups")
    assert row is not None and row["pid"] != "chosen" and row["group_id"] != 77 and row["ends_on"] is None


def test_teachers_make_change_end_and_reopen_teams_of_their_group(world: World, client: PageClient) -> None:
    group_id = world.group()
    group = pid_of(world, group_id)
    world.sign_in(client, world.teacher(group_id))
    client.get(f"/groups/{group}/teams/new")
    assert client.submit(having="theme", name="公园小队").status == 422, "a theme is needed"
    page = client.submit(having="theme", name="公园小队", theme="parks")
    assert "公园小队" in page.main
    team = str(world.database.value("SELECT pid FROM teams"))
    client.get(f"/teams/{team}/change")
    page = client.submit(having="theme", name="绿地小队", theme="living")
    assert "绿地小队" in page.main
    client.get(f"/teams/{team}/end")
    page = client.submit(having="last_on", last_on=str(world.today))
    page = client.submit(action=f"/teams/{team}/reopening")
    assert world.database.value("SELECT ends_on FROM teams") is None
    client.get(f"/teams/{team}/end")
    assert client.submit(having="last_on", last_on="2020-01-01").status == 422


# Staff


def test_a_coordinator_lets_somebody_serve_from_the_persons_own_page(world: World, client: PageClient) -> None:
    group_id = world.group("翠苑小学观察团")
    teacher = world.adult("teacher", name="陈老师")
    world.sign_in(client, world.coordinator())
    page = client.get(f"/people/{teacher.pid}")
    assert f"/services/new?person={teacher.pid}" in page.links()
    client.get(f"/services/new?person={teacher.pid}")
    page = client.submit(having="person")
    assert [one.attributes["value"] for one in page.find("input", name="person", checked="")] == [teacher.pid]
    page = client.submit(having="starts_on")
    assert "陈老师" in page.main and page.heading == "翠苑小学观察团"
    page = client.get(f"/people/{teacher.pid}")
    assert "翠苑小学观察团" in page.main
    end = next(link for link in page.links() if link.startswith("/services/") and link.endswith("/end"))
    client.get(end)
    client.submit(having="when", when="at_once")
    assert world.database.value("SELECT count(*) FROM memberships WHERE group_id = ?", (group_id,)) == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"person": None}, {"person": "nobody"}, {"starts_on": ""}, {"starts_on": "2026-99-99"}, {"team": "nothing"},
        {"ends_on": "2020-01-01"}, {"ends_on": "x"}, {"starts_on": "1999-01-01"},
    ],
)  # fmt: skip
def test_odd_service_gets_a_sentence(world: World, client: PageClient, fields: dict[str, str | None]) -> None:
    group_id = world.group()
    mentor = world.adult("mentor")
    world.sign_in(client, world.coordinator())
    client.get(f"/groups/{pid_of(world, group_id)}/staff/new")
    page = client.submit(having="starts_on", **{"person": mentor.pid, **fields})
    assert page.status in (404, 422), page.main
    assert world.database.value("SELECT count(*) FROM memberships WHERE account_id = ?", (mentor.account_id,)) == 0


def test_the_list_of_adults_is_narrowed_by_name(world: World, client: PageClient) -> None:
    group = pid_of(world, world.group())
    world.adult("mentor", name="郑工")
    world.adult("mentor", name="吴敏")
    world.sign_in(client, world.coordinator())
    page = client.get(f"/groups/{group}/staff/new?q=郑")
    assert "郑工" in page.main and "吴敏" not in page.main
    assert client.get(f"/groups/{group}/staff/new?q=%27%20OR%201=1").find("input", name="person") == []


# Members


def test_a_child_is_taken_in_by_hand_moved_and_leaves(world: World, client: PageClient) -> None:
    group_id = world.group()
    group, team = pid_of(world, group_id), team_pid(world, world.team(group_id, "公园小队"))
    world.sign_in(client, world.teacher(group_id))
    client.get("/members/new")
    assert client.page is not None and client.page.address == "/members/new", "one group: nothing to ask"
    page = client.submit(
        having="member_number", member_number="ａ００１", name="李 子轩", birth_month="2016年3月", team=team,
        guardian="李女士", phone="139-0000-1234",
    )  # fmt: skip
    assert page.status == 200 and "A001" in page.main and "公园小队" in page.main and "李子轩" not in page.html
    child = page.address.rsplit("/", 1)[1]
    client.get(f"/members/{child}/move?group={group}")
    page = client.submit(having="member_number", team="")
    assert "没有小队" in page.main
    client.get(f"/members/{child}/leave?group={group}")
    page = client.submit(having="last_on")
    assert page.find("form", action=f"/members/{child}/staying?group={group}")
    page = client.submit(action=f"/members/{child}/staying")
    assert not page.find("form", action=f"/members/{child}/staying?group={group}")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("member_number", ""), ("member_number", "x" * 40), ("member_number", "a b<c"), ("name", ""), ("name", "李"),
        ("name", "李1"), ("name", "<b>李一</b>"), ("name", "李" * 30), ("birth_month", ""), ("birth_month", "2032-01"),
        ("birth_month", "2016-13"), ("birth_month", "1990-01"), ("birth_month", "soon"), ("guardian", ""),
        ("phone", ""), ("phone", "12345"), ("phone", "13900001234, 13900001235"), ("email", "x@"), ("team", "nothing"),
        ("name", "330106201603151234"), ("member_number", "330106201603151234"), ("relation", "<i>"),
    ],
)  # fmt: skip
def test_odd_input_of_a_child_follows_the_rules_of_a_rosters_row(
    world: World, client: PageClient, field: str, value: str
) -> None:
    group_id = world.group()
    world.sign_in(client, world.teacher(group_id))
    client.get(f"/members/new?group={pid_of(world, group_id)}")
    good = {
        "member_number": "A001", "name": "李子轩", "birth_month": "2016-03", "guardian": "李女士",
        "phone": "13900001234",
    }  # fmt: skip
    page = client.submit(having="member_number", **{**good, field: value})
    assert page.status == 422 and page.find("p", class_="error"), page.main
    for name, typed in good.items():
        if name != field:
            assert page.find("input", name=name)[0].attributes["value"] == typed
    assert world.database.value("SELECT count(*) FROM accounts WHERE role = 'child'") == 0


def test_a_child_with_the_same_name_and_month_comes_in_after_a_tick(world: World, client: PageClient) -> None:
    group_id = world.group()
    world.sign_in(client, world.teacher(group_id))
    fields = {"name": "李子轩", "birth_month": "2016-03", "guardian": "李女士", "phone": "13900001234"}
    for number, expected in (("A001", 200), ("A002", 422)):
        client.get(f"/members/new?group={pid_of(world, group_id)}")
        page = client.submit(having="member_number", member_number=number, **fields)
        assert page.status == expected
    assert "A001" in page.main
    assert client.submit(having="member_number", twin_ok="y").status == 200


def test_the_list_is_filtered_searched_and_paged(world: World, client: PageClient) -> None:
    group_id, other = world.group(), world.group()
    team_id = world.team(group_id, "公园小队")
    for number in range(55):
        world.child(group_id, team_id if number % 2 else None, nickname=f"会飞的小熊{number:02}", consents=False)
    world.child(other, nickname="别处的小猫", consents=False)
    world.sign_in(client, world.teacher(group_id))
    page = client.get("/members")
    names = re.findall(r"会飞的小熊\d\d", page.main)
    assert len(names) == 50 and "别处" not in page.html
    older = next(link for link in page.links() if "after=" in link)
    rest = re.findall(r"会飞的小熊\d\d", client.get(older).main)
    assert len(rest) == 5 and sorted([*names, *rest]) == [f"会飞的小熊{number:02}" for number in range(55)]
    group = pid_of(world, group_id)
    assert len(re.findall(r"会飞的小熊\d\d", client.get(f"/members?group={group}&team=none").main)) == 28
    assert "会飞的小熊07" in client.get(f"/members?group={group}&q=熊07").main
    assert client.get("/members?q=别处").find("div", class_="empty")
    for odd in ("%25", "' OR 1=1 --", "<script>", "\u202e", "\ud83e", "字" * 3000):
        assert client.get("/members", query_string={"q": odd.encode("utf-8", "replace")}).status == 200


def test_the_hand_out_list_is_paper_with_numbers_and_nicknames(world: World, client: PageClient) -> None:
    """R89: no name, no school on what leaves the room with a nickname."""
    group_id = world.group()
    team_id = world.team(group_id)
    child = world.child(group_id, team_id, real_name="欧阳若兰", consents=False)
    world.child(group_id, nickname="没有队的小熊", consents=False)
    world.sign_in(client, world.teacher(group_id))
    page = client.get(f"/members/hand-out?group={pid_of(world, group_id)}")
    assert child.name in page.text and "没有队的小熊" in page.text and "欧阳" not in page.html
    assert not page.find("nav"), "paper has no navigation"
    one_team = client.get(f"/members/hand-out?group={pid_of(world, group_id)}&team={team_pid(world, team_id)}")
    assert child.name in one_team.text and "没有队的小熊" not in one_team.text


def test_a_child_that_left_is_found_by_coordinators_only(world: World, client: PageClient) -> None:
    group_id = world.group()
    child = world.child(group_id, consents=False)
    yesterday = str(world.today - DAY)
    world.database.connection.execute(
        "UPDATE memberships SET ends_on = ? WHERE account_id = ?", (yesterday, child.account_id)
    )
    world.sign_in(client, world.teacher(group_id))
    assert client.get(f"/members/{child.pid}").status == 404
    world.sign_in(client, world.coordinator())
    page = client.get(f"/members/{child.pid}")
    assert page.status == 200 and not page.find("a", class_="btn-second", href=f"/members/{child.pid}/move")


def test_an_adults_public_id_is_no_members_page(world: World, client: PageClient) -> None:
    group_id = world.group()
    teacher = world.teacher(group_id)
    world.sign_in(client, world.coordinator())
    assert client.get(f"/members/{teacher.pid}").status == 404


# What other rooms add


@pytest.fixture
def own_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start with nothing registered and leave nothing behind."""
    for name in ("_columns", "_makers", "_links"):
        monkeypatch.setattr(sections, name, [])


def test_other_rooms_add_columns_sections_and_buttons_for_who_may_see_them(
    world: World, client: PageClient, own_sections: None
) -> None:
    for_teachers = permission("test_teachers_only", teacher=Scope.GROUP)
    sections.add_member_column(
        MemberColumn(
            lazy_gettext("Members"), lambda db, ids, today: {each: MemberCell("牙齿", "good", "check") for each in ids},
            for_teachers,
        )
    )  # fmt: skip
    sections.add_member_section(lambda db, actor, child, today: MemberSection("macros/icons.html", {"child": child}))
    sections.add_member_section(lambda db, actor, child, today: None)
    sections.add_group_link(GroupLink(lazy_gettext("Members"), "badge", for_teachers, lambda pid: f"/elsewhere/{pid}"))
    group_id = world.group()
    child = world.child(group_id, consents=False)
    world.sign_in(client, world.teacher(group_id))
    assert "牙齿" in client.get("/members").main
    assert client.get(f"/members/{child.pid}").status == 200
    assert f"/elsewhere/{pid_of(world, group_id)}" in client.get(f"/groups/{pid_of(world, group_id)}").links()
    world.sign_in(client, world.coordinator())
    assert "牙齿" not in client.get("/members").main


# What it costs


def test_pages_cost_at_most_eight_statements_whatever_the_number_of_rows(
    world: World, client: PageClient, count_sql: Callable[[], object], own_sections: None
) -> None:
    """The columns and sections of other rooms are counted in their own tests."""
    group_id = world.group()
    team_id = world.team(group_id)
    child = world.child(group_id, team_id, consents=False)
    teacher, coordinator = world.teacher(group_id), world.coordinator()
    group = pid_of(world, group_id)
    addresses = (
        "/groups", f"/groups/{group}", "/members", f"/members?group={group}&team=none", f"/members/{child.pid}",
        f"/members/{child.pid}/move?group={group}",
    )  # fmt: skip
    counts: dict[str, set[int]] = {address: set() for address in addresses}
    for size in (1, 12):
        for _ in range(size):
            world.child(group_id, team_id, consents=False)
            world.team(group_id)
            world.teacher(group_id)
            world.group(parent=group_id)
        for person in (teacher, coordinator):
            world.sign_in(client, person)
            client.get("/groups")  # notes when the session was last seen, once a minute
            for address in addresses:
                counts[address].add(statements(lambda address=address: client.get(address), count_sql))
    assert all(max(found) <= 8 for found in counts.values()), counts
    assert all(max(found) - min(found) <= 1 for found in counts.values()), counts

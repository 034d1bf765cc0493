"""The pages of places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from cfc_groups.db import Database, write
from cfc_groups.places import actions, queries
from cfc_groups.places.models import PlaceKind
from tests.support.pages import PageClient
from tests.support.world import World


@pytest.fixture
def coordinator(world: World, client: PageClient) -> PageClient:
    return world.sign_in(client, world.coordinator())


@pytest.fixture
def park(database: Database, coordinator: PageClient, now: datetime) -> str:
    with write(database) as tx:
        return actions.add_place_in(tx, now, name="翠苑公园", kind=PlaceKind.PARK, district="西湖区").pid


def names(database: Database) -> list[str]:
    return [place.name for place in queries.place_choices(database)]


@pytest.mark.parametrize(
    ("role", "status"),
    [("teacher", 200), ("mentor", 200), ("coordinator", 200), ("guardian", 403), ("department", 403), ("child", 403)],
)
def test_staff_read_the_list(world: World, client: PageClient, park: str, role: str, status: int) -> None:
    person = world.child(consents=False) if role == "child" else world.adult(role)
    page = world.sign_in(client, person).get("/places")
    assert page.status == status
    assert ("翠苑公园" in page.main) is (status == 200)
    assert bool(page.find("a", href=f"/places/{park}")) is (role == "coordinator")


def test_a_visitor_is_asked_to_sign_in(client: PageClient) -> None:
    assert client.get("/places", follow=False, check=False).status == 303


def test_a_teacher_changes_nothing(world: World, client: PageClient, database: Database, park: str) -> None:
    world.sign_in(client, world.teacher())
    for address in ("/places/new", f"/places/{park}", f"/places/{park}/end", f"/places/{park}/reopening"):
        assert client.post(address, {"name": "x", "kind": "park"}).status == 403
    assert names(database) == ["翠苑公园"]


def test_an_empty_list_says_what_to_do_first(world: World, coordinator: PageClient, client: PageClient) -> None:
    assert "先把孩子们熟悉的公园、学校、车站、场馆加进来吧" in coordinator.get("/places").main
    assert coordinator.page.find("a", href="/places/new")  # type: ignore[union-attr]
    world.sign_in(client, world.teacher())
    assert not client.get("/places").find("a", href="/places/new")


def test_a_coordinator_adds_renames_ends_and_reopens(coordinator: PageClient, database: Database) -> None:
    coordinator.get("/places/new")
    page = coordinator.submit(having="name", name="人民公园", kind="park", district="西湖区")
    assert "谢谢，“人民公园”已经加进来了" in page.text
    address = next(link for link in page.links() if link.startswith("/places/") and link != "/places/new")
    coordinator.get(address)
    page = coordinator.submit(having="name", name="翠苑公园")
    assert names(database) == ["翠苑公园"]
    coordinator.get(address)
    page = coordinator.submit(action=f"{address}/end")
    assert names(database) == []
    assert "翠苑公园" in coordinator.get("/places?ended=").main
    page = coordinator.get(address)
    assert "从2026年11月23日起不再供选择" in page.main
    coordinator.submit(action=f"{address}/reopening")
    assert names(database) == ["翠苑公园"]


def test_a_home_is_refused_kindly_beside_the_name(coordinator: PageClient, database: Database) -> None:
    """R9."""
    coordinator.get("/places/new")
    page = coordinator.submit(having="name", name="我家楼下", kind="community", district="西湖区")
    assert page.status == 422
    assert "为了大家的安全，住的地方我们不写" in page.find("div", id="name-error")[0].text
    assert page.find("input", name="name")[0].attributes["value"] == "我家楼下", "what was typed stays"
    assert page.find("input", name="district")[0].attributes["value"] == "西湖区"
    assert names(database) == []


@pytest.mark.parametrize(
    ("fields", "beside"),
    [
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "🌳🌳"}, "name"),
        ({"name": "长" * 31}, "name"),
        ({"name": "翠苑公园", "district": "西湖区"}, "name"),
        ({"name": "翠苑公园" * 1000}, "name"),
        ({"district": "区" * 21}, "district"),
        ({"kind": "castle"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"kind": "' OR 1=1 --"}, "kind"),
    ],
)
def test_a_place_typed_wrongly_is_refused_beside_its_field(
    coordinator: PageClient, database: Database, park: str, fields: dict[str, str], beside: str
) -> None:
    coordinator.get("/places/new")
    page = coordinator.submit(having="name", **({"name": "人民公园", "kind": "park", "district": ""} | fields))
    assert page.status == 422
    assert page.find("div", id=f"{beside}-error")
    assert names(database) == ["翠苑公园"]


@pytest.mark.parametrize(
    "name", ["<b>桥</b>", "'; DROP TABLE places; --", "\u202egnol", "桥" * 30, "ｆｕｌｌ ｗｉｄｔｈ", "👨‍👩‍👧 乐园"]
)
def test_strange_names_are_only_names(coordinator: PageClient, database: Database, name: str) -> None:
    coordinator.get("/places/new")
    page = coordinator.submit(having="name", name=name, kind="other")
    assert page.status == 200
    assert len(names(database)) == 1
    assert "<b>桥" not in page.html


def test_a_field_that_the_form_does_not_have_changes_nothing(coordinator: PageClient, database: Database) -> None:
    """R92."""
    coordinator.post("/places/new", {"name": "人民公园", "kind": "park", "ended_on": "2020-01-01", "pid": "mine"})
    row = database.row("SELECT pid, ended_on FROM places")
    assert row is not None
    assert row["pid"] != "mine"
    assert row["ended_on"] is None


@pytest.mark.parametrize("address", ["", "/end", "/reopening"])
def test_a_place_that_is_none_is_not_found(coordinator: PageClient, address: str) -> None:
    assert coordinator.post(f"/places/nowhere{address}", {"name": "x", "kind": "park"}).status == 404


@pytest.mark.parametrize(
    ("query", "there"),
    [("q=公园", True), ("q=gy", True), ("q=小学", False), ("district=西湖区", True), ("district=上城区", False),
     ("q=🌳", False), ("after=nonsense", False), ("district=%27%20OR%201=1", False)],
)  # fmt: skip
def test_the_list_is_searched_and_filtered(coordinator: PageClient, park: str, query: str, there: bool) -> None:
    page = coordinator.get(f"/places?{query}")
    assert page.status == 200
    assert ("翠苑公园" in page.main) is there
    assert ("没有找到这个地点" in page.main) is not there


def test_long_lists_lead_on_and_back(coordinator: PageClient, database: Database, now: datetime) -> None:
    with write(database) as tx:
        for number in range(queries.PAGE + 2):
            actions.add_place_in(tx, now, name=f"公园{number:03d}", kind=PlaceKind.PARK, district="西湖区")
    page = coordinator.get("/places", query_string={"q": "公园", "district": "西湖区"})
    assert "公园051" not in page.main
    page = coordinator.get(page.find("a", rel="next")[0].attributes["href"])
    assert "公园051" in page.main
    assert "公园000" not in page.main
    assert not page.find("a", rel="next")
    page = coordinator.get(page.find("a", rel="prev")[0].attributes["href"])
    assert "公园000" in page.main


def test_reading_changes_nothing(coordinator: PageClient, database: Database, park: str) -> None:
    """R94."""
    before = list(database.connection.iterdump())
    for address in ("", "?q=公园", "?ended=", "/new", f"/{park}", f"/{park}/end", f"/{park}/reopening"):
        coordinator.get(f"/places{address}")
    assert list(database.connection.iterdump()) == before
    assert coordinator.post(f"/places/{park}/end", token=False).status == 400
    assert names(database) == ["翠苑公园"]


@pytest.mark.parametrize("address", ["/places", "/places?q=公园", "/places/new", "/places/{park}"])
def test_a_page_costs_few_statements(
    coordinator: PageClient, park: str, count_sql: Callable[[], Any], address: str
) -> None:
    coordinator.get("/places")
    with count_sql() as statements:
        coordinator.get(address.format(park=park))
    own = [one for one in statements if not one.startswith("--")]  # the full-text index reads its own tables besides
    assert len(own) <= 8, own

"""Keeping the list of places, and finding one on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cfc_groups import journal
from cfc_groups.access import Actor, Role
from cfc_groups.db import Database, Writer, write
from cfc_groups.errors import NotFound, RuleBroken
from cfc_groups.places import actions, hooks, queries, store
from cfc_groups.places.models import Place, PlaceKind
from tests.support.world import World

TODAY = date(2026, 11, 23)


@pytest.fixture
def coordinator(world: World, now: datetime) -> Actor:
    person = world.coordinator()
    return Actor(person.account_id, person.pid, Role.COORDINATOR, person.name, "owl", 0, now, now)


@pytest.fixture
def add(database: Database, coordinator: Actor, now: datetime) -> Callable[..., Place]:
    def adding(name: str, district: str = "", kind: PlaceKind = PlaceKind.PARK) -> Place:
        return actions.add_place(database, coordinator, now, name=name, kind=kind, district=district)

    return adding


Add = Callable[..., Place]


def found(database: Database, search: str, district: str | None = None) -> list[str]:
    return [place.name for place in queries.place_choices(database, search=search, district=district)]


def test_an_added_place_can_be_picked_and_read(database: Database, add: Add) -> None:
    place = add(" 翠苑公园 ", "西湖区")
    assert queries.place_choices(database) == [place]
    assert store.get_place(database, place.pid) == place == store.find_place_by_id(database, place.place_id)
    assert store.find_place_by_id(database, 999) is None
    with pytest.raises(NotFound):
        store.get_place(database, "nowhere")


def test_places_stand_in_the_order_of_their_pinyin(database: Database, add: Add) -> None:
    for name in ("中山公园", "翠苑公园", "安吉路小学", "西湖"):
        add(name)
    assert found(database, "") == ["安吉路小学", "翠苑公园", "西湖", "中山公园"]


@pytest.mark.parametrize(
    "search", ["公园", "园", "西湖公园", "gongyuan", "gy", "xihu", "xhgy", "XIHU", "西 湖", "公 gy"]
)
def test_a_place_is_found_by_characters_pinyin_and_first_letters(database: Database, add: Add, search: str) -> None:
    add("西湖公园")
    add("安吉路小学", kind=PlaceKind.SCHOOL)
    assert found(database, search) == ["西湖公园"]


@pytest.mark.parametrize("search", ["园公", "ongyuan", "东湖", "🌳", "%", "*", "_"])
def test_what_is_not_there_is_not_found(database: Database, add: Add, search: str) -> None:
    add("西湖公园")
    assert found(database, search) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(search=st.text(max_size=60))
def test_no_search_breaks_the_list(database: Database, search: str) -> None:
    """R96: quotes, stars and operators of the full-text query are words like any other."""
    assert queries.place_choices(database, search=search) == []


def test_two_districts_may_have_a_place_of_one_name(database: Database, add: Add) -> None:
    add("人民公园", "西湖区")
    add("人民公园", "上城区")
    with pytest.raises(RuleBroken) as refusal:
        add("人民公园 ", "西湖区")
    assert (refusal.value.code, refusal.value.field) == ("place_name_taken", "name")
    assert found(database, "", "西湖区") == ["人民公园"]
    assert queries.district_choices(database) == ["上城区", "西湖区"]


def test_a_home_is_refused_and_leaves_nothing_behind(database: Database, add: Add) -> None:
    """R9."""
    with pytest.raises(RuleBroken, match="place_is_a_home"):
        add("我家")
    assert queries.place_choices(database) == []
    assert database.value("SELECT count(*) FROM place_search") == 0
    assert database.value("SELECT count(*) FROM journal") == 0


def test_a_renamed_place_is_found_by_its_new_name_only(
    database: Database, add: Add, coordinator: Actor, now: datetime
) -> None:
    place = add("人民公园", "西湖区")
    changed = actions.change_place(
        database, coordinator, now, place.pid, name="翠苑公园", kind=PlaceKind.OTHER, district="上城区"
    )
    assert changed.place_id == place.place_id
    assert store.get_place(database, place.pid) == changed
    assert found(database, "人民") == found(database, "renmin") == []
    assert found(database, "cuiyuan") == ["翠苑公园"]


def test_a_place_may_keep_its_own_name_but_not_take_anothers(
    database: Database, add: Add, coordinator: Actor, now: datetime
) -> None:
    place, _ = add("人民公园"), add("翠苑公园")
    actions.change_place(database, coordinator, now, place.pid, name="人民公园", kind=PlaceKind.OTHER)
    for name, code in (("翠苑公园", "place_name_taken"), ("奶奶家", "place_is_a_home")):
        with pytest.raises(RuleBroken, match=code):
            actions.change_place(database, coordinator, now, place.pid, name=name, kind=PlaceKind.PARK)
    with pytest.raises(NotFound):
        actions.change_place(database, coordinator, now, "nowhere", name="西湖", kind=PlaceKind.PARK)


def test_an_ended_place_is_no_longer_offered_and_can_come_back(
    database: Database, add: Add, coordinator: Actor, now: datetime
) -> None:
    place = add("人民公园")
    for _ in range(2):
        actions.end_place(database, coordinator, now, place.pid, today=TODAY)
    assert found(database, "") == found(database, "人民") == []
    assert store.get_place(database, place.pid).ended_on == TODAY
    assert [one.name for one in queries.place_page(database, ended=True).places] == ["人民公园"]
    actions.reopen_place(database, coordinator, now, place.pid)
    assert found(database, "人民") == ["人民公园"]
    deeds = [row["deed"] for row in database.rows("SELECT deed FROM journal ORDER BY entry_id")]
    assert deeds == ["add_place", "end_place", "reopen_place"]
    assert journal.verify(database) is None


def test_the_name_of_an_ended_place_is_free_and_then_bars_its_return(
    database: Database, add: Add, coordinator: Actor, now: datetime
) -> None:
    place = add("人民公园")
    actions.end_place(database, coordinator, now, place.pid, today=TODAY)
    add("人民公园")
    with pytest.raises(RuleBroken, match="place_name_taken"):
        actions.reopen_place(database, coordinator, now, place.pid)
    actions.change_place(database, coordinator, now, place.pid, name="人民公园东门", kind=PlaceKind.PARK)
    actions.reopen_place(database, coordinator, now, place.pid)
    assert found(database, "") == ["人民公园", "人民公园东门"]


def test_who_shows_places_elsewhere_hears_of_each_change(
    database: Database, add: Add, coordinator: Actor, now: datetime
) -> None:
    heard: list[int] = []

    def listen(tx: Writer, place_id: int, moment: datetime) -> None:
        heard.append(place_id)

    hooks.on_change(listen)
    hooks.on_change(listen)
    try:
        place = add("人民公园")
        actions.change_place(database, coordinator, now, place.pid, name="翠苑公园", kind=PlaceKind.PARK)
        actions.end_place(database, coordinator, now, place.pid, today=TODAY)
        actions.reopen_place(database, coordinator, now, place.pid)
    finally:
        hooks._changes.remove(listen)
    assert heard == [place.place_id] * 3


@pytest.mark.parametrize("search", ["", "公园"])
@pytest.mark.parametrize("district", [None, "西湖区"])
def test_pages_go_through_all_places_once(database: Database, now: datetime, search: str, district: str | None) -> None:
    with write(database) as tx:
        for number in range(25):
            for where in ("西湖区", "上城区"):
                actions.add_place_in(tx, now, name=f"公园{number}", kind=PlaceKind.PARK, district=where)
    seen: list[int] = []
    after: str | None = None
    while True:
        page = queries.place_page(database, search=search, district=district, after=after, limit=7)
        seen += [place.place_id for place in page.places]
        after = page.after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == (50 if district is None else 25)


@pytest.mark.parametrize(
    ("named", "index"),
    [
        ({}, "places_by_name"),
        ({"district": "西湖区"}, "places_by_district"),
        ({"ended": True}, "places_ended"),
        ({"search": "公园"}, "VIRTUAL TABLE INDEX"),
        ({"search": "公园", "district": "西湖区"}, "VIRTUAL TABLE INDEX"),
    ],
)
@pytest.mark.parametrize("after", [None, "x"])
def test_each_list_is_read_by_its_index(
    database: Database, add: Add, count_sql: Callable[[], Any], named: dict[str, Any], index: str, after: str | None
) -> None:
    add("翠苑公园", "西湖区")
    with count_sql() as statements:
        queries.place_page(database, after=after, **named)
    own = [one for one in statements if not one.startswith("--")]  # the full-text index reads its own tables besides
    assert len(own) == 1
    plan = [row["detail"] for row in database.rows(f"EXPLAIN QUERY PLAN {own[0]}")]
    assert any(index in step for step in plan), plan
    assert not [step for step in plan if step in ("SCAN p", "SCAN places")], plan
    if not named.get("search"):
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan, plan


def test_districts_are_read_by_their_index(database: Database, add: Add, count_sql: Callable[[], Any]) -> None:
    add("翠苑公园", "西湖区")
    with count_sql() as statements:
        assert queries.district_choices(database) == ["西湖区"]
    plan = [row["detail"] for row in database.rows(f"EXPLAIN QUERY PLAN {statements[0]}")]
    assert any("places_by_district" in step for step in plan), plan

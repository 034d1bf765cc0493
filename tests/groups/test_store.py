"""The rows of groups and memberships: who is active on a day, how far somebody reaches, what the lists cost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cfc_groups.access import Actor, Reach, Role
from cfc_groups.accounts.names import sort_key
from cfc_groups.db import Database, write
from cfc_groups.groups import member_queries, queries, store, tree_queries
from cfc_groups.groups.models import MemberFilter
from cfc_groups.groups.store import reach_of
from tests.support.world import Person, World

DAY = timedelta(days=1)


def actor_of(world: World, person: Person) -> Actor:
    role = Role(person.role)
    reach = reach_of(world.database, person.account_id, world.today)
    return Actor(person.account_id, person.pid, role, person.name, "fox", 1, world.clock(), world.clock(), reach=reach)


def put(database: Database, sql: str, *values: object) -> None:
    with write(database) as tx:
        tx.execute(sql, values)


def set_days(world: World, person: Person, starts: int, ends: int | None) -> None:
    """Set a person's one membership to days relative to today."""
    end = None if ends is None else str(world.today + ends * DAY)
    put(
        world.database, "UPDATE memberships SET starts_on = ?, ends_on = ? WHERE account_id = ?",
        str(world.today + starts * DAY), end, person.account_id,
    )  # fmt: skip


# Active today


@pytest.mark.parametrize(
    ("starts", "ends", "counts"),
    [(0, None, True), (0, 0, True), (-9, 0, True), (-9, -1, False), (1, None, False), (1, 9, False)],
)
def test_a_membership_counts_from_its_first_to_its_last_day(
    world: World, starts: int, ends: int | None, counts: bool
) -> None:
    """The edges: starts today, ends today, ended yesterday, starts tomorrow; in every query that others use."""
    group_id = world.group()
    team_id = world.team(group_id)
    child, teacher = world.child(group_id, team_id, consents=False), world.teacher(group_id)
    for person in (child, teacher):
        set_days(world, person, starts, ends)
    db, today = world.database, world.today
    group = store.get_group_by_id(db, group_id)
    assert bool(reach_of(db, child.account_id, today).group_ids) is counts
    assert bool(reach_of(db, teacher.account_id, today).group_ids) is counts
    assert (queries.team_of_child(db, child.account_id, today) is not None) is counts
    assert (queries.moderators_of(db, group_id, today) == [teacher.account_id]) is counts
    assert (member_queries.children_of_group(db, group_id, today) == [child.account_id]) is counts
    assert bool(tree_queries.faces(db, group, today, after=None, team_ids=None)[0]) is counts
    coordinator = actor_of(world, world.coordinator())
    assert bool(member_queries.members(db, coordinator, today, MemberFilter(), after=None)[0]) is counts
    within = MemberFilter(group_id=group_id)
    assert bool(member_queries.members(db, coordinator, today, within, after=None)[0]) is counts


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(starts=st.integers(-40, 40), length=st.none() | st.integers(0, 40), day=st.integers(-60, 60))
def test_reach_and_place_agree_on_every_day(world: World, starts: int, length: int | None, day: int) -> None:
    """R93: a child reaches a group on exactly the days on which it is its member."""
    if not hasattr(world, "somebody"):
        group_id = world.group()
        world.somebody = world.child(group_id, world.team(group_id), consents=False)  # type: ignore[attr-defined]
    child: Person = world.somebody  # type: ignore[attr-defined]
    set_days(world, child, starts, None if length is None else starts + length)
    asked = world.today + day * DAY
    inside = starts <= day and (length is None or day <= starts + length)
    assert bool(reach_of(world.database, child.account_id, asked).group_ids) is inside
    assert (queries.team_of_child(world.database, child.account_id, asked) is not None) is inside


# Reach


def test_reach_by_role_and_service(world: World) -> None:
    group_id, other = world.group(), world.group()
    team_id = world.team(group_id)
    db, today = world.database, world.today
    child = world.child(group_id, team_id, consents=False)
    assert reach_of(db, child.account_id, today) == Reach(frozenset({group_id}), frozenset({team_id}))
    teacher = world.teacher(group_id)
    assert reach_of(db, teacher.account_id, today) == Reach(frozenset({group_id}))
    mentor = world.adult("mentor", group_id, team_id=team_id)
    assert reach_of(db, mentor.account_id, today) == Reach(frozenset({group_id}), frozenset({team_id}))
    coordinator = world.coordinator()
    assert reach_of(db, coordinator.account_id, today) == Reach()
    assert actor_of(world, coordinator).reaches_group(other), "coordinators reach everything by their role"
    department = world.adult("department")
    assert not actor_of(world, department).reaches_group(group_id)


def test_when_a_team_has_ended_its_children_stay_and_those_who_served_only_it_do_not(world: World) -> None:
    group_id = world.group()
    team_id = world.team(group_id)
    child = world.child(group_id, team_id, consents=False)
    mentor = world.adult("mentor", group_id, team_id=team_id)
    put(world.database, "UPDATE teams SET ends_on = ? WHERE team_id = ?", str(world.today - DAY), team_id)
    assert reach_of(world.database, child.account_id, world.today) == Reach(frozenset({group_id}))
    assert reach_of(world.database, mentor.account_id, world.today) == Reach()
    place = queries.team_of_child(world.database, child.account_id, world.today)
    assert place is not None and place.group_id == group_id and place.team_id is None and place.theme is None


def test_nobody_reaches_a_group_that_has_ended(world: World) -> None:
    group_id = world.group()
    teacher = world.teacher(group_id)
    put(world.database, "UPDATE groups SET ends_on = ? WHERE group_id = ?", str(world.today - DAY), group_id)
    assert reach_of(world.database, teacher.account_id, world.today) == Reach()


def test_moderators_are_active_teachers_with_a_current_record_check(world: World) -> None:
    """R43: who may not moderate is not counted on."""
    group_id = world.group()
    good = world.teacher(group_id, vetted_days_ago=365)
    world.teacher(group_id, vetted_days_ago=366)
    world.teacher(group_id, vetted_days_ago=None)
    world.adult("mentor", group_id)
    suspended = world.teacher(group_id)
    put(world.database, "UPDATE accounts SET state = 'suspended' WHERE account_id = ?", suspended.account_id)
    assert queries.moderators_of(world.database, group_id, world.today) == [good.account_id]


def test_coordinators_are_those_who_are_active(world: World) -> None:
    first, second = world.coordinator(), world.coordinator()
    put(world.database, "UPDATE accounts SET state = 'ended' WHERE account_id = ?", second.account_id)
    assert queries.coordinators(world.database) == [first.account_id]


def test_a_child_in_two_groups_belongs_where_it_has_been_longest(world: World) -> None:
    first, second = world.group(), world.group()
    child = world.child(second, consents=False)
    with write(world.database) as tx:
        tx.insert(
            "memberships", account_id=child.account_id, group_id=first, kind="child",
            starts_on=str(world.today - 200 * DAY), made_at="2026-01-01T00:00:00.000Z",
        )  # fmt: skip
    place = queries.team_of_child(world.database, child.account_id, world.today)
    assert place is not None and place.group_id == first
    assert reach_of(world.database, child.account_id, world.today).group_ids == {first, second}


def test_themes_come_in_their_order_without_those_that_ended(world: World) -> None:
    assert [theme.key for theme in queries.theme_choices(world.database)] == [
        "living", "culture", "transport", "health", "parks", "school", "safety"
    ]  # fmt: skip
    put(world.database, "UPDATE themes SET ended_on = '2026-01-01' WHERE theme = 'culture'")
    assert "culture" not in [theme.key for theme in queries.theme_choices(world.database)]


# Lists


def pages(database: Database, actor: Actor, today: date, wanted: MemberFilter, most: int) -> Iterable[list[str]]:
    after = None
    while True:
        rows, after = member_queries.members(database, actor, today, wanted, after=after, most=most)
        yield [row.nickname for row in rows]
        if after is None:
            return


def test_every_child_stands_on_exactly_one_page_in_the_order_of_nicknames(world: World) -> None:
    group_id, other = world.group(), world.group()
    for number in range(7):
        how = "安静勇敢快乐好奇机灵温暖细心"[number * 2 : number * 2 + 2]
        world.child(group_id, nickname=f"{how}的小熊", consents=False)
    world.child(other, nickname="耐心的小熊", consents=False)
    coordinator = actor_of(world, world.coordinator())
    teacher = actor_of(world, world.teacher(group_id))
    for actor, wanted, count in (
        (coordinator, MemberFilter(), 8),
        (coordinator, MemberFilter(group_id=group_id), 7),
        (teacher, MemberFilter(), 7),
    ):
        found = [name for page in pages(world.database, actor, world.today, wanted, 3) for name in page]
        assert found == sorted(found, key=sort_key), "by pinyin"
        assert len(found) == len(set(found)) == count


def test_search_finds_part_of_a_nickname_and_a_whole_member_number_within_reach_only(world: World) -> None:
    """R93: counts and search never mix groups."""
    own, foreign = world.group(), world.group()
    world.child(own, nickname="会飞的小熊", consents=False)
    world.child(foreign, nickname="唱歌的小熊", consents=False)
    number = world.database.value("SELECT member_number FROM memberships WHERE group_id = ? AND kind = 'child'", (own,))
    teacher = actor_of(world, world.teacher(own))

    def found(words: str, group_id: int | None = None) -> list[str]:
        wanted = MemberFilter(group_id=group_id, words=words)
        rows, _ = member_queries.members(world.database, teacher, world.today, wanted, after=None)
        return [row.nickname for row in rows]

    assert found("小熊") == ["会飞的小熊"]
    assert found(str(number)) == ["会飞的小熊"]
    assert found(str(number)[:-1]) == []
    assert found("唱歌") == []
    assert found("", foreign) == [], "not even by naming the group"
    for odd in ("%", "_", "'", '"', "x' OR 1=1 --", "\\", "小熊%"):
        assert found(odd) == []


@pytest.mark.parametrize("few", [0, 1, 1_000])
def test_a_coordinators_search_finds_the_same_by_either_way(
    world: World, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Few hits are gone to, many are met on a walk; nobody sees the difference, page by page."""
    monkeypatch.setattr(member_queries, "FEW_HITS", few)
    first, second = world.group(), world.group()
    for number, group_id in enumerate((first, second, first, second)):
        world.child(group_id, nickname=f"会飞的小熊{number}", consents=False)
    world.child(first, nickname="安静的小猫", consents=False)
    coordinator = actor_of(world, world.coordinator())
    wanted = MemberFilter(words="小熊")
    found = [name for page in pages(world.database, coordinator, world.today, wanted, 1) for name in page]
    assert found == [f"会飞的小熊{number}" for number in range(4)]
    number = str(world.database.value("SELECT member_number FROM memberships WHERE group_id = ?", (second,)))
    by_number = list(pages(world.database, coordinator, world.today, MemberFilter(words=number), 5))
    assert by_number == [["会飞的小熊1"]]


def test_the_list_of_one_team_and_of_children_without_one(world: World) -> None:
    group_id = world.group()
    team_id = world.team(group_id)
    world.child(group_id, team_id, nickname="队里的小熊", consents=False)
    world.child(group_id, nickname="自在的小熊", consents=False)
    coordinator = actor_of(world, world.coordinator())
    for team, nickname in ((team_id, "队里的小熊"), (0, "自在的小熊")):
        wanted = MemberFilter(group_id=group_id, team_id=team)
        rows, _ = member_queries.members(world.database, coordinator, world.today, wanted, after=None)
        assert [row.nickname for row in rows] == [nickname]


def test_the_tree_is_read_in_four_statements_and_pages_by_name(world: World, count_sql: object) -> None:
    for number in range(tree_queries.GROUPS_ON_A_PAGE + 3):
        top = world.group(f"团{number:03}")
        if number < 3:
            middle = world.group(f"团{number:03}中", parent=top)
            world.team(world.group(f"团{number:03}下", parent=middle))
    with count_sql() as statements:  # type: ignore[operator]
        branches, after = tree_queries.tree(world.database, world.today, under=None, after=None, coming=False)
    assert len(statements) == 4
    assert len(branches) == tree_queries.GROUPS_ON_A_PAGE and after is not None
    assert branches[0].below[0].below[0].line.teams
    rest, none = tree_queries.tree(world.database, world.today, under=None, after=after, coming=False)
    assert len(rest) == 3 and none is None
    names = [branch.line.group.name for branch in [*branches, *rest]]
    assert names == sorted(names)


def test_coming_groups_stand_in_the_tree_for_who_makes_them_and_ended_ones_for_nobody(world: World) -> None:
    coming, over = world.group("将来团"), world.group("过去团")
    put(world.database, "UPDATE groups SET starts_on = ? WHERE group_id = ?", str(world.today + DAY), coming)
    put(world.database, "UPDATE groups SET ends_on = ? WHERE group_id = ?", str(world.today - DAY), over)

    def names(*, managing: bool) -> list[str]:
        branches, _ = tree_queries.tree(world.database, world.today, under=None, after=None, coming=managing)
        return [branch.line.group.name for branch in branches]

    assert names(managing=False) == []
    assert names(managing=True) == ["将来团"]
    assert [group.name for group in tree_queries.ended_groups(world.database, world.today, None)[0]] == ["过去团"]


# What it costs


def plan(database: Database, sql: str, parameters: object) -> str:
    return "\n".join(row["detail"] for row in database.rows(f"EXPLAIN QUERY PLAN {sql}", parameters))  # type: ignore[arg-type]


def statements_of(world: World, count_sql: object) -> dict[str, str]:
    """The statements that the busiest reads run, as they reach SQLite."""
    db, today = world.database, world.today
    group = store.get_group_by_id(db, world.group())
    coordinator = actor_of(world, world.coordinator())
    reads = {
        "reach": lambda: reach_of(db, 1, today),
        "place": lambda: queries.team_of_child(db, 1, today),
        "moderators": lambda: queries.moderators_of(db, group.group_id, today),
        "faces": lambda: tree_queries.faces(db, group, today, after=None, team_ids=None),
        "staff": lambda: tree_queries.staff_of(db, group, today),
        "services": lambda: tree_queries.services_of(db, 1),
        "members of a group": lambda: member_queries.members(
            db, coordinator, today, MemberFilter(group_id=group.group_id), after=None
        ),
        "members of all": lambda: member_queries.members(db, coordinator, today, MemberFilter(), after="x"),
        "search": lambda: member_queries.members(db, coordinator, today, MemberFilter(words="x"), after=None),
        "children": lambda: member_queries.children_of_group(db, group.group_id, today),
        "tree": lambda: tree_queries.groups_below(db, group, today, coming=False),
    }
    found = {}
    for name, read in reads.items():
        with count_sql() as statements:  # type: ignore[operator]
            read()
        found[name] = statements[-1]
    return found


def test_no_read_of_people_scans_a_table(world: World, count_sql: object) -> None:
    for name, sql in statements_of(world, count_sql).items():
        told = plan(world.database, sql, ())
        for line in told.splitlines():
            assert not line.startswith("SCAN") or "json_each" in line or "hits" in line, f"{name}: {told}"


def test_lists_across_the_alliance_are_read_in_order_and_not_sorted(world: World, count_sql: object) -> None:
    found = statements_of(world, count_sql)
    for name in ("members of all", "services", "place", "tree"):
        told = plan(world.database, found[name], ())
        assert "TEMP B-TREE" not in told, f"{name}: {told}"

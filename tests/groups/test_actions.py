"""What is done to groups, teams and memberships, as one transaction each; and what is refused without a trace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cfc_groups import journal
from cfc_groups.access import Actor, Role
from cfc_groups.accounts import store as people
from cfc_groups.errors import Conflict, NotFound, Refusal, RuleBroken
from cfc_groups.groups import actions, member_actions, queries, store, team_store
from cfc_groups.groups.models import Group, GroupKind, NewMember, Team
from cfc_groups.groups.store import reach_of
from tests.conftest import ToldClock
from tests.support.world import Person, World

DAY = timedelta(days=1)


class Office:
    """Somebody at work: the actions with the actor, the moment and the day filled in."""

    def __init__(self, world: World, person: Person) -> None:
        self.world = world
        self.person = person

    @property
    def actor(self) -> Actor:
        world, person = self.world, self.person
        return Actor(
            person.account_id, person.pid, Role(person.role), person.name, "owl", 1, world.clock(), world.clock(),
            vetted_on=world.today, reach=reach_of(world.database, person.account_id, world.today),
        )  # fmt: skip

    def do(self, action: Callable[..., object], *arguments: object, **named: object) -> object:
        return action(
            self.world.database, self.actor, self.world.clock(), *arguments, today=self.world.today, **named
        )

    def make_group(self, name: str = "翠苑小学观察团", *, parent: str | None = None, days_ago: int = 50) -> Group:
        made = self.do(
            actions.add_group, name=name, kind=GroupKind.SCHOOL, parent=parent,
            starts_on=self.world.today - days_ago * DAY,
        )  # fmt: skip
        assert isinstance(made, Group)
        return made

    def make_team(self, group: Group, name: str = "公园小队", theme: str = "parks") -> Team:
        made = self.do(actions.add_team, group.pid, name=name, theme=theme)
        assert isinstance(made, Team)
        return made


@pytest.fixture
def office(world: World) -> Office:
    return Office(world, world.coordinator())


def refused(code: str, deed: Callable[[], object], kind: type[Refusal] = RuleBroken) -> None:
    with pytest.raises(kind) as caught:
        deed()
    assert caught.value.code == code


def rows(world: World, person: Person) -> list[tuple[object, ...]]:
    """A person's history: group, team, first and last day."""
    found = world.database.rows(
        "SELECT group_id, team_id, starts_on, ends_on FROM memberships WHERE account_id = ? ORDER BY membership_id",
        (person.account_id,),
    )
    return [tuple(row) for row in found]


def newcomer(number: str = "A001", name: str = "李一") -> NewMember:
    return NewMember(number, name, "2016-03", "李女士", "母亲", "13900001234", "")


# Groups


def test_a_group_is_made_changed_and_journaled(world: World, office: Office) -> None:
    city = office.make_group("杭州市儿童观察团")
    school = office.make_group("翠苑小学", parent=city.pid)
    assert school.parent_id == city.group_id
    changed = office.do(
        actions.change_group, school.pid, seen=actions.seen_of_group(school), name="翠苑小学观察团",
        kind=GroupKind.COMMUNITY, parent=None, starts_on=school.starts_on,
    )  # fmt: skip
    assert isinstance(changed, Group)
    assert (changed.name, changed.kind, changed.parent_id) == ("翠苑小学观察团", GroupKind.COMMUNITY, None)
    deeds = [row["deed"] for row in world.database.rows("SELECT deed FROM journal ORDER BY entry_id")]
    assert deeds == ["add_group", "add_group", "change_group"]
    assert journal.verify(world.database) is None


def test_two_open_groups_cannot_have_one_name_but_an_ended_ones_name_is_free(world: World, office: Office) -> None:
    first = office.make_group("翠苑小学")
    refused("group_name_taken", lambda: office.make_group("翠苑小学"))
    office.do(actions.end_group, first.pid, last_on=world.today)
    second = office.make_group("翠苑小学")
    refused("group_name_taken", lambda: office.do(actions.reopen_group, first.pid))
    assert store.get_group(world.database, second.pid).ends_on is None


def test_a_group_cannot_be_moved_below_itself_in_any_depth(world: World, office: Office) -> None:
    top = office.make_group("上")
    middle = office.make_group("中", parent=top.pid)
    bottom = office.make_group("下", parent=middle.pid)

    def move(group: Group, below: Group) -> object:
        return office.do(
            actions.change_group, group.pid, seen=actions.seen_of_group(group), name=group.name, kind=group.kind,
            parent=below.pid, starts_on=group.starts_on,
        )  # fmt: skip

    for below in (top, middle, bottom):
        refused("group_circle", lambda below=below: move(top, below))
    assert isinstance(move(bottom, top), Group)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(moves=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12))
def test_whatever_is_moved_where_the_tree_stays_a_tree(
    world: World, office: Office, moves: list[tuple[int, int]]
) -> None:
    world.database.connection.execute("DELETE FROM groups")
    pids = [office.make_group(f"团{number}").pid for number in range(6)]
    for moved, below in moves:
        group = store.get_group(world.database, pids[moved])
        try:
            office.do(
                actions.change_group, group.pid, seen=actions.seen_of_group(group), name=group.name, kind=group.kind,
                parent=pids[below], starts_on=group.starts_on,
            )  # fmt: skip
        except RuleBroken as broken:
            assert broken.code in ("group_circle", "tree_too_deep")
    for pid in pids:
        group_id = store.get_group(world.database, pid).group_id
        above = store.ids_above(world.database, group_id)
        assert group_id not in above and len(above) == len(set(above)) <= 5


def test_of_two_coordinators_who_change_one_group_the_second_is_told(world: World, office: Office) -> None:
    """The later change does not overwrite the earlier one unseen."""
    group = office.make_group("旧名")
    seen = actions.seen_of_group(group)
    other = Office(world, world.coordinator())

    def rename(who: Office, name: str) -> object:
        return who.do(
            actions.change_group, group.pid, seen=seen, name=name, kind=group.kind, parent=None,
            starts_on=group.starts_on,
        )  # fmt: skip

    rename(other, "同事的名字")
    refused("changed_meanwhile", lambda: rename(office, "我的名字"), Conflict)
    assert store.get_group(world.database, group.pid).name == "同事的名字"


def test_a_group_cannot_start_after_who_is_in_it(world: World, office: Office) -> None:
    group = office.make_group()
    office.make_team(group)

    def start(day: date) -> object:
        return office.do(
            actions.change_group, group.pid, seen=actions.seen_of_group(group), name=group.name, kind=group.kind,
            parent=None, starts_on=day,
        )  # fmt: skip

    refused("starts_after_members", lambda: start(world.today + DAY))
    assert isinstance(start(world.today), Group)


def test_the_end_of_a_group_ends_teams_and_memberships_and_taking_it_back_restores_each_day(
    world: World, office: Office, clock: ToldClock
) -> None:
    group = office.make_group()
    team = office.make_team(group)
    child = world.child(group.group_id, team.team_id, consents=False)
    leaving = world.child(group.group_id, consents=False)
    teacher = world.teacher(group.group_id)
    for person, days in ((leaving, 40), (teacher, 3)):
        world.database.connection.execute(
            "UPDATE memberships SET ends_on = ? WHERE account_id = ?",
            (str(world.today + days * DAY), person.account_id),
        )
    before = [rows(world, person) for person in (child, leaving, teacher)]
    last_on = world.today + 10 * DAY
    concerned = office.do(actions.end_group, group.pid, last_on=last_on)
    assert (concerned.children, concerned.staff, concerned.teams) == (2, 0, 1)  # type: ignore[attr-defined]
    assert [rows(world, person)[0][3] for person in (child, leaving)] == [str(last_on)] * 2
    assert rows(world, teacher) == before[2], "who ends earlier anyway still does"
    assert team_store.get_team(world.database, team.pid).ends_on == last_on

    refused("already_ended", lambda: office.do(actions.end_group, group.pid, last_on=last_on), Conflict)
    office.do(actions.reopen_group, group.pid)
    assert [rows(world, person) for person in (child, leaving, teacher)] == before
    assert team_store.get_team(world.database, team.pid).ends_on is None
    refused("not_ended", lambda: office.do(actions.reopen_group, group.pid), Conflict)

    office.do(actions.end_group, group.pid, last_on=world.today)
    assert queries.team_of_child(world.database, child.account_id, world.today) is not None, "today still counts"
    clock.moment += DAY
    assert queries.team_of_child(world.database, child.account_id, world.today) is None
    refused("end_has_passed", lambda: office.do(actions.reopen_group, group.pid))


def test_a_group_with_others_below_it_does_not_end_before_them(world: World, office: Office) -> None:
    top = office.make_group("上")
    below = office.make_group("下", parent=top.pid)
    refused("groups_below", lambda: office.do(actions.end_group, top.pid, last_on=world.today))
    office.do(actions.end_group, below.pid, last_on=world.today)
    office.do(actions.end_group, top.pid, last_on=world.today)
    refused("parent_is_over", lambda: office.do(actions.reopen_group, below.pid))


@pytest.mark.parametrize(
    ("days", "code"),
    [(-2, "end_is_past"), (-60, "ends_before_start"), (500, "end_too_far"), (-1, "ends_before_members")],
)
def test_a_groups_last_day_is_a_sensible_one(world: World, office: Office, days: int, code: str) -> None:
    group = office.make_group()
    office.make_team(group)  # starts today
    refused(code, lambda: office.do(actions.end_group, group.pid, last_on=world.today + days * DAY))
    assert store.get_group(world.database, group.pid).ends_on is None


# Teams


def test_a_team_is_made_changed_ended_and_reopened(world: World, office: Office, clock: ToldClock) -> None:
    group = office.make_group()
    team = office.make_team(group)
    child = world.child(group.group_id, team.team_id, consents=False)
    mentor = world.adult("mentor", group.group_id, team_id=team.team_id)
    changed = office.do(
        actions.change_team, team.pid, seen=actions.seen_of_team(team), name="绿地小队", theme="living"
    )
    assert isinstance(changed, Team) and (changed.name, changed.theme) == ("绿地小队", "living")
    before = rows(world, mentor)
    office.do(actions.end_team, team.pid, last_on=world.today)
    assert rows(world, mentor)[0][3] == str(world.today)
    office.do(actions.reopen_team, team.pid)
    assert rows(world, mentor) == before
    office.do(actions.end_team, team.pid, last_on=world.today)
    clock.moment += DAY
    place = queries.team_of_child(world.database, child.account_id, world.today)
    assert place is not None and place.team_id is None, "the child stays, without a team"
    refused("end_has_passed", lambda: office.do(actions.reopen_team, team.pid))
    assert office.make_team(group, "绿地小队").pid != team.pid, "the name is free again"


def test_a_renamed_team_makes_kept_public_pages_stale(world: World, office: Office) -> None:
    """performance.md: a stale page is never served."""
    team = office.make_team(office.make_group())
    version = "SELECT coalesce(max(version), 0) FROM page_versions WHERE topic = 'board'"
    before = world.database.value(version)
    office.do(actions.change_team, team.pid, seen=actions.seen_of_team(team), name="绿地小队", theme="living")
    assert int(str(world.database.value(version))) > int(str(before))


def test_odd_teams_are_refused(world: World, office: Office) -> None:
    group = office.make_group()
    office.make_team(group)
    refused("team_name_taken", lambda: office.make_team(group))
    refused("no_such_theme", lambda: office.make_team(group, "别的小队", "<b>"))
    world.database.connection.execute("UPDATE themes SET ended_on = '2026-01-01' WHERE theme = 'health'")
    refused("no_such_theme", lambda: office.make_team(group, "健康小队", "health"))
    later = office.make_group("将来", days_ago=-3)
    refused("group_not_begun", lambda: office.make_team(later))


def test_teams_and_members_of_a_group_with_a_planned_end_end_with_it(world: World, office: Office) -> None:
    group = office.make_group()
    last_on = world.today + 20 * DAY
    office.do(actions.end_group, group.pid, last_on=last_on)
    group = store.get_group(world.database, group.pid)
    team = office.make_team(group)
    assert team.ends_on == last_on
    child = member_actions.add_member(
        world.database, world.sealer, office.actor, world.clock(), group.pid, today=world.today, member=newcomer(),
        team=team.pid,
    )  # fmt: skip
    person = Person(child.account_id, child.pid, child.display_name, "child")
    assert rows(world, person)[0][3] == str(last_on)
    office.do(actions.reopen_group, group.pid)
    assert rows(world, person)[0][3] is None
    assert team_store.get_team(world.database, team.pid).ends_on is None


# Children


def test_a_child_taken_in_by_hand_has_a_nickname_and_its_name_is_sealed(world: World, office: Office) -> None:
    """R3, R26."""
    group = office.make_group()
    team = office.make_team(group)
    child = member_actions.add_member(
        world.database, world.sealer, office.actor, world.clock(), group.pid, today=world.today,
        member=newcomer(name="欧阳若兰"), team=team.pid,
    )  # fmt: skip
    assert people.real_names(world.database, world.sealer, [child.account_id]) == {child.account_id: "欧阳若兰"}
    assert "欧阳" not in child.display_name and "若兰" not in child.display_name
    contact = people.guardian_contact(world.database, world.sealer, child.account_id)
    assert contact is not None and contact.phone == "13900001234"
    world.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert "欧阳若兰".encode() not in world.database.file.read_bytes()
    facts = world.database.value("SELECT group_concat(facts) FROM journal")
    assert "欧阳" not in str(facts) and "139" not in str(facts)


def test_a_member_number_belongs_to_one_child_of_the_group_until_it_has_left(
    world: World, office: Office, clock: ToldClock
) -> None:
    group = office.make_group()

    def take(name: str, *, twin_ok: bool = False) -> object:
        return member_actions.add_member(
            world.database, world.sealer, office.actor, world.clock(), group.pid, today=world.today,
            member=newcomer(name=name), team=None, twin_ok=twin_ok,
        )  # fmt: skip

    first = take("李一")
    refused("number_taken", lambda: take("李二"))
    office.do(member_actions.leave_group, first.pid, from_group=group.pid, last_on=world.today)  # type: ignore[attr-defined]
    refused("number_taken", lambda: take("李二"))
    clock.moment += DAY
    assert take("李二")


def test_a_likely_twin_is_asked_about_before_it_comes_in(world: World, office: Office) -> None:
    group = office.make_group()

    def take(number: str, *, twin_ok: bool = False) -> object:
        return member_actions.add_member(
            world.database, world.sealer, office.actor, world.clock(), group.pid, today=world.today,
            member=newcomer(number), team=None, twin_ok=twin_ok,
        )  # fmt: skip

    take("A001")
    refused("likely_twin", lambda: take("A002"))
    take("A002", twin_ok=True)
    assert world.database.value("SELECT count(*) FROM accounts WHERE role = 'child'") == 2


def test_moving_is_a_new_row_and_the_old_one_ends_the_day_before(world: World, office: Office) -> None:
    group, other = office.make_group(), office.make_group("别的观察团")
    team = office.make_team(other)
    child = world.child(group.group_id, consents=False)
    office.do(
        member_actions.move_member, child.pid, from_group=group.pid, to_group=other.pid, team=team.pid,
        member_number="B001",
    )  # fmt: skip
    history = rows(world, child)
    assert history[0][3] == str(world.today - DAY)
    assert history[1] == (other.group_id, team.team_id, str(world.today), None)
    assert reach_of(world.database, child.account_id, world.today).group_ids == {other.group_id}
    place = queries.team_of_child(world.database, child.account_id, world.today - DAY)
    assert place is not None and place.group_id == group.group_id, "yesterday is not rewritten"


def test_a_slip_of_today_is_put_right_without_leaving_a_row_of_no_days(world: World, office: Office) -> None:
    group = office.make_group()
    first, second = office.make_team(group), office.make_team(group, "校园小队", "school")
    child = world.child(group.group_id, consents=False)
    for team in (first, second):
        office.do(
            member_actions.move_member, child.pid, from_group=group.pid, to_group=group.pid, team=team.pid,
            member_number="A001",
        )  # fmt: skip
    assert [row[1] for row in rows(world, child)] == [None, second.team_id]
    refused(
        "already_there",
        lambda: office.do(
            member_actions.move_member, child.pid, from_group=group.pid, to_group=group.pid, team=second.pid,
            member_number="A001",
        ),
        Conflict,
    )  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=8))
def test_however_a_child_moves_it_is_in_one_team_on_each_day(
    world: World, office: Office, clock: ToldClock, steps: list[tuple[int, int]]
) -> None:
    """Days pass and teams change in any order: never two rows on one day, never a day without one."""
    if not hasattr(world, "yard"):
        world.yard = office.make_group("院子")  # type: ignore[attr-defined]
        world.yard_teams = [office.make_team(world.yard, f"队{number}") for number in range(4)]  # type: ignore[attr-defined]
    group: Group = world.yard  # type: ignore[attr-defined]
    child = world.child(group.group_id, consents=False)
    begin = world.today
    for days, team in steps:
        clock.moment += days * DAY
        try:
            office.do(
                member_actions.move_member, child.pid, from_group=group.pid, to_group=group.pid,
                team=world.yard_teams[team].pid, member_number=f"N{child.account_id}",  # type: ignore[attr-defined]
            )  # fmt: skip
        except Conflict as broken:
            assert broken.code == "already_there"
    history = rows(world, child)
    for day in [begin + number * DAY for number in range((world.today - begin).days + 2)]:
        active = [row for row in history if str(row[2]) <= str(day) and (row[3] is None or str(day) <= str(row[3]))]
        assert len(active) == 1, (day, history)


def test_leaving_and_staying_after_all(world: World, office: Office) -> None:
    group = office.make_group()
    child = world.child(group.group_id, consents=False)
    office.do(member_actions.leave_group, child.pid, from_group=group.pid, last_on=world.today + DAY)
    refused(
        "already_ended",
        lambda: office.do(member_actions.leave_group, child.pid, from_group=group.pid, last_on=world.today), Conflict,
    )  # fmt: skip
    office.do(member_actions.stay_in_group, child.pid, from_group=group.pid)
    assert rows(world, child)[0][3] is None
    refused("not_ended", lambda: office.do(member_actions.stay_in_group, child.pid, from_group=group.pid), Conflict)
    office.do(member_actions.leave_group, child.pid, from_group=group.pid, last_on=world.today - DAY)
    assert reach_of(world.database, child.account_id, world.today).group_ids == frozenset(), "yesterday: at once"
    with pytest.raises(NotFound):
        office.do(member_actions.stay_in_group, child.pid, from_group=group.pid)


# Staff


def test_an_adult_serves_a_team_between_two_days(world: World, office: Office) -> None:
    group = office.make_group()
    team = office.make_team(group)
    mentor = world.adult("mentor")
    office.do(
        member_actions.assign_staff, group.pid, person=mentor.pid, team=team.pid, starts_on=world.today + DAY,
        ends_on=world.today + 5 * DAY,
    )  # fmt: skip
    reach = [bool(reach_of(world.database, mentor.account_id, world.today + n * DAY).team_ids) for n in range(7)]
    assert reach == [False, True, True, True, True, True, False]


def test_odd_service_is_refused(world: World, office: Office) -> None:
    group = office.make_group()
    teacher, child, department = world.adult("teacher"), world.child(consents=False), world.adult("department")

    def assign(person: Person, starts: int = 0, ends: int | None = None, team: str | None = None) -> object:
        return office.do(
            member_actions.assign_staff, group.pid, person=person.pid, team=team, starts_on=world.today + starts * DAY,
            ends_on=None if ends is None else world.today + ends * DAY,
        )  # fmt: skip

    refused("cannot_serve", lambda: assign(child))
    refused("cannot_serve", lambda: assign(department))
    refused("ends_before_start", lambda: assign(teacher, 3, 2))
    refused("before_the_group", lambda: assign(teacher, -60))
    refused("no_such_team", lambda: assign(teacher, team="gone"))
    assign(teacher, 0, 5)
    refused("serves_already", lambda: assign(teacher, 5))
    assign(teacher, 6)


def test_service_ends_on_a_day_or_at_once(world: World, office: Office) -> None:
    group = office.make_group(days_ago=200)
    teacher, planned = world.teacher(group.group_id), world.adult("teacher")

    def service(person: Person) -> str:
        return str(
            world.database.value("SELECT pid FROM memberships WHERE account_id = ?", (person.account_id,))
        )

    office.do(member_actions.end_service, service(teacher), last_on=world.today + DAY)
    assert reach_of(world.database, teacher.account_id, world.today).group_ids
    office.do(member_actions.end_service, service(teacher), last_on=None)
    assert not reach_of(world.database, teacher.account_id, world.today).group_ids
    refused(
        "already_ended", lambda: office.do(member_actions.end_service, service(teacher), last_on=None), Conflict
    )
    office.do(
        member_actions.assign_staff, group.pid, person=planned.pid, team=None, starts_on=world.today + DAY, ends_on=None
    )
    office.do(member_actions.end_service, service(planned), last_on=None)
    assert rows(world, planned) == [], "what never began leaves no row; the journal knows"


# Reach


def test_a_teacher_changes_nothing_outside_of_the_teachers_own_group(world: World, office: Office) -> None:
    """R92, R93: what one may not reach is not found."""
    own, foreign = office.make_group("自己的"), office.make_group("别人的")
    team = office.make_team(foreign)
    child = world.child(foreign.group_id, consents=False)
    mine = world.child(own.group_id, consents=False)
    colleague = world.teacher(foreign.group_id)
    service = world.database.value("SELECT pid FROM memberships WHERE account_id = ?", (colleague.account_id,))
    teacher = Office(world, world.teacher(own.group_id))
    move = {"team": None, "member_number": "X1"}
    deeds: list[Callable[[], object]] = [
        lambda: teacher.make_team(foreign, "新队"),
        lambda: teacher.do(actions.change_team, team.pid, seen=actions.seen_of_team(team), name="x", theme="parks"),
        lambda: teacher.do(actions.end_team, team.pid, last_on=world.today),
        lambda: teacher.do(actions.reopen_team, team.pid),
        lambda: teacher.do(
            member_actions.move_member, child.pid, from_group=foreign.pid, to_group=own.pid, **move
        ),
        lambda: teacher.do(member_actions.move_member, mine.pid, from_group=own.pid, to_group=foreign.pid, **move),
        lambda: teacher.do(member_actions.move_member, child.pid, from_group=own.pid, to_group=own.pid, **move),
        lambda: teacher.do(member_actions.leave_group, child.pid, from_group=foreign.pid, last_on=world.today),
        lambda: teacher.do(member_actions.leave_group, child.pid, from_group=own.pid, last_on=world.today),
        lambda: teacher.do(
            member_actions.assign_staff, foreign.pid, person=teacher.person.pid, team=None, starts_on=world.today,
            ends_on=None,
        ),
        lambda: teacher.do(member_actions.end_service, service, last_on=None),
        lambda: member_actions.add_member(
            world.database, world.sealer, teacher.actor, world.clock(), foreign.pid, today=world.today,
            member=newcomer(), team=None,
        ),
    ]  # fmt: skip
    before = world.database.value("SELECT count(*) FROM journal")
    for deed in deeds:
        with pytest.raises(NotFound):
            deed()
    assert world.database.value("SELECT count(*) FROM journal") == before

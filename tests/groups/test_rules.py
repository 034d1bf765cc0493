"""Days, places in the tree, and who sees children: the pure rules of groups."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfc_groups.access import Actor, Reach, Role
from cfc_groups.errors import Conflict, RuleBroken
from cfc_groups.groups import rules
from cfc_groups.groups.models import Group, GroupKind
from cfc_groups.groups.theme_guess import guess_theme

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def group(group_id: int = 1, *, starts_on: date = date(2025, 9, 1), ends_on: date | None = None) -> Group:
    return Group(group_id, f"pid{group_id}", None, GroupKind.SCHOOL, "观察团", starts_on, ends_on)


def actor(role: Role, group_ids: frozenset[int] = frozenset()) -> Actor:
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    return Actor(1, "p", role, "n", "fox", 1, moment, moment, TODAY, reach=Reach(group_ids))


def code_of(what: object, *arguments: object) -> str | None:
    try:
        what(*arguments)  # type: ignore[operator]
    except RuleBroken as broken:
        return broken.code
    return None


# Active today


@pytest.mark.parametrize(
    ("starts", "ends", "active"),
    [(0, None, True), (0, 0, True), (-5, 0, True), (-5, -1, False), (1, None, False), (1, 5, False), (-5, None, True)],
)
def test_the_first_and_the_last_day_both_count(starts: int, ends: int | None, active: bool) -> None:
    starts_on = TODAY + timedelta(days=starts)
    ends_on = None if ends is None else TODAY + timedelta(days=ends)
    assert rules.is_active(starts_on, ends_on, TODAY) is active


@given(DAYS, st.none() | DAYS, DAYS)
def test_on_each_day_something_is_to_come_or_active_or_over(starts_on: date, ends_on: date | None, day: date) -> None:
    if ends_on is not None and ends_on < starts_on:
        starts_on, ends_on = ends_on, starts_on
    states = [day < starts_on, rules.is_active(starts_on, ends_on, day), rules.is_over(ends_on, day)]
    assert states.count(True) == 1


@given(st.none() | DAYS, st.none() | DAYS)
def test_of_two_ends_the_earlier_one_counts(one: date | None, other: date | None) -> None:
    found = rules.earlier_end(one, other)
    assert found == rules.earlier_end(other, one)
    assert found is None if one is other is None else found in (one, other)
    assert all(found is not None and found <= end for end in (one, other) if end is not None)


# Last days


@given(DAYS, DAYS)
def test_a_last_day_is_taken_only_between_the_first_day_and_a_year_ahead_and_never_rewrites_the_past(
    last_on: date, starts_on: date
) -> None:
    taken = code_of(rules.check_last_day, last_on, starts_on, TODAY) is None
    assert taken == (max(starts_on, TODAY - timedelta(days=1)) <= last_on <= TODAY + timedelta(days=400))


def test_an_end_before_the_start_says_so() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert code_of(rules.check_last_day, yesterday, TODAY, TODAY) == "ends_before_start"


@given(DAYS, st.none() | DAYS)
def test_service_lies_within_the_groups_days(starts_on: date, ends_on: date | None) -> None:
    served = group(starts_on=date(2026, 9, 1), ends_on=date(2027, 8, 31))
    if code_of(rules.check_service_days, starts_on, ends_on, served, TODAY) is None:
        assert served.starts_on <= starts_on <= (ends_on or starts_on)
        assert served.ends_on is not None and (ends_on or starts_on) <= served.ends_on


@pytest.mark.parametrize("starts_on", [date(1989, 12, 31), date(2028, 1, 1), date(9999, 12, 31), date(1, 1, 1)])
def test_a_first_day_that_is_a_slip_of_the_pen_is_refused(starts_on: date) -> None:
    assert code_of(rules.check_start, starts_on, TODAY) == "group_start_odd"


# The tree


def test_a_group_never_stands_below_itself() -> None:
    assert code_of(rules.check_parent, 1, group(1), [], 0, TODAY) == "group_circle"
    assert code_of(rules.check_parent, 1, group(3), [2, 1], 1, TODAY) == "group_circle"
    assert code_of(rules.check_parent, 1, group(3), [2], 0, TODAY) is None


def test_a_group_that_is_over_takes_nothing_below_it() -> None:
    assert code_of(rules.check_parent, None, group(ends_on=TODAY - timedelta(days=1)), [], 0, TODAY) == "parent_is_over"
    assert code_of(rules.check_parent, None, group(ends_on=TODAY), [], 0, TODAY) is None


def test_the_tree_has_six_levels_at_most() -> None:
    assert code_of(rules.check_parent, None, group(5), [4, 3, 2, 1], 0, TODAY) is None
    assert code_of(rules.check_parent, None, group(6), [5, 4, 3, 2, 1], 0, TODAY) == "tree_too_deep"
    assert code_of(rules.check_parent, 9, group(5), [4, 3, 2, 1], 1, TODAY) == "tree_too_deep"


def test_nobody_comes_into_a_group_before_it_begins_or_after_it_ended() -> None:
    day = timedelta(days=1)
    assert code_of(rules.check_open, group(starts_on=TODAY + day), TODAY) == "group_not_begun"
    assert code_of(rules.check_open, group(ends_on=TODAY - day), TODAY) == "group_is_over"
    assert code_of(rules.check_open, group(starts_on=TODAY, ends_on=TODAY), TODAY) is None


def test_an_end_is_taken_back_only_until_its_day_has_passed() -> None:
    assert code_of(rules.check_reopening, TODAY, TODAY) is None
    assert code_of(rules.check_reopening, TODAY - timedelta(days=1), TODAY) == "end_has_passed"
    assert code_of(rules.check_reopening, None, TODAY) == "not_ended"


def test_a_change_to_what_somebody_else_has_changed_is_a_conflict() -> None:
    rules.check_unchanged("a", "a")
    with pytest.raises(Conflict):
        rules.check_unchanged("a", "b")


# Who sees children


@pytest.mark.parametrize("role", list(Role))
def test_only_a_groups_own_people_and_coordinators_see_its_children(role: Role) -> None:
    """R6, R93: truth table of role and reach."""
    inside, outside = actor(role, frozenset({1})), actor(role, frozenset({2}))
    never = role in (Role.GUARDIAN, Role.DEPARTMENT)
    assert rules.sees_children(inside, 1) is not never
    assert rules.sees_children(outside, 1) is (role is Role.COORDINATOR)


# Themes


@pytest.mark.parametrize(
    ("name", "theme"),
    [
        ("生活环境小队", "living"), ("文化场馆小队", "culture"), ("交通出行小队", "transport"),
        ("医疗健康小队", "health"),
        ("公园游乐小队", "parks"), ("校园生活小队", "school"), ("安全宣传小队", "safety"), ("安全", "safety"),
        ("Ｐａｒｋ 小队", "parks"), ("醫療小隊", "health"), ("小蜜蜂队", "living"), ("", "living"),
    ],
)  # fmt: skip
def test_a_teams_theme_is_guessed_from_its_name(name: str, theme: str) -> None:
    assert guess_theme(name) == theme


@given(st.text(max_size=40), st.frozensets(st.sampled_from(["living", "parks", "own"]), min_size=1))
def test_a_guess_is_always_a_theme_in_use(name: str, among: frozenset[str]) -> None:
    assert guess_theme(name, among=among) in among

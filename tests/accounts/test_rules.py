"""Ages, sessions, user names, activation: questions that need no database."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfc_groups.access import AgeBand, Role
from cfc_groups.accounts import limits, rules
from cfc_groups.accounts.models import Account, AccountState
from cfc_groups.accounts.names import person_sort_key, sort_key
from cfc_groups.accounts.nicknames import deal_nickname
from cfc_groups.drawings import find_avatar

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("birth_month", "day", "band"),
    [
        ("2020-11", date(2026, 11, 1), AgeBand.YOUNG),
        ("2017-12", date(2026, 11, 30), AgeBand.YOUNG),  # still eight
        ("2017-11", date(2026, 11, 1), AgeBand.MIDDLE),  # nine from the first day of the month
        ("2014-12", date(2026, 11, 30), AgeBand.MIDDLE),
        ("2014-11", date(2026, 11, 1), AgeBand.OLDER),
        ("2011-01", date(2026, 11, 1), AgeBand.OLDER),
        ("2022-01", date(2026, 11, 1), AgeBand.YOUNG),  # younger than the groups take: the simplest words
        ("2005-01", date(2026, 11, 1), AgeBand.OLDER),
        ("2016-02", date(2028, 2, 29), AgeBand.OLDER),
    ],
)
def test_age_band_counts_the_birthday_from_the_first_day_of_the_birth_month(
    birth_month: str, day: date, band: AgeBand
) -> None:
    """R106: the words fit the age."""
    assert rules.age_band(birth_month, day) is band


def test_guardian_is_asked_until_the_month_of_the_sixteenth_birthday_is_over() -> None:
    """R12: the day is not known, so the whole month still needs the guardian."""
    assert rules.is_under_16("2010-11", date(2026, 10, 31))
    assert rules.is_under_16("2010-11", date(2026, 11, 1))
    assert rules.is_under_16("2010-11", date(2026, 11, 30))
    assert not rules.is_under_16("2010-11", date(2026, 12, 1))
    assert not rules.is_under_16("2010-12", date(2027, 1, 1))


@given(st.dates(date(2000, 1, 1), date(2024, 12, 31)), st.dates(date(2025, 1, 1), date(2040, 12, 31)))
def test_age_never_goes_down_and_bands_follow_it(birthday: date, today: date) -> None:
    month = birthday.strftime("%Y-%m")
    years = rules.age(month, today)
    assert rules.age(month, today + timedelta(days=1)) >= years
    assert 0 <= years - (today.year - birthday.year - 1) <= 1


@pytest.mark.parametrize("text", ["2016-13", "2016-0", "16-10", "2016/10", "2016-10-01", "", "２０１６-10", "1899-01"])
def test_what_is_no_birth_month_is_refused(text: str) -> None:
    assert not rules.is_birth_month(text)
    with pytest.raises(ValueError, match="birth month"):
        rules.age(text, date(2026, 1, 1))


@pytest.mark.parametrize(
    ("role", "idle", "total"),
    [
        (Role.CHILD, timedelta(minutes=15), timedelta(hours=2)),
        (Role.TEACHER, timedelta(minutes=30), timedelta(hours=8)),
        (Role.DEPARTMENT, timedelta(minutes=30), timedelta(hours=8)),
    ],
)
def test_session_ends_when_idle_or_old(role: Role, idle: timedelta, total: timedelta) -> None:
    """R85."""
    second = timedelta(seconds=1)
    assert not rules.session_is_over(role, NOW, NOW, NOW + idle)
    assert rules.session_is_over(role, NOW, NOW, NOW + idle + second)
    assert not rules.session_is_over(role, NOW, NOW + total - second, NOW + total)
    assert rules.session_is_over(role, NOW, NOW + total, NOW + total + second)


@pytest.mark.parametrize(
    ("role", "officer", "needed"),
    [
        (Role.TEACHER, False, True), (Role.COORDINATOR, False, True), (Role.DEPARTMENT, False, True),
        (Role.MENTOR, False, False), (Role.MENTOR, True, True), (Role.GUARDIAN, False, False),
    ],
)  # fmt: skip
def test_who_needs_a_second_factor(role: Role, officer: bool, needed: bool) -> None:
    """R83."""
    assert rules.needs_second_factor(role, officer=officer) is needed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" Li.Ming ", "li.ming"), ("ＬＩ－ｍｉｎｇ７", "li-ming7"), ("李老师", "李老师"), ("A_b", "a_b")],
)
def test_user_names_are_kept_half_width_and_small(typed: str, kept: str) -> None:
    assert rules.fold_user_name(typed) == kept
    assert rules.is_user_name(kept)


@pytest.mark.parametrize(
    "typed", ["ab", "a" * 33, ".abc", "a b c", "ab😀c", "ab\u202ecd", "<b>x</b>", "'; drop", "ab\x00c", "", "абв"]
)
def test_what_is_no_user_name_is_refused(typed: str) -> None:
    assert not rules.is_user_name(rules.fold_user_name(typed))


@given(st.text(max_size=60))
def test_folding_a_user_name_twice_changes_nothing_more(typed: str) -> None:
    folded = rules.fold_user_name(typed)
    if rules.is_user_name(folded):
        assert rules.fold_user_name(folded) == folded
        assert 3 <= len(folded) <= 32
        assert not any(unicodedata.category(letter).startswith(("C", "Z")) for letter in folded)


def account(state: AccountState, *, invited_by: int | None = 1) -> Account:
    return Account(
        7, "pid", Role.TEACHER, state, "李老师", "owl", "li", "", None, None, invited_by, None, NOW, False, True
    )


def test_nobody_activates_oneself_or_whom_one_invited() -> None:
    """R42."""
    waiting = account(AccountState.WAITING)
    assert rules.may_activate(waiting, 2) is None
    assert rules.may_activate(waiting, 1) == "second_person_needed"
    assert rules.may_activate(waiting, 7) == "second_person_needed"
    for state in (AccountState.INVITED, AccountState.ACTIVE, AccountState.SUSPENDED, AccountState.ENDED):
        assert rules.may_activate(account(state), 2) == "not_waiting"


def test_waits_double_from_half_a_minute_to_a_quarter_of_an_hour() -> None:
    """R80."""
    waits = [int(limits.wait_after(failures).total_seconds()) for failures in range(14)]
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900, 900]
    assert limits.wait_after(10**6) == timedelta(minutes=15)


def test_names_sort_by_pinyin_and_surnames_are_read_as_surnames() -> None:
    names = ["张伟", "单雨桐", "曾小明", "阿明", "欧阳娜", "李明", "李冰", "任可", "Zoe", "仇七"]
    assert sorted(names, key=person_sort_key) == [
        "阿明", "李冰", "李明", "欧阳娜", "仇七", "任可", "单雨桐", "曾小明", "张伟", "Zoe",
    ]  # fmt: skip
    assert sort_key("解放路") == "jie3 fang4 lu4"  # a place, not somebody called Xie
    assert sort_key("Ａb  C") == sort_key("ab c")


@given(st.text(max_size=40))
def test_any_text_has_a_sort_key(text: str) -> None:
    assert isinstance(sort_key(text), str)
    assert isinstance(person_sort_key(text), str)


@given(st.integers())
def test_nicknames_are_new_and_drawn(seed: int) -> None:
    """R1, R4: a child is a drawn animal with a nickname of its own."""
    rng, taken = Random(seed), set[str]()
    for _ in range(40):
        nickname, avatar = deal_nickname(taken, rng)
        assert nickname not in taken
        assert find_avatar(avatar) is not None
        assert 3 <= len(nickname) <= 12
        taken.add(nickname)


def test_nicknames_do_not_run_out() -> None:
    rng, taken = Random(7), set[str]()
    for _ in range(6000):
        taken.add(deal_nickname(taken, rng)[0])
    assert len(taken) == 6000


def test_the_same_seed_deals_the_same_nicknames() -> None:
    assert deal_nickname(set(), Random(3)) == deal_nickname(set(), Random(3))

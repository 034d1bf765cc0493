"""The board's rules touch nothing: moves, yeses, who may read, what counts as words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfc_groups.access import Actor, Reach, Role
from cfc_groups.board import findings, rules
from cfc_groups.board.models import CITY, Audience, Draft, PostState, Shelf, Step, Words
from cfc_groups.errors import Conflict
from cfc_groups.safety.detectors import Finding, Kind, Level

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
S = PostState

LEGAL = {
    (None, S.WAITING), (None, S.HELD), (None, S.ESCALATED),
    (S.WAITING, S.PUBLISHED), (S.WAITING, S.RETURNED), (S.WAITING, S.REFUSED), (S.WAITING, S.WITHDRAWN),
    (S.HELD, S.PUBLISHED), (S.HELD, S.RETURNED), (S.HELD, S.REFUSED), (S.HELD, S.WITHDRAWN),
    (S.ESCALATED, S.WAITING), (S.ESCALATED, S.HELD), (S.ESCALATED, S.WITHDRAWN),
    (S.RETURNED, S.WAITING), (S.RETURNED, S.HELD), (S.RETURNED, S.ESCALATED), (S.RETURNED, S.WITHDRAWN),
    (S.REFUSED, S.WITHDRAWN),
    (S.PUBLISHED, S.HIDDEN), (S.PUBLISHED, S.WITHDRAWN),
    (S.HIDDEN, S.PUBLISHED), (S.HIDDEN, S.REFUSED), (S.HIDDEN, S.WITHDRAWN),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), list(product([None, *S], S)))
def test_only_the_moves_of_the_table_are_possible(before: S | None, after: S) -> None:
    if (before, after) in LEGAL:
        assert rules.check_move(before, after) is after
        assert rules.may_become(before, after)
    else:
        assert not rules.may_become(before, after)
        with pytest.raises(Conflict):
            rules.check_move(before, after)


def test_an_author_can_withdraw_from_every_state_but_withdrawn() -> None:
    """R64."""
    assert [state for state in S if not rules.may_become(state, S.WITHDRAWN)] == [S.WITHDRAWN]


def test_an_escalated_post_is_never_decided_by_a_moderator() -> None:
    """R62: only back to review, or taken back by its author."""
    assert not {S.PUBLISHED, S.RETURNED, S.REFUSED, S.HIDDEN} & rules.MOVES[S.ESCALATED]


@pytest.mark.parametrize(("state", "audience", "consented"), list(product(S, Audience, [True, False])))
def test_a_post_is_public_only_when_all_say_yes(state: S, audience: Audience, consented: bool) -> None:
    """R2."""
    expected = state is S.PUBLISHED and audience is Audience.PUBLIC and consented
    assert rules.is_public(state, audience, consented) is expected


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "。。。", "?!…", "\u200b\u200d\ufeff", "\u202e", "——", "\ufe0f"])
def test_blanks_dots_and_invisible_signs_are_no_words(text: str) -> None:
    assert not rules.has_words(text)


@pytest.mark.parametrize("text", ["高", "a", "7", "😀", "。好。", "\u200b高", "١", "が"])
def test_a_letter_a_digit_or_a_picture_is_a_word(text: str) -> None:
    assert rules.has_words(text)


def draft(**changes: object) -> Draft:
    values: dict[str, object] = {
        "draft_id": 1, "pid": "p", "author_id": 1, "post_id": None, "step": Step.CHECK, "place_id": None,
        "place": None, "theme": "parks", "title": "题目", "saw": "看到", "wish": "希望", "audience": Audience.GROUP,
        "saved_at": NOW,
    }  # fmt: skip
    return Draft(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, None), ({"saw": ""}, Step.SAW), ({"wish": "。"}, Step.WISH), ({"title": " "}, Step.TITLE),
        ({"saw": "高" * 501}, Step.SAW), ({"saw": "高" * 500}, None), ({"title": "高" * 21}, Step.TITLE),
        ({"title": "高" * 20}, None), ({"wish": "高" * 501, "title": ""}, Step.WISH),
    ],
)  # fmt: skip
def test_the_first_step_with_missing_or_too_many_words_is_asked_for(
    changes: dict[str, str], missing: Step | None
) -> None:
    assert rules.missing_step(draft(**changes)) is missing


def test_each_step_leads_to_the_next_and_the_last_stays() -> None:
    order = [Step.PLACE, Step.SAW, Step.WISH, Step.TITLE, Step.CHECK, Step.CHECK]
    assert [rules.step_after(step) for step in Step] == order[1:]
    assert rules.furthest(Step.SAW, Step.TITLE) is Step.TITLE


def actor(role: Role, groups: set[int], teams: set[int] | None = None) -> Actor:
    return Actor(1, "p", role, "n", "fox", 1, NOW, NOW, reach=Reach(frozenset(groups), frozenset(teams or set())))


READERS = [
    # who, may read posts of groups at all, reads group 1 / team 11, shelves
    (None, False, False, [CITY]),
    (actor(Role.CHILD, {1}, {12}), True, True, [Shelf(1), CITY]),
    (actor(Role.CHILD, {2}), True, False, [Shelf(2), CITY]),
    (actor(Role.TEACHER, {1, 3}), True, True, [Shelf(1), Shelf(3), CITY]),
    (actor(Role.TEACHER, {1}), False, False, [CITY]),  # the record check is missing (R43)
    (actor(Role.MENTOR, {1}, {11}), True, True, [Shelf(team_id=11), CITY]),
    (actor(Role.MENTOR, {1}, {12}), True, False, [Shelf(team_id=12), CITY]),
    (actor(Role.MENTOR, {1}), True, True, [Shelf(1), CITY]),
    (actor(Role.COORDINATOR, set()), True, True, [CITY]),
    (actor(Role.DEPARTMENT, set()), False, False, [CITY]),
]


@pytest.mark.parametrize(("who", "group_posts", "reads", "shelves"), READERS)
def test_a_groups_own_post_is_read_by_its_people_only(
    who: Actor | None, group_posts: bool, reads: bool, shelves: list[Shelf]
) -> None:
    """Permission table, rows 1 and 2; R92, R93."""
    assert rules.may_read(who, group_id=1, team_id=11, is_public=False, group_posts=group_posts) is reads
    assert rules.may_read(who, group_id=1, team_id=11, is_public=True, group_posts=group_posts)
    assert rules.shelves(who, group_posts=group_posts) == shelves


def test_a_day_begins_at_midnight_in_shanghai() -> None:
    since, until = rules.day_around(NOW, SHANGHAI)
    assert since == datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    assert until - since == timedelta(days=1)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))
def test_every_moment_lies_in_its_day(moment: datetime) -> None:
    since, until = rules.day_around(moment, SHANGHAI)
    assert since <= moment < until


MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))


@given(MOMENTS, MOMENTS)
def test_order_numbers_follow_time_and_fit_the_database(one: datetime, other: datetime) -> None:
    first, second = rules.order_number(one, None), rules.order_number(other, None)
    assert 0 <= first < 2**63
    if other - one >= timedelta(milliseconds=1):
        assert first < second
    assert rules.order_number(one, first) == first + 1


def test_an_excerpt_is_one_line_of_bounded_length() -> None:
    assert rules.excerpt("看到\n了", "希望") == "看到 了 希望"
    cut = rules.excerpt("高" * 300, "")
    assert len(cut) == rules.EXCERPT and cut.endswith("…")


def test_many_blank_lines_are_shown_as_one() -> None:
    assert rules.shown("一\n\n\n \n\n二\n三") == "一\n\n二\n三"


def test_a_long_row_of_blank_lines_costs_no_time() -> None:
    assert len(rules.shown("\n \t" * 50_000)) < 200


FINDING = st.builds(
    lambda start, length, level: Finding(Kind.mobile, level, start, start + length),
    st.integers(0, 40), st.integers(1, 10), st.sampled_from(Level),
)  # fmt: skip


@given(st.text(max_size=40), st.lists(FINDING, max_size=6))
def test_marked_pieces_joined_are_the_text_again(text: str, found: list[Finding]) -> None:
    inside = [one for one in found if one.end <= len(text)]
    pieces = findings.segments(text, inside)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


def test_findings_decide_the_state_danger_first() -> None:
    """R61, R62."""
    assert findings.look_through(Words("题目", "公园很好。", "谢谢。")).state is S.WAITING
    held = findings.look_through(Words("题目", "我的电话是13900001000。", "谢谢。"))
    assert held.state is S.HELD and not held.danger_kinds
    danger = findings.look_through(Words("题目", "电话13900001000，我不想活了。", "谢谢。"))
    assert danger.state is S.ESCALATED and Kind.self_harm in danger.danger_kinds


def test_a_signal_of_danger_is_no_hint() -> None:
    found = findings.look_through(Words("题目", "电话13900001000，我不想活了。", "谢谢。")).by_part["saw"]
    assert {one.kind for one in findings.personal(found)} == {Kind.mobile}


def test_the_own_real_name_is_noticed_in_every_part() -> None:
    found = findings.look_through(Words("我叫韦博文", "韦博文看到", "给韦博文"), ["韦博文"])
    assert all(any(one.kind is Kind.own_name for one in found.by_part[part]) for part in findings.PARTS)

"""What may be decided, how texts are marked and compared: pure rules."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfc_groups.errors import Conflict, RuleBroken
from cfc_groups.moderation import rules
from cfc_groups.moderation.models import Flag, ItemState, Outcome, Part, Reason
from cfc_groups.safety.detectors import Finding, Kind, Level, find_all

MOBILE = Finding(Kind.mobile, Level.HARD, 0, 11)
PLATE = Finding(Kind.plate, Level.SOFT, 12, 19)
CRY = Finding(Kind.self_harm, Level.OFFICER, 20, 24)


@pytest.mark.parametrize(
    ("findings", "state"),
    [
        ([], ItemState.WAITING),
        ([PLATE], ItemState.WAITING),
        ([PLATE, MOBILE], ItemState.HELD),
        ([CRY], ItemState.ESCALATED),
        ([MOBILE, CRY], ItemState.ESCALATED),
    ],
)
def test_findings_settle_the_state_that_an_item_comes_in_with(findings: list[Finding], state: ItemState) -> None:
    """R61, R62: a hard finding holds, a signal of danger escalates whatever else is there."""
    assert rules.state_for(findings) is state


def test_signals_of_danger_are_not_kept_as_flags() -> None:
    """R62: the desk never learns that a text was taken for a cry for help."""
    assert rules.flags_of("saw", [MOBILE, CRY]) == [Flag("saw", "mobile", True, 0, 11)]


def test_the_list_of_reasons_is_closed_and_holds_no_reason_against_criticism() -> None:
    """R57."""
    assert {str(reason) for reason in Reason} == {
        "pii", "pii_other", "hurt", "danger", "law", "ad_link", "not_mine", "empty", "dup", "other",
    }  # fmt: skip
    with pytest.raises(ValueError, match="negative"):
        Reason("negative")


@pytest.mark.parametrize("outcome", [Outcome.RETURN, Outcome.REFUSE])
def test_something_else_is_refused_by_rule_until_a_second_moderator_can_be_asked(outcome: Outcome) -> None:
    """R57: `other` needs a second person."""
    assert Reason.OTHER not in rules.REASONS[outcome]
    with pytest.raises(RuleBroken, match="reason_needs_second"):
        rules.check_decision(outcome, Reason.OTHER, held=False, not_personal=False)


@pytest.mark.parametrize("outcome", list(Outcome))
@pytest.mark.parametrize("reason", [None, *Reason])
@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("not_personal", [False, True])
def test_every_decision_is_either_fitting_or_refused(
    outcome: Outcome, reason: Reason | None, held: bool, not_personal: bool
) -> None:
    """R56: a no needs a reason; R61: what is held is published only after a second look."""
    if outcome is Outcome.PUBLISH:
        fits = reason is None and (not_personal or not held)
    else:
        fits = reason in rules.REASONS[outcome]
    if fits:
        rules.check_decision(outcome, reason, held=held, not_personal=not_personal)
    else:
        with pytest.raises(RuleBroken):
            rules.check_decision(outcome, reason, held=held, not_personal=not_personal)


def test_refusing_is_for_cruelty_danger_and_law_only() -> None:
    """safety.md 6.1: everything that can be mended goes back to the child."""
    assert set(rules.REASONS[Outcome.REFUSE]) == {Reason.HURT, Reason.DANGER, Reason.LAW}
    assert set(rules.REASONS[Outcome.RETURN]) == set(Reason) - {Reason.OTHER}


@pytest.mark.parametrize(
    ("state", "newer", "code"),
    [
        (ItemState.DECIDED, False, "item_decided"),
        (ItemState.WITHDRAWN, False, "item_withdrawn"),
        (ItemState.ESCALATED, False, "item_withdrawn"),
        (ItemState.WAITING, True, "item_changed"),
        (ItemState.DECIDED, True, "item_changed"),
        (ItemState.WITHDRAWN, True, "item_changed"),
    ],
)
def test_a_settled_item_says_what_happened_meanwhile(state: ItemState, newer: bool, code: str) -> None:
    with pytest.raises(Conflict, match=code):
        rules.check_open(state, newer_version=newer)


@pytest.mark.parametrize("state", [ItemState.WAITING, ItemState.HELD])
def test_an_open_item_can_be_decided(state: ItemState) -> None:
    rules.check_open(state)


def test_a_claim_binds_others_until_its_last_moment(now: datetime) -> None:
    until = now + rules.CLAIM_LASTS
    assert rules.is_taken(7, until, 8, now)
    assert rules.is_taken(7, until, 8, until - timedelta(milliseconds=1))
    assert not rules.is_taken(7, until, 8, until)
    assert not rules.is_taken(7, until, 7, now), "one's own claim"
    assert not rules.is_taken(None, None, 8, now)


@pytest.mark.parametrize(
    "words",
    ["给我打电话13912345678", "加我微信 abc12345", "我的QQ是 12345678", "看 www.example.com", "别告诉爸妈"],
)
def test_ways_to_meet_elsewhere_are_seen_in_an_adults_words(words: str) -> None:
    """R48."""
    assert rules.leads_elsewhere(words)


@pytest.mark.parametrize(
    "words", ["", "请到学校办公室找我，我们一起看。", "如果有危险，马上打 110。", "把名字换成“有一位叔叔”就好。"]
)
def test_plain_kindness_is_let_through(words: str) -> None:
    assert not rules.leads_elsewhere(words)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("我妈妈的电话是13912345678", Reason.PII),
        ("看 www.example.com 就知道", Reason.AD_LINK),
        ("洗手台太高了", None),
    ],
)
def test_the_reason_that_hints_speak_for_is_proposed(text: str, reason: Reason | None) -> None:
    assert rules.suggested_reason(rules.flags_of("saw", find_all(text))) is reason


def test_a_name_of_somebody_else_proposes_its_own_reason() -> None:
    assert rules.suggested_reason([Flag("saw", "other_name", False, 0, 3)]) is Reason.PII_OTHER


FLAGS = st.builds(Flag, st.just("saw"), st.just("mobile"), st.booleans(), st.integers(0, 60), st.integers(0, 60))


@given(st.text(max_size=40), st.lists(FLAGS, max_size=6))
def test_marking_changes_no_character_of_a_childs_words(text: str, flags: list[Flag]) -> None:
    """R54."""
    segments = rules.marked(text, flags)
    assert "".join(one.text for one in segments) == text
    assert all(one.text for one in segments)


def test_the_place_of_a_finding_is_marked() -> None:
    text = "打我妈妈电话13912345678吧"
    segments = rules.marked(text, rules.flags_of("saw", find_all(text)))
    assert [(one.text, one.flag is not None) for one in segments] == [
        ("打我妈妈电话", False), ("13912345678", True), ("吧", False),
    ]  # fmt: skip


@given(st.text(max_size=60), st.text(max_size=60))
def test_comparing_shows_both_versions_whole(before: str, after: str) -> None:
    """R54, R65: nothing of either version is lost between the marks."""
    (one,) = rules.compared([Part("saw", "Saw", before)], [Part("saw", "Saw", after)])
    assert "".join(piece.text for piece in one.before) == before
    assert "".join(piece.text for piece in one.after) == after
    assert any(piece.changed for piece in one.before + one.after) is (before != after)


def test_comparing_marks_what_changed() -> None:
    (one,) = rules.compared([Part("saw", "Saw", "水龙头太高")], [Part("saw", "Saw", "洗手台太高")])
    assert [piece.text for piece in one.before if piece.changed] == ["水龙头"]
    assert [piece.text for piece in one.after if piece.changed] == ["洗手台"]


def test_comparing_very_long_parts_marks_them_as_a_whole() -> None:
    (one,) = rules.compared([Part("saw", "Saw", "啊" * 900)], [Part("saw", "Saw", "啊" * 901)])
    assert [len(piece.text) for piece in one.before] == [900]
    assert one.after[0].changed


def test_a_part_that_was_left_out_is_shown_as_taken_out() -> None:
    shown = rules.compared([Part("saw", "Saw", "a"), Part("wish", "Wish", "b")], [Part("saw", "Saw", "a")])
    assert [(one.label, [piece.text for piece in one.before], one.after) for one in shown][1] == ("Wish", ["b"], ())

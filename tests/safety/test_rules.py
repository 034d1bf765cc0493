"""What follows from the answers of guardian and child, and when officers are told again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfc_groups.errors import RuleBroken
from cfc_groups.safety import rules
from cfc_groups.safety.models import (
    Answer,
    ChildState,
    ConsentState,
    Given,
    Outcome,
    Paper,
    PostingState,
    Purpose,
    Relation,
    Standing,
    Way,
)

TODAYS, OLDER = "2026-1", "2025-1"
YES, NO, OLD_YES, OLD_NO, NOTHING = "yes", "no", "yes to an older notice", "no to an older notice", "nothing"
SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 23)


def side(answers: dict[Purpose, str]) -> dict[Purpose, Given]:
    """Answers in words as one side's standing."""
    return {
        purpose: Given(
            Answer.YES if word in (YES, OLD_YES) else Answer.NO, OLDER if word in (OLD_YES, OLD_NO) else TODAYS
        )
        for purpose, word in answers.items()
        if word != NOTHING
    }


def standing(guardian: dict[Purpose, str], child: dict[Purpose, str]) -> Standing:
    return Standing(side(guardian), side(child))


ALL_YES = dict.fromkeys(Purpose, YES)

POSTING = {
    # the guardian's answer to taking part, the child's own answer: may it write? (R12, R16, R17)
    (NOTHING, NOTHING): PostingState.CONSENT_MISSING,
    (NOTHING, YES): PostingState.CONSENT_MISSING,
    (NOTHING, NO): PostingState.CONSENT_MISSING,
    (NO, NOTHING): PostingState.CONSENT_MISSING,
    (NO, YES): PostingState.CONSENT_MISSING,
    (NO, NO): PostingState.CONSENT_MISSING,
    (OLD_NO, YES): PostingState.CONSENT_MISSING,
    (OLD_YES, NOTHING): PostingState.CONSENT_OUTDATED,
    (OLD_YES, YES): PostingState.CONSENT_OUTDATED,
    (OLD_YES, NO): PostingState.CONSENT_OUTDATED,
    (YES, NOTHING): PostingState.ASSENT_MISSING,
    (YES, OLD_YES): PostingState.ASSENT_MISSING,
    (YES, NO): PostingState.ASSENT_REFUSED,
    (YES, OLD_NO): PostingState.ASSENT_REFUSED,
    (YES, YES): PostingState.OK,
}


@pytest.mark.parametrize(("guardian", "child"), list(POSTING))
def test_a_child_writes_only_with_consent_to_todays_notice_and_its_own_yes(guardian: str, child: str) -> None:
    """R12, R16, R17: the whole truth table."""
    found = rules.posting_state(standing({Purpose.ACCOUNT: guardian}, {Purpose.ACCOUNT: child}), TODAYS)
    assert found is POSTING[guardian, child]


@pytest.mark.parametrize(("guardian", "child"), list(product((YES, NO, OLD_YES, NOTHING), repeat=2)))
def test_ideas_are_public_only_when_guardian_and_child_both_say_yes_today(guardian: str, child: str) -> None:
    """R2, R13, R17: publishing asked by itself; taking part is agreed to on both sides."""
    found = standing(
        {Purpose.ACCOUNT: YES, Purpose.IDEAS_PUBLIC: guardian}, {Purpose.ACCOUNT: YES, Purpose.IDEAS_PUBLIC: child}
    )
    assert rules.may_publish(found, TODAYS) is ((guardian, child) == (YES, YES))


@pytest.mark.parametrize(
    ("guardian", "child"), [pair for pair, state in POSTING.items() if state is not PostingState.OK]
)
def test_nothing_is_public_of_a_child_that_may_not_write(guardian: str, child: str) -> None:
    found = standing({**ALL_YES, Purpose.ACCOUNT: guardian}, {**ALL_YES, Purpose.ACCOUNT: child})
    assert not rules.may_publish(found, TODAYS)


@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose is not Purpose.ACCOUNT])
@pytest.mark.parametrize("who", ["guardian", "child"])
def test_refusing_one_purpose_blocks_nothing_else(purpose: Purpose, who: str) -> None:
    """R13: each consent stands by itself."""
    refused = {**ALL_YES, purpose: NO}
    found = standing(refused if who == "guardian" else ALL_YES, refused if who == "child" else ALL_YES)
    assert rules.posting_state(found, TODAYS) is PostingState.OK
    assert [one for one in Purpose if not rules.allows(found, one, TODAYS)] == [purpose]


words = st.sampled_from([YES, NO, OLD_YES, OLD_NO, NOTHING])
sides = st.fixed_dictionaries(dict.fromkeys(Purpose, words))


@given(sides, sides, st.sampled_from(Purpose))
def test_a_childs_no_beats_every_yes(guardian: dict[Purpose, str], child: dict[Purpose, str], purpose: Purpose) -> None:
    """R17."""
    found = standing(guardian, {**child, purpose: NO})
    assert not rules.allows(found, purpose, TODAYS)


@given(sides, sides)
def test_a_new_notice_stops_everything_until_it_is_confirmed(
    guardian: dict[Purpose, str], child: dict[Purpose, str]
) -> None:
    """R16: whatever was said before, nothing is allowed under a notice that nobody has seen."""
    found = standing(guardian, child)
    assert not any(rules.allows(found, purpose, "2027-1") for purpose in Purpose)
    assert rules.posting_state(found, "2027-1") is not PostingState.OK


@given(sides, sides)
def test_a_child_is_asked_only_what_its_guardian_agreed_to(
    guardian: dict[Purpose, str], child: dict[Purpose, str]
) -> None:
    found = standing(guardian, child)
    asked = rules.questions_for_child(found, TODAYS)
    assert asked == [purpose for purpose in Purpose if guardian[purpose] == YES]
    question = rules.next_question(found, TODAYS)
    assert question is None or (question in asked and child[question] in (NOTHING, OLD_YES))


@pytest.mark.parametrize(
    ("guardian", "expected"),
    [
        (ALL_YES, ConsentState.COMPLETE),
        ({**ALL_YES, Purpose.PHOTOS_PUBLIC: NO}, ConsentState.SOME_NO),
        ({**ALL_YES, Purpose.PHOTOS_PUBLIC: OLD_NO}, ConsentState.SOME_NO),
        ({**ALL_YES, Purpose.PHOTOS_PUBLIC: NOTHING}, ConsentState.MISSING),
        ({**ALL_YES, Purpose.PHOTOS_PUBLIC: OLD_YES}, ConsentState.OUTDATED),
        ({**ALL_YES, Purpose.ACCOUNT: OLD_YES}, ConsentState.OUTDATED),
        ({Purpose.ACCOUNT: NO}, ConsentState.SOME_NO),
        ({}, ConsentState.MISSING),
    ],
)
def test_the_teachers_list_tells_where_a_paper_stands(guardian: dict[Purpose, str], expected: ConsentState) -> None:
    assert rules.consent_state(standing(guardian, {}), TODAYS) is expected


@pytest.mark.parametrize(
    ("guardian", "child", "expected"),
    [
        ({}, {}, ChildState.WAITS_FOR_PAPER),
        (dict.fromkeys(Purpose, OLD_YES), ALL_YES, ChildState.WAITS_FOR_PAPER),
        (ALL_YES, {}, ChildState.NOT_ASKED),
        (ALL_YES, {**ALL_YES, Purpose.FORWARDING: NOTHING}, ChildState.NOT_ASKED),
        (ALL_YES, ALL_YES, ChildState.YES),
        (ALL_YES, {**ALL_YES, Purpose.FORWARDING: NO}, ChildState.SOME_NO),
        (ALL_YES, {Purpose.ACCOUNT: NO}, ChildState.SOME_NO),
    ],
)
def test_the_teachers_list_tells_what_the_child_says(
    guardian: dict[Purpose, str], child: dict[Purpose, str], expected: ChildState
) -> None:
    assert rules.child_state(standing(guardian, child), TODAYS) is expected


# Papers


def paper(answers: dict[Purpose, Answer], signed_on: date = TODAY, way: Way = Way.PAPER) -> Paper:
    return Paper(answers, "张女士", Relation.MOTHER, signed_on, way)


@given(st.dates(date(2020, 1, 1), date(2032, 12, 31)))
def test_a_paper_is_signed_today_or_within_the_last_year(signed_on: date) -> None:
    """Not in the future, not so long ago that nobody remembers."""
    one = paper({Purpose.ACCOUNT: Answer.YES}, signed_on)
    if TODAY - timedelta(days=366) <= signed_on <= TODAY:
        rules.check_paper(one, TODAY)
        return
    with pytest.raises(RuleBroken) as refused:
        rules.check_paper(one, TODAY)
    assert refused.value.code == ("consent_signed_in_future" if signed_on > TODAY else "consent_signed_long_ago")
    assert refused.value.field == "signed_on"


@given(st.dictionaries(st.sampled_from(Purpose), st.sampled_from(Answer)))
def test_a_yes_needs_paper_and_a_no_does_not(answers: dict[Purpose, Answer]) -> None:
    """R15: saying no is never harder than saying yes."""
    told = paper(answers, way=Way.TOLD)
    if answers and Answer.YES not in answers.values():
        rules.check_paper(told, TODAY)
        return
    with pytest.raises(RuleBroken) as refused:
        rules.check_paper(told, TODAY)
    assert refused.value.code == ("consent_yes_needs_paper" if answers else "consent_nothing_answered")


# Signals of danger

moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


@given(moments)
def test_a_signal_is_seen_within_two_hours_by_day_and_eight_at_night(raised: datetime) -> None:
    """Section 6.4: two hours from 7 to 22 o'clock, else eight, and at nine in the morning at the latest."""
    until = rules.seen_until(raised, SHANGHAI)
    local, clock = raised.astimezone(SHANGHAI), until.astimezone(SHANGHAI)
    assert raised < until <= raised + timedelta(hours=8)
    if time(7) <= local.time() < time(22):
        assert until == raised + timedelta(hours=2)
    else:
        assert until == raised + timedelta(hours=8) or (clock.hour, clock.minute) == (9, 0)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=3)), st.timedeltas(timedelta(0), timedelta(days=1)))
def test_reminders_only_grow_with_time(raised: datetime, passed: timedelta, more: timedelta) -> None:
    early = rules.reminders_due(raised, raised + passed, SHANGHAI)
    assert (early == 0) is (raised + passed < rules.seen_until(raised, SHANGHAI))
    assert early <= rules.reminders_due(raised, raised + passed + more, SHANGHAI)


@pytest.mark.parametrize("note", ["", "   ", "好", "好了 \n"])
def test_handled_needs_a_word_of_what_was_done(note: str) -> None:
    """R50, its first half."""
    with pytest.raises(RuleBroken) as refused:
        rules.check_closing(Outcome.HANDLED, note)
    assert refused.value.field == "note"
    rules.check_closing(Outcome.BACK_TO_REVIEW, note)


@pytest.mark.parametrize(
    ("hotlines", "code"),
    [
        ([], "hotlines_empty"),
        ([("110", "", TODAY), ("110", "报警", TODAY)], "hotlines_twice"),
        ([("110", "", TODAY + timedelta(days=1))], "hotlines_checked_in_future"),
    ],
)
def test_a_list_of_hotlines_that_helps_nobody_is_refused(hotlines: list[tuple[str, str, date]], code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        rules.check_hotlines(hotlines, TODAY)
    assert refused.value.code == code

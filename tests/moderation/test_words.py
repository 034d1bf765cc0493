"""What children read about a decision: for every reason and age, kind and short (safety.md 6.5, R56, R106)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale

from cfc_groups.access import AgeBand, Role
from cfc_groups.moderation import words
from cfc_groups.moderation.models import Flag, Outcome, Reason
from cfc_groups.safety.detectors import Kind

LONGEST_SENTENCE = {AgeBand.YOUNG: 15, AgeBand.MIDDLE: 25, AgeBand.OLDER: 45}
EVERY = [(reason, band) for reason in Reason for band in AgeBand]


@pytest.fixture(params=["zh_Hans", "en"])
def in_language(request: pytest.FixtureRequest, app: Flask) -> Iterator[str]:
    """Chinese, then English."""
    with app.test_request_context(), force_locale(request.param):
        yield request.param


@pytest.fixture
def in_chinese(app: Flask) -> Iterator[None]:
    """As nearly everybody reads it."""
    with app.test_request_context(), force_locale("zh_Hans"):
        yield


def sentences(text: str) -> list[str]:
    """The sentences of a Chinese text, without their ends."""
    return [one for one in re.split(r"[。？！：]", text) if one.strip()]


@pytest.mark.parametrize(("reason", "band"), EVERY)
def test_every_reason_thanks_first_and_never_scolds(in_language: str, reason: Reason, band: AgeBand) -> None:
    text = words.kind_words(reason, band)
    assert text.startswith("谢谢" if in_language == "zh_Hans" else "Thank you")
    assert not re.search(r"[!！]|违规|违反|不合格|violat|illegal|forbidden", text)


@pytest.mark.parametrize(("reason", "band"), EVERY)
def test_sentences_are_short_enough_for_the_age(in_chinese: None, reason: Reason, band: AgeBand) -> None:
    """R106: at most 15 characters a sentence for 6–8, 25 for 9–11."""
    for outcome in Outcome:
        for one in sentences(words.kind_words(reason, band) + words.next_step(outcome, band)):
            assert len(one) <= LONGEST_SENTENCE[band], one


@pytest.mark.parametrize("reason", list(Reason))
def test_the_youngest_read_sixty_characters_at_most(in_chinese: None, reason: Reason) -> None:
    """safety.md 6.5."""
    both = words.kind_words(reason, AgeBand.YOUNG) + words.next_step(Outcome.RETURN, AgeBand.YOUNG)
    assert len(both) <= 60, both


@pytest.mark.parametrize("band", list(AgeBand))
def test_reasons_and_ages_have_words_of_their_own(in_language: str, band: AgeBand) -> None:
    texts = [words.kind_words(reason, band) for reason in Reason]
    assert len(set(texts)) == len(texts)
    assert len({words.next_step(outcome, band) for outcome in Outcome}) == len(Outcome)


def test_nothing_is_promised_that_the_site_does_not_do_yet(in_chinese: None) -> None:
    """Masks, joint credit and appeals are still to come: no sentence speaks of them."""
    everything = "".join(words.kind_words(reason, band) for reason, band in EVERY)
    everything += "".join(words.next_step(outcome, band) for outcome in Outcome for band in AgeBand)
    assert not re.search(r"盖住|两个名字|署名|申诉|复核", everything)


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=1, minutes=59), "1 hour"),
        (timedelta(hours=23), "23 hours"),
        (timedelta(hours=24), "1 day"),
        (timedelta(hours=27), "1 day 3 hours"),
        (timedelta(days=12, hours=1), "12 days 1 hour"),
    ],
)
def test_how_long_something_waited_is_said_in_words(app: Flask, age: timedelta, said: str) -> None:
    with app.test_request_context(), force_locale("en"):
        assert words.age_words(age) == said


def test_lateness_is_worded_not_only_coloured(in_language: str) -> None:
    """R60; nothing by colour alone."""
    assert words.lateness(timedelta(hours=24)) == ""
    late, very_late = words.lateness(timedelta(hours=25)), words.lateness(timedelta(hours=49))
    assert late
    assert very_late
    assert late != very_late


def test_every_kind_of_personal_data_has_a_name_and_danger_has_none() -> None:
    danger = {
        "contact_secrecy", "self_harm", "violence_home", "sexual_harm", "bullying", "running_away", "threat",
        "stranger", "neglect",
    }  # fmt: skip
    assert set(words.FLAGS) == {str(kind) for kind in Kind} - danger


def test_a_hint_of_a_kind_that_is_gone_is_still_said(in_language: str) -> None:
    assert words.flag_label(Flag("saw", "kind of an older version", True, 0, 1))


def test_who_decided_is_said_by_role(in_language: str) -> None:
    """R56."""
    labels = {words.reader_label(role) for role in (Role.TEACHER, Role.COORDINATOR)}
    assert len(labels) == 2

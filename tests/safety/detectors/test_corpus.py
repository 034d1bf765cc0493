"""The detectors are judged by a corpus that another hand wrote; half of it was never tuned on (R61, R62)."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cfc_groups.safety.detectors import Level, escalates, find_all, find_danger, find_in_nickname, find_personal, holds

CORPUS = Path(__file__).parents[2] / "data" / "detectors"


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / name).read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize("half", ["tuning", "heldout"])
def test_hard_personal_data_never_goes_on_unseen(half: str) -> None:
    """R61: at least 95 of 100 sentences with hard personal data are held (or go to the officers)."""
    wanted = [row for row in lines(f"personal-{half}.jsonl") if row["level"] == "hard"]
    missed = Counter(row["class"] for row in wanted if not stops(row["text"]))
    assert sum(missed.values()) <= 0.05 * len(wanted), missed


@pytest.mark.parametrize("half", ["tuning", "heldout"])
def test_everyday_ideas_are_never_held(half: str) -> None:
    """Roads, bus lines, dates, prices and building numbers are what children write about: no hard false alarm."""
    wrong = [row["text"] for row in lines(f"clean-{half}.jsonl") if stops(row["text"])]
    assert not wrong


def test_every_sentence_of_danger_that_we_know_calls_an_officer() -> None:
    """R62: the tuning half has to be found whole."""
    assert not [row["text"] for row in lines("danger-tuning.jsonl") if not escalates(find_danger(row["text"]))]


def test_nine_of_ten_unknown_sentences_of_danger_call_an_officer() -> None:
    """R62 on sentences that nobody tuned on; missing one is worse than asking once too often."""
    unknown = lines("danger-heldout.jsonl")
    found = sum(escalates(find_danger(row["text"])) for row in unknown)
    assert found >= 0.9 * len(unknown), f"{found} of {len(unknown)}"


def test_words_that_only_sound_dangerous_call_nobody() -> None:
    """A big wheel, a ball game, rain that beats down: known near words do not call an officer."""
    assert not [row["text"] for row in lines("danger-clean.jsonl") if escalates(find_danger(row["text"]))]


def test_nine_of_ten_unknown_near_words_call_nobody() -> None:
    unknown = lines("danger-clean-heldout.jsonl")
    called = sum(escalates(find_danger(row["text"])) for row in unknown)
    assert called <= 0.1 * len(unknown), f"{called} of {len(unknown)}"


@pytest.mark.parametrize("half", ["tuning", "heldout"])
def test_the_marked_place_covers_the_number(half: str) -> None:
    """What is masked later is what was found: the marks of mobile numbers cover every digit of them."""
    rows = [row for row in lines(f"personal-{half}.jsonl") if row["class"] == "mobile"]
    covered = 0
    for row in rows:
        marked = {place for found in find_personal(row["text"]) for place in range(found.start, found.end)}
        start = row["text"].index(row["spans"][0])
        covered += set(range(start, start + len(row["spans"][0]))) <= marked
    assert covered >= 0.95 * len(rows), f"{covered} of {len(rows)}"


def test_the_authors_own_name_is_a_hard_finding() -> None:
    """R3, R61: only the author's own name is given to the detector; nobody else's lies in memory."""
    text = "我叫韦博文，我想要矮一点的洗手台。"
    found = find_personal(text, own_names=["韦博文"])
    assert any(one.level is Level.HARD and text[one.start : one.end] == "韦博文" for one in found)
    assert not holds(find_personal("我想要矮一点的洗手台。", own_names=["韦博文"]))


@pytest.mark.parametrize("nickname", ["韦博文", "博文小狐狸", "实验小学小明", "小狐狸13900001234", "三年级2班小狐狸"])
def test_a_nickname_that_tells_who_it_is_is_found(nickname: str) -> None:
    """R3."""
    assert find_in_nickname(nickname, real_name="韦博文")


@pytest.mark.parametrize("nickname", ["会飞的小狐狸", "三号狮子", "慢慢走的小蜗牛", "五号小熊猫"])
def test_a_drawn_animals_name_is_no_finding(nickname: str) -> None:
    assert not find_in_nickname(nickname, real_name="韦博文")


def stops(text: str) -> bool:
    found = find_all(text)
    return holds(found) or escalates(found)

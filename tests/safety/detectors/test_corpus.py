"""The detectors are judged by a corpus that another hand wrote; half of it was never tuned on (R61, R62).

Of the held-out half only sums are told, in messages too: nobody who changes a detector reads its sentences.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cfc_groups.safety.detectors import Finding, escalates, find_all, find_danger, holds

CORPUS = Path(__file__).parents[2] / "data" / "detectors"
OVERLAP_IS_ENOUGH = {"home_routine", "contact_secrecy"}
"""Classes whose marked words are only the telling phrase (README of the corpus)."""

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def is_covered(row: Row, span: str, found: tuple[Finding, ...]) -> bool:
    """Whether one finding of the row's class covers one of the places where the span stands."""
    text, size = row["text"], len(span)
    starts = [at for at in range(len(text) - size + 1) if text.startswith(span, at)]
    for one in found:
        if one.kind != row["class"]:
            continue
        for start in starts:
            if row["class"] in OVERLAP_IS_ENOUGH and one.start < start + size and start < one.end:
                return True
            if one.start <= start and start + size <= one.end:
                return True
    return False


def is_stopped(row: Row) -> bool:
    """Whether the text waits for a person: held, or with the protection officers."""
    found = find_all(row["text"])
    return holds(found) or escalates(found)


def share(name: str, counts: Counter[str], of: Counter[str]) -> float:
    """The share found, told by class."""
    print(f"\n{name}: " + ", ".join(f"{kind} {counts[kind]}/{of[kind]}" for kind in of))
    return sum(counts.values()) / sum(of.values())


@pytest.mark.parametrize(("half", "least"), [("tuning", 1.0), ("heldout", 0.95)])
def test_hard_personal_data_never_goes_on_unseen(half: str, least: float) -> None:
    """R61: of 100 sentences with hard personal data at least 95 are held."""
    wanted = [row for row in rows(f"personal-{half}") if row["level"] == "hard"]
    stopped = Counter(row["class"] for row in wanted if is_stopped(row))
    assert share(half, stopped, Counter(row["class"] for row in wanted)) >= least


@pytest.mark.parametrize(("half", "least"), [("tuning", 1.0), ("heldout", 0.92)])
def test_hard_personal_data_is_covered_in_its_class(half: str, least: float) -> None:
    """R55 masks what was found: the right class, and every character of the number, account or address."""
    wanted = [row for row in rows(f"personal-{half}") if row["level"] == "hard" and row["class"] != "contact_secrecy"]
    covered: Counter[str] = Counter()
    for row in wanted:
        found = find_all(row["text"])
        covered[row["class"]] += all(is_covered(row, span, found) for span in row["spans"])
    assert share(half, covered, Counter(row["class"] for row in wanted)) >= least


@pytest.mark.parametrize(("half", "least"), [("tuning", 0.95), ("heldout", 0.75)])
def test_soft_personal_data_is_mostly_hinted_at(half: str, least: float) -> None:
    """Names, classes and ways home are only hinted at: to overlook one costs less, a moderator reads it anyway."""
    wanted = [row for row in rows(f"personal-{half}") if row["level"] == "soft"]
    covered: Counter[str] = Counter()
    for row in wanted:
        found = find_all(row["text"])
        covered[row["class"]] += all(is_covered(row, span, found) for span in row["spans"])
    assert share(half, covered, Counter(row["class"] for row in wanted)) >= least


@pytest.mark.parametrize("half", ["clean-tuning", "clean-heldout", "danger-clean", "danger-clean-heldout"])
def test_everyday_ideas_are_never_held(half: str) -> None:
    """Roads, bus lines, dates, prices and building numbers are what children write about: no hard false alarm."""
    assert sum(holds(find_all(row["text"])) for row in rows(half)) == 0


@pytest.mark.parametrize("half", ["clean-tuning", "clean-heldout"])
def test_everyday_ideas_call_no_officer(half: str) -> None:
    assert sum(escalates(find_danger(row["text"])) for row in rows(half)) == 0


@pytest.mark.parametrize("half", ["clean-tuning", "clean-heldout"])
def test_everyday_ideas_are_hardly_ever_hinted_at(half: str) -> None:
    texts = rows(half)
    assert sum(bool(find_all(row["text"])) for row in texts) <= 0.02 * len(texts)


@pytest.mark.parametrize(("half", "least"), [("tuning", 1.0), ("heldout", 0.92)])
def test_a_sentence_of_danger_calls_an_officer(half: str, least: float) -> None:
    """R62: the half that we know is found whole; the class does not matter, only that somebody reads it."""
    wanted = rows(f"danger-{half}")
    found = Counter(row["class"] for row in wanted if escalates(find_danger(row["text"])))
    assert share(half, found, Counter(row["class"] for row in wanted)) >= least


@pytest.mark.parametrize(("half", "most"), [("danger-clean", 0.0), ("danger-clean-heldout", 0.1)])
def test_words_that_only_sound_dangerous_call_nobody(half: str, most: float) -> None:
    """A drop tower, a ball game, rain that beats down."""
    texts = rows(half)
    assert sum(escalates(find_danger(row["text"])) for row in texts) <= most * len(texts)

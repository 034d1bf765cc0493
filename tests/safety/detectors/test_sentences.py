"""The sentences by which the detectors were written; each stays found (R61, R62)."""

from __future__ import annotations

from pathlib import Path

import pytest

from cfc_groups.safety.detectors import escalates, find_all, find_danger, holds

FOLDER = Path(__file__).parent / "sentences"


def lines(name: str) -> list[str]:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("line", lines("personal"))
def test_personal_data_is_covered_in_its_class(line: str) -> None:
    kind, written = line.split(" ", 1)
    start = written.index("{")
    text = written.replace("{", "", 1)
    end = text.index("}")
    text = text[:end] + text[end + 1 :].replace("{", "").replace("}", "")
    found = find_all(text)
    assert any(one.kind == kind and one.start <= start and end <= one.end for one in found), found
    assert holds(found)


def test_nearly_every_sentence_of_danger_calls_an_officer() -> None:
    """A few say too little to tell them from everyday notes; they are kept here as what a better word may find."""
    missed = [line for line in lines("danger") if not escalates(find_danger(line.split(" ", 1)[1]))]
    assert len(missed) <= 6, missed


def test_everyday_notes_are_never_held_and_hardly_ever_call_an_officer() -> None:
    """The few that call one ask to keep a surprise secret: a person tells them from grooming in a minute."""
    notes = lines("everyday")
    assert not [note for note in notes if holds(find_all(note))]
    called = [note for note in notes if escalates(find_danger(note))]
    assert len(called) <= 8, called

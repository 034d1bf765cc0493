"""What the detectors notice in the three texts of an idea, part by part. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cfc_groups.board.models import PostState, Words
from cfc_groups.safety.detectors import Finding, Kind, Level, escalates, find_all, holds

PARTS = ("title", "saw", "wish")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text; `kind` says what it looks like, None for plain words."""

    text: str
    kind: Kind | None


@dataclass(frozen=True, slots=True)
class Found:
    """The findings of an idea by part."""

    by_part: dict[str, tuple[Finding, ...]]

    @property
    def all(self) -> tuple[Finding, ...]:
        """Every finding."""
        return tuple(finding for findings in self.by_part.values() for finding in findings)

    @property
    def state(self) -> PostState:
        """The state that a sent idea gets: danger first (R62), then what must be looked at (R61)."""
        if escalates(self.all):
            return PostState.ESCALATED
        return PostState.HELD if holds(self.all) else PostState.WAITING

    @property
    def danger_kinds(self) -> list[Kind]:
        """The kinds that call an officer."""
        return [finding.kind for finding in self.all if finding.level is Level.OFFICER]


def look_through(words: Words, own_names: Sequence[str] = ()) -> Found:
    """Everything that the detectors notice, with the author's real names."""
    texts = {"title": words.title, "saw": words.saw, "wish": words.wish}
    return Found({part: find_all(texts[part], own_names=own_names) for part in PARTS})


def personal(findings: Sequence[Finding]) -> list[Finding]:
    """What a child is hinted at before sending; never a signal of danger."""
    return [finding for finding in findings if finding.level is not Level.OFFICER]


def segments(text: str, findings: Sequence[Finding]) -> list[Segment]:
    """The text cut at the findings, so that a page can mark them; joined again it is the text."""
    pieces: list[Segment] = []
    at = 0
    for finding in sorted(findings, key=lambda one: (one.start, -one.end)):
        if finding.start < at:
            continue  # overlaps what is marked already
        if finding.start > at:
            pieces.append(Segment(text[at : finding.start], None))
        pieces.append(Segment(text[finding.start : finding.end], finding.kind))
        at = finding.end
    if at < len(text):
        pieces.append(Segment(text[at:], None))
    return pieces

"""Consents and the child's own yes, the states that follow from them, hotlines, and signals of danger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Purpose(StrEnum):
    """What a guardian and a child are asked for, each by itself (R13)."""

    ACCOUNT = "account"
    IDEAS_PUBLIC = "ideas_public"
    FORWARDING = "forwarding"
    PHOTOS_GROUP = "photos_group"
    PHOTOS_PUBLIC = "photos_public"


class Answer(StrEnum):
    """A yes or a no; no answer at all is a missing row."""

    YES = "yes"
    NO = "no"


class Way(StrEnum):
    """How a guardian's answer came in: a yes only on signed paper, a no also by word of mouth (R15)."""

    PAPER = "paper"
    TOLD = "told"


class Relation(StrEnum):
    """What the guardian is to the child."""

    MOTHER = "mother"
    FATHER = "father"
    GRANDPARENT = "grandparent"
    OTHER = "other"


class PostingState(StrEnum):
    """Whether a child may write, and what is missing if not (R12, R16, R17)."""

    OK = "ok"
    CONSENT_MISSING = "consent_missing"
    ASSENT_MISSING = "assent_missing"
    CONSENT_OUTDATED = "consent_outdated"
    ASSENT_REFUSED = "assent_refused"


class ConsentState(StrEnum):
    """Where a guardian's answers stand, as the teacher's list shows it."""

    COMPLETE = "complete"
    SOME_NO = "some_no"
    MISSING = "missing"
    OUTDATED = "outdated"


class ChildState(StrEnum):
    """Where the child's own answers stand, as the teacher's list shows it."""

    WAITS_FOR_PAPER = "waits_for_paper"
    NOT_ASKED = "not_asked"
    YES = "yes"
    SOME_NO = "some_no"


class Outcome(StrEnum):
    """How a signal of danger ends."""

    BACK_TO_REVIEW = "back_to_review"
    HANDLED = "handled"


@dataclass(frozen=True, slots=True)
class Given:
    """The answer that counts today for one purpose, and the notice it was given to."""

    answer: Answer
    notice_version: str


@dataclass(frozen=True, slots=True)
class Standing:
    """All answers about one child that count today. A purpose that is missing was never answered."""

    guardian: Mapping[Purpose, Given] = field(default_factory=dict)
    child: Mapping[Purpose, Given] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paper:
    """What a teacher copies from a guardian's paper (or was told); only the answered purposes stand in it."""

    answers: Mapping[Purpose, Answer]
    guardian_name: str
    relation: Relation
    signed_on: date
    way: Way = Way.PAPER


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One answer of the past: the guardian's (with who recorded it) or the child's own. No real names."""

    purpose: Purpose
    answer: Answer
    own: bool
    way: Way | None
    relation: str
    notice_version: str
    signed_on: date | None
    recorded_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Hotline:
    """A number that helps at once; `checked_on` tells when somebody last made sure that it does."""

    number: str
    label: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class ProtectionContact:
    """Who protects the children here and how to reach them, in a coordinator's words (R35). Both may be empty."""

    officer: str = ""
    reach: str = ""

    @property
    def is_set(self) -> bool:
        """Whether anybody can be reached by it."""
        return bool(self.officer and self.reach)


@dataclass(frozen=True, slots=True)
class ListedChild:
    """A child as staff see it in lists of this room: no real name, ever."""

    child_id: int
    pid: str
    nickname: str
    avatar: str
    group_id: int
    group_pid: str
    group_name: str
    team_name: str
    member_number: str


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """A group that a list can be narrowed to."""

    group_id: int
    pid: str
    name: str


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal of danger in the officers' list: who waits since when, but no word of it."""

    signal_id: int
    pid: str
    child: ListedChild
    object_kind: str
    object_id: int
    raised_at: datetime
    waiting_since: datetime
    seen_by: str
    seen_at: datetime | None
    outcome: Outcome | None
    closed_by: str
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenedSignal:
    """A signal with its words, as only officers read it."""

    signal: Signal
    words: list[str]
    kinds: list[str]
    note: str


@dataclass(frozen=True, slots=True)
class UnseenSignal:
    """An open signal that no officer has pressed "seen" on; for the sweep that tells them again."""

    pid: str
    waiting_since: datetime

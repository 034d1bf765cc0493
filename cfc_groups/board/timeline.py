"""What happened to an idea, as its author reads it: every version, every decision, the taking back (R56, R65)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from cfc_groups.access import AgeBand
from cfc_groups.board.models import Version
from cfc_groups.moderation import words as desk_words
from cfc_groups.moderation.models import Decision, Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision in words for the child's age: what, why, what next, who by role, and how to go on (R56)."""

    what: str
    why: str
    next_step: str
    who: str
    how_to_go_on: str
    own_words: str
    outcome: Outcome
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: when, in one sentence; a decision carries its answer."""

    at: datetime
    sentence: str
    answer: Answer | None = None


def answer_of(decision: Decision, band: AgeBand) -> Answer:
    """The five elements of a decision."""
    what = {
        Outcome.PUBLISH: gettext("Your idea is on the board"),
        Outcome.RETURN: gettext("Your idea comes back to you for a moment"),
        Outcome.REFUSE: gettext("Your idea is not put on the board"),
    }
    go_on = {
        Outcome.PUBLISH: gettext("You can take it back whenever you like. You need not say why."),
        Outcome.RETURN: gettext("Do you see it differently? Then tell your teacher. You may always ask again."),
        Outcome.REFUSE: gettext("Do you see it differently? Ask your teacher to look at it with you once more."),
    }
    why = gettext("A teacher has read it: no secrets are in it, and it hurts nobody.")
    return Answer(
        what=what[decision.outcome],
        why=why if decision.reason is None else desk_words.kind_words(decision.reason, band),
        next_step=desk_words.next_step(decision.outcome, band),
        who=gettext("Decided by %(who)s", who=desk_words.reader_label(decision.role)),
        how_to_go_on=go_on[decision.outcome],
        own_words=decision.words,
        outcome=decision.outcome,
        decided_at=decision.decided_at,
    )


def timeline(
    versions: Iterable[Version], decisions: Iterable[Decision], withdrawn_at: datetime | None, band: AgeBand
) -> list[Entry]:
    """All events in order, the first one first; as many entries as events."""
    entries = [Entry(one.written_at, _sent(one.number)) for one in versions]
    entries += [Entry(one.decided_at, _decided(one), answer_of(one, band)) for one in decisions]
    if withdrawn_at is not None:
        entries.append(Entry(withdrawn_at, gettext("You took your idea back.")))
    return sorted(entries, key=lambda entry: entry.at)


def _sent(number: int) -> str:
    if number == 1:
        return gettext("You sent your idea.")
    return gettext("You sent it again, version %(number)s.", number=number)


def _decided(decision: Decision) -> str:
    who = desk_words.reader_label(decision.role)
    if decision.outcome is Outcome.PUBLISH:
        return gettext("Read and put on the board by %(who)s.", who=who)
    if decision.outcome is Outcome.RETURN:
        return gettext("Read and given back to you by %(who)s.", who=who)
    return gettext("Read and not put on the board by %(who)s.", who=who)

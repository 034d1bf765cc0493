"""Which state an item comes in with, and what may be decided about it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from cfc_groups.errors import Conflict, RuleBroken
from cfc_groups.moderation.models import Comparison, Flag, ItemState, Outcome, Part, Reason, Segment
from cfc_groups.safety.detectors import CONTACT_KINDS, Finding, Kind, Level, escalates, find_all, holds

CLAIM_LASTS = timedelta(minutes=10)
LATE_AFTER = timedelta(hours=24)  # R60, safety.md 6.6; from the desk's second step on in school hours
VERY_LATE_AFTER = timedelta(hours=48)
MOST_OWN_WORDS = 120
_LEADS_ELSEWHERE = CONTACT_KINDS | {Kind.contact_secrecy, Kind.stranger, Kind.sexual_harm}
_MOST_COMPARED = 600  # characters of a part; comparing costs the product of both lengths

# Refusing is for cruelty, danger and law only (safety.md 6.1); all else goes back to the child, who can mend it.
# `other` needs a second moderator (R57) and is offered nowhere until there is a way to ask one.
REASONS: Mapping[Outcome, tuple[Reason, ...]] = {
    Outcome.PUBLISH: (),
    Outcome.RETURN: (
        Reason.PII, Reason.PII_OTHER, Reason.HURT, Reason.EMPTY, Reason.NOT_MINE, Reason.AD_LINK, Reason.DUP,
        Reason.DANGER, Reason.LAW,
    ),
    Outcome.REFUSE: (Reason.HURT, Reason.DANGER, Reason.LAW),
}  # fmt: skip


def state_for(findings: Iterable[Finding]) -> ItemState:
    """Escalated for a signal of danger (R62), held for sure personal data (R61), else waiting."""
    found = list(findings)
    if escalates(found):
        return ItemState.ESCALATED
    return ItemState.HELD if holds(found) else ItemState.WAITING


def flags_of(part: str, findings: Iterable[Finding]) -> list[Flag]:
    """What an item keeps of the findings in one part: no signal of danger, those are sealed elsewhere (R62)."""
    return [
        Flag(part, str(one.kind), one.level is Level.HARD, one.start, one.end)
        for one in findings if one.level is not Level.OFFICER
    ]  # fmt: skip


def state_after_review(flags: Iterable[Flag]) -> ItemState:
    """Where an escalated item goes when the officers find that it was no signal."""
    return ItemState.HELD if any(flag.hard for flag in flags) else ItemState.WAITING


def outcome_named(text: str | None) -> Outcome:
    """The outcome that a form names. Raises RuleBroken for none or one that does not exist."""
    known = {str(outcome): outcome for outcome in Outcome}
    if text not in known:
        raise RuleBroken("outcome_unknown")
    return known[text]


def check_open(state: ItemState, *, newer_version: bool = False) -> None:
    """Raise Conflict unless the item can still be decided; the code says what happened meanwhile."""
    if newer_version:
        raise Conflict("item_changed")
    if state is ItemState.DECIDED:
        raise Conflict("item_decided")
    if state not in (ItemState.WAITING, ItemState.HELD):
        raise Conflict("item_withdrawn")


def check_decision(outcome: Outcome, reason: Reason | None, *, held: bool, not_personal: bool) -> None:
    """Raise RuleBroken unless the reason fits the outcome (R56, R57) and a held item was looked at twice (R61)."""
    if outcome is Outcome.PUBLISH:
        if reason is not None:
            raise RuleBroken("reason_unneeded", field="reason")
        if held and not not_personal:
            raise RuleBroken("held_not_confirmed", field="not_personal")
        return
    if reason is None:
        raise RuleBroken("reason_missing", field="reason")
    if reason is Reason.OTHER:
        raise RuleBroken("reason_needs_second", field="reason")
    if reason not in REASONS[outcome]:
        raise RuleBroken("reason_does_not_fit", field="reason")


def is_taken(claimed_by: int | None, claimed_until: datetime | None, account_id: int, now: datetime) -> bool:
    """Whether somebody else looks at an item now; a claim that has run out binds nobody."""
    alive = claimed_until is not None and claimed_until > now
    return alive and claimed_by is not None and claimed_by != account_id


def leads_elsewhere(words: str) -> bool:
    """Whether an adult's sentence to a child holds a way to meet outside this site, or asks for secrecy (R48)."""
    return any(finding.kind in _LEADS_ELSEWHERE for finding in find_all(words))


def suggested_reason(flags: Sequence[Flag]) -> Reason | None:
    """The reason that the hints speak for, so that a note can be returned quickly; None without hints."""
    kinds = {flag.kind for flag in sorted(flags, key=lambda flag: not flag.hard)[:1]}
    if not kinds:
        return None
    if kinds <= {"other_name", "roster_name"}:
        return Reason.PII_OTHER
    return Reason.AD_LINK if kinds <= {"url"} else Reason.PII


def marked(text: str, flags: Iterable[Flag]) -> tuple[Segment, ...]:
    """The text cut at its flags; put together again it is the text. Flags that overlap or lie outside are left out."""
    pieces: list[Segment] = []
    at = 0
    for flag in sorted(flags, key=lambda one: (one.start, -one.end)):
        start, end = flag.start, min(flag.end, len(text))
        if start < at or start >= end:
            continue
        if start > at:
            pieces.append(Segment(text[at:start]))
        pieces.append(Segment(text[start:end], flag))
        at = end
    if at < len(text):
        pieces.append(Segment(text[at:]))
    return tuple(pieces)


def compared(before: Sequence[Part], after: Sequence[Part]) -> tuple[Comparison, ...]:
    """Two versions part by part, with what was taken out and what came in."""
    old = {part.key: part.text for part in before}
    pairs = [(part.label, old.pop(part.key, ""), part.text) for part in after]
    pairs += [(part.label, old[part.key], "") for part in before if part.key in old]
    return tuple(Comparison(label, *_changes(one, other)) for label, one, other in pairs)


def _changes(before: str, after: str) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    if before == after or max(len(before), len(after)) > _MOST_COMPARED:
        changed = before != after
        return _whole(before, changed), _whole(after, changed)
    left: list[Segment] = []
    right: list[Segment] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        left += _whole(before[a:b], tag != "equal")
        right += _whole(after[c:d], tag != "equal")
    return tuple(left), tuple(right)


def _whole(text: str, changed: bool) -> tuple[Segment, ...]:
    return (Segment(text, changed=changed),) if text else ()

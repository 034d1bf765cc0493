"""Which state an item comes in with, and what may be decided about it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from cfc_groups.errors import Conflict, RuleBroken
from cfc_groups.moderation.models import Flag, ItemState, Outcome, Reason

if TYPE_CHECKING:
    from cfc_groups.safety.detectors.models import Finding

CLAIM_LASTS = timedelta(minutes=10)
LATE_AFTER = timedelta(hours=24)  # R60, safety.md 6.6; from the desk's second step on in school hours
VERY_LATE_AFTER = timedelta(hours=48)
MOST_OWN_WORDS = 120

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
    levels = {str(finding.level) for finding in findings}
    if "officer" in levels:
        return ItemState.ESCALATED
    return ItemState.HELD if "hard" in levels else ItemState.WAITING


def state_after_review(flags: Iterable[Flag]) -> ItemState:
    """Where an escalated item goes when the officers find that it was no signal."""
    return ItemState.HELD if any(flag.hard for flag in flags) else ItemState.WAITING


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

"""The three small forms of the desk: publish, return, refuse. They stand on one page, so their ids differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask_babel import lazy_gettext
from wtforms import BooleanField, HiddenField, IntegerField, RadioField
from wtforms.widgets import HiddenInput

from cfc_groups.errors import Conflict
from cfc_groups.formkit import AtMost, Form, Line, Needed
from cfc_groups.moderation.models import Outcome, Reason
from cfc_groups.moderation.rules import MOST_OWN_WORDS, REASONS
from cfc_groups.moderation.words import REASONS as REASON_WORDS

Answer = TypeVar("Answer")


class DecisionForm(Form):
    """One decision; which one is told by `outcome`."""

    status = 422

    outcome = HiddenField()
    version = IntegerField(
        lazy_gettext("This page"), widget=HiddenInput(),
        validators=[Needed(lazy_gettext("Something of this page was lost. Please open the note once more."))],
    )  # fmt: skip
    not_personal = BooleanField(lazy_gettext("I looked: what is marked is no personal information"))
    reason = RadioField(lazy_gettext("Why"), validate_choice=False)
    words = Line(
        lazy_gettext("A sentence of your own"), validators=[AtMost(MOST_OWN_WORDS)],
        description=lazy_gettext("The child reads it after our words. No phone numbers, no WeChat, no links."),
    )  # fmt: skip

    def __init__(self, outcome: Outcome, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.decides = outcome
        self.outcome.data = str(outcome)
        self.reason.choices = [(str(reason), REASON_WORDS[reason]) for reason in REASONS[outcome]]
        for field in self:
            field.id = f"{outcome}-{field.name}"

    def carry_out(self, deed: Callable[[], Answer]) -> Answer | None:
        """As every form; `status` tells afterwards whether somebody was quicker (409) or a rule says no (422)."""

        def noting() -> Answer:
            try:
                return deed()
            except Conflict:
                self.status = 409
                raise

        return super().carry_out(noting)

    def chosen_reason(self) -> Reason | None:
        """The reason that was chosen, None for none or one that does not exist."""
        known = {str(reason): reason for reason in Reason}
        return known.get(self.reason.data or "") if self.decides is not Outcome.PUBLISH else None


Forms = Mapping[Outcome, DecisionForm]


def forms_for(sent: Outcome | None, *, version: int, suggested: Reason | None) -> Forms:
    """The forms of a note's page by outcome; only the one that was sent (if any) holds what was sent."""
    return {outcome: _form(outcome, sent, version, suggested) for outcome in Outcome}


def _form(outcome: Outcome, sent: Outcome | None, version: int, suggested: Reason | None) -> DecisionForm:
    if outcome is sent:
        return DecisionForm(outcome)
    fits = str(suggested) if suggested in REASONS[outcome] else None
    return DecisionForm(outcome, formdata=None, data={"version": version, "reason": fits})

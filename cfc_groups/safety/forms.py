"""The shapes of what teachers copy from paper, children answer, officers write and coordinators set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import wtforms
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString
from wtforms import BooleanField, DateField, FieldList, FormField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Optional, ValidationError

from cfc_groups.formkit import AtMost, Code, Form, Line, Needed, Words, half_width, one_of
from cfc_groups.safety.models import Answer, Paper, ProtectionContact, Purpose, Relation, Way
from cfc_groups.safety.words import OUTCOMES, RELATIONS, hotline_label

ANSWERS = {Answer.YES: lazy_gettext("Agrees"), Answer.NO: lazy_gettext("Does not agree")}

_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?")


class Day(DateField):
    """A day, as browsers send it or as people type it into a plain text field; may be left empty."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the day, or say beside the field how to write it."""
        text = half_width(valuelist[0]) if valuelist else ""
        self.data = None
        if not text:
            return
        match = _DAY.fullmatch(text)
        try:
            self.data = date(*map(int, match.groups())) if match else None
        except ValueError:
            self.data = None
        if self.data is None:
            raise ValueError(gettext("We could not read this as a day. Please write it like 2026-09-01."))


def _choices(labels: Mapping[Any, LazyString]) -> list[SelectChoice]:
    return [SelectChoice(key.value, label) for key, label in labels.items()]


def _pairs(labels: Mapping[Any, LazyString]) -> list[tuple[str, str | LazyString]]:
    return [(key.value, label) for key, label in labels.items()]


def _answer_field() -> RadioField:
    """Yes and no side by side, nothing chosen beforehand (R14); left open, the earlier answer stays."""
    return RadioField(
        choices=_choices(ANSWERS), validate_choice=False, validators=[Optional(), one_of(_pairs(ANSWERS))]
    )


class PaperForm(Form):
    """What a teacher copies from a guardian's paper."""

    account = _answer_field()
    ideas_public = _answer_field()
    forwarding = _answer_field()
    photos_group = _answer_field()
    photos_public = _answer_field()
    guardian_name = Line(
        lazy_gettext("Who signed"),
        description=lazy_gettext("The guardian's name. It is stored encrypted and not shown again."),
        validators=[Needed(lazy_gettext("Please copy the name of the guardian who signed.")), AtMost(40)],
    )  # fmt: skip
    relation = SelectField(
        lazy_gettext("Who that is to the child"), validate_choice=False, validators=[one_of(_pairs(RELATIONS))],
        choices=[SelectChoice("", lazy_gettext("Please choose")), *_choices(RELATIONS)],
    )  # fmt: skip
    signed_on = Day(lazy_gettext("Signed on"), description=lazy_gettext("The day that stands beside the signature."))
    paper_in_hand = BooleanField()

    def validate_guardian_name(self, field: Line) -> None:
        """A name has letters; signs that nobody sees are none."""
        if not any(sign.isalpha() for sign in field.data or ""):
            raise ValidationError(gettext("Please copy the name of the guardian who signed."))

    def validate_signed_on(self, field: Day) -> None:
        """A day is needed; one that could not be read has its own sentence already."""
        if field.data is None and not field.errors:
            raise ValidationError(gettext("Please copy the day beside the signature."))

    def name_purposes(self, names: Mapping[str, Mapping[str, str]], notice_version: str) -> None:
        """Put the notice's own words beside the answers and its version into the sentence to confirm."""
        for purpose in Purpose:
            self[purpose.value].label.text = names[purpose.value]["name"]
        self.paper_in_hand.label.text = gettext(
            "The signed paper lies before me, and at its foot stands version %(version)s.", version=notice_version
        )

    def paper(self) -> Paper:
        """What was copied; only the answered purposes."""
        answers = {purpose: Answer(self[purpose.value].data) for purpose in Purpose if self[purpose.value].data}
        way = Way.PAPER if self.paper_in_hand.data else Way.TOLD
        signed_on = self.signed_on.data or date.max  # validated: never empty
        return Paper(answers, self.guardian_name.data or "", Relation(self.relation.data), signed_on, way)


class OwnAnswerForm(Form):
    """A child's yes or no: the button that it presses."""

    answer = wtforms.HiddenField(validators=[one_of([(answer.value, "") for answer in Answer])])


class SeenForm(Form):
    """An officer has seen a signal: one button."""


class CloseForm(Form):
    """How a signal of danger ends."""

    outcome = RadioField(
        lazy_gettext("What came of it"), choices=_choices(OUTCOMES), validate_choice=False,
        validators=[one_of(_pairs(OUTCOMES))],
    )  # fmt: skip
    note = Words(
        lazy_gettext("What was done"), validators=[AtMost(1000)],
        description=lazy_gettext("Who talked with the child, who was told, what comes next. Only officers read it."),
    )  # fmt: skip


class HotlineRow(wtforms.Form):
    """One hotline. An empty number leaves it out."""

    number = Code(lazy_gettext("Number"), validators=[AtMost(20)])
    label = Line(lazy_gettext("What it is for"), validators=[AtMost(30)])
    checked_on = Day(lazy_gettext("Last checked on"))

    def validate_number(self, field: Code) -> None:
        """Digits, as one dials them."""
        if field.data and not re.fullmatch(r"[0-9]{3,12}(-[0-9]{1,8})?", field.data, re.ASCII):
            raise ValidationError(gettext("Please write the number as one dials it, such as 12355 or 0571-12345."))

    def validate_checked_on(self, field: Day) -> None:
        """Whoever enters a number has dialled it."""
        if self.number.data and field.data is None and not field.errors:
            raise ValidationError(gettext("On which day did somebody call it to make sure that it helps?"))


def _own_label(row: HotlineRow) -> str:
    label = row.label.data or ""
    return "" if label == hotline_label(row.number.data or "") else label


class HotlinesForm(Form):
    """The list of hotlines, in its order."""

    hotlines = FieldList(FormField(HotlineRow), max_entries=20)

    def rows(self) -> list[tuple[str, str, date]]:
        """Number, label and day of each row that has a number; our own label is kept as '', for all languages."""
        return [
            (row.form.number.data, _own_label(row.form), row.form.checked_on.data)
            for row in self.hotlines
            if row.form.number.data and row.form.checked_on.data
        ]


class ProtectionContactForm(Form):
    """Who protects the children here and how to reach them."""

    officer = Line(
        lazy_gettext("Who"), validators=[Needed(), AtMost(60)],
        description=lazy_gettext("Name and office of the protection officer, such as: Ms Chen, women's federation."),
    )  # fmt: skip
    reach = Line(
        lazy_gettext("How to reach them"), validators=[Needed(), AtMost(120)],
        description=lazy_gettext("An office phone and hours, or a room. Everybody reads this, so no private number."),
    )  # fmt: skip

    def contact(self) -> ProtectionContact:
        """What was entered."""
        return ProtectionContact(self.officer.data or "", self.reach.data or "")

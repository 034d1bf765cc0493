"""The shapes of what a coordinator enters."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import DateField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from cfc_groups.formkit import AtMost, Form, Line, Needed, half_width, one_of
from cfc_groups.school_calendar.models import DayKind

WEEKDAYS = range(1, 8)

_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?")
_KINDS = [
    (str(DayKind.SCHOOL_DAY), lazy_gettext("School is held")),
    (str(DayKind.FREE_DAY), lazy_gettext("No school")),
]


class DayField(DateField):
    """A day that has to be given, as browsers send it or as people type it into a plain text field."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the day, or say beside the field what is missing."""
        text = half_width(valuelist[0]) if valuelist else ""
        self.data = None
        if not text:
            raise ValueError(gettext("Please choose a day."))
        match = _DAY.fullmatch(text)
        try:
            self.data = date(*map(int, match.groups())) if match else None
        except ValueError:
            match = None
        if match is None:
            raise ValueError(gettext("We could not read this as a day. Please write it like 2026-09-01."))


class DayForm(Form):
    """What one day is."""

    kind = RadioField(
        lazy_gettext("This day"),
        choices=[SelectChoice(value, label) for value, label in _KINDS],
        validate_choice=False,
        validators=[one_of(list(_KINDS))],
    )
    label = Line(
        lazy_gettext("What for"), validators=[AtMost(20)],
        description=lazy_gettext("A word or two that everybody understands, such as: sports day, typhoon."),
    )  # fmt: skip


class TermForm(Form):
    """A school term."""

    name = Line(
        lazy_gettext("Name of the term"),
        validators=[Needed(lazy_gettext("Please give the term a name, such as: autumn 2026.")), AtMost(30)],
    )
    starts_on = DayField(lazy_gettext("First school day"))
    ends_on = DayField(lazy_gettext("Last school day"))

    def values(self) -> dict[str, Any]:
        """Name and days as the actions take them; after validating."""
        return {"name": self.name.data, "starts_on": self.starts_on.data, "ends_on": self.ends_on.data}


class ClassHoursForm(Form):
    """The lessons of a week, one line a weekday; empty means no lessons."""

    weekday_1 = Line(validators=[AtMost(80)])
    weekday_2 = Line(validators=[AtMost(80)])
    weekday_3 = Line(validators=[AtMost(80)])
    weekday_4 = Line(validators=[AtMost(80)])
    weekday_5 = Line(validators=[AtMost(80)])
    weekday_6 = Line(validators=[AtMost(80)])
    weekday_7 = Line(validators=[AtMost(80)])

    def name_weekdays(self, names: list[str]) -> None:
        """Label each line with its weekday, Monday first."""
        for weekday, name in zip(WEEKDAYS, names, strict=True):
            self[f"weekday_{weekday}"].label.text = name

    def texts(self) -> dict[int, str]:
        """What was typed for each weekday."""
        return {weekday: self[f"weekday_{weekday}"].data or "" for weekday in WEEKDAYS}

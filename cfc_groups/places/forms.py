"""The shape of a place."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from cfc_groups.formkit import AtMost, Form, Line, Needed, one_of
from cfc_groups.places.models import PlaceKind
from cfc_groups.places.words import KIND_LABELS

_KINDS = [(str(kind), label) for kind, label in KIND_LABELS.items()]


class PlaceForm(Form):
    """Name, kind and district of a place."""

    name = Line(
        lazy_gettext("Name of the place"),
        description=lazy_gettext("As it is written on the sign or as children call it."),
        validators=[Needed(lazy_gettext("Please write how the place is called.")), AtMost(30)],
    )
    kind = SelectField(
        lazy_gettext("What it is"),
        choices=[SelectChoice(value, label) for value, label in _KINDS],
        validate_choice=False,
        validators=[one_of(list(_KINDS))],
    )
    district = Line(
        lazy_gettext("District"), validators=[AtMost(20)],
        description=lazy_gettext("Two places of one name may lie in two districts."),
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """What was entered, as the actions take it; after validating."""
        return {
            "name": self.name.data, "kind": PlaceKind(self.kind.data), "district": self.district.data or "",
        }  # fmt: skip

"""The composer's steps as forms, one question each."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from wtforms import Field, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import StopValidation

from cfc_groups.board.models import Audience
from cfc_groups.board.rules import LONGEST_TEXT, LONGEST_TITLE, has_words
from cfc_groups.formkit import AtMost, Form, Line, Words

ELSEWHERE = "none"
_TOO_LONG = lazy_gettext("That is a lot, thank you. Here %(most)d characters fit; you wrote %(count)d.")


class HasWords:
    """The text says something: a letter, a digit or a picture sign."""

    def __init__(self, message: LazyString) -> None:
        self.message = message

    def __call__(self, form: Any, field: Field) -> None:
        """Raise StopValidation with the sentence that asks for it."""
        if not has_words(field.data or ""):
            raise StopValidation(str(self.message))


class StartForm(Form):
    """Begin a new idea; one button."""


class PlaceForm(Form):
    """Where was it?"""

    place = RadioField(lazy_gettext("Choose a place"), validate_choice=False)

    def offer(self, places: list[tuple[str, str]]) -> None:
        """The places to choose from: (public id, name); "somewhere else" stands last."""
        listed = [SelectChoice(pid, name) for pid, name in places]
        self.place.choices = [*listed, SelectChoice(ELSEWHERE, lazy_gettext("Somewhere else, none of these"))]

    def validate_place(self, field: Field) -> None:
        """Raise StopValidation when nothing was chosen."""
        if not field.data:
            raise StopValidation(str(lazy_gettext("Please choose a place, or “somewhere else”.")))

    @property
    def place_pid(self) -> str | None:
        """The chosen place, or None for somewhere else."""
        return None if self.place.data == ELSEWHERE else self.place.data


class SawForm(Form):
    """What did you see?"""

    saw = Words(
        lazy_gettext("What did you see?"),
        [HasWords(lazy_gettext("Please write what you saw. One sentence is enough.")), AtMost(LONGEST_TEXT, _TOO_LONG)],
        description=lazy_gettext("From your height: what is too high, too narrow, too dark, or really good?"),
    )


class WishForm(Form):
    """What do you wish?"""

    wish = Words(
        lazy_gettext("What do you wish?"),
        [
            HasWords(lazy_gettext("Please write what you wish. One sentence is enough.")),
            AtMost(LONGEST_TEXT, _TOO_LONG),
        ],
        description=lazy_gettext("How should it be? You may wish for something big."),
    )


class TitleForm(Form):
    """What is it called, and what is it about?"""

    title = Line(
        lazy_gettext("Give your idea a title"),
        [HasWords(lazy_gettext("Please write a short title.")), AtMost(LONGEST_TITLE, _TOO_LONG)],
        description=lazy_gettext("A few words, so that others want to read it."),
    )
    theme = RadioField(lazy_gettext("What is it about?"), validate_choice=False)

    def offer(self, themes: list[tuple[str, str]]) -> None:
        """The themes to choose from: (key, label)."""
        self.theme.choices = [SelectChoice(key, label) for key, label in themes]


class SendForm(Form):
    """Who may read it? Nobody but the group, unless the child says otherwise (R2)."""

    audience = RadioField(
        lazy_gettext("Who may read it when a teacher has looked?"),
        choices=[
            SelectChoice(Audience.GROUP.value, lazy_gettext("My group only")),
            SelectChoice(Audience.PUBLIC.value, lazy_gettext("Everybody may read it")),
        ],
        default=Audience.GROUP.value,
    )

    @property
    def chosen(self) -> Audience:
        """The audience that was chosen."""
        return Audience(self.audience.data)

    def choose(self, audience: Audience) -> None:
        """Show what was chosen before."""
        self.audience.data = audience.value


class ConfirmForm(Form):
    """One button, after a page that says what it does."""

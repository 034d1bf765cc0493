"""What all forms share: clean text in, sentences beside the field, refusals of the rules put where they belong.

Browsers send line ends as CR LF and old keyboards send control characters; both are made plain here, so that what is
stored is what the person sees. Nothing else is changed in anybody's words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import InputRequired, StopValidation, ValidationError

from cfc_groups.errors import RuleBroken
from cfc_groups.words import sentence

Answer = TypeVar("Answer")


class Form(FlaskForm):
    """A form with the site's token. `troubles` are sentences that belong to no single field."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.troubles: list[str] = []

    def carry_out(self, deed: Callable[[], Answer]) -> Answer | None:
        """Do one action; a broken rule becomes a sentence beside its field (or above the form) and answers None."""
        try:
            return deed()
        except RuleBroken as problem:
            field = self._fields.get(problem.field or "")
            if field is None:
                self.troubles.append(sentence(problem))
            else:
                field.errors = [*field.errors, sentence(problem)]
            return None


def clean_line(text: str | None) -> str:
    """One line as it is meant: outer white space and control characters gone, inner line ends become spaces."""
    return " ".join(clean_words(text).split("\n")).strip()


def clean_words(text: str | None) -> str:
    """Words of several lines as they are meant: plain line ends, no control characters, no white space around."""
    plain = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        character for character in plain if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")
    ).strip()


def half_width(text: str | None) -> str:
    """Codes, numbers and user names typed on a Chinese keyboard: full-width letters and digits become plain ones."""
    return unicodedata.normalize("NFKC", clean_line(text))


class Line(StringField):
    """One line of text."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the cleaned text."""
        if valuelist:
            self.data = clean_line(valuelist[0])


class Code(StringField):
    """A code, number or user name: one line, half-width."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the cleaned, half-width text."""
        if valuelist:
            self.data = half_width(valuelist[0])


class Words(TextAreaField):
    """Several lines of text."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the cleaned text."""
        if valuelist:
            self.data = clean_words(valuelist[0])


class Needed(InputRequired):
    """The field may not be empty; the sentence says what to write."""

    def __init__(self, message: LazyString | None = None) -> None:
        super().__init__(message or lazy_gettext("Please fill this in."))

    def __call__(self, form: Any, field: Field) -> None:
        """Raise StopValidation when nothing (or only white space) was given."""
        if field.data is None or (isinstance(field.data, str) and not field.data.strip()):
            field.errors = []
            raise StopValidation(str(self.message))


class AtMost:
    """At most so many characters, counted as a person counts them (code points, line ends included)."""

    def __init__(self, most: int, message: LazyString | None = None) -> None:
        self.most = most
        self.message = message or lazy_gettext("This is too long: %(most)d characters at most, you wrote %(count)d.")
        self.field_flags = {"data_most": most}

    def __call__(self, form: Any, field: Field) -> None:
        """Raise ValidationError when the text is longer."""
        count = len(field.data or "")
        if count > self.most:
            raise ValidationError(str(self.message) % {"most": self.most, "count": count})


def one_of(choices: list[tuple[str, str | LazyString]]) -> Callable[[Any, Field], None]:
    """A validator for hidden or radio fields: the answer is one of the offered ones (R92)."""

    def check(form: Any, field: Field) -> None:
        if field.data not in {value for value, _ in choices}:
            raise ValidationError(str(lazy_gettext("Please choose one of the answers.")))

    return check

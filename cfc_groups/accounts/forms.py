"""The shape of what adults type about themselves and about each other."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, Field, PasswordField, RadioField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional as MayBeEmpty
from wtforms.validators import ValidationError

from cfc_groups.access import Role
from cfc_groups.accounts.models import ADULT_ROLES
from cfc_groups.accounts.words import ROLES
from cfc_groups.formkit import AtMost, Code, Form, Line, Needed

_DAY = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?", re.ASCII)


class DayField(Code):
    """A day as 2026-06-01; also with slashes, or the words for year, month and day. `day` is the date or None."""

    day: date | None = None

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """Read the day. Raises ValidationError with a sentence when it is none."""
        if validation_stopped or not self.data:
            return
        parts = _DAY.fullmatch(self.data)
        try:
            self.day = date(*(int(part) for part in parts.groups())) if parts else None
        except ValueError:
            self.day = None
        if self.day is None:
            raise ValidationError(str(lazy_gettext("Please write the day like 2026-06-01.")))


class SignInForm(Form):
    """Sign-in of adults: one form, so that no answer tells which part did not fit (R88)."""

    user_name = Code(lazy_gettext("User name"), [Needed(lazy_gettext("Please write your user name."))])
    password = PasswordField(lazy_gettext("Password"), [Needed(lazy_gettext("Please write your password."))])
    code = Code(
        lazy_gettext("Code"),
        description=lazy_gettext(
            "Six digits from the app on your phone, or one of your printed codes. Leave it empty if you have none."
        ),
    )


class ConfirmForm(Form):
    """The password once more (R87)."""

    password = PasswordField(lazy_gettext("Password"), [Needed(lazy_gettext("Please write your password."))])


def _same_twice(form: Any, field: Field) -> None:
    if field.data != form.password.data:
        raise ValidationError(str(lazy_gettext("The two passwords are not the same. Please type them once more.")))


class NewPasswordForm(Form):
    """A new password, twice."""

    password = PasswordField(
        lazy_gettext("New password"),
        [Needed(lazy_gettext("Please write a password."))],
        description=lazy_gettext(
            "At least 8 characters, or 15 without codes from the phone. A short sentence is easy to keep and hard to"
            " guess."
        ),
    )
    password_again = PasswordField(lazy_gettext("The same once more"), [_same_twice])


class ChooseSignInForm(NewPasswordForm):
    """The invited person chooses how to sign in."""

    display_name = Line(
        lazy_gettext("How people call you"),
        [AtMost(20)],
        description=lazy_gettext("For example a surname and a title. Everybody in the group sees it."),
    )
    user_name = Code(
        lazy_gettext("User name"),
        [Needed(lazy_gettext("Please choose a user name."))],
        description=lazy_gettext("3 to 32 letters, digits or Chinese characters. You type it at each sign-in."),
    )
    with_codes = BooleanField(
        lazy_gettext("Sign in with codes from my phone besides"),
        default=True,
        description=lazy_gettext("Safer. Without codes the password needs at least 15 characters."),
    )


class CodeForm(Form):
    """The first code of a phone that was just set up."""

    code = Code(
        lazy_gettext("The six digits that the app shows now"),
        [Needed(lazy_gettext("Please write the six digits."))],
    )


class PersonForm(Form):
    """Somebody to invite."""

    role = RadioField(
        lazy_gettext("Task"),
        choices=[SelectChoice(role.value, ROLES[role]) for role in ADULT_ROLES],
        validators=[Needed(lazy_gettext("Please choose a task."))],
    )
    display_name = Line(
        lazy_gettext("How people call this person"),
        [Needed(lazy_gettext("Please write how people call this person.")), AtMost(20)],
        description=lazy_gettext("For example a surname and a title. Children see it, too."),
    )
    affiliation = Line(
        lazy_gettext("School, office or company"),
        [AtMost(40)],
    )
    vetted_on = DayField(
        lazy_gettext("Day of the record check"),
        [MayBeEmpty()],
        description=lazy_gettext(
            "From the certificate, like 2026-06-01. Without it children's pages stay closed for this person."
        ),
    )
    officer = BooleanField(
        lazy_gettext("Protection officer"),
        description=lazy_gettext("Is called when a child may be in danger. There should be at least two."),
    )

    @property
    def chosen_role(self) -> Role:
        """The chosen task."""
        return Role(self.role.data)


class VettingForm(Form):
    """The day of a new record check."""

    vetted_on = DayField(
        lazy_gettext("Day of the record check"),
        [Needed(lazy_gettext("Please write the day on the certificate."))],
        description=lazy_gettext("As the certificate says, like 2026-06-01."),
    )

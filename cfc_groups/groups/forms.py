"""The shape of what people enter about groups, teams, members and those who serve."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeVar

from flask_babel import gettext, lazy_gettext, pgettext
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import ValidationError

from cfc_groups.errors import Conflict
from cfc_groups.formkit import AtMost, Code, Form, Line, Needed, half_width
from cfc_groups.groups.models import Adult, Group, GroupKind, NewMember, Team
from cfc_groups.groups.roster_cells import (
    Reading,
    read_birth_month,
    read_email,
    read_member_number,
    read_person_name,
    read_phone,
    read_relation,
)
from cfc_groups.groups.roster_words import TROUBLES
from cfc_groups.groups.words import KINDS, NO_TEAM

Answer = TypeVar("Answer")

NAME_LENGTH = 30
TEAM_LENGTH = 20

_HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?")


class NameLine(Line):
    """A name that stands in lists: signs that hide or turn the words around them are taken out."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the cleaned text."""
        super().process_formdata(valuelist)
        self.data = _HIDDEN.sub("", self.data or "").strip()

    def pre_validate(self, form: Any) -> None:
        """Raise ValidationError when there is nothing to read aloud."""
        if self.data and not any(character.isalnum() for character in self.data):
            raise ValidationError(gettext("Please use at least one letter or character."))


class DayField(Code):
    """A day as browsers send it, or as people type it (2026-9-1, 2026年9月1日); `day` is the date or None."""

    day: date | None = None

    def __init__(self, label: Any = None, *, needed: bool = True, **named: Any) -> None:
        super().__init__(label, render_kw={"type": "date", "class": "short"}, **named)
        self.needed = needed

    def set_day(self, day: date | None) -> None:
        """Propose a day on a page that is opened."""
        self.data = day.isoformat() if day else ""

    def pre_validate(self, form: Any) -> None:
        """Read the day. Raises ValidationError with a sentence when it is none."""
        text = half_width(self.data)
        if not text:
            if self.needed:
                raise ValidationError(gettext("Please choose a day."))
            return
        match = _DAY.fullmatch(text)
        try:
            self.day = date(*map(int, match.groups())) if match else None
        except ValueError:
            self.day = None
        if self.day is None:
            raise ValidationError(gettext("We could not read this as a day. Please write it like 2026-09-01."))


class ChangeForm(Form):
    """A form for something that a colleague may change at the same time: `seen` is what the page had shown."""

    seen = HiddenField()
    status = 422

    def carry_out(self, deed: Callable[[], Answer]) -> Answer | None:
        """Do the action; when somebody else was quicker, `status` becomes 409."""

        def noting_conflicts() -> Answer:
            try:
                return deed()
            except Conflict:
                self.status = 409
                raise

        return super().carry_out(noting_conflicts)


class GroupForm(ChangeForm):
    """A group: what it is called, what it belongs to, where it stands."""

    name = NameLine(
        lazy_gettext("Name of the group"),
        [Needed(lazy_gettext("Please give the group a name.")), AtMost(NAME_LENGTH)],
    )
    kind = RadioField(lazy_gettext("Kind"), choices=[SelectChoice(str(kind), KINDS[kind]) for kind in GroupKind])
    parent = SelectField(lazy_gettext("Belongs to"), choices=[])
    starts_on = DayField(lazy_gettext("First day"))

    def offer_parents(self, groups: Iterable[Group]) -> None:
        """Let the group stand at the top or below one of these."""
        top = ("", pgettext("belongs to", "Nothing: it stands at the top"))
        self.parent.choices = [top, *((group.pid, group.name) for group in groups)]


class TeamForm(ChangeForm):
    """A team and its theme."""

    name = NameLine(
        lazy_gettext("Name of the team"),
        [Needed(lazy_gettext("Please give the team a name.")), AtMost(TEAM_LENGTH)],
    )
    theme = RadioField(lazy_gettext("Theme"), choices=[])


class EndForm(ChangeForm):
    """The last day of something."""

    last_on = DayField(lazy_gettext("Last day"), description=lazy_gettext("This day still counts."))


class ServiceForm(Form):
    """An adult who shall serve a group or a team, and from when to when."""

    person = RadioField(
        lazy_gettext("Who"), choices=[], validate_choice=False,
        validators=[Needed(lazy_gettext("Please choose somebody."))],
    )  # fmt: skip
    team = SelectField(lazy_gettext("Group or team"), choices=[])
    starts_on = DayField(lazy_gettext("First day"))
    ends_on = DayField(lazy_gettext("Last day"), needed=False, description=lazy_gettext("Empty: until further notice."))

    def offer(self, adults: Iterable[Adult], teams: Iterable[Team], describe: Callable[[Adult], str]) -> None:
        """Let somebody of these serve the whole group or one of the teams."""
        self.person.choices = [(adult.pid, describe(adult)) for adult in adults]
        whole = ("", gettext("the whole group"))
        self.team.choices = [whole, *((team.pid, team.name) for team in teams)]


class EndServiceForm(Form):
    """When somebody stops serving."""

    when = RadioField(
        lazy_gettext("When"),
        choices=[
            SelectChoice("on_day", lazy_gettext("On a day that still counts")),
            SelectChoice("at_once", lazy_gettext("At once")),
        ],
        default="on_day",
    )
    last_on = DayField(lazy_gettext("Last day"), needed=False)


# Members


def follows(read: Callable[[str], Reading]) -> Callable[[Any, Field], None]:
    """A validator by the same rules as a cell of a roster; what it says in its one way of writing is kept."""

    def check(form: Any, field: Field) -> None:
        reading = read(field.data or "")
        if reading.trouble is not None:
            sentence = str(TROUBLES[reading.trouble]) % {"read": reading.text, **reading.facts}
            raise ValidationError(sentence[:1].upper() + sentence[1:])
        field.data = reading.text

    return check


class MemberForm(Form):
    """One child who comes in by hand: the same rules as a row of a roster."""

    member_number = Code(lazy_gettext("Member number"), [Needed(), follows(read_member_number)])
    name = Line(
        lazy_gettext("Real name"), [Needed(), follows(read_person_name)],
        description=lazy_gettext("It is kept locked away; pages show a nickname that we deal."),
    )  # fmt: skip
    birth_month = Code(
        lazy_gettext("Year and month of birth"), [Needed()],
        description=lazy_gettext("Like 2016-03; the day is not kept."),
    )
    team = SelectField(lazy_gettext("Team"), choices=[])
    guardian = Line(lazy_gettext("Guardian's name"), [Needed(), follows(read_person_name)])
    relation = Line(lazy_gettext("Who the guardian is to the child"), [follows(read_relation)])
    phone = Code(lazy_gettext("Guardian's phone"), [Needed(), follows(read_phone)])
    email = Code(lazy_gettext("Guardian's e-mail"), [follows(read_email)])
    twin_ok = BooleanField(lazy_gettext("It is another child with the same name and birth month"))

    def __init__(self, today: date, teams: Iterable[Team]) -> None:
        super().__init__()
        self.today = today
        self.team.choices = [("", NO_TEAM), *((team.pid, team.name) for team in teams)]

    def validate_birth_month(self, field: Field) -> None:
        """The month of a child of the groups' age."""
        follows(lambda text: read_birth_month(text, self.today))(self, field)

    def member(self) -> NewMember:
        """The child as it comes in; after validating."""
        return NewMember(
            self.member_number.data or "", self.name.data or "", self.birth_month.data or "",
            self.guardian.data or "", self.relation.data or "", self.phone.data or "", self.email.data or "",
        )  # fmt: skip


class MoveForm(ChangeForm):
    """Where a child belongs from today on."""

    team = RadioField(lazy_gettext("Team"), choices=[])
    member_number = Code(lazy_gettext("Member number"), [Needed(), follows(read_member_number)])

    def offer(self, teams: Iterable[Team]) -> None:
        """Let the child come into one of these teams, or into none."""
        self.team.choices = [*((team.pid, team.name) for team in teams), ("", NO_TEAM)]


# Rosters


class RosterFileForm(Form):
    """A roster to look at."""

    roster = FileField(
        lazy_gettext("The list as a file"), [FileRequired(lazy_gettext("Please choose a file first."))],
        description=lazy_gettext("Excel, WPS or CSV (.xlsx, .xls, .ods, .csv), at most 5 MB."),
    )  # fmt: skip

    def file(self) -> tuple[bytes, str]:
        """What was sent and what it is called; after validating."""
        with self.roster.data.stream as stream:
            return stream.read(), self.roster.data.filename or ""


class TakeRosterForm(ChangeForm):
    """The yes to a dry run, and the rows that stay behind."""

    left_out = SelectMultipleField(choices=[], coerce=int, validate_choice=False)
    leave_out_all = BooleanField(lazy_gettext("Leave out every row that cannot be taken"))


class MissingTeamsForm(Form):
    """Which teams of a roster to make, by their position in the dry run, and the theme of each."""

    make = SelectMultipleField(choices=[], coerce=int, validate_choice=False)

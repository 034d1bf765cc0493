"""What people read about a roster: each trouble as a sentence, the template, the table of failed rows."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from cfc_groups.groups.roster_models import (
    Outcome,
    RosterCheck,
    RosterField,
    RosterRefusal,
    RosterRefused,
    Trouble,
    TroubleCode,
)
from cfc_groups.tables.models import TableRefusal, TableRefused

FIELDS: Mapping[RosterField, LazyString] = {
    RosterField.MEMBER_NUMBER: lazy_pgettext("roster column", "Member number"),
    RosterField.NAME: lazy_pgettext("roster column", "Name"),
    RosterField.BIRTH_MONTH: lazy_pgettext("roster column", "Birth month"),
    RosterField.TEAM: lazy_pgettext("roster column", "Team"),
    RosterField.GUARDIAN: lazy_pgettext("roster column", "Guardian"),
    RosterField.RELATION: lazy_pgettext("roster column", "Relation"),
    RosterField.PHONE: lazy_pgettext("roster column", "Phone"),
    RosterField.EMAIL: lazy_pgettext("roster column", "E-mail"),
}

# The row that the template shows. Its number begins with a word that the import knows and leaves out.
_EXAMPLE: Mapping[RosterField, LazyString] = {
    RosterField.MEMBER_NUMBER: lazy_pgettext("roster example", "EXAMPLE-001"),
    RosterField.NAME: lazy_pgettext("roster example", "Li Zixuan"),
    RosterField.BIRTH_MONTH: lazy_pgettext("roster example", "2016-03"),
    RosterField.TEAM: lazy_pgettext("roster example", "Living environment"),
    RosterField.GUARDIAN: lazy_pgettext("roster example", "Ms Li"),
    RosterField.RELATION: lazy_pgettext("roster example", "Mother"),
    RosterField.PHONE: lazy_pgettext("roster example", "13900000000"),
    RosterField.EMAIL: lazy_pgettext("roster example", "(may stay empty)"),
}

OUTCOMES: Mapping[Outcome, LazyString] = {
    Outcome.NEW: lazy_pgettext("roster row", "New"),
    Outcome.UPDATE: lazy_pgettext("roster row", "Will be updated"),
    Outcome.UNCHANGED: lazy_pgettext("roster row", "Unchanged"),
    Outcome.REFUSED: lazy_pgettext("roster row", "To be mended"),
}

TROUBLES: Mapping[TroubleCode, LazyString] = {
    TroubleCode.CELL_EMPTY: lazy_gettext(
        "nothing can be read here. Please fill in the cell. If it holds a formula, please put its result in its place."
    ),
    TroubleCode.CELL_TOO_LONG: lazy_gettext(
        "we read “%(read)s”, which is longer than %(limit)s characters. Please shorten it."
    ),
    TroubleCode.CELL_MARKUP: lazy_gettext(
        "we read “%(read)s”. The signs < and > come from web pages. Please type only the words."
    ),
    TroubleCode.CELL_CONTROL: lazy_gettext(
        "we read “%(read)s”, with an invisible sign in it. Please empty the cell and type the words anew."
    ),
    TroubleCode.CELL_ID_CARD: lazy_gettext(
        "this looks like a resident id card number (%(read)s). To protect children and families we never"
        " keep one. Please take it out; for a member number choose one of your own, such as 2026001."
    ),
    TroubleCode.CELL_SHORTENED: lazy_gettext(
        "we read “%(read)s”. The spreadsheet has shortened a long number, so its last digits are lost."
        " Please set the column to text and type the number again."
    ),
    TroubleCode.NUMBER_CHARACTERS: lazy_gettext(
        "we read “%(read)s”. A member number is made of letters and digits, also - _ / . and #. Please change it."
    ),
    TroubleCode.NAME_LENGTH: lazy_gettext(
        "we read “%(read)s”. A name has at least %(limit)s characters. Please write it in full."
    ),
    TroubleCode.NAME_DIGITS: lazy_gettext(
        "we read “%(read)s”, with digits in it. Please write only the name, without numbers."
    ),
    TroubleCode.NAME_PRIVATE: lazy_gettext(
        "we read “%(read)s”. One character was drawn on one computer only and cannot be read on others."
        " Please type it with the standard character, or with a similar one for the moment."
    ),
    TroubleCode.NAME_CHARACTERS: lazy_gettext(
        "we read “%(read)s”. “%(characters)s” cannot stand in a name like this. Please write only the name."
    ),
    TroubleCode.BIRTH_UNCLEAR: lazy_gettext(
        "we read “%(read)s” and cannot tell year and month from it. Please write it like 2016-03."
    ),
    TroubleCode.BIRTH_JANUARY_OR_OCTOBER: lazy_gettext(
        "we read “%(read)s”. That may be January, or October whose zero the spreadsheet has dropped."
        " Please write %(year)s-01 or %(year)s-10."
    ),
    TroubleCode.BIRTH_NO_SUCH_MONTH: lazy_gettext(
        "we read “%(read)s”, but there is no month %(month)s. Please look up the month of birth and correct it."
    ),
    TroubleCode.BIRTH_IN_FUTURE: lazy_gettext(
        "we read %(read)s, which is still to come. Please look up the month of birth and correct it."
    ),
    TroubleCode.TOO_YOUNG: lazy_gettext(
        "born in %(read)s means %(age)s years old; the groups are for children from %(youngest)s to"
        " %(oldest)s. Please check the month. If it is right, the child is welcome later."
    ),
    TroubleCode.TOO_OLD: lazy_gettext(
        "born in %(read)s means %(age)s years old; the groups are for children from %(youngest)s to"
        " %(oldest)s. Please check the month. If it is right, please leave this row out."
    ),
    TroubleCode.TEAM_UNKNOWN: lazy_gettext(
        "the group has no team “%(team)s” yet. Please correct the name, or let us make the team."
    ),
    TroubleCode.RELATION_ODD: lazy_gettext(
        "we read “%(read)s”. Please write in a word or two who the guardian is to the child, or leave it empty."
    ),
    TroubleCode.PHONE_ODD: lazy_gettext(
        "we read “%(read)s”. Please write a mobile number of 11 digits, or a landline with its area code,"
        " such as 0571-88880000."
    ),
    TroubleCode.PHONE_SEVERAL: lazy_gettext(
        "we read “%(read)s”, more than one number. Please keep the one that reaches the guardian best."
    ),
    TroubleCode.EMAIL_ODD: lazy_gettext(
        "we read “%(read)s”, which is no e-mail address. Please correct it, or leave the cell empty."
    ),
    TroubleCode.NUMBER_TWICE: lazy_gettext(
        "“%(read)s” stands in the rows %(rows)s. Each child needs its own number, so we took none of"
        " them. Please change or delete what is wrong."
    ),
    TroubleCode.NUMBER_OF_ANOTHER: lazy_gettext(
        "“%(read)s” belongs to another child already: name and birth month both differ. A new child needs"
        " a new number. If it is the same child, please correct one of the two on the member's page"
        " first."
    ),
    TroubleCode.TWIN_IN_FILE: lazy_gettext(
        "%(read)s: row %(rows)s has the same name and birth month under another number. If it is the same"
        " child, please leave one row out; if there are two children, all is well."
    ),
    TroubleCode.TWIN_AMONG_MEMBERS: lazy_gettext(
        "%(read)s: there is a member with the same name and birth month, number %(number)s (%(team)s). If"
        " it is the same child, please use that number; if there are two children, all is well."
    ),
    TroubleCode.TWIN_ELSEWHERE: lazy_gettext(
        "%(read)s: in “%(group)s” there is a member with the same name and birth month, number %(number)s. If it is"
        " the same child, please leave this row out and move the child on its page; if there are two children, all"
        " is well."
    ),
    TroubleCode.OTHER_SHEETS: lazy_gettext(
        "We read only the sheet “%(sheet)s”. These sheets were not read: %(sheets)s. If there are members"
        " in them, please put all into one sheet."
    ),
    TroubleCode.ROWS_LEFT_OUT: lazy_gettext(
        "These rows do not look like members, so we left them out: %(rows)s (the first begins with"
        " “%(read)s”). If a child is among them, please fill in its row."
    ),
}

ROSTER_REFUSALS: Mapping[RosterRefusal, LazyString] = {
    RosterRefusal.HEADER_NOT_FOUND: lazy_gettext(
        "Thank you for the file. We found no header row with words like name and birth month in its first"
        " sheet. Please add one, or copy the members into our template."
    ),
    RosterRefusal.COLUMNS_MISSING: lazy_gettext(
        "Thank you for the file. Row %(row)s is its header, but these columns are missing: %(columns)s."
        " Please add them and send the file once more. In the header we read: %(read)s."
    ),
    RosterRefusal.COLUMN_TWICE: lazy_gettext(
        "Thank you for the file. Two columns are called “%(header)s”, so we cannot tell which one is"
        " meant. Please rename or delete one of them."
    ),
    RosterRefusal.NO_MEMBERS: lazy_gettext(
        "Thank you for the file. There is a header, but no member below it. Please fill in at least one row."
    ),
}

TABLE_REFUSALS: Mapping[TableRefusal, LazyString] = {
    TableRefusal.EMPTY_FILE: lazy_gettext("This file is empty. Please save the list once more and choose it again."),
    TableRefusal.NOT_A_TABLE: lazy_gettext(
        "This file is not a table, whatever its name says. Please open it with Excel or WPS, save it as"
        " an Excel workbook (.xlsx), and choose that file."
    ),
    TableRefusal.TOO_LARGE_UNZIPPED: lazy_gettext(
        "There is far more packed into this file than a list of members. Please copy the rows with"
        " members into our template and choose that file."
    ),
    TableRefusal.BROKEN_FILE: lazy_gettext(
        "This file is damaged or not complete. Please open it with Excel or WPS, save it once more, and"
        " choose it again."
    ),
    TableRefusal.TOO_MANY_ROWS: lazy_gettext(
        "This list goes on to row %(last_row)s; we take %(limit)s rows at a time. Please split it into several files."
    ),
    TableRefusal.ENCODING_UNKNOWN: lazy_gettext(
        "We cannot read the characters of this file. Please open it with Excel or WPS, save it as an"
        " Excel workbook (.xlsx), and choose that file."
    ),
    TableRefusal.LOCKED_FILE: lazy_gettext(
        "This file has a password, so we cannot read it. Please save a copy without a password and choose that one."
    ),
    TableRefusal.NO_ROWS: lazy_gettext("There is nothing in this table yet. Please fill in at least one member."),
}
_OPEN_QUOTE = lazy_gettext(
    "In this file a quotation mark is opened and never closed, so its rows run together. Please open"
    " it with Excel or WPS, save it as an Excel workbook (.xlsx), and choose that file."
)

_WITHOUT_ROW = (TroubleCode.OTHER_SHEETS, TroubleCode.ROWS_LEFT_OUT)


class _Facts(dict[str, str]):
    """A fact that nobody gave is a dash, not a trace."""

    def __missing__(self, key: str) -> str:
        return "–"


def trouble_sentence(trouble: Trouble) -> str:
    """Which row and column, what was read, why it does not fit, what to do. Plain text, not yet escaped."""
    facts = _Facts(trouble.facts)
    for listed in ("rows", "sheets"):
        facts[listed] = gettext(", ").join(facts[listed].split(", "))
    what = str(TROUBLES[trouble.code]) % facts
    if trouble.code in _WITHOUT_ROW:
        return what
    row, header = trouble.facts.get("row", "–"), trouble.facts.get("header", "")
    if not header:
        return gettext("Row %(row)s: %(what)s", row=row, what=what)
    return gettext("Row %(row)s, “%(header)s”: %(what)s", row=row, header=header, what=what)


def roster_refusal_sentence(refused: RosterRefused) -> str:
    facts = dict(refused.facts)
    if "missing" in facts:
        facts["columns"] = gettext(", ").join(str(FIELDS[RosterField(each)]) for each in facts["missing"].split(","))
    return str(ROSTER_REFUSALS[refused.code]) % _Facts(facts)


def table_refusal_sentence(refused: TableRefused) -> str:
    sentence = _OPEN_QUOTE if refused.facts.get("reason") == "open_quote" else TABLE_REFUSALS[refused.code]
    return str(sentence) % _Facts(refused.facts)


def roster_template_columns() -> tuple[str, ...]:
    """The headers of the template in the reader's language; the import knows them in every language."""
    return tuple(str(FIELDS[field]) for field in RosterField)


def roster_template_example() -> tuple[str, ...]:
    """The template's example row, which the import leaves out when somebody forgets to delete it."""
    return tuple(str(_EXAMPLE[field]) for field in RosterField)


def refused_rows_table(check: RosterCheck) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Columns and rows of the refused rows to download, mend and send again.

    The cells stand as they were typed, under the file's own headers; behind them the reasons, in a column that
    the import drops. Columns that the import does not need are not in it (R25).
    """
    columns = (*check.used_headers, gettext("Please mend"))
    rows = tuple(
        (*row.raw, " ".join(trouble_sentence(trouble) for trouble in row.troubles))
        for row in check.rows_with(Outcome.REFUSED)
    )
    return columns, rows

"""What a roster file says, row by row, before anything is taken from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class RosterField(StrEnum):
    """The columns that a roster is read for; every other column is dropped unread (R25)."""

    MEMBER_NUMBER = "member_number"
    NAME = "name"
    BIRTH_MONTH = "birth_month"
    TEAM = "team"
    GUARDIAN = "guardian"
    RELATION = "relation"
    PHONE = "phone"
    EMAIL = "email"


OPTIONAL_FIELDS = frozenset({RosterField.RELATION, RosterField.EMAIL})
NEEDED_FIELDS = tuple(each for each in RosterField if each not in OPTIONAL_FIELDS)


class Outcome(StrEnum):
    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class TroubleCode(StrEnum):
    # in one cell
    CELL_EMPTY = "cell_empty"
    CELL_TOO_LONG = "cell_too_long"
    CELL_MARKUP = "cell_markup"
    CELL_CONTROL = "cell_control"
    CELL_ID_CARD = "cell_id_card"
    CELL_SHORTENED = "cell_shortened"
    NUMBER_CHARACTERS = "number_characters"
    NAME_LENGTH = "name_length"
    NAME_DIGITS = "name_digits"
    NAME_PRIVATE = "name_private"
    NAME_CHARACTERS = "name_characters"
    BIRTH_UNCLEAR = "birth_unclear"
    BIRTH_JANUARY_OR_OCTOBER = "birth_january_or_october"
    BIRTH_NO_SUCH_MONTH = "birth_no_such_month"
    BIRTH_IN_FUTURE = "birth_in_future"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"
    TEAM_UNKNOWN = "team_unknown"
    RELATION_ODD = "relation_odd"
    PHONE_ODD = "phone_odd"
    PHONE_SEVERAL = "phone_several"
    EMAIL_ODD = "email_odd"
    # between rows, or with a member that is already there
    NUMBER_TWICE = "number_twice"
    NUMBER_OF_ANOTHER = "number_of_another"
    TWIN_IN_FILE = "twin_in_file"
    TWIN_AMONG_MEMBERS = "twin_among_members"
    TWIN_ELSEWHERE = "twin_elsewhere"
    # in the file as a whole; none of these stops it
    OTHER_SHEETS = "other_sheets"
    ROWS_LEFT_OUT = "rows_left_out"


class RosterRefusal(StrEnum):
    """Why a table as a whole cannot be a roster."""

    HEADER_NOT_FOUND = "header_not_found"
    COLUMNS_MISSING = "columns_missing"
    COLUMN_TWICE = "column_twice"
    NO_MEMBERS = "no_members"


class RosterRefused(Exception):
    """Nothing of the table can be taken. `facts` are short texts for the sentence (roster_words.py)."""

    def __init__(self, code: RosterRefusal, facts: Mapping[str, str] | None = None) -> None:
        super().__init__(code.value)
        self.code = code
        self.facts: Mapping[str, str] = dict(facts or {})


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to mend or to know. `facts` may quote what was typed: show it, never log or store it (R26).

    Facts: `row` (as in the spreadsheet) and `header` (as in the file) where they apply, `read` (what the cell
    said), and what the code needs besides (`limit`, `month`, `team`, `rows`, `number`, `characters` …).
    """

    code: TroubleCode
    column: RosterField | None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """A column of the file by its header; `use` is None when the column is dropped unread."""

    header: str
    use: RosterField | None


@dataclass(frozen=True, slots=True)
class RosterMember:
    """A member as the row says it, every cell in its one way of writing.

    `birth_month` is YYYY-MM, never a day (R25). A phone is 11 digits (mobile) or area code-number (landline).
    `relation` and `email` may be empty.
    """

    member_number: str
    name: str
    birth_month: str
    team: str
    team_id: int
    guardian: str
    relation: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class ExistingMember:
    """A member that is there already, decrypted to be compared; `account_ref` is handed back untouched."""

    member_number: str
    name: str
    birth_month: str
    team: str
    guardian: str
    relation: str
    phone: str
    email: str
    account_ref: object = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    field: RosterField
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """What would become of one row. `raw` holds the cells of the used columns as typed, in the file's order.

    `member` is None exactly when the row is refused; `existing` and `changes` belong to updates (`existing`
    also to unchanged rows). In `raw` an understood birth date is cut to its month already and an id card
    number is masked (R25).
    """

    row_number: int
    outcome: Outcome
    member: RosterMember | None
    troubles: tuple[Trouble, ...]
    warnings: tuple[Trouble, ...]
    raw: tuple[str, ...]
    existing: ExistingMember | None = None
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterCheck:
    """The dry run. `missing_teams` are names as written, in the file's order, to offer to make them."""

    columns: tuple[ColumnUse, ...]
    rows: tuple[CheckedRow, ...]
    missing_teams: tuple[str, ...]
    file_troubles: tuple[Trouble, ...]

    @property
    def used_headers(self) -> tuple[str, ...]:
        """The headers that the cells of `CheckedRow.raw` stand under."""
        return tuple(column.header for column in self.columns if column.use is not None)

    @property
    def dropped_headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns if column.use is None)

    def rows_with(self, outcome: Outcome) -> tuple[CheckedRow, ...]:
        return tuple(row for row in self.rows if row.outcome == outcome)

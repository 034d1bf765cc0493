"""What comes out of a table file, and the named reasons why nothing does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """The filled rows of one sheet.

    `rows` begins at the first filled row and ends at the last; blank rows between them are kept, so that
    the row number that a person sees in the spreadsheet is `first_row_number` + index (counted from 1).
    Blank cells are None and are cut off at the end of a row, so rows differ in length.
    `sheet` is the sheet's name, empty for CSV; `other_sheets` names the visible sheets with content that were
    not read.
    """

    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    first_row_number: int
    other_sheets: tuple[str, ...] = ()


class TableRefusal(StrEnum):
    """Why a file cannot be read as a table."""

    EMPTY_FILE = "empty_file"
    NOT_A_TABLE = "not_a_table"
    TOO_LARGE_UNZIPPED = "too_large_unzipped"
    BROKEN_FILE = "broken_file"
    TOO_MANY_ROWS = "too_many_rows"
    ENCODING_UNKNOWN = "encoding_unknown"
    LOCKED_FILE = "locked_file"
    NO_ROWS = "no_rows"


class TableRefused(Exception):
    """The file was not taken; `facts` are short texts for the sentence about it."""

    def __init__(self, code: TableRefusal, facts: Mapping[str, str] | None = None) -> None:
        super().__init__(code.value)
        self.code = code
        self.facts: Mapping[str, str] = dict(facts or {})

"""Where a roster's header stands, what each column is used for, and which rows below it are members."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cfc_groups.groups.roster_cells import VOCABULARY, plain_text, shown
from cfc_groups.groups.roster_models import (
    NEEDED_FIELDS,
    ColumnUse,
    RosterField,
    RosterRefusal,
    RosterRefused,
)
from cfc_groups.tables.models import Cell, Table

_ROWS_SEARCHED = 30
_FEWEST_KNOWN_HEADERS = 2
_HEADERS_NAMED = 20
_NOTE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\u3010[^\u3010\u3011]*\u3011")
_HEADER_FILLING = re.compile(r"[\s*:_\u3001]")
_MOST_CELLS_IN_A_FOOTER = 3


def _header_key(text: str) -> str:
    """The bare word, without the stars, blanks, colons and bracketed notes that people put around it."""
    return _HEADER_FILLING.sub("", _NOTE.sub("", plain_text(text))).casefold()


# What a header word means, and how sure it is (0 is surest).
_WORDS: Mapping[str, tuple[RosterField, int]] = {
    _header_key(word): (field, rank)
    for field in RosterField
    for rank, word in reversed(list(enumerate(VOCABULARY["columns"][field.value])))
}
_NOT_MEMBERS = tuple(plain_text(word) for word in VOCABULARY["rows"]["not_members"])
_EXAMPLES = tuple(plain_text(word).upper() for word in VOCABULARY["rows"]["examples"])


@dataclass(frozen=True, slots=True)
class Layout:
    """The header's place in `Table.rows`, every column with a header, and where the used ones stand."""

    header_index: int
    columns: tuple[ColumnUse, ...]
    positions: Mapping[RosterField, int]

    def header_of(self, field: RosterField) -> str:
        return next((column.header for column in self.columns if column.use is field), "")

    def fields_in_file_order(self) -> tuple[RosterField, ...]:
        return tuple(sorted(self.positions, key=lambda field: self.positions[field]))


@dataclass(frozen=True, slots=True)
class Line:
    """A row below the header: its number in the spreadsheet and the cells of the used columns."""

    row_number: int
    cells: Mapping[RosterField, Cell]


def find_layout(table: Table) -> Layout:
    """The header is the row with most known column words among the first thirty.

    Raises RosterRefused: header_not_found, column_twice, columns_missing (`missing`: fields, with commas).
    """
    candidates = table.rows[:_ROWS_SEARCHED]
    known = [len({meaning[0] for meaning in map(_meaning, row) if meaning}) for row in candidates]
    most = max(known, default=0)
    if most < _FEWEST_KNOWN_HEADERS:
        raise RosterRefused(RosterRefusal.HEADER_NOT_FOUND, {"sheet": shown(table.sheet)})
    header_index = known.index(most)
    header = candidates[header_index]
    positions = _positions(header)
    columns = _columns(header, positions)
    missing = [field for field in NEEDED_FIELDS if field not in positions]
    if missing:
        raise RosterRefused(
            RosterRefusal.COLUMNS_MISSING,
            {
                "missing": ",".join(missing),
                "row": str(table.first_row_number + header_index),
                "read": " | ".join(column.header for column in columns[:_HEADERS_NAMED]),
            },
        )
    return Layout(header_index, columns, positions)


def _meaning(cell: Cell) -> tuple[RosterField, int] | None:
    return _WORDS.get(_header_key(cell)) if isinstance(cell, str) and len(cell) <= 100 else None


def _positions(header: Sequence[Cell]) -> dict[RosterField, int]:
    """For each field the column with the surest word; two equally sure ones cannot be told apart."""
    ranked: dict[RosterField, list[tuple[int, int]]] = {}
    for index, cell in enumerate(header):
        meaning = _meaning(cell)
        if meaning:
            ranked.setdefault(meaning[0], []).append((meaning[1], index))
    positions = {}
    for field, places in ranked.items():
        places.sort()
        if len(places) > 1 and places[0][0] == places[1][0]:
            twice = shown(plain_text(header[places[0][1]]))
            raise RosterRefused(RosterRefusal.COLUMN_TWICE, {"column": field, "header": twice})
        positions[field] = places[0][1]
    return positions


def _columns(header: Sequence[Cell], positions: Mapping[RosterField, int]) -> tuple[ColumnUse, ...]:
    uses = {index: field for field, index in positions.items()}
    texts = [shown(plain_text(cell)) for cell in header]
    return tuple(ColumnUse(text, uses.get(index)) for index, text in enumerate(texts) if text)


def member_lines(table: Table, layout: Layout) -> tuple[list[Line], list[tuple[int, str]]]:
    """The rows that are members, and those left out (row number and first words) so that they can be named.

    Left out silently: blank rows, rows with nothing but a running number, the header printed once more.
    """
    lines: list[Line] = []
    left_out: list[tuple[int, str]] = []
    header = table.rows[layout.header_index]
    for row_number, row in _rows_below(table, layout):
        texts = [plain_text(cell) for cell in row]
        cells = {field: row[index] for field, index in layout.positions.items() if index < len(row)}
        filled = [field for field in cells if texts[layout.positions[field]]]
        texts = [text for text in texts if text]
        if row == header or (not filled and len(texts) <= 1):
            continue
        if _is_member(cells, filled, texts):
            lines.append(Line(row_number, cells))
        else:
            left_out.append((row_number, shown(texts[0])))
    return lines, left_out


def _rows_below(table: Table, layout: Layout) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    first = layout.header_index + 1
    return enumerate(table.rows[first:], start=table.first_row_number + first)


def _is_member(cells: Mapping[RosterField, Cell], filled: Sequence[RosterField], texts: Sequence[str]) -> bool:
    """Signatures, sums, section titles and the template's example are none; a row in doubt is one."""
    number = plain_text(cells.get(RosterField.MEMBER_NUMBER)).upper()
    if number.startswith(_EXAMPLES):
        return False
    if len(texts) <= _MOST_CELLS_IN_A_FOOTER and texts[0].startswith(_NOT_MEMBERS):
        return False
    return len(filled) > 1 or filled == [RosterField.NAME]

"""A roster between upload and taking: only the cells that are needed, as text that can be sealed."""

from __future__ import annotations

import base64
import json
import zlib
from datetime import date
from typing import Any

from cfc_groups.groups.roster_columns import find_layout, member_lines
from cfc_groups.groups.roster_models import RosterRefusal, RosterRefused
from cfc_groups.tables.models import Cell, Table


def without_dropped_columns(table: Table) -> Table:
    """The table without what members' rows hold in columns that the import does not need (R25).

    A check of it says the same as a check of the whole table. Raises RosterRefused when it is no roster.
    """
    layout = find_layout(table)
    lines, _ = member_lines(table, layout)
    if not lines:
        raise RosterRefused(RosterRefusal.NO_MEMBERS)
    numbers = {line.row_number for line in lines}
    used = set(layout.positions.values())
    rows = tuple(
        _only(row, used) if table.first_row_number + index in numbers else row for index, row in enumerate(table.rows)
    )
    return Table(table.sheet, rows, table.first_row_number, table.other_sheets)


def _only(row: tuple[Cell, ...], used: set[int]) -> tuple[Cell, ...]:
    return tuple(cell if index in used else None for index, cell in enumerate(row))


def packed(table: Table) -> str:
    """The table as short text."""
    plain = {
        "sheet": table.sheet, "first": table.first_row_number, "others": list(table.other_sheets),
        "rows": [[_plain(cell) for cell in row] for row in table.rows],
    }  # fmt: skip
    return base64.b64encode(zlib.compress(json.dumps(plain).encode(), 6)).decode()


def unpacked(text: str) -> Table:
    """The table that `packed` wrote."""
    plain = json.loads(zlib.decompress(base64.b64decode(text)))
    rows = tuple(tuple(_cell(cell) for cell in row) for row in plain["rows"])
    return Table(plain["sheet"], rows, plain["first"], tuple(plain["others"]))


def _plain(cell: Cell) -> Any:
    return [cell.isoformat()] if isinstance(cell, date) else cell


def _cell(value: Any) -> Cell:
    return date.fromisoformat(value[0]) if isinstance(value, list) else value

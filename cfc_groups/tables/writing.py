"""Tables to download: spreadsheets that hold text as text, and CSV that runs no formula (R11)."""

from __future__ import annotations

import csv
import io
import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from cfc_groups.tables.models import Cell

MAX_CELL_CHARACTERS = 32_767
_MOST_EXACT_WHOLE_NUMBER = 10**15  # a spreadsheet keeps 15 digits and turns the rest into zeros
_SHEET_NAME_LENGTH = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NARROWEST, _WIDEST = 8, 48
_ROWS_MEASURED = 500
# R11's list, line feed, and the full-width forms that Chinese spreadsheets take for the same.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_WORKBOOK_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# Fixed, so that a file tells nothing about when it was made and the same rows give the same bytes.
_MADE_AT = datetime(2000, 1, 1)


def write_xlsx(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str, text_columns: Collection[str]
) -> bytes:
    """A spreadsheet with a bold, frozen header row.

    No text becomes a formula or a link. Columns named in `text_columns` (phones, numbers with leading zeros)
    are text to the last row, also for what people add. `sheet` is cut to what a sheet may be called. A text
    longer than a cell can hold is cut and ends with an ellipsis.
    """
    import xlsxwriter

    kept = [list(row) for row in rows]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _WORKBOOK_OPTIONS) as workbook:
        workbook.set_properties({"created": _MADE_AT})
        page = workbook.add_worksheet(_sheet_name(sheet))
        formats = _Formats(workbook)
        page.freeze_panes(1, 0)
        for index, heading in enumerate(columns):
            beside = [row[index] for row in islice(kept, _ROWS_MEASURED) if index < len(row)]
            width = _column_width([heading, *beside])
            page.set_column(index, index, width, formats.text if heading in text_columns else None)
            page.write_string(0, index, _cell_text(heading), formats.heading)
        as_text = [heading in text_columns for heading in columns]
        for number, row in enumerate(kept, start=1):
            for index, cell in enumerate(row):
                _write_cell(page, number, index, cell, formats, index < len(as_text) and as_text[index])
    return stream.getvalue()


class _Formats:
    def __init__(self, workbook: Any) -> None:
        self.heading = workbook.add_format({"bold": True, "num_format": "@", "bottom": 1})
        self.text = workbook.add_format({"num_format": "@"})
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd"})


def _write_cell(page: Any, row: int, column: int, cell: Cell, formats: _Formats, as_text: bool) -> None:
    if cell is None or cell == "":
        return
    if as_text or isinstance(cell, (str, bool)) or not _exact_number(cell):
        page.write_string(row, column, _cell_text(_plain(cell)), formats.text if as_text else None)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, formats.day)
    else:
        page.write_number(row, column, cell)


def _exact_number(cell: Cell) -> bool:
    """Whether a spreadsheet can hold the cell as it is; dates count when it knows their year."""
    if isinstance(cell, date):
        return cell.year >= 1900
    if isinstance(cell, float):
        return math.isfinite(cell)
    return isinstance(cell, int) and abs(cell) < _MOST_EXACT_WHOLE_NUMBER


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _cell_text(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole if len(whole) <= MAX_CELL_CHARACTERS else whole[: MAX_CELL_CHARACTERS - 1] + "\u2026"


def _sheet_name(wanted: str) -> str:
    name = _NOT_IN_SHEET_NAMES.sub(" ", _cell_text(wanted))
    # Counted in UTF-16 units, as spreadsheets do.
    while len(name.encode("utf-16-le")) > 2 * _SHEET_NAME_LENGTH:
        name = name[:-1]
    name = name.strip().strip("'").strip()
    return name if name and name.lower() != "history" else "Sheet1"


def _column_width(cells: Iterable[Cell]) -> int:
    widest = max((_text_width(_plain(cell)[:_WIDEST]) for cell in cells), default=0)
    return min(max(widest + 2, _NARROWEST), _WIDEST)


def _text_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """CSV for spreadsheets: UTF-8 with its mark, CRLF, and an apostrophe before text that could run (R11)."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([neutralised(heading) for heading in columns])
    writer.writerows([neutralised(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "replace")


def neutralised(cell: Cell) -> str:
    """The cell as text that no spreadsheet takes for a formula. Numbers stay: their minus is harmless."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
    return _plain(cell)

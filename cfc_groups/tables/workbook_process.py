"""Reads one spreadsheet in a process of its own: file on standard input, JSON on standard output.

Why a process: a workbook of 6 KB with one cell in the first and one in the last corner makes the reader ask
for 512 GiB, and that ends its whole process. Here memory and time are bounded, the site lives on, and the
memory of a large list is given back at once. Started by reading.py by its path; imports
nothing of the project.

Answer: {"sheet", "first_row_number", "rows", "other_sheets"} with a date as ["2014-03-01"],
or {"refused": code, "facts": {…}}.
"""

from __future__ import annotations

import importlib
import io
import json
import sys
from datetime import date, datetime
from itertools import islice
from typing import Any

MEMORY_BYTES = 512 * 1024 * 1024
PROCESSOR_SECONDS = 30
MAX_CELL_CHARACTERS = 32_767  # what a spreadsheet cell can hold
MAX_TABLE_CHARACTERS = 20_000_000
MAX_SHEETS = 50
READER_MISSING = 3  # exit code


class Refused(Exception):
    pass


def bound_this_process() -> None:
    """Where the system can (not on Windows): memory and time bounded, no core file with children's names."""
    try:
        resource: Any = importlib.import_module("resource")
    except ImportError:
        return
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (limit, limit))
        except (ValueError, OSError):
            continue


def plain_cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value[:MAX_CELL_CHARACTERS] if value and not value.isspace() else None
    if isinstance(value, datetime):
        return [value.date().isoformat()]
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return None
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    return value if isinstance(value, int) else str(value)


def fill_merged_downwards(rows: list[list[Any]], sheet: Any) -> None:
    """A team written once beside its ten members, cells merged, belongs to all ten. Titles across stay."""
    left = sheet.start[1]
    for (top, first_column), (bottom, last_column) in sheet.merged_cell_ranges or ():
        column = first_column - left
        if first_column != last_column or top >= len(rows) or not 0 <= column < len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            if row[column] is None:
                row[column] = rows[top][column]


def trim(rows: list[list[Any]]) -> tuple[int, list[list[Any]]]:
    """How many blank rows led, and the rows without blank rows around and blank cells behind."""
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    leading = next((index for index, row in enumerate(rows) if row), 0)
    return leading, rows[leading:]


def read_sheet(sheet: Any, max_rows: int) -> tuple[int, list[list[Any]]]:
    # Formatted but empty rows may trail for long; twice the limit is read before giving up.
    rows = [[plain_cell(value) for value in row] for row in islice(sheet.iter_rows(), 2 * max_rows + 1_000)]
    fill_merged_downwards(rows, sheet)
    leading, rows = trim(rows)
    if len(rows) > max_rows:
        raise Refused("too_many_rows", {"limit": str(max_rows), "last_row": str(leading + len(rows))})
    characters = sum(len(cell) for row in rows for cell in row if isinstance(cell, str))
    if characters > MAX_TABLE_CHARACTERS:
        raise Refused("too_large_unzipped", {})
    return leading, rows


def read_workbook(content: bytes, max_rows: int) -> dict[str, Any]:
    """The first visible sheet with something in it."""
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except python_calamine.PasswordError as problem:
        raise Refused("locked_file", {}) from problem
    answer: dict[str, Any] = {}
    visible = [
        about.name
        for about in workbook.sheets_metadata
        if about.typ == python_calamine.SheetTypeEnum.WorkSheet
        and about.visible == python_calamine.SheetVisibleEnum.Visible
    ]
    others: list[str] = []
    for name in visible[:MAX_SHEETS]:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.start is None:
            continue
        if answer:
            others.append(name[:100])
            continue
        leading, rows = read_sheet(sheet, max_rows)
        if rows:
            answer = {"sheet": name[:100], "first_row_number": leading + 1, "rows": rows}
    if not answer:
        raise Refused("no_rows", {})
    return answer | {"other_sheets": others}


def main() -> None:
    bound_this_process()
    try:
        import python_calamine  # noqa: F401
    except ImportError:  # a fault of the installation, not of the file
        sys.exit(READER_MISSING)
    content = sys.stdin.buffer.read()
    try:
        answer = json.dumps(read_workbook(content, int(sys.argv[1])))
    except Refused as refused:
        answer = json.dumps({"refused": refused.args[0], "facts": refused.args[1]})
    except MemoryError:
        answer = json.dumps({"refused": "too_large_unzipped", "facts": {}})
    except BaseException:  # the reader's own panics are no Exception
        answer = json.dumps({"refused": "broken_file", "facts": {}})
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()

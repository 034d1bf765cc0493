"""Read a table file that somebody uploaded, whatever its name says and whatever its bytes are."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from cfc_groups.tables.archives import check_archive
from cfc_groups.tables.csv_text import read_csv_rows
from cfc_groups.tables.kinds import Kind, compound_kind, container_kind, foreign_kind, zipped_kind
from cfc_groups.tables.models import Cell, Table, TableRefusal, TableRefused

_PROCESS = Path(__file__).with_name("workbook_process.py")
_PATIENCE_SECONDS = 30
_READER_MISSING = 3  # the exit code that workbook_process.py ends with then


def read_table(content: bytes, file_name: str, *, max_rows: int) -> Table:
    """The first visible sheet with content of an .xlsx, .xls or .ods file, or a CSV file.

    The format is told from the bytes; `file_name` only appears in refusals. Whole numbers come as int, dates
    without their time of day, formulas as their last value, everything in a CSV as text. The memory used is
    bounded. Raises TableRefused for every file that cannot be read as a table of at most `max_rows` rows,
    whatever its bytes.
    """
    try:
        return _read(content, max_rows)
    except TableRefused as refused:
        raise TableRefused(refused.code, {"file": _shown_name(file_name), **refused.facts}) from refused


def _read(content: bytes, max_rows: int) -> Table:
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise TableRefused(TableRefusal.EMPTY_FILE)
    foreign = foreign_kind(content)
    if foreign is not None:
        raise TableRefused(TableRefusal.NOT_A_TABLE, {"kind": foreign})
    container = container_kind(content)
    if container is Kind.TEXT:
        return _read_text(content, max_rows)
    kind = zipped_kind(check_archive(content)) if container is Kind.ZIPPED else compound_kind(content)
    if kind == "locked":
        raise TableRefused(TableRefusal.LOCKED_FILE)
    if kind != "workbook":
        raise TableRefused(TableRefusal.NOT_A_TABLE, {"kind": kind})
    return _read_workbook(content, max_rows)


def _shown_name(file_name: str) -> str:
    name = file_name.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in name if character.isprintable())[:80]


def _read_text(content: bytes, max_rows: int) -> Table:
    rows: list[tuple[Cell, ...]] = []
    leading = 0
    for row in read_csv_rows(content):
        cells = _without_blank_end(row)
        if not rows and not cells:
            leading += 1
            continue
        rows.append(cells)
        # Blank rows at the end do not count, but not even they may go on for ever.
        if (cells and len(rows) > max_rows) or len(rows) > 2 * max_rows + 1_000:
            facts = {"limit": str(max_rows), "last_row": str(leading + len(rows))}
            raise TableRefused(TableRefusal.TOO_MANY_ROWS, facts)
    while rows and not rows[-1]:
        rows.pop()
    if not rows:
        raise TableRefused(TableRefusal.NO_ROWS)
    return Table("", tuple(rows), leading + 1)


def _without_blank_end(row: list[str]) -> tuple[Cell, ...]:
    cells: list[Cell] = [cell if cell and not cell.isspace() else None for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _read_workbook(content: bytes, max_rows: int) -> Table:
    answer = _ask_process(content, max_rows)
    if "refused" in answer:
        raise TableRefused(TableRefusal(answer["refused"]), answer["facts"])
    rows = tuple(tuple(map(_cell, row)) for row in answer["rows"])
    return Table(answer["sheet"], rows, answer["first_row_number"], tuple(answer["other_sheets"]))


def _cell(value: Any) -> Cell:
    return date.fromisoformat(value[0]) if isinstance(value, list) else value


def _ask_process(content: bytes, max_rows: int) -> dict[str, Any]:
    command = [sys.executable, "-I", str(_PROCESS), str(max_rows)]
    try:
        done = subprocess.run(  # noqa: S603  # a fixed command; what was uploaded goes in as bytes only
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as problem:
        raise TableRefused(TableRefusal.TOO_LARGE_UNZIPPED) from problem
    if done.returncode == _READER_MISSING:
        raise RuntimeError("python-calamine is not installed where the spreadsheet reader runs")
    if done.returncode != 0:
        # It died by its memory or time bound; nothing smaller makes the reader fall.
        raise TableRefused(TableRefusal.TOO_LARGE_UNZIPPED)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer

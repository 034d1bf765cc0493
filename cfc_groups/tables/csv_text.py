"""CSV as people's programs write it: UTF-8 or GB18030, comma, semicolon or tab, quoted line breaks."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from cfc_groups.tables.models import TableRefusal, TableRefused

SEPARATORS = (",", ";", "\t")
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_TEXT_CONTROLS = frozenset("\t\n\r")
_SAMPLE_CHARACTERS = 32_768
_END_ROW = "\ue000end of file\ue000"


def read_csv_rows(content: bytes) -> Iterator[list[str]]:
    """The rows of a CSV file, blank ones too; read lazily, so a caller may stop.

    Raises TableRefused: encoding_unknown, not_a_table, or broken_file when a quotation mark is never closed
    (everything behind it would silently become one cell).
    """
    text = _decoded(content)
    _check_plain(text)
    separator = _separator(text)
    if text.lower().startswith("sep="):
        text = text.partition("\n")[2]
    return _rows(text, separator)


def _decoded(content: bytes) -> str:
    """Strict UTF-8, then strict GB18030, and no third: guessing once read a Chinese header as Korean."""
    if content.startswith(_UTF16_MARKS):
        raise TableRefused(TableRefusal.ENCODING_UNKNOWN)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        if content.startswith(_UTF8_MARK) or _cut_off(content, problem):
            raise TableRefused(TableRefusal.BROKEN_FILE) from problem
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        pass
    if _looks_binary(content):
        raise TableRefused(TableRefusal.NOT_A_TABLE, {"kind": "unknown"})
    raise TableRefused(TableRefusal.ENCODING_UNKNOWN)


def _cut_off(content: bytes, problem: UnicodeDecodeError) -> bool:
    """Good UTF-8 Chinese up to a torn last character: half a file; GB18030 would read other words in it."""
    torn_end = problem.reason == "unexpected end of data" and problem.end >= len(content)
    return torn_end and not content[: problem.start].isascii()


def _looks_binary(content: bytes) -> bool:
    head = content[:4096]
    return sum(byte < 32 and byte not in b"\t\n\r" for byte in head) * 50 > len(head)


def _check_plain(text: str) -> None:
    """A stray NUL or two is left for whoever reads the cell; a text full of controls is no text."""
    head = text[:_SAMPLE_CHARACTERS]
    controls = sum(character < " " and character not in _TEXT_CONTROLS for character in head)
    if controls > max(3, len(head) // 50):
        raise TableRefused(TableRefusal.NOT_A_TABLE, {"kind": "unknown"})


def _separator(text: str) -> str:
    """The separator under which most sample rows have one and the same number of cells, two or more."""
    head = text[:_SAMPLE_CHARACTERS]
    if head.lower().startswith("sep=") and head[4:5] in SEPARATORS:
        return head[4:5]
    scores = {separator: _agreeing_rows(head, separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: scores[separator])
    if scores[best] == 0:
        raise TableRefused(TableRefusal.NOT_A_TABLE, {"kind": "text"})
    return best


def _agreeing_rows(head: str, separator: str) -> int:
    try:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=separator))
    except csv.Error:
        return 0
    return max((count for width, count in widths.items() if width >= 2), default=0)


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    # A row of our own at the end: if it does not come back whole, an open quotation mark has swallowed it.
    lines = io.StringIO(f"{text}\n{_END_ROW}", newline="")
    row: list[str] = []
    try:
        for row in csv.reader(lines, delimiter=separator):
            if row != [_END_ROW]:
                yield row
    except csv.Error as problem:  # a cell of more than 131,072 characters: an open quotation mark again
        raise TableRefused(TableRefusal.BROKEN_FILE, {"reason": "open_quote"}) from problem
    if row != [_END_ROW]:
        raise TableRefused(TableRefusal.BROKEN_FILE, {"reason": "open_quote"})

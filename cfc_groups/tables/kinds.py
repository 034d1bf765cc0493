"""What a file really is, told from its first bytes and its inner names, never from the name it was given."""

from __future__ import annotations

import struct
from collections.abc import Collection
from enum import StrEnum

ZIP_START = b"PK\x03\x04"
ZIP_EMPTY = b"PK\x05\x06"
COMPOUND_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Starts of files that people pick by mistake; a table in them has to be saved again by its own program.
_FOREIGN_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"RIFF", "picture"),
    (b"{\\rtf", "document"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
# Old web systems call a page or an XML file "list.xls"; spreadsheets open it, so people do not know.
_PAGE_STARTS = (b"<!doctype", b"<html", b"<table", b"<meta", b"<head", b"<?xml")
# The first record of an .xls (BIFF8, workbook globals), and the one that says that the rest is encrypted.
_WORKBOOK_RECORDS_START = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_FILEPASS = 0x2F
_UTF8_MARK = b"\xef\xbb\xbf"


class Kind(StrEnum):
    ZIPPED = "zipped"
    COMPOUND = "compound"
    TEXT = "text"


def foreign_kind(content: bytes) -> str | None:
    """ "pdf", "picture", "document", "archive", "program" or "web_page" when the file is plainly no table."""
    for start, kind in _FOREIGN_STARTS:
        # "BM" alone also begins texts; a bitmap has its zero bytes in the head.
        if content.startswith(start) and (len(start) > 2 or b"\0\0" in content[:32]):
            return kind
    head = content[:512].removeprefix(_UTF8_MARK).lstrip().lower()
    return "web_page" if head.startswith(_PAGE_STARTS) else None


def container_kind(content: bytes) -> Kind:
    if content.startswith((ZIP_START, ZIP_EMPTY)):
        return Kind.ZIPPED
    if content.startswith(COMPOUND_START):
        return Kind.COMPOUND
    return Kind.TEXT


def zipped_kind(names: Collection[str]) -> str:
    """ "workbook" when the names inside an archive are those of .xlsx or .ods, else what the archive is."""
    lowered = {name.replace("\\", "/").lower().lstrip("/") for name in names}
    if "xl/workbook.xml" in lowered or ("content.xml" in lowered and "mimetype" in lowered):
        return "workbook"
    if any(name.startswith("word/") for name in lowered):
        return "document"
    if any(name.startswith("ppt/") for name in lowered):
        return "slides"
    return "archive"


def compound_kind(content: bytes) -> str:
    """ "workbook" (.xls), "locked" (with a password) or "document" for a compound (OLE) file.

    Reads the names in the directory, whose entries are 128 bytes long and aligned; the chain of sectors is
    not followed, as a broken one must not matter here.
    """
    if _has_stream(content, "EncryptedPackage"):
        return "locked"
    if _has_password(content):
        return "locked"
    if _has_stream(content, "Workbook") or _has_stream(content, "Book"):
        return "workbook"
    return "document"


def _has_stream(content: bytes, name: str) -> bool:
    wanted = (name + "\0").encode("utf-16-le")
    at = content.find(wanted, 512)
    while at != -1:
        if at % 128 == 0 and at + 67 <= len(content):
            name_bytes, entry_type = struct.unpack_from("<HB", content, at + 64)
            if name_bytes == len(wanted) and entry_type == 2:
                return True
        at = content.find(wanted, at + 2)
    return False


def _has_password(content: bytes) -> bool:
    """Whether an .xls begins its records with FILEPASS; the reader would call such a file broken."""
    at = content.find(_WORKBOOK_RECORDS_START, 512)
    while at != -1 and at % 64:
        at = content.find(_WORKBOOK_RECORDS_START, at + 1)
    for _ in range(4 if at != -1 else 0):
        if at + 4 > len(content):
            return False
        record, size = struct.unpack_from("<HH", content, at)
        if record == _FILEPASS:
            return True
        at += 4 + size
    return False

"""Bounds on a zipped workbook, checked by unpacking it piece by piece before any reader sees it (T22)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from cfc_groups.tables.models import TableRefusal, TableRefused

MAX_ENTRIES = 2_000
MAX_UNZIPPED_BYTES = 100 * 1024 * 1024
# Spreadsheets shrink 5 to 30 times; small files may shrink more without harm.
MAX_RATIO = 150
RATIO_COUNTS_FROM = 16 * 1024 * 1024

_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_ENCRYPTED_FLAG = 0x1
_PIECE = 256 * 1024


def check_archive(content: bytes) -> list[str]:
    """The names inside, once the archive is known to stay within the bounds when unpacked.

    The sizes that the archive states are checked first; then every entry is really unpacked, a piece at a
    time, because stated sizes may lie. Raises TableRefused: too_large_unzipped, locked_file, broken_file.
    """
    entries = _entries(content)
    limit = _allowed_bytes(len(content))
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > limit:
        raise TableRefused(TableRefusal.TOO_LARGE_UNZIPPED)
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise TableRefused(TableRefusal.LOCKED_FILE)
    unpacked = 0
    for entry in entries:
        for size in _piece_sizes(content, entry):
            unpacked += size
            if unpacked > limit:
                raise TableRefused(TableRefusal.TOO_LARGE_UNZIPPED)
    return [entry.filename for entry in entries]


def _allowed_bytes(packed: int) -> int:
    return min(MAX_UNZIPPED_BYTES, max(RATIO_COUNTS_FROM, packed * MAX_RATIO))


def _entries(content: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.infolist()
    # A mangled directory makes zipfile raise more than it documents (ValueError, struct.error, IndexError …).
    except Exception as problem:
        raise TableRefused(TableRefusal.BROKEN_FILE) from problem


def _piece_sizes(content: bytes, entry: zipfile.ZipInfo) -> Iterator[int]:
    """The sizes of an entry's unpacked pieces. Not zipfile's own reader: it stops at the stated size."""
    packed = _packed_bytes(content, entry)
    if entry.compress_type == zipfile.ZIP_STORED:
        yield len(packed)
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise TableRefused(TableRefusal.BROKEN_FILE)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    try:
        while rest and not unpacker.eof:
            yield len(unpacker.decompress(rest, _PIECE))
            rest = unpacker.unconsumed_tail
        yield len(unpacker.flush())
    except zlib.error as problem:
        raise TableRefused(TableRefusal.BROKEN_FILE) from problem
    if packed and not unpacker.eof:
        raise TableRefused(TableRefusal.BROKEN_FILE)


def _packed_bytes(content: bytes, entry: zipfile.ZipInfo) -> memoryview:
    try:
        header = _LOCAL_HEADER.unpack_from(content, entry.header_offset)
    except struct.error as problem:
        raise TableRefused(TableRefusal.BROKEN_FILE) from problem
    start = entry.header_offset + _LOCAL_HEADER.size + header[9] + header[10]
    if header[0] != b"PK\x03\x04" or start + entry.compress_size > len(content):
        raise TableRefused(TableRefusal.BROKEN_FILE)
    return memoryview(content)[start : start + entry.compress_size]

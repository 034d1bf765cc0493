"""Files that people really upload, and files made to hurt: a table or a named refusal, never a trace."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cfc_groups.tables.kinds import COMPOUND_START
from cfc_groups.tables.models import Table, TableRefusal, TableRefused
from cfc_groups.tables.reading import read_table

ROSTERS = Path(__file__).parent.parent / "data" / "rosters"
HEADER = "编号,姓名,小队\r\n"


def read(content: bytes, name: str = "list.xlsx", max_rows: int = 20_000) -> Table:
    return read_table(content, name, max_rows=max_rows)


def refusal(content: bytes, name: str = "list.xlsx", max_rows: int = 20_000) -> TableRefusal:
    with pytest.raises(TableRefused) as refused:
        read(content, name, max_rows)
    return refused.value.code


def sheet_file(*cells: tuple[int, int, object], sheets: tuple[str, ...] = ("one",)) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        for name in sheets:
            book.add_worksheet(name)
        for row, column, value in cells:
            book.worksheets()[0].write(row, column, value)
    return stream.getvalue()


def zipped(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def ods_file(rows_xml: str, manifest: str = "") -> bytes:
    namespaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    page = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {namespaces}><office:body>'
        f'<office:spreadsheet><table:table table:name="名单">{rows_xml}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    entries = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": page.encode()}
    return zipped(entries | ({"META-INF/manifest.xml": manifest.encode()}))


def ods_row(*cells: str) -> str:
    start, end = '<table:table-cell office:value-type="string"><text:p>', "</text:p></table:table-cell>"
    inner = "".join(start + cell + end for cell in cells)
    return f"<table:table-row>{inner}</table:table-row>"


# Good files


def test_city_office_file_comes_with_its_title_row_and_footer():
    table = read((ROSTERS / "roster-hangzhou-70.xlsx").read_bytes())
    assert (table.sheet, table.first_row_number, len(table.rows)) == ("名单", 1, 74)
    assert table.rows[1][1] == "学生姓名"
    assert table.rows[2][8] == 13900001000 and isinstance(table.rows[2][8], int)
    assert table.rows[72] == ()
    assert table.rows[73][0] == "填表人："


def test_school_file_of_an_old_spreadsheet_is_read_as_gb18030_whatever_its_name():
    table = read((ROSTERS / "roster-school-gb18030.csv").read_bytes(), "list.xlsx")
    assert table.sheet == ""
    assert table.rows[0][:3] == ("编号", "名字", "所在小队")
    assert len(table.rows) == 13


def test_old_xls_gives_dates_rare_characters_and_the_merged_team_for_each_member():
    table = read((ROSTERS / "merged-teams.xls").read_bytes(), "list.csv")
    assert table.rows[2] == ("X001", "欧阳小雨", date(2015, 3, 8), "生活环境小队", "欧阳女士", 13900002001)
    assert table.rows[3][1:4] == ("陈𠮷", date(2016, 11, 30), "生活环境小队")


def test_ods_is_read():
    table = read(ods_file(ods_row("编号", "姓名") + ods_row("A1", "李子轩")))
    assert table == Table("名单", (("编号", "姓名"), ("A1", "李子轩")), 1)


def test_uncalculated_formula_is_an_empty_cell():
    table = read((ROSTERS / "roster-troubled.xlsx").read_bytes())
    assert table.rows[7][:2] == ("A007", None)


def test_rows_are_counted_from_the_sheets_first_row_not_from_the_first_filled_one():
    table = read(sheet_file((3, 1, "x"), (6, 2, "y")))
    assert table.first_row_number == 4
    assert table.rows == (("x",), (), (), (None, "y"))


def test_first_sheet_with_content_is_read_and_the_others_are_named():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet("empty")
        for name in ("team one", "team two", "hidden"):
            book.add_worksheet(name).write(0, 0, name)
        book.worksheets()[3].hide()
    table = read(stream.getvalue())
    assert (table.sheet, table.rows, table.other_sheets) == ("team one", (("team one",),), ("team two",))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_csv_of_any_common_program(encoding: str, separator: str, line_end: str):
    lines = [["编号", "姓名", "小队"], ["A1", "𠮷䶮", "公园"], ["A2", '说"好"的', "公园, 东; 西"]]
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in line] for line in lines]
    text = line_end.join(separator.join(line) for line in quoted)
    assert read(text.encode(encoding), "list.csv").rows == tuple(map(tuple, lines))


def test_quoted_line_break_stays_in_its_cell_and_rows_count_as_in_the_spreadsheet():
    table = read((HEADER + '\r\nA1,"李\r\n子轩",公园\r\n\r\nA2,王,公园\r\n\r\n').encode())
    assert table.rows[0] == ("编号", "姓名", "小队")
    assert table.rows[1:] == ((), ("A1", "李\r\n子轩", "公园"), (), ("A2", "王", "公园"))


def test_separator_line_of_a_spreadsheet_is_no_row():
    assert read(b"sep=;\r\na;b\r\n").rows == (("a", "b"),)


def test_stray_nul_does_not_stop_the_file():
    assert read((HEADER + "A1,李\0子轩,公园\r\n").encode()).rows[1] == ("A1", "李\0子轩", "公园")


# Files that are no table


@pytest.mark.parametrize("content", [b"", b"\r\n  \t", b"\xef\xbb\xbf", b"\0" * 100])
def test_empty_file(content: bytes):
    assert refusal(content) is TableRefusal.EMPTY_FILE


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "document"),
        (zipped({"[Content_Types].xml": b"<a/>", "ppt/presentation.xml": b"<a/>"}), "slides"),
        (zipped({"holiday.jpg": b"x"}), "archive"),
        (b"%PDF-1.7\n" + b"x" * 50, "pdf"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "picture"),
        (b"<html><table><tr><td>A1</td></tr></table>", "web_page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "web_page"),
        ("今天我们去公园看到很多花。\n很好看。".encode(), "text"),
        (bytes(range(256)) * 20, "unknown"),
        (b"a\0b\0,\0c\0\r\0\n\0" * 20, "unknown"),
    ],
)
def test_file_of_another_kind_is_named_whatever_it_is_called(content: bytes, kind: str):
    with pytest.raises(TableRefused) as refused:
        read(content, "名单.xlsx")
    assert refused.value.code is TableRefusal.NOT_A_TABLE
    assert refused.value.facts == {"file": "名单.xlsx", "kind": kind}


@pytest.mark.parametrize("name", ["locked.xlsx", "locked.xls"])
def test_file_with_a_password(name: str):
    assert refusal((ROSTERS / name).read_bytes()) is TableRefusal.LOCKED_FILE


def test_word_file_of_the_old_kind_is_no_table():
    entry = "WordDocument\0".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HB", 26, 2)
    content = COMPOUND_START.ljust(512, b"\0") + entry.ljust(128, b"\0")
    assert refusal(content) is TableRefusal.NOT_A_TABLE


@pytest.mark.parametrize("content", [HEADER.encode("utf-16"), b"\xfe\xff" + HEADER.encode("utf-16-be")])
def test_unknown_encoding_is_not_guessed(content: bytes):
    assert refusal(content) is TableRefusal.ENCODING_UNKNOWN


def test_big5_that_is_no_gb18030_is_not_guessed():
    assert refusal(b"a,b\r\n\xa4\xff,x\r\n", "list.csv") is TableRefusal.ENCODING_UNKNOWN


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
@pytest.mark.parametrize("name", ["roster-hangzhou-70.xlsx", "merged-teams.xls"])
def test_truncated_file_is_broken(name: str, share: float):
    content = (ROSTERS / name).read_bytes()
    code = refusal(content[: int(len(content) * share)])
    # An .xls keeps the names of its parts near its end, so half of one may look like another old document.
    assert code is TableRefusal.BROKEN_FILE or (name.endswith(".xls") and code is TableRefusal.NOT_A_TABLE)


@pytest.mark.parametrize("cut", [1, 2])
def test_csv_torn_within_a_character_is_broken_not_read_as_other_words(cut: int):
    assert refusal((HEADER + "A1,李子轩").encode()[:-cut]) is TableRefusal.BROKEN_FILE
    assert refusal((HEADER + "A1,李子轩").encode("utf-8-sig")[:-cut]) is TableRefusal.BROKEN_FILE


@pytest.mark.parametrize("behind", [1, 5_000])
def test_open_quotation_mark_is_told_instead_of_swallowing_the_rest(behind: int):
    text = HEADER + 'A1,"李子轩,公园\r\n' + "A2,王小明,公园,公园,公园,公园,公园\r\n" * behind
    with pytest.raises(TableRefused) as refused:
        read(text.encode())
    assert (refused.value.code, refused.value.facts["reason"]) == (TableRefusal.BROKEN_FILE, "open_quote")


def test_workbook_and_csv_without_a_filled_cell():
    assert refusal(sheet_file((0, 0, ""), (1, 1, "  "))) is TableRefusal.NO_ROWS
    assert refusal(b",,,\r\n,,,\r\n") is TableRefusal.NO_ROWS


def test_row_limit_counts_filled_rows_only():
    csv_content = (HEADER + "A,B,C\r\n" * 9 + ",,\r\n" * 30).encode()
    book = sheet_file(*((row, 0, "x") for row in range(10)), (15, 0, " "))
    for content in (csv_content, book):
        assert len(read(content, max_rows=10).rows) == 10
        with pytest.raises(TableRefused) as refused:
            read(content, max_rows=9)
        assert refused.value.code is TableRefusal.TOO_MANY_ROWS
        assert refused.value.facts["limit"] == "9"
    assert refusal(HEADER.encode() + b"\r\n" * 100_000 + b"A,B,C", max_rows=9) is TableRefusal.TOO_MANY_ROWS


# Files made to hurt (T22)


def test_zip_bomb_that_states_its_size():
    content = zipped({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 60_000_000})
    assert len(content) < 100_000
    assert refusal(content) is TableRefusal.TOO_LARGE_UNZIPPED


def test_zip_bomb_that_lies_about_its_size():
    content = bytearray(zipped({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 60_000_000}))
    real = struct.pack("<L", 60_000_000)
    while (at := content.find(real)) != -1:
        content[at : at + 4] = struct.pack("<L", 100)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert sum(entry.file_size for entry in archive.infolist()) < 1_000
    assert refusal(bytes(content)) is TableRefusal.TOO_LARGE_UNZIPPED


def test_archive_of_thousands_of_files():
    assert refusal(zipped({f"xl/{number}": b"" for number in range(2_500)})) is TableRefusal.TOO_LARGE_UNZIPPED


def test_two_far_corners_that_would_ask_for_512_gib_leave_this_process_alive():
    code = refusal(sheet_file((0, 0, "x"), (1_048_575, 16_383, "y")))
    assert code is TableRefusal.TOO_LARGE_UNZIPPED


def test_one_long_text_shared_by_very_many_cells():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for row in range(2_000):
            for column in range(20):
                page.write_string(row, column, "长" * 32_000)
    assert len(stream.getvalue()) < 500_000
    assert refusal(stream.getvalue()) is TableRefusal.TOO_LARGE_UNZIPPED


def test_ods_cell_repeated_into_the_far_corner():
    row = ods_row("x").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"')
    row = row.replace("<table:table-row", '<table:table-row table:number-rows-repeated="1048576"')
    assert refusal(ods_file(row)) in {TableRefusal.TOO_LARGE_UNZIPPED, TableRefusal.BROKEN_FILE}


def test_entities_that_multiply_are_not_unfolded():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    page = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "ha">{entities}]><workbook>&e9;</workbook>'
    content = zipped({"[Content_Types].xml": b"<a/>", "xl/workbook.xml": page.encode()})
    assert refusal(content) in {TableRefusal.BROKEN_FILE, TableRefusal.NO_ROWS}


def test_stored_compression_of_an_unknown_method_is_broken():
    content = bytearray(sheet_file((0, 0, "x")))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        at = archive.infolist()[0].header_offset
    directory = content.find(b"PK\x01\x02")
    content[at + 8 : at + 10] = content[directory + 10 : directory + 12] = struct.pack("<H", 12)
    assert refusal(bytes(content)) is TableRefusal.BROKEN_FILE


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", COMPOUND_START, b"a,b\n"]))
def test_random_bytes_are_a_table_or_a_named_refusal(tail: bytes, start: bytes):
    assert_table_or_refusal(start + tail)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from('姓名,;\t"\r\n=\0 A1😀'), max_size=80), st.sampled_from(["utf-8", "gb18030"]))
def test_random_text_is_a_table_or_a_named_refusal(text: str, encoding: str):
    assert_table_or_refusal(text.encode(encoding))


SAMPLES = sorted(path.name for path in ROSTERS.iterdir())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SAMPLES), st.integers(0, 2**32), st.integers(1, 12))
def test_mutated_files_are_a_table_or_a_named_refusal(name: str, seed: int, changes: int):
    dice = random.Random(seed)
    content = bytearray((ROSTERS / name).read_bytes())
    for _ in range(changes):
        content[dice.randrange(len(content))] = dice.randrange(256)
    assert_table_or_refusal(bytes(content))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_workbooks_with_mutated_pages_inside_are_a_table_or_a_named_refusal(seed: int, changes: int):
    """Past the checksums: the XML itself is torn, so the reader, not the archive check, has to stand it."""
    dice = random.Random(seed)
    with zipfile.ZipFile(ROSTERS / "roster-troubled.xlsx") as archive:
        entries = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    for _ in range(changes):
        page = entries[dice.choice(sorted(entries))]
        at = dice.randrange(len(page))
        page[at : at + dice.randrange(3)] = dice.choice([b"<", b">", b'"', b"9999999", b"\0", b"&x;", b"Z9"])
    assert_table_or_refusal(zipped({name: bytes(page) for name, page in entries.items()}))


def assert_table_or_refusal(content: bytes) -> None:
    try:
        table = read(content, max_rows=1_000)
    except TableRefused as refused:
        assert refused.code in TableRefusal
    else:
        assert 1 <= len(table.rows) <= 1_000
        assert table.rows[0] and table.rows[-1]


def test_checksum_of_the_archive_is_not_needed_to_stop_a_torn_stream():
    packer = zlib.compressobj(wbits=-15)
    torn = (packer.compress(b"x" * 10_000) + packer.flush())[:-4]
    content = zipped({"xl/workbook.xml": b"<a/>"})
    start = 30 + len("xl/workbook.xml")
    directory = content.index(b"PK\x01\x02")
    assert refusal(content[:start] + torn[: directory - start] + content[directory:]) is TableRefusal.BROKEN_FILE

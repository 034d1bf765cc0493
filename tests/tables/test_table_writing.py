"""Downloads: text stays text in a spreadsheet, and no cell of a CSV runs (R11)."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from cfc_groups.tables.reading import read_table
from cfc_groups.tables.writing import neutralised, write_csv, write_xlsx

COLUMNS = ("编号", "姓名", "电话", "人数", "日期")
ROWS = (
    ("001", "=1+1", "013900001234", 12, date(2026, 3, 1)),
    ("002", "https://example.org/", 13900001234, 1.5, None),
    ("003", "{=SUM(A1)}", "", -3, date(2026, 3, 2)),
)


def xlsx(**changes: object) -> bytes:
    settings_ = {"sheet": "名单", "text_columns": {"编号", "电话"}} | changes
    return write_xlsx(COLUMNS, ROWS, **settings_)  # type: ignore[arg-type]


def page(content: bytes, name: str = "xl/worksheets/sheet1.xml") -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_what_was_written_is_read_back_as_it_was():
    table = read_table(xlsx(), "x.xlsx", max_rows=10)
    assert table.sheet == "名单"
    assert table.rows == (
        COLUMNS,
        ("001", "=1+1", "013900001234", 12, date(2026, 3, 1)),
        ("002", "https://example.org/", "13900001234", 1.5),
        ("003", "{=SUM(A1)}", None, -3, date(2026, 3, 2)),
    )


def test_no_formula_and_no_link_is_written():
    content = xlsx()
    assert "<f>" not in page(content)
    assert "hyperlink" not in page(content)


def test_header_is_frozen_and_bold_and_text_columns_are_text_to_the_last_row():
    content = xlsx()
    assert 'state="frozen"' in page(content)
    assert "<b/>" in page(content, "xl/styles.xml")
    styled = [part for part in page(content).split("<col ")[1:] if "style=" in part.split("/>")[0]]
    assert len(styled) == 2


def test_file_does_not_tell_when_it_was_made():
    assert xlsx() == xlsx()
    assert "2000-01-01" in page(xlsx(), "docProps/core.xml")


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("a/b:c*[d]?\\e", "a b c  d   e"),
        ("", "Sheet1"),
        ("'", "Sheet1"),
        ("长" * 40, "长" * 31),
        ("😀" * 40, "😀" * 15),
    ],
)
def test_any_name_makes_a_sheet(wanted: str, name: str):
    assert read_table(xlsx(sheet=wanted), "x.xlsx", max_rows=10).sheet == name


def test_cell_longer_than_a_spreadsheet_holds_is_cut_in_sight():
    content = write_xlsx(["a"], [["长" * 40_000]], sheet="s", text_columns=())
    sheet = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    text = sheet.to_python()[1][0]
    assert len(text) == 32_767 and text.endswith("长…")


ANY_CELL = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.text(st.characters(), max_size=5),
    st.integers(),
    st.floats(),
    st.dates(),
    st.sampled_from(["=1+1", "@SUM(A1)", "\ud800", "\x00", "\x0b"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(ANY_CELL, max_size=4), max_size=5), st.text(max_size=40))
def test_any_cells_can_be_written(rows: list[list[object]], sheet: str):
    content = write_xlsx(["a", "b", "c"], rows, sheet=sheet, text_columns={"b"})  # type: ignore[arg-type]
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.get_sheet_by_index(0).to_python()[0] == ["a", "b", "c"] + [""] * (book.get_sheet_by_index(0).width - 3)
    assert write_csv(["a", "b", "c"], rows).startswith(b"\xef\xbb\xbfa,b,c\r\n")  # type: ignore[arg-type]


def test_csv_opens_in_a_chinese_spreadsheet():
    content = write_csv(["编号", "话"], [["1", 'a "b", c\nd'], ["2", None]])
    assert content == '编号,话\r\n1,"a ""b"", c\nd"\r\n2,\r\n'.encode("utf-8-sig")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_cell_that_could_run_is_neutralised(start: str):
    content = write_csv([start + "head"], [[start + "HYPERLINK()"]]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert rows == [["'" + start + "head"], ["'" + start + "HYPERLINK()"]]


def test_numbers_keep_their_minus():
    assert neutralised(-3) == "-3"
    assert neutralised(-1.5) == "-1.5"


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2), max_size=5))
def test_no_cell_of_any_csv_begins_like_a_formula(rows: list[list[str]]):
    text = write_csv(["a", "b"], rows).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)

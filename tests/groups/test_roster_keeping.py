"""What is kept of a roster between looking and taking: what is needed, and nothing of the dropped columns (R25)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfc_groups.groups.roster_keeping import packed, unpacked, without_dropped_columns
from cfc_groups.groups.roster_models import RosterRefused
from cfc_groups.groups.roster_rules import check_roster
from cfc_groups.tables.models import Cell, Table
from cfc_groups.tables.reading import read_table

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"
TODAY = date(2026, 11, 23)
CELLS = st.none() | st.text(max_size=12) | st.integers() | st.floats(allow_nan=False) | st.dates()


@pytest.mark.parametrize(
    "name", ["roster-hangzhou-70.xlsx", "roster-school-gb18030.csv", "roster-troubled.xlsx", "merged-teams.xls"]
)
def test_a_dry_run_of_what_is_kept_says_the_same_as_one_of_the_whole_file(name: str) -> None:
    table = read_table((ROSTERS / name).read_bytes(), name, max_rows=1_000)
    kept = unpacked(packed(without_dropped_columns(table)))
    whole, again = (check_roster(each, today=TODAY, teams={"公园小队": 1}, existing=()) for each in (table, kept))
    assert again == whole


def test_what_stands_in_dropped_columns_is_not_kept() -> None:
    header = ("编号", "姓名", "身份证号", "出生年月", "小队", "监护人", "电话")
    row = ("A001", "李一", "330106201603151234", "2016-03", "公园小队", "李女士", "13900001234")
    kept = without_dropped_columns(Table("", (header, row), 1))
    assert "330106201603151234" not in str(kept.rows) and "身份证号" in str(kept.rows), "its header is named"


@given(st.lists(st.lists(CELLS, max_size=5).map(tuple), max_size=6), st.text(max_size=9), st.integers(1, 99))
def test_packing_loses_nothing(rows: list[tuple[Cell, ...]], sheet: str, first: int) -> None:
    table = Table(sheet, tuple(rows), first, ("其他",))
    assert unpacked(packed(table)) == table


@pytest.mark.parametrize("rows", [(("a", "b"),), (("编号", "姓名", "出生年月", "小队", "监护人", "电话"),)])
def test_a_table_that_is_no_roster_is_not_kept(rows: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(RosterRefused):
        without_dropped_columns(Table("", rows, 1))

"""What a coordinator reads about a roster, in both languages, and the tables to download."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from cfc_groups.groups import roster_words
from cfc_groups.groups.roster_models import Outcome, RosterField, RosterRefusal, RosterRefused, Trouble, TroubleCode
from cfc_groups.groups.roster_rules import check_roster
from cfc_groups.groups.roster_words import (
    refused_rows_table,
    roster_refusal_sentence,
    roster_template_columns,
    roster_template_example,
    table_refusal_sentence,
    trouble_sentence,
)
from cfc_groups.tables.models import Table, TableRefusal, TableRefused
from cfc_groups.tables.reading import read_table
from cfc_groups.tables.writing import write_csv, write_xlsx
from tools.compile_catalogues import CATALOGUES, compile_entries, find_troubles, read_catalogue

ROSTERS = Path(__file__).parent.parent / "data" / "rosters"
TODAY = date(2026, 11, 21)
SEVEN = ["生活环境", "文化场馆", "交通出行", "医疗健康", "公园游乐", "校园生活", "安全宣传"]
TEAMS = {f"{theme}小队": number for number, theme in enumerate(SEVEN, start=1)} | {"Living environment": 8}


@pytest.fixture(params=["en", "zh_Hans"])
def language(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A page in one of the two languages, with nothing but the roster's own catalogue."""
    compile_entries(read_catalogue(CATALOGUES / "roster.po"), tmp_path / "zh_Hans" / "LC_MESSAGES" / "messages.mo")
    app = Flask(__name__)
    Babel(app, default_translation_directories=str(tmp_path))
    with app.test_request_context(), force_locale(request.param):
        yield request.param


def troubled():
    table = read_table((ROSTERS / "roster-troubled.xlsx").read_bytes(), "x", max_rows=100)
    return check_roster(table, today=TODAY, teams=TEAMS, existing=())


def test_every_code_has_its_sentence():
    assert set(roster_words.TROUBLES) == set(TroubleCode)
    assert set(roster_words.ROSTER_REFUSALS) == set(RosterRefusal)
    assert set(roster_words.TABLE_REFUSALS) == set(TableRefusal)
    assert set(roster_words.FIELDS) == set(RosterField)
    assert set(roster_words.OUTCOMES) == set(Outcome)


def test_catalogue_has_no_fault():
    assert find_troubles(read_catalogue(CATALOGUES / "roster.po")) == []


def test_sentences_of_the_troubled_roster_name_row_column_and_what_was_read(language: str):
    sentences = {row.row_number: [trouble_sentence(each) for each in row.troubles] for row in troubled().rows}
    for row_number, said in sentences.items():
        assert all(f" {row_number}" in sentence and "–" not in sentence for sentence in said)
    assert "2014年13月" in sentences[6][0] and "出生年月" in sentences[6][0]
    if language == "zh_Hans":
        assert sentences[6] == ["第 6 行“出生年月”：读到的是“2014年13月”，可是没有 13 月。请核对出生年月，改正过来。"]
        assert "第 4、5 行" in sentences[4][1]
        assert not re.search("[A-Za-z]{4}", sentences[7][0])
    else:
        assert sentences[7] == [
            "Row 7, “小队”: the group has no team “不存在的小队” yet. Please correct the name, or let us make the team."
        ]


def test_every_sentence_can_be_said_even_without_its_facts(language: str):
    said = [trouble_sentence(Trouble(code, None)) for code in TroubleCode]
    said += [roster_refusal_sentence(RosterRefused(code)) for code in RosterRefusal]
    said += [table_refusal_sentence(TableRefused(code)) for code in TableRefusal]
    assert all(said) and len(set(said)) == len(said)
    chinese = [bool(re.search("[\u4e00-\u9fff]", sentence)) for sentence in said]
    assert all(chinese) if language == "zh_Hans" else not any(chinese)


def test_percent_signs_and_markup_in_a_cell_are_only_quoted(language: str):
    trouble = Trouble(TroubleCode.CELL_MARKUP, RosterField.NAME, {"row": "2", "header": "100%s", "read": "<b>%(x)s"})
    assert "<b>%(x)s" in trouble_sentence(trouble) and "100%s" in trouble_sentence(trouble)


def test_missing_columns_are_named_in_the_readers_language(language: str):
    refused = RosterRefused(RosterRefusal.COLUMNS_MISSING, {"missing": "team,phone", "row": "2", "read": "姓名"})
    assert ("小队、联系电话" if language == "zh_Hans" else "Team, Phone") in roster_refusal_sentence(refused)


def test_open_quotation_mark_has_its_own_sentence(language: str):
    plain = table_refusal_sentence(TableRefused(TableRefusal.BROKEN_FILE))
    quote = table_refusal_sentence(TableRefused(TableRefusal.BROKEN_FILE, {"reason": "open_quote"}))
    assert plain != quote


def test_template_is_understood_by_the_import_and_its_example_is_no_member(language: str):
    columns, example = roster_template_columns(), roster_template_example()
    member = ("A1", "李子轩", "2015-03", "公园游乐小队", "李女士", "母亲", "13900001234", "")
    content = write_xlsx(columns, [example, member], sheet="x", text_columns=set(columns))
    table = read_table(content, "template.xlsx", max_rows=10)
    checked = check_roster(table, today=TODAY, teams=TEAMS, existing=())
    assert [(row.row_number, row.outcome) for row in checked.rows] == [(3, Outcome.NEW)]
    assert checked.dropped_headers == ()


def test_example_of_the_template_would_be_good_with_a_number_of_its_own(language: str):
    example = ("A1", *roster_template_example()[1:7], "")
    table = Table("", (roster_template_columns(), example), 1)
    assert check_roster(table, today=TODAY, teams=TEAMS, existing=()).rows[0].outcome is Outcome.NEW


def test_failed_rows_to_download_hold_what_was_typed_and_why(language: str):
    columns, rows = refused_rows_table(troubled())
    assert columns[:-1] == ("团员编号", "姓名", "出生年月", "小队", "监护人", "联系电话")
    assert [row[0] for row in rows] == ["A002", "A003", "A003", "A005", "A006", "A007", "A009"]
    assert rows[3][2] == "2014年13月" and "13" in rows[3][-1]
    assert all(len(row) == len(columns) and row[-1] for row in rows)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_failed_rows_mended_in_the_download_come_in(language: str, form: str):
    """The whole round: download, mend, send again; the column of reasons is dropped by itself."""
    columns, rows = refused_rows_table(troubled())
    mended = [list(rows[3]), list(rows[6])]
    mended[0][2] = "2014-12"
    mended[1][1], mended[1][5] = "孙一", "+86 13900001299"
    if form == "csv":
        content = write_csv(columns, mended)
    else:
        content = write_xlsx(columns, mended, sheet="x", text_columns=set(columns))
    table = read_table(content, "mended", max_rows=10)
    checked = check_roster(table, today=TODAY, teams=TEAMS, existing=())
    assert [(row.member.name, row.member.phone) for row in checked.rows if row.member] == [
        ("陈雨桐", "13900001237"),
        ("孙一", "13900001299"),
    ]
    assert checked.dropped_headers == (columns[-1],)

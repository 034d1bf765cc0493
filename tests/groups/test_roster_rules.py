"""The dry run of a roster: what a coordinator's file would do, before it does it (R25, contracts: roster import)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfc_groups.groups.roster_cells import (
    plain_text,
    read_birth_month,
    read_email,
    read_member_number,
    read_person_name,
    read_phone,
    read_relation,
    read_team,
)
from cfc_groups.groups.roster_models import (
    CheckedRow,
    ExistingMember,
    FieldChange,
    Outcome,
    RosterCheck,
    RosterField,
    RosterMember,
    RosterRefusal,
    RosterRefused,
    TroubleCode,
)
from cfc_groups.groups.roster_rules import check_roster, may_take
from cfc_groups.tables.models import Cell, Table
from cfc_groups.tables.reading import read_table

ROSTERS = Path(__file__).parent.parent / "data" / "rosters"
TODAY = date(2026, 11, 21)
SEVEN = ["生活环境", "文化场馆", "交通出行", "医疗健康", "公园游乐", "校园生活", "安全宣传"]
TEAMS = {f"{theme}小队": number for number, theme in enumerate(SEVEN, start=1)}
HEADER = ("编号", "姓名", "出生年月", "小队", "监护人", "关系", "电话", "邮箱")
GOOD = ("A1", "李子轩", "2015-03", "公园游乐小队", "李女士", "母亲", "13900001234", "li@example.org")


def from_file(name: str, existing: Sequence[ExistingMember] = ()) -> RosterCheck:
    table = read_table((ROSTERS / name).read_bytes(), name, max_rows=1_000)
    return check_roster(table, today=TODAY, teams=TEAMS, existing=existing)


def check(
    *rows: Sequence[Cell], header: Sequence[Cell] = HEADER, existing: Iterable[ExistingMember] = ()
) -> RosterCheck:
    table = Table("", (tuple(header), *map(tuple, rows)), 1)
    return check_roster(table, today=TODAY, teams=TEAMS, existing=tuple(existing))


def row_with(**cells: Cell) -> tuple[Cell, ...]:
    fields = [field.value for field in RosterField]
    return tuple(cells.get(field, good) for field, good in zip(fields, GOOD, strict=True))


def check_one(**cells: Cell) -> CheckedRow:
    return check(row_with(**cells)).rows[0]


def codes(row: CheckedRow) -> list[TroubleCode]:
    return [trouble.code for trouble in row.troubles]


def as_existing(member: RosterMember) -> ExistingMember:
    return ExistingMember(
        member.member_number, member.name, member.birth_month, member.team,
        member.guardian, member.relation, member.phone, member.email, account_ref=object(),
    )  # fmt: skip


def taken(checked: RosterCheck) -> list[RosterMember]:
    return [row.member for row in checked.rows if row.member]


# The three sample files


def test_city_office_roster_of_seventy_comes_in_whole():
    checked = from_file("roster-hangzhou-70.xlsx")
    assert [row.outcome for row in checked.rows] == [Outcome.NEW] * 70
    assert checked.rows[0].member == RosterMember(
        "GCT2026000", "韦博文", "2016-10", "生活环境小队", 1, "魏女士", "母亲", "13900001000", ""
    )
    assert [row.row_number for row in checked.rows] == list(range(3, 73))
    assert not any(row.warnings for row in checked.rows)
    assert {member.team for member in taken(checked)} == set(TEAMS)
    assert checked.missing_teams == ()
    assert may_take(checked, ())


def test_columns_that_are_not_needed_are_named_and_dropped():
    """R25: gender and year are not kept, not even for the download of failed rows."""
    checked = from_file("roster-hangzhou-70.xlsx")
    assert checked.dropped_headers == ("序号", "性别", "年级")
    assert "女" not in checked.rows[0].raw and len(checked.rows[0].raw) == len(checked.used_headers) == 7


def test_footer_of_the_city_office_is_left_out_and_said():
    (trouble,) = from_file("roster-hangzhou-70.xlsx").file_troubles
    assert (trouble.code, trouble.facts["rows"]) == (TroubleCode.ROWS_LEFT_OUT, "74")


def test_imported_once_more_nothing_changes():
    members = taken(from_file("roster-hangzhou-70.xlsx"))
    checked = from_file("roster-hangzhou-70.xlsx", [as_existing(member) for member in members])
    assert {row.outcome for row in checked.rows} == {Outcome.UNCHANGED}
    assert not any(row.warnings for row in checked.rows)
    assert not may_take(checked, ())


def test_school_roster_in_gb18030_flags_likely_twins_only_among_members_it_is_told_of():
    alone = from_file("roster-school-gb18030.csv")
    assert [row.outcome for row in alone.rows] == [Outcome.NEW] * 12
    assert not any(row.warnings for row in alone.rows)
    seventy = [as_existing(member) for member in taken(from_file("roster-hangzhou-70.xlsx"))]
    flagged = from_file("roster-school-gb18030.csv", seventy)
    assert [row.outcome for row in flagged.rows] == [Outcome.NEW] * 12
    warnings = [[warning.code for warning in row.warnings] for row in flagged.rows]
    assert warnings == [[TroubleCode.TWIN_AMONG_MEMBERS]] * 12
    assert flagged.rows[0].warnings[0].facts["number"] == "GCT2026000"
    assert may_take(flagged, ()), "likely twins are flagged, not refused"


def test_troubled_roster_is_refused_and_taken_as_the_contract_says():
    checked = from_file("roster-troubled.xlsx")
    assert {row.row_number: codes(row) for row in checked.rows} == {
        2: [],
        3: [TroubleCode.CELL_EMPTY],
        4: [TroubleCode.BIRTH_IN_FUTURE, TroubleCode.NUMBER_TWICE],
        5: [TroubleCode.NUMBER_TWICE],
        6: [TroubleCode.BIRTH_NO_SUCH_MONTH],
        7: [TroubleCode.TEAM_UNKNOWN],
        8: [TroubleCode.CELL_EMPTY],
        9: [],
        10: [TroubleCode.CELL_MARKUP, TroubleCode.PHONE_ODD],
        11: [],
    }
    assert [(m.member_number, m.name, m.birth_month, m.phone) for m in taken(checked)] == [
        ("A001", "李子轩", "2015-03", "13900001234"),
        ("A008", "赵浩然", "2014-03", "13900001240"),
        ("A010", "𠮷䶮", "2013-11", "13900001242"),
    ]
    assert checked.missing_teams == ("不存在的小队",)


def test_troubled_roster_may_be_taken_only_when_each_refused_row_is_ticked_away():
    checked = from_file("roster-troubled.xlsx")
    assert not may_take(checked, ())
    assert not may_take(checked, {3, 4, 5, 6, 7, 8})
    assert may_take(checked, {3, 4, 5, 6, 7, 8, 10})


def test_team_that_was_made_lets_its_row_in():
    table = read_table((ROSTERS / "roster-troubled.xlsx").read_bytes(), "x", max_rows=100)
    checked = check_roster(table, today=TODAY, teams=TEAMS | {"不存在的小队": 8}, existing=())
    assert next(row for row in checked.rows if row.row_number == 7).outcome is Outcome.NEW
    assert checked.missing_teams == ()


def test_roster_with_no_row_left_to_take_may_not_be_taken():
    checked = check(row_with(name=None))
    assert not may_take(checked, {2})


def test_old_spreadsheet_with_dates_and_merged_teams():
    checked = from_file("merged-teams.xls")
    assert [(m.name, m.birth_month, m.team) for m in taken(checked)] == [
        ("欧阳小雨", "2015-03", "生活环境小队"),
        ("陈𠮷", "2016-11", "生活环境小队"),
    ]


# The header


def test_header_is_found_below_titles_and_in_any_order_and_script():
    header = ("備註", "監護人", "電話", "小隊", "出生日期", "姓名", "學號")
    title = ("二〇二六年名单", None, "姓名")
    row = (None, "李女士", "13900001234", "公园游乐小队", "2015-03", "李子轩", "A1")
    table = Table("", (title, (), header, row), 4)
    checked = check_roster(table, today=TODAY, teams=TEAMS, existing=())
    assert (checked.rows[0].row_number, checked.rows[0].outcome) == (7, Outcome.NEW)


@pytest.mark.parametrize("word", ["* 姓 名（必填）", "姓名：", "【姓名】姓名", "Name", "ＮＡＭＥ", "学生\n姓名"])
def test_header_words_are_known_with_what_people_add(word: str):
    checked = check(GOOD, header=("编号", word, *HEADER[2:]))
    assert checked.rows[0].outcome is Outcome.NEW


def test_surer_word_wins_where_two_columns_fit():
    checked = check((*GOOD, "2019"), header=("团员编号", *HEADER[1:], "学号"))
    assert checked.rows[0].member and checked.rows[0].member.member_number == "A1"
    assert checked.dropped_headers == ("学号",)


def refusal(*rows: Sequence[Cell], header: Sequence[Cell] = HEADER) -> RosterRefused:
    with pytest.raises(RosterRefused) as refused:
        check(*rows, header=header)
    return refused.value


def test_missing_columns_are_all_named():
    refused = refusal(GOOD, header=("编号", "姓名", "出生年月", None, "班级", "关系", None))
    assert refused.code is RosterRefusal.COLUMNS_MISSING
    assert refused.facts["missing"] == "team,guardian,phone"
    assert refused.facts["read"] == "编号 | 姓名 | 出生年月 | 班级 | 关系"


def test_relation_and_e_mail_are_optional_columns():
    header = ("编号", "姓名", "出生年月", "小队", "监护人", "班级", "电话")
    checked = check(GOOD[:7], header=header)
    assert checked.rows[0].outcome is Outcome.NEW
    assert checked.dropped_headers == ("班级",)


def test_two_columns_of_one_name_cannot_be_told_apart():
    refused = refusal(GOOD, header=("编号", "姓名", "出生年月", "小队", "姓名", "关系", "电话"))
    assert (refused.code, refused.facts["header"]) == (RosterRefusal.COLUMN_TWICE, "姓名")


def test_table_of_something_else_has_no_header():
    assert refusal(("苹果", "3"), header=("东西", "数量")).code is RosterRefusal.HEADER_NOT_FOUND


def test_header_with_nothing_below_has_no_members():
    assert refusal((), ("合计", "0")).code is RosterRefusal.NO_MEMBERS


# Which rows are members


@pytest.mark.parametrize(
    "row",
    [
        ("填表人：王老师", None, None, "审核人：李老师"),
        ("合计", 70),
        (None, "备注：请核对"),
        ("生活环境小队（10 人）",),
        ("A011",),
        ("示例001", "李子轩", "2016-03", "生活环境小队", "李女士", "母亲", "13900000000"),
        ("EXAMPLE-001", "Li Zixuan", "2016-03", "Parks", "Ms Li", "Mother", "13900000000"),
    ],
)
def test_row_that_is_no_member_is_left_out_and_said(row: Sequence[Cell]):
    checked = check(GOOD, row)
    assert [each.row_number for each in checked.rows] == [2]
    assert [(trouble.code, trouble.facts["rows"]) for trouble in checked.file_troubles] == [
        (TroubleCode.ROWS_LEFT_OUT, "3")
    ]


def test_blank_rows_running_numbers_and_repeated_headers_are_left_out_silently():
    header = ("序号", *HEADER)
    checked = check((1, *GOOD), (), header, (2,), (3, None, "　"), header=header)
    assert [row.row_number for row in checked.rows] == [2]
    assert checked.file_troubles == ()


@pytest.mark.parametrize("row", [(None, "李子轩"), ("A2", "李子轩"), (None, None, None, "公园游乐小队", "李女士")])
def test_row_in_doubt_is_refused_rather_than_lost(row: Sequence[Cell]):
    checked = check(GOOD, row)
    assert checked.rows[1].outcome is Outcome.REFUSED


def test_other_sheets_are_named():
    table = Table("一队", (HEADER, GOOD), 1, ("二队", "三队"))
    (trouble,) = check_roster(table, today=TODAY, teams=TEAMS, existing=()).file_troubles
    assert (trouble.code, trouble.facts) == (TroubleCode.OTHER_SHEETS, {"sheet": "一队", "sheets": "二队, 三队"})


# Cells


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("\u3000李\u3000子轩 ", "李子轩"),
        ("李 子 轩", "李子轩"),
        ("\u200b李子轩\ufeff", "李子轩"),
        ("𠮷䶮", "𠮷䶮"),
        ("刘〇", "刘〇"),
        ("阿卜杜热合曼•买买提", "阿卜杜热合曼·买买提"),
        ("阿卜杜.热合曼", "阿卜杜·热合曼"),
        ("Ａｎｎａ  Li", "Anna Li"),
        ("O'Neil-Smith", "O'Neil-Smith"),
        ("Zoë", "Zoë"),
        ("\U00031350李", "\U00031350李"),
        ("བཀྲ་ཤིས", None),
        ("ئايگۈل", "ئايگۈل"),
    ],
)
def test_name_in_its_one_way_of_writing(typed: str, name: str | None):
    reading = read_person_name(typed)
    assert (reading.text if reading.trouble is None else None) == name


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (None, TroubleCode.CELL_EMPTY),
        (" \u3000\u200b", TroubleCode.CELL_EMPTY),
        ("李", TroubleCode.NAME_LENGTH),
        ("李" * 21, TroubleCode.CELL_TOO_LONG),
        ("李<b>子</b>", TroubleCode.CELL_MARKUP),
        ("＜script＞", TroubleCode.CELL_MARKUP),
        ("李\0子", TroubleCode.CELL_CONTROL),
        ("李\ud800子", TroubleCode.CELL_CONTROL),
        ("李子轩2", TroubleCode.NAME_DIGITS),
        ("李子轩２", TroubleCode.NAME_DIGITS),
        (12345, TroubleCode.NAME_DIGITS),
        ("李子😀", TroubleCode.NAME_CHARACTERS),
        ("赵?", TroubleCode.NAME_CHARACTERS),
        ("=1+1", TroubleCode.NAME_DIGITS),
        ("'=cmd", TroubleCode.NAME_CHARACTERS),
        ("--李子", TroubleCode.NAME_CHARACTERS),
        ("a\u0301\u0301\u0301\u0301\u0301\u0301\u0301", TroubleCode.NAME_CHARACTERS),
        ("李\ue863", TroubleCode.NAME_PRIVATE),
        ("'; DROP TABLE members; --", TroubleCode.CELL_TOO_LONG),
        (True, None),
    ],
)
def test_name_that_is_refused(typed: Cell, code: TroubleCode | None):
    assert read_person_name(typed).trouble is code


@pytest.mark.parametrize(
    "typed",
    [
        "2014-03", "2014/3", "2014.03", "2014.3", "2014年3月", "2014年03月", "2014 年 3 月", "2014年3月8日",
        "2014-03-08",
        "2014/3/8 0:00:00", "2014-03-08T00:00:00", "２０１４年３月", "2014。3", "2014－03", "2014—03",
        "201403", "20140308",
        201403, 20140308.0, 41699, 41699.0, "41699", 2014.03, date(2014, 3, 8), datetime(2014, 3, 8, 12, 30), "2014 03",
        "2014年3",
    ],
)  # fmt: skip
def test_birth_month_in_its_one_way_of_writing_and_never_the_day(typed: Cell):
    """R25: the day is not kept, neither in the member nor in the row as typed."""
    row = check_one(birth_month=typed)
    assert row.member and row.member.birth_month == "2014-03"
    assert row.raw[2] == "2014-03"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", TroubleCode.CELL_EMPTY),
        ("2014", TroubleCode.BIRTH_UNCLEAR),
        (2014, TroubleCode.BIRTH_UNCLEAR),
        ("14.3", TroubleCode.BIRTH_UNCLEAR),
        ("3/8/2014", TroubleCode.BIRTH_UNCLEAR),
        ("三月", TroubleCode.BIRTH_UNCLEAR),
        ("2014-03-32", TroubleCode.BIRTH_UNCLEAR),
        ("0000-01", TroubleCode.BIRTH_UNCLEAR),
        (-41699, TroubleCode.BIRTH_UNCLEAR),
        (1e300, TroubleCode.CELL_SHORTENED),
        (float("nan"), TroubleCode.BIRTH_UNCLEAR),
        (2014.1, TroubleCode.BIRTH_JANUARY_OR_OCTOBER),
        ("2014.1", TroubleCode.BIRTH_JANUARY_OR_OCTOBER),
        ("2014年13月", TroubleCode.BIRTH_NO_SUCH_MONTH),
        ("2014-00", TroubleCode.BIRTH_NO_SUCH_MONTH),
        ("2026-12", TroubleCode.BIRTH_IN_FUTURE),
        ("2032-01", TroubleCode.BIRTH_IN_FUTURE),
        ("2026-11", TroubleCode.TOO_YOUNG),
        ("2020-12", TroubleCode.TOO_YOUNG),
        ("2020-11", None),
        ("2010-11", None),
        ("2010-10", TroubleCode.TOO_OLD),
        ("1980-01", TroubleCode.TOO_OLD),
    ],
)
def test_birth_month_that_is_refused(typed: Cell, code: TroubleCode | None):
    """Ages 6 to 15; as the day is unknown, the whole month of the sixth and of the sixteenth birthday is let in."""
    assert read_birth_month(typed, TODAY).trouble is code


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        (13900001234, "13900001234"),
        (13900001234.0, "13900001234"),
        ("１３９００００１２３４", "13900001234"),
        ("139-0000-1234", "13900001234"),
        ("139 0000 1234", "13900001234"),
        ("+86 139 0000 1234", "13900001234"),
        ("'+86 13900001234", "13900001234"),
        ("0086-13900001234", "13900001234"),
        ("8613900001234", "13900001234"),
        ("(0571) 8888 0000", "0571-88880000"),
        ("０５７１－８８８８０００", "0571-8888000"),
        ("010-88880000", "010-88880000"),
        ("02188880000", "021-88880000"),
        ("+86 571 88880000", "0571-88880000"),
    ],
)
def test_phone_in_its_one_way_of_writing(typed: Cell, phone: str):
    reading = read_phone(typed)
    assert (reading.trouble, reading.text) == (None, phone)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (None, TroubleCode.CELL_EMPTY),
        ("12345", TroubleCode.PHONE_ODD),
        ("12900001234", TroubleCode.PHONE_ODD),
        ("1390000123", TroubleCode.PHONE_ODD),
        ("88880000", TroubleCode.PHONE_ODD),
        ("571-88880000", TroubleCode.PHONE_ODD),
        ("010-8888000", TroubleCode.PHONE_ODD),
        ("+852 2888 0000", TroubleCode.PHONE_ODD),
        ("没有", TroubleCode.PHONE_ODD),
        ("1.39E+10", TroubleCode.CELL_SHORTENED),
        ("13900001234/13900001235", TroubleCode.PHONE_SEVERAL),
        ("13900001234、13900001235", TroubleCode.PHONE_SEVERAL),
        ("13900001234 13900001235", TroubleCode.PHONE_SEVERAL),
        ("330106 19850315 1234", TroubleCode.CELL_ID_CARD),
    ],
)
def test_phone_that_is_refused(typed: Cell, code: TroubleCode):
    assert read_phone(typed).trouble is code


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("a001", "A001"), (" A 001 ", "A001"), (2026001.0, "2026001"),
        ("杭团-001", "杭团-001"), ("Ａ００１", "A001"), ("007", "007"),
    ],
)  # fmt: skip
def test_member_number_in_its_one_way_of_writing(typed: Cell, number: str):
    reading = read_member_number(typed)
    assert (reading.trouble, reading.text) == (None, number)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", TroubleCode.CELL_EMPTY),
        ("---", TroubleCode.NUMBER_CHARACTERS),
        ("A'1", TroubleCode.NUMBER_CHARACTERS),
        ("A" * 33, TroubleCode.CELL_TOO_LONG),
        ("3.30106E+17", TroubleCode.CELL_SHORTENED),
        ("33010620140315123X", TroubleCode.CELL_ID_CARD),
        ("33010620140315123x", TroubleCode.CELL_ID_CARD),
        ("330106 2014 0315 1234", TroubleCode.CELL_ID_CARD),
        (330106201403151234.0, TroubleCode.CELL_ID_CARD),
        (330106201403151234, TroubleCode.CELL_ID_CARD),
        ("G330106201403151234", TroubleCode.CELL_ID_CARD),
    ],
)
def test_member_number_that_is_refused(typed: Cell, code: TroubleCode):
    assert read_member_number(typed).trouble is code


@pytest.mark.parametrize(
    "field", ["member_number", "name", "birth_month", "team", "guardian", "phone", "email", "relation"]
)
@pytest.mark.parametrize("typed", ["330106201403151234", "330106 20140315 123X", 330106201403151234.0])
def test_resident_id_number_is_nowhere_in_the_outcome(field: str, typed: Cell):
    """R25: id card numbers are never stored, so they do not even come back in facts or in the row as typed."""
    checked = check(row_with(**{field: typed}), row_with(member_number="A2"))
    assert TroubleCode.CELL_ID_CARD in codes(checked.rows[0])
    assert "20140315" not in repr(checked).replace(" ", "")


def test_e_mail_and_relation_are_optional_but_not_anything():
    assert check_one(email=None, relation=None).outcome is Outcome.NEW
    assert codes(check_one(email="li at example")) == [TroubleCode.EMAIL_ODD]
    assert codes(check_one(email='"<x>"@example.org')) == [TroubleCode.CELL_MARKUP]
    assert codes(check_one(relation="妈妈2")) == [TroubleCode.RELATION_ODD]


def test_every_trouble_of_a_row_is_told_at_once():
    row = check_one(member_number=None, name="李", birth_month="2014-13", team="没有这队", guardian="", phone="1")
    assert codes(row) == [
        TroubleCode.CELL_EMPTY,
        TroubleCode.NAME_LENGTH,
        TroubleCode.BIRTH_NO_SUCH_MONTH,
        TroubleCode.CELL_EMPTY,
        TroubleCode.PHONE_ODD,
        TroubleCode.TEAM_UNKNOWN,
    ]
    assert all(trouble.facts["row"] == "2" and trouble.facts["header"] for trouble in row.troubles)


# Teams


@pytest.mark.parametrize("typed", ["公园游乐小队", " 公园 游乐小队　", "公园游乐", "公园游乐队"])
def test_team_is_found_as_people_write_it(typed: str):
    row = check_one(team=typed)
    assert row.member and (row.member.team, row.member.team_id) == ("公园游乐小队", 5)


def test_team_is_not_guessed_where_two_would_fit():
    table = Table("", (HEADER, row_with(team="公园")), 1)
    checked = check_roster(table, today=TODAY, teams={"公园小队": 1, "公园队": 2}, existing=())
    assert checked.missing_teams == ("公园",)


def test_missing_team_is_offered_once_however_it_is_written():
    checked = check(
        row_with(team="海洋小队"), row_with(member_number="A2", team="海洋 小队"), row_with(team="海洋<小队")
    )
    assert checked.missing_teams == ("海洋小队",)


# Rows beside each other and beside members


def test_number_given_twice_refuses_both_even_in_other_letters():
    checked = check(row_with(member_number="a1"), row_with(member_number="Ａ1 "), row_with(member_number="A2"))
    assert [row.outcome for row in checked.rows] == [Outcome.REFUSED, Outcome.REFUSED, Outcome.NEW]
    assert checked.rows[0].troubles[0].facts["rows"] == "2, 3"


def test_empty_numbers_are_not_given_twice():
    checked = check(row_with(member_number=None), row_with(member_number=None))
    assert [codes(row) for row in checked.rows] == [[TroubleCode.CELL_EMPTY]] * 2


def existing_good(**changes: object) -> ExistingMember:
    known = ExistingMember(
        "A1", "李子轩", "2015-03", "公园游乐小队", "李女士", "母亲", "13900001234", "li@example.org", 17
    )
    return replace(known, **changes)  # type: ignore[arg-type]


def test_update_lists_what_changes_and_hands_the_account_back():
    known = existing_good(team="生活环境小队", phone="13900009999")
    (row,) = check(GOOD, existing=[known]).rows
    assert row.outcome is Outcome.UPDATE
    assert row.changes == (
        FieldChange(RosterField.TEAM, "生活环境小队", "公园游乐小队"),
        FieldChange(RosterField.PHONE, "13900009999", "13900001234"),
    )
    assert row.existing and row.existing.account_ref == 17


def test_empty_optional_cell_changes_nothing():
    (row,) = check(row_with(relation=None, email=None), existing=[existing_good()]).rows
    assert row.outcome is Outcome.UNCHANGED
    assert row.member and (row.member.relation, row.member.email) == ("母亲", "li@example.org")


def test_number_of_another_child_does_not_take_over_that_childs_account():
    (row,) = check(GOOD, existing=[existing_good(name="王小明", birth_month="2014-01")]).rows
    assert codes(row) == [TroubleCode.NUMBER_OF_ANOTHER]
    for corrected in (existing_good(name="李子萱"), existing_good(birth_month="2015-04")):
        assert check(GOOD, existing=[corrected]).rows[0].outcome is Outcome.UPDATE


def test_likely_twins_within_a_file_are_flagged_not_refused():
    checked = check(row_with(), row_with(member_number="A2"), row_with(member_number="A3", birth_month="2015-04"))
    assert [row.outcome for row in checked.rows] == [Outcome.NEW] * 3
    assert [[(w.code, w.facts["rows"]) for w in row.warnings] for row in checked.rows] == [
        [(TroubleCode.TWIN_IN_FILE, "3")],
        [(TroubleCode.TWIN_IN_FILE, "2")],
        [],
    ]
    assert may_take(checked, ())


# Whatever a file holds

ANY_CELL = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.text(st.characters(), max_size=6),
    st.integers(),
    st.integers(10**5000, 10**5001),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.sampled_from(["=1+1", "'=", "\ud800", "\U0010ffff", "2014.1", "330106201403151234", *GOOD, *HEADER]),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(ANY_CELL, max_size=9), max_size=6), st.booleans())
def test_any_cells_end_as_exactly_one_outcome_a_row(rows: list[list[Cell]], with_header: bool):
    start = [HEADER, GOOD] if with_header else []
    table = Table("x", tuple(map(tuple, start + rows)), 3)
    try:
        checked = check_roster(table, today=TODAY, teams=TEAMS, existing=[existing_good()])
    except RosterRefused as refused:
        assert refused.code in RosterRefusal
        return
    numbers = [row.row_number for row in checked.rows]
    assert numbers == sorted(set(numbers))
    assert sum(len(checked.rows_with(outcome)) for outcome in Outcome) == len(checked.rows)
    for row in checked.rows:
        assert (row.outcome is Outcome.REFUSED) == (row.member is None) == bool(row.troubles)
        assert (row.outcome is Outcome.UPDATE) == bool(row.changes)
        assert len(row.raw) == len(checked.used_headers)
    refused_rows = {row.row_number for row in checked.rows_with(Outcome.REFUSED)}
    assert not (may_take(checked, ()) and refused_rows)


@pytest.mark.parametrize("part", ["a", "李", "a ", "1", "1.", "(", "a@", ".a", "\u0301", "\u200b", "1390000123"])
def test_longest_cells_are_read_without_going_round_in_circles(part: str):
    """A pattern that backtracks without end would hang here, not fail; 32,767 is what a spreadsheet cell holds."""
    typed = (part * 32_767)[:32_766] + "\u3000<"
    for read in (read_member_number, read_person_name, read_team, read_relation, read_phone, read_email):
        reading = read(typed)
        assert reading.trouble is not None
    assert read_birth_month(typed, TODAY).trouble is not None
    assert check(row_with(name=typed), header=(*HEADER, typed)).rows[0].outcome is Outcome.REFUSED


def read_birth_today(value: Cell):
    return read_birth_month(value, TODAY)


TYPED_LIKE = st.one_of(
    ANY_CELL,
    st.text(st.sampled_from("0123456789+-() .年月/１３９"), max_size=16),
    st.text(st.sampled_from("李子轩·.•\u3000 \u200bAe\u0301\u0308-'"), max_size=8),
)


@pytest.mark.parametrize(
    "read",
    [read_member_number, read_person_name, read_birth_today, read_team, read_relation, read_phone, read_email],
)
@settings(deadline=None, max_examples=120)
@given(value=TYPED_LIKE)
def test_reading_a_reading_gives_it_again(read, value: Cell):
    first = read(value)
    if first.trouble is None:
        assert read(first.text) == first


@given(TYPED_LIKE)
def test_plain_text_of_plain_text_is_itself(value: Cell):
    assert plain_text(plain_text(value)) == plain_text(value)


@given(st.text(st.sampled_from("李子轩欧阳𠮷䶮"), min_size=2, max_size=20), st.data())
def test_blanks_inside_a_chinese_name_never_matter(name: str, data: st.DataObject):
    blanks = [data.draw(st.sampled_from(["", " ", "\u3000", "\u200b", "\t", "\xa0"])) for _ in range(len(name) + 1)]
    typed = "".join(blank + character for blank, character in zip(blanks, name + "\0", strict=True)).rstrip("\0")
    assert read_person_name(typed).text == name


@given(
    st.dates(date(2010, 11, 1), date(2020, 11, 30)),
    st.sampled_from(["%Y-%m", "%Y/%m/%d", "%Y年%m月", "%Y.%m", "%Y%m%d"]),
)
def test_every_month_of_a_member_is_read_in_every_way(birth: date, form: str):
    assert read_birth_month(birth.strftime(form), TODAY).text == f"{birth.year}-{birth.month:02}"

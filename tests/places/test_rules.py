"""What may be the name of a place (R9), and what a place is found by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfc_groups.errors import RuleBroken
from cfc_groups.places import rules
from cfc_groups.places.homes import home_words

HOMES = [
    "我家", "我 家", "我家楼下", "我们家小区门口", "「我家」", "我的家", "家", "家里", "奶奶家", "同学家", "自己家",
    "我住的小区",    "家庭住址", "翠苑一区3栋2单元501", "三单元", "12幢２单元", "502室", "六〇二室",
    "My Home", "my-house", "ｍｙ ｈｏｍｅ", "home", "我家🏠",
]  # fmt: skip
PUBLIC = [
    "翠苑公园", "国家图书馆", "家乐福超市", "老人之家", "儿童之家", "外婆家餐厅",
    "张家港路", "石家庄路", "李家弄", "宜家",
    "科技馆3号楼", "公园3号门", "2号线丰潭路站", "B1路",
    "K155", "单元路小学", "第3会议室外的走廊", "人民路和建设路路口", "Home Depot",
]  # fmt: skip


@pytest.mark.parametrize("name", HOMES)
def test_a_home_is_no_place(name: str) -> None:
    """R9."""
    with pytest.raises(RuleBroken) as refusal:
        rules.check_name(rules.plain_name(name), home_words())
    assert (refusal.value.code, refusal.value.field) == ("place_is_a_home", "name")


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_place_is_one(name: str) -> None:
    rules.check_name(rules.plain_name(name), home_words())


@pytest.mark.parametrize("name", ["", "  ", "🌳", "……", "!!!", "​"])
def test_a_name_needs_something_to_read(name: str) -> None:
    with pytest.raises(RuleBroken, match="place_name_unreadable"):
        rules.check_name(name, home_words())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  翠苑   公园 ", "翠苑 公园"),
        ("２号线", "2号线"),
        ("Ｂ１路", "B1路"),
        ("浙江图书馆（曙光路馆）", "浙江图书馆（曙光路馆）"),
        ("翠苑\u3000公园", "翠苑 公园"),
    ],
)
def test_a_name_is_kept_as_typed_but_in_half_width(typed: str, kept: str) -> None:
    assert rules.plain_name(typed) == kept


@given(st.text(max_size=40))
def test_a_plain_name_stays_as_it_is(name: str) -> None:
    plain = rules.plain_name(name)
    assert rules.plain_name(plain) == plain


def test_a_place_is_found_by_its_characters_and_by_pinyin_from_each_syllable_on() -> None:
    words = rules.search_words("西湖公园", "xi1 hu2 gong1 yuan2").split()
    assert words == [
        "西", "湖", "公", "园", "xihugongyuan", "hugongyuan", "gongyuan", "yuan", "xhgy", "hgy", "gy", "y",
    ]  # fmt: skip


def test_marks_and_tones_are_no_words_to_search_for() -> None:
    words = rules.search_words("B1路（南）", "b1 lu4 ( nan2 )").split()
    assert words == ["b1", "路", "南", "blunan", "lunan", "nan", "bln", "ln", "n"]


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("公园", '"公 园"'),
        ("gongy", '"gongy"*'),
        ("ＧＯＮＧ yuan", '"gong"* "yuan"*'),
        ("3号门", '"3"* "号 门"'),
        ('公"园', '"公" "园"'),
        ("公 园", '"公" "园"'),
        ("-NOT* OR", '"not"* "or"*'),
        ("", None),
        ("🌳 …", None),
        ("'); DROP TABLE places; --", '"drop"* "table"* "places"*'),
    ],
)
def test_whatever_is_typed_becomes_words_to_look_for(typed: str, match: str | None) -> None:
    """R96."""
    assert rules.search_match(typed) == match

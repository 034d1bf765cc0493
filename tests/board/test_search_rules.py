"""Words in, words out: what was written is found, and nothing in a query is ever an operator."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfc_groups.board import search_rules

HAN = st.one_of(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x3400, max_codepoint=0x4DBF),
    st.characters(min_codepoint=0x20000, max_codepoint=0x2A6DF),
    st.sampled_from("公园的〇々𠮷豈"),
)
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=80)  # half surrogates too
AROUND = st.text(st.characters(exclude_categories=("Lo", "Lm")), max_size=8)


def index(*texts: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE post_search USING fts5 (words, content = '', tokenize = 'unicode61')")
    for number, text in enumerate(texts, start=1):
        words = search_rules.indexed_words("题", text, "愿", group_id=number, team_id=None, theme="parks")
        connection.execute("INSERT INTO post_search (rowid, words) VALUES (?, ?)", (number, words))
    return connection


def hits(connection: sqlite3.Connection, query: str, **where: object) -> list[int]:
    found = search_rules.match(search_rules.phrases(query), **where)  # type: ignore[arg-type]
    return [row[0] for row in connection.execute("SELECT rowid FROM post_search WHERE post_search MATCH ?", (found,))]


@given(ANYTHING)
def test_no_text_and_no_query_ever_fails(text: str) -> None:
    search_rules.tokens(text)
    search_rules.trouble(text)
    connection = index(text)
    if search_rules.phrases(text):
        hits(connection, text)


@settings(max_examples=200)
@given(st.data(), AROUND, st.text(HAN, min_size=1, max_size=12), AROUND)
def test_every_run_of_chinese_characters_is_found(data: st.DataObject, before: str, run: str, after: str) -> None:
    start = data.draw(st.integers(0, len(run) - 1))
    end = data.draw(st.integers(start + 1, len(run)))
    assert hits(index(before + run + after), run[start:end]) == [1]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("公园的洗手台太高了", "公园"), ("公园的洗手台太高了", "高"), ("我摔倒了", "摔倒"), ("965路公交", "965"),
        ("坐 BUS 回家", "bus"), ("ＢＵＳ很挤", "bus"), ("小朋友 的 公 园", "公园"), ("公\u200b园", "公园"),
        ("公园", "公 园"),
        ("《公园》里", "公园"), ("Café 里", "CAFE"), ("三公里", "公里"), ("公园里的滑梯", "滑梯 公园"),
        ("公园", "公园 公园"),
    ],
)  # fmt: skip
def test_what_is_meant_is_found(text: str, query: str) -> None:
    assert hits(index(text), query) == [1]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("我去过学。校长好", "学校"), ("园公", "公园"), ("公平的花园", "公园"), ("buses", "bus"), ("9651", "965"),
        ("公园里的滑梯", "公园 秋千"), ("题目里没有愿", "题我"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(text: str, query: str) -> None:
    assert hits(index(text), query) == []


def test_no_phrase_reaches_from_one_part_into_the_next() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE post_search USING fts5 (words, content = '', tokenize = 'unicode61')")
    words = search_rules.indexed_words("我爱公", "园丁很好", "花", group_id=1, team_id=2, theme="parks")
    connection.execute("INSERT INTO post_search (rowid, words) VALUES (1, ?)", (words,))
    assert hits(connection, "公园") == []
    assert hits(connection, "园丁") == [1]


def test_a_search_keeps_to_its_group_team_and_theme() -> None:
    """R93."""
    connection = index("公园", "公园", "公园")
    assert hits(connection, "公园", group_id=2) == [2]
    assert hits(connection, "公园", group_id=4) == []
    assert hits(connection, "公园", theme="parks") == [1, 2, 3]
    assert hits(connection, "公园", theme="school") == []
    assert hits(connection, "公园", team_id=1) == []


def test_group_12_is_not_group_1() -> None:
    connection = index(*["公园"] * 12)
    assert hits(connection, "公园", group_id=1) == [1]
    assert hits(connection, "公园", group_id=12) == [12]


@pytest.mark.parametrize(
    "query", ['"', "'", "公园 OR 学校", "NOT 公园", "公*", "words:公园", "(公园", "公园)", "-公", "^公", "NEAR(公 园)"]
)
def test_operators_are_only_words(query: str) -> None:
    connection = index("公园", "OR 学校", "near 公 园")
    hits(connection, query) if search_rules.phrases(query) else None
    assert search_rules.match(search_rules.phrases("公*")) == '"公"'
    assert search_rules.match(search_rules.phrases("公园 OR 学校")) == '"公 园" AND "or" AND "学 校"'


def test_nobody_can_ask_for_the_marks_of_a_group() -> None:
    connection = index("公园")
    assert search_rules.phrases("\ue0011") == ("1",)
    assert hits(connection, "\ue0011") == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", None), ("   ", None), ("公", None), ("公园", None), ("a", None), ("公" * 60, None),
        ("公" * 61, "search_too_long"), ("？！", "search_no_words"), ("\u200b", "search_no_words"),
        ("😀", "search_no_words"),
    ],
)  # fmt: skip
def test_a_query_that_cannot_be_looked_for_is_told_why(query: str, code: str | None) -> None:
    problem = search_rules.trouble(query)
    assert (problem.code if problem else None) == code


def test_a_query_of_many_words_is_bounded() -> None:
    assert len(search_rules.phrases(" ".join("abcdefghijklmnop"))) == search_rules.MOST_PHRASES

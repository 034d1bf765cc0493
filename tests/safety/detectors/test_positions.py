"""Findings point into the text as it was written, whatever was written (R55 later masks exactly these places)."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfc_groups.safety.detectors import (
    MAX_LENGTH,
    Finding,
    Kind,
    Level,
    escalates,
    find_all,
    find_danger,
    find_known_names,
    find_personal,
    holds,
    normalise,
)

ODD = "①②③⑩１２３1️⃣\u200b\u200d\ufe0f\u202e幺壹一二三零〇 -.·　𠮷䶮é\u0301👨‍👩‍👧‍👦مرحبا\n<b>@qQvV微信我打加"
texts = st.text(alphabet=st.one_of(st.sampled_from(ODD), st.characters()), max_size=200)
"""Any characters, half surrogates among them."""

KEYCAPS = "".join(f"{digit}\ufe0f\u20e3" for digit in "13900001234")
WRITTEN = [
    "13900001234", "１３９００００１２３４", "139-0000-1234", "139 0000 1234", "①③⑨⓪⓪⓪⓪①②③④", "❶❸❾⓿⓿⓿⓿❶❷❸❹",
    "1\u200b3900001234", "一三九零零零零一二三四", "幺三九零零零零幺二三四", "壹叁玖零零零零壹贰叁肆", "𝟏𝟑𝟗𝟎𝟎𝟎𝟎𝟏𝟐𝟑𝟒",
    KEYCAPS,
    "1\u03323\u03329\u03320000\u03321234", "1·3·9·0·0·0·0·1·2·3·4", "13900001二三四", "139、0000、1234", "l39oooo1234",
    "1🌟3🌟9🌟0🌟0🌟0🌟0🌟1🌟2🌟3🌟4", "139然后0000最后1234", "+86 139 0000 1234", "⑴⑶⑼0000⑴⑵⑶⑷", "١٣٩٠٠٠٠١٢٣٤",
]  # fmt: skip
"""One mobile number in many ways."""


def covered(findings: tuple[Finding, ...]) -> set[int]:
    return {place for one in findings for place in range(one.start, one.end)}


def digit_count(text: str) -> int:
    return sum(unicodedata.numeric(sign, None) is not None for sign in text)


@given(texts)
@settings(max_examples=200, deadline=None)
def test_every_finding_lies_inside_the_text_and_findings_are_in_order(text: str) -> None:
    found = find_all(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


@given(texts)
@settings(max_examples=200, deadline=None)
def test_personal_findings_do_not_overlap_each_other(text: str) -> None:
    found = find_personal(text)
    assert all(one.end <= following.start for one, following in zip(found, found[1:], strict=False))


@given(texts)
@settings(max_examples=200, deadline=None)
def test_each_normalised_character_stands_for_a_place_of_the_original(text: str) -> None:
    page = normalise(text)
    for view in (page, page.tight, page.tight.joined, page.tight.solid):
        assert len(view.text) == len(view.starts) == len(view.ends)
        assert list(view.starts) == sorted(view.starts)
        for start, end in zip(view.starts, view.ends, strict=True):
            assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("text", ["\ud83d", "打我\udc00电话13900001234\ud83d", "\ud83d\udc27 1600024680"])
def test_half_characters_do_no_harm(text: str) -> None:
    assert all(one.end <= len(text) for one in find_all(text))


@given(texts)
@settings(max_examples=100, deadline=None)
def test_a_plain_copy_is_plain_already(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@pytest.mark.parametrize("number", WRITTEN)
def test_masking_what_was_found_leaves_no_digit(number: str) -> None:
    """R55: each digit is gone, with the signs that hang on it (keycap, zero width)."""
    text = f"打我妈妈的手机{number}，她在家"
    found = [one for one in find_personal(text) if one.kind is Kind.mobile]
    masked = "".join(sign for place, sign in enumerate(text) if place not in covered(tuple(found)))
    assert found
    assert digit_count(masked) == 0
    assert "\u20e3" not in masked


@given(
    st.text(alphabet="公园洗手台高矮。，", max_size=30),
    st.sampled_from(WRITTEN),
    st.text(alphabet="请打给我妈妈。", max_size=30),
)
@settings(max_examples=120, deadline=None)
def test_a_number_is_found_wherever_and_however_it_is_written(before: str, number: str, after: str) -> None:
    text = f"{before}，{number}，{after}"
    marks = [one for one in find_personal(text) if one.kind is Kind.mobile]
    start = len(before) + 1
    assert set(range(start, start + len(number))) <= covered(tuple(marks))


def test_a_mask_covers_traditional_and_rare_characters_where_they_stand() -> None:
    text = "𠮷𠮷說：我家電話是０５７１－８５００００１２，謝謝"
    (found,) = find_personal(text)
    assert (found.kind, text[found.start : found.end]) == (Kind.landline, "０５７１－８５００００１２")


@pytest.mark.parametrize(
    "text",
    [
        "公交1、3、5、7、9、11、13、15路都不到",
        "13 15 17 19 21 138路",
        "建议扶手做三种高度：120,130,140厘米，再高150",
        "要花13800000000元",
        "时间是7:10、7:25、7:40、8:05、18:30",
        "量了62、78、85、92、105、110、115、120",
        "2026年6月1日13:00",
        "一二三四五六七八九十一十二",
        "1.4142135623",
    ],
)
def test_lists_times_and_sums_are_no_numbers_of_a_person(text: str) -> None:
    assert not holds(find_personal(text))


def test_a_cry_for_help_and_a_number_are_both_told() -> None:
    """Neither hides the other: the number is masked, the officer called (R61, R62)."""
    found = find_all("加我微信lele_2014，别告诉你妈妈")
    assert holds(found) and escalates(found)
    assert {one.level for one in found} == {Level.HARD, Level.OFFICER}


@pytest.mark.parametrize("written", ["林一禾", "林 一 禾", "林\u200b一\u200b禾", "林·一·禾", "林一禾同学"])
def test_the_authors_own_name_is_a_hard_finding(written: str) -> None:
    """R3, R61: only the author's own name is given to the detector; nobody else's lies in memory."""
    text = f"我是{written}，我想要矮一点的洗手台。"
    hard = [one for one in find_personal(text, own_names=["林一禾"]) if one.level is Level.HARD]
    assert [one.kind for one in hard] == [Kind.own_name]
    assert not holds(find_personal("我想要矮一点的洗手台。", own_names=["林一禾"]))


def test_names_of_a_roster_are_found_by_fingerprint_alone() -> None:
    """The longest name wins; a name that is also a common word can be allowed."""
    roster = {"林一禾", "一禾", "高兴"}
    text = "我和林 一禾都很高兴"
    found = find_known_names(text, roster.__contains__)
    assert [text[one.start : one.end] for one in found] == ["林 一禾", "高兴"]
    assert all(one.kind is Kind.roster_name and one.level is Level.HARD for one in found)
    assert len(find_known_names(text, roster.__contains__, allowed=frozenset({"高兴"}))) == 1


@pytest.mark.parametrize("at", [0, MAX_LENGTH - 5, MAX_LENGTH, MAX_LENGTH * 2 - 310, 12_345])
def test_a_number_is_found_anywhere_in_a_long_text(at: int) -> None:
    filler = "公园里有很多树，也有很多小鸟。" * 1400
    text = f"{filler[:at]}，13900001234，{filler[at:]}"
    (found,) = (one for one in find_personal(text) if one.kind is Kind.mobile)
    assert text[found.start : found.end] == "13900001234"


def test_a_cry_for_help_is_found_anywhere_in_a_long_text() -> None:
    filler = "公园里有很多树，也有很多小鸟。" * 1400
    assert all(escalates(find_danger(f"{filler[:at]}我不想活了{filler[at:]}")) for at in (0, 1998, 9_999, 20_000))


@pytest.mark.parametrize(
    "piece", ["1", "1、", "一", "我家住在", "13900001234 ", "a.", "@", "加我", "\u200b", "打", "爸打我"]
)
def test_a_very_long_text_is_looked_through_in_bounded_pieces(piece: str) -> None:
    """20,000 characters cannot stall: the windows bound what any pattern sees; this ends, and ends inside the text."""
    text = (piece * 20_000)[:20_000]
    assert all(found.end <= len(text) for found in find_all(text))


def test_the_work_grows_with_the_length_only() -> None:
    """No window is longer than the bound, and together they are not much longer than the text."""
    from cfc_groups.safety.detectors import search

    for size in (MAX_LENGTH + 1, 20_000, 60_000):
        seen: list[int] = []
        list(search._in_windows(normalise("树" * size), lambda page, seen=seen: seen.append(len(page.text)) or ()))
        assert max(seen) <= MAX_LENGTH
        assert sum(seen) <= 1.3 * size + MAX_LENGTH

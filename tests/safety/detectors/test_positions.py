"""Findings point into the text as it was written, whatever was written (R55 later masks exactly these places)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfc_groups.safety.detectors import Kind, find_all, find_personal, normalise

ODD = "①②③１２３1️⃣\u200b\u200d\ufe0f幺壹一二三零〇 -.·　𠮷䶮é\u0301👨‍👩‍👧‍👦مرحبا\n<b>"
texts = st.text(alphabet=st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8")), max_size=200)


@given(texts)
@settings(max_examples=150, deadline=None)
def test_every_finding_lies_inside_the_text(text: str) -> None:
    for found in find_all(text):
        assert 0 <= found.start < found.end <= len(text)


@given(texts)
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_normalised(text: str) -> None:
    assert normalise(text) is not None


@given(
    st.text(alphabet="公园洗手台高矮。，", max_size=30),
    st.sampled_from(
        [
            "13900001234", "１３９００００１２３４", "139-0000-1234", "139 0000 1234", "①③⑨⓪⓪⓪⓪①②③④",
            "1\u200b3900001234", "一三九零零零零一二三四",
        ]
    ),
    st.text(alphabet="请打给我妈妈。", max_size=30),
)  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_a_number_is_found_wherever_and_however_it_is_written(before: str, number: str, after: str) -> None:
    text = f"{before}，{number}，{after}"
    marks = [one for one in find_personal(text) if one.kind is Kind.mobile]
    assert marks, text
    start = len(before) + 1
    covered = {place for one in marks for place in range(one.start, one.end)}
    assert set(range(start, start + len(number))) <= covered


@pytest.mark.parametrize("piece", ["1", "一", "我家住在", "13900001234 ", "a.", "@", "加我", "\u200b", "打"])
def test_a_very_long_text_is_looked_through_in_bounded_pieces(piece: str) -> None:
    """20,000 characters cannot stall: the windows bound what any pattern sees; this ends, and ends inside the text."""
    text = (piece * 20_000)[:20_000]
    assert all(found.end <= len(text) for found in find_all(text))

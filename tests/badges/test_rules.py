"""What a code says, which pictures are dealt, how a badge stands."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from math import perm

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfc_groups.access import AgeBand
from cfc_groups.badges import rules
from cfc_groups.badges.models import GRIDS, BadgeEnd, BadgeRow, BadgeState, ReadSecret
from cfc_groups.drawings import find_pin_picture

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TYPED = "K7QF2MXA9HT3WD8P"

BETWEEN = ["", " ", "-", "\u3000", "\uff0d", "--", " - ", "\t"]

codes = st.text(rules.LETTERS, min_size=16, max_size=16)
draws = st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}")


# Codes


def test_the_letters_of_a_code_cannot_be_taken_for_each_other() -> None:
    assert len(set(rules.LETTERS)) == 32, "five bits a character, 80 in all"
    assert not set("ILOU") & set(rules.LETTERS)


@given(codes, st.lists(st.sampled_from(BETWEEN), min_size=17, max_size=17))
def test_a_typed_code_is_read_however_it_is_written(code: str, between: list[str]) -> None:
    """Small letters, blanks, dashes, full-width characters: all the same code."""
    for written in (code, code.lower(), "".join(chr(ord(letter) + 0xFEE0) for letter in code)):
        spread = "".join(blank + letter for blank, letter in zip(between, written, strict=False)) + between[-1]
        assert rules.read_secret(spread) == ReadSecret(typed=code)


def test_letters_that_look_like_digits_are_forgiven() -> None:
    assert rules.read_secret("oO0I l1L Uu ABCDEFG") == ReadSecret(typed="0001111VVABCDEFG")


@given(st.text("ABCabc012_-", min_size=22, max_size=22).filter(lambda text: len(rules.fold_typed(text)) != 16))
def test_a_scanned_secret_is_read_alone_or_with_its_address(secret: str) -> None:
    assert rules.read_secret(secret) == ReadSecret(qr=secret)
    assert rules.read_secret(f" https://groups.example.org/sign-in/badge#{secret} ") == ReadSecret(qr=secret)


@pytest.mark.parametrize(
    "text",
    ["", "   ", TYPED[:15], TYPED + "A", "A" * 21, "A" * 23, "#", "小蜗牛的团员卡小蜗牛的团员卡小蜗", "🦊" * 16,
     "\u202e" + "A" * 15, "<script>alert(1)", "' OR 1=1 --AAAAAA", "A" * 10_000],
)  # fmt: skip
def test_anything_else_is_no_code(text: str) -> None:
    assert rules.read_secret(text) is None


def test_a_code_is_printed_in_four_groups_of_four() -> None:
    assert rules.in_fours(TYPED) == "K7QF 2MXA 9HT3 WD8P"


# Pictures


def test_children_up_to_eight_tap_three_pictures_and_older_ones_four() -> None:
    assert [rules.pictures_for(band) for band in (AgeBand.YOUNG, AgeBand.MIDDLE, AgeBand.OLDER)] == [3, 4, 4]
    assert rules.pictures_for(None) == 3


def test_a_finder_of_a_badge_hardly_ever_hits_the_pictures() -> None:
    """safety.md 5: 5 tries of 3 of 12 are 0.38 %, of 4 of 16 0.011 %; ten tries are all that anybody has (R80)."""
    assert (perm(12, 3), perm(16, 4)) == (1320, 43_680)
    assert rules.finders_chance(3, 5) == pytest.approx(5 / 1320)
    assert rules.finders_chance(4, 5) == pytest.approx(5 / 43_680)
    assert rules.finders_chance(3, 10) < 0.01
    assert rules.finders_chance(4, 10) < 0.0003


def test_every_picture_of_a_grid_is_drawn() -> None:
    assert {size: len(set(keys)) for size, keys in GRIDS.items()} == {3: 12, 4: 16}
    assert all(find_pin_picture(key) for keys in GRIDS.values() for key in keys)


@given(draws, st.sampled_from([3, 4]))
def test_three_different_rows_are_dealt_and_none_repeats_a_picture(draw: str, size: int) -> None:
    rows = rules.proposals(draw, size)
    assert len(set(rows)) == 3
    assert all(len(row) == size and rules.is_picture_pin(row) for row in rows)
    assert rows == rules.proposals(draw, size), "the same draw deals the same rows"


@pytest.mark.parametrize("size", [3, 4])
def test_no_picture_is_dealt_more_often_than_others(size: int) -> None:
    import random

    seeded, count = random.Random(4711), 4000
    dealt = Counter(
        (place, key)
        for _ in range(count)
        for row in rules.proposals(f"{seeded.getrandbits(256):064x}", size)
        for place, key in enumerate(row)
    )
    expected = 3 * count / len(GRIDS[size])
    assert len(dealt) == size * len(GRIDS[size])
    assert all(0.8 * expected < times < 1.2 * expected for times in dealt.values()), dealt


def test_rows_are_turned_when_chance_deals_the_same_one_twice() -> None:
    rows = rules.proposals("0", 3)
    assert len(set(rows)) == 3


def test_pictures_count_once_and_only_those_of_the_grid() -> None:
    keys = ["apple", "apple", "bell", "dragon", "", "fish", "apple"]
    assert rules.kept_pictures(keys, 3) == ("apple", "fish"), "the bell stands on the larger grid only"
    assert rules.kept_pictures(keys, 4) == ("apple", "bell", "fish")


@pytest.mark.parametrize(
    "keys", [(), ("apple",), ("apple", "fish"), ("apple", "apple", "fish"), ("apple", "fish", "bell"),
             ("apple", "fish", "dragon"), ("apple", "fish", "key", "bell", "star")],
)  # fmt: skip
def test_what_cannot_be_a_picture_pin(keys: tuple[str, ...]) -> None:
    assert not rules.is_picture_pin(keys)


# How a badge stands


def badge(**changed: object) -> BadgeRow:
    values: dict[str, object] = {
        "badge_id": 1, "issued_at": NOW - timedelta(days=1), "printed_at": NOW - timedelta(hours=1),
        "choose_until": NOW + timedelta(days=13), "ended_at": None, "ended_because": None, "has_codes": True,
    }  # fmt: skip
    return BadgeRow(**{**values, **changed})  # type: ignore[arg-type]


def ended(because: BadgeEnd) -> BadgeRow:
    return badge(ended_at=NOW, ended_because=because, has_codes=False)


@pytest.mark.parametrize(
    ("row", "has_pictures", "state"),
    [
        (None, False, BadgeState.MISSING),
        (None, True, BadgeState.MISSING),
        (badge(printed_at=None), False, BadgeState.UNPRINTED),
        (badge(printed_at=None), True, BadgeState.UNPRINTED),
        (badge(printed_at=None, has_codes=False), True, BadgeState.TOO_LATE),
        (badge(), False, BadgeState.HANDED_OUT),
        (badge(), True, BadgeState.IN_USE),
        (badge(has_codes=False), True, BadgeState.IN_USE),
        (badge(choose_until=NOW), False, BadgeState.HANDED_OUT),
        (badge(choose_until=NOW - timedelta(seconds=1)), False, BadgeState.TOO_LATE),
        (badge(choose_until=NOW - timedelta(days=300)), True, BadgeState.IN_USE),
        (ended(BadgeEnd.FAILURES), True, BadgeState.ASLEEP),
        (ended(BadgeEnd.LOST), True, BadgeState.LOST),
        (ended(BadgeEnd.EXPIRED), False, BadgeState.TOO_LATE),
        (ended(BadgeEnd.LEFT), True, BadgeState.MISSING),
        (ended(BadgeEnd.REISSUED), True, BadgeState.MISSING),
    ],
)
def test_how_it_stands_with_a_badge(row: BadgeRow | None, has_pictures: bool, state: BadgeState) -> None:
    assert rules.badge_state(row, has_pictures=has_pictures, now=NOW) is state


@pytest.mark.parametrize(
    ("row", "has_pictures", "printable"),
    [
        (None, False, False),
        (badge(printed_at=None), False, True),
        (badge(printed_at=NOW - timedelta(hours=24)), True, True),
        (badge(printed_at=NOW - timedelta(hours=24, seconds=1)), True, False),
        (badge(has_codes=False), True, False),
        (badge(choose_until=NOW - timedelta(seconds=1)), False, False),
        (badge(choose_until=NOW - timedelta(seconds=1)), True, True),
        (ended(BadgeEnd.LOST), True, False),
    ],
)
def test_the_same_badge_is_printed_for_a_day(row: BadgeRow | None, has_pictures: bool, printable: bool) -> None:
    assert rules.is_printable(row, has_pictures=has_pictures, now=NOW) is printable


@pytest.mark.parametrize(("seconds", "minutes"), [(1, 1), (30, 1), (60, 1), (61, 2), (900, 15), (3600, 60)])
def test_children_are_told_whole_minutes_never_too_few(seconds: int, minutes: int) -> None:
    assert rules.whole_minutes(seconds) == minutes


@pytest.mark.parametrize(
    ("hour", "part"), [(0, "morning"), (11, "morning"), (12, "afternoon"), (17, "afternoon"), (18, "evening")]
)
def test_the_parts_of_a_day(hour: int, part: str) -> None:
    assert rules.part_of_day(datetime(2026, 11, 23, hour, 59, tzinfo=UTC)) == part

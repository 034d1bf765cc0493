"""docs/safeguarding.md names every requirement once, and every file that it points to is there."""

from __future__ import annotations

import re

from tests.house.source import ROOT

PAGE = (ROOT / "docs" / "safeguarding.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| R(\d+) \|(.*)\|$", PAGE, re.MULTILINE)


def test_all_requirements_stand_there_in_order_with_source_and_place() -> None:
    assert [int(number) for number, _ in ROWS] == list(range(1, 110))
    for number, rest in ROWS:
        cells = [cell.strip() for cell in rest.split(" | ")]
        assert len(cells) == 3 and all(cells), f"R{number}"


def test_what_is_said_to_be_built_is_where_the_page_says() -> None:
    files = set(re.findall(r"`([\w./-]+/[\w./-]*)`", PAGE))
    assert len(files) > 40
    assert not [name for name in sorted(files) if not (ROOT / name).exists()]


def test_each_row_points_to_code_or_says_that_it_comes_later() -> None:
    vague = [number for number, rest in ROWS if "`" not in rest and "later" not in rest and "there is no" not in rest]
    assert not vague

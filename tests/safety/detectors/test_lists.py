"""The word lists: what a teacher writes into them is found, and a slip of the pen is noticed here."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from cfc_groups.safety.detectors import Kind, find_danger, normalise
from cfc_groups.safety.detectors.lists import read, spell_out, word_lists
from cfc_groups.safety.detectors.personal import patterns
from cfc_groups.safety.detectors.phrasebook import phrasebook

DANGER = read("danger")
LISTS = word_lists(DANGER["lists"])


def pieces() -> list[str]:
    texts = [*DANGER["signals"].values(), DANGER["harmless"]["phrases"]]
    return [part for text in texts for part in text.split() if part not in {"~", "..."}]


def test_choices_optional_words_and_lists_are_spelt_out() -> None:
    lists = {"family": ("爸", "妈")}
    assert spell_out("活着(没|没有)意思", lists) == ("活着没意思", "活着没有意思")
    assert spell_out("(很|)怕", lists) == ("很怕", "怕")
    assert spell_out("({family}|老师)打", lists) == ("爸打", "妈打", "老师打")
    with pytest.raises(KeyError):
        spell_out("{uncle}", lists)


def test_every_word_is_written_as_texts_are_normalised_else_it_could_never_be_found() -> None:
    words = {word for piece in pieces() for word in spell_out(piece, LISTS)}
    themes = (value for table in DANGER["together"] for name, value in table.items() if isinstance(value, str))
    words.update(word for value in themes for word in value.split())
    assert not [word for word in words if normalise(word).tight.solid.text != word]


def test_no_piece_grows_beyond_what_a_teacher_can_foresee() -> None:
    sizes = {piece: len(spell_out(piece, LISTS)) for piece in pieces()}
    assert max(sizes.values()) <= 800, max(sizes, key=sizes.__getitem__)
    assert "" not in {word for piece in pieces() for word in spell_out(piece, LISTS)}


def test_no_line_stands_twice_in_a_class() -> None:
    for kind, text in {**DANGER["signals"], "harmless": DANGER["harmless"]["phrases"]}.items():
        lines = text.strip().splitlines()
        assert len(lines) == len(set(lines)), (kind, [line for line in set(lines) if lines.count(line) > 1])


def test_every_class_of_danger_has_phrases_and_every_other_class_a_pattern() -> None:
    danger = {phrase.kind for group in phrasebook().signals.values() for phrase in group}
    personal = {pattern.kind for pattern in patterns().every}
    by_code = {Kind.landline, Kind.resident_id, Kind.bank_card, Kind.roster_name}
    assert danger | personal | by_code == set(Kind)
    assert not danger & personal


def test_traditional_characters_come_in_pairs() -> None:
    folder = Path(__file__).parents[3] / "cfc_groups/safety/detectors/lists"
    tables = tomllib.loads((folder / "characters.toml").read_text(encoding="utf-8"))["simplified"]
    pairs = [pair for table in tables.values() for pair in table.split()]
    assert all(len(pair) == 2 and pair[0] != pair[1] for pair in pairs)
    assert len({pair[0] for pair in pairs}) == len(pairs)


def test_a_phrase_stays_within_its_sentence_and_its_gaps() -> None:
    """A blank in a phrase is up to six other characters, three dots sixteen, never over a full stop."""
    assert find_danger("我每天都不想再活了")
    assert not find_danger("我不想去。活动取消了")
    assert find_danger("爸爸昨天晚上喝醉了，回来又打我")


def test_calming_words_cover_only_themselves() -> None:
    """A harmless word beside a cry for help does not drown it."""
    assert not find_danger("妈妈打我的电话手表")
    assert find_danger("妈妈打我的电话手表，爸爸用皮带抽我")
    assert find_danger("游戏里可以杀怪，可是我真的不想活了")

"""The phrases of `lists/danger.toml`, read and made ready to search with (R62)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import ahocorasick_rs

from .lists import read, spell_out, word_lists
from .models import Kind

_GAPS = {"~": 2, "...": 16}
_GAP = 6
_LONG_PINYIN = 5
_COMPACT = ahocorasick_rs.Implementation.ContiguousNFA


@dataclass(frozen=True, slots=True)
class Phrase:
    """Pieces in their order, by number, each with how many characters may lie before it. No kind: words that calm."""

    kind: Kind | None
    pieces: tuple[int, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """Themes of weaker words, each a piece: `at_least` of them near each other, all of `must` among them."""

    kind: Kind
    at_least: int
    themes: tuple[int, ...]
    must: frozenset[int]


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """A piece is a set of words. The machine finds all words at once; for each word its pieces are known."""

    machine: ahocorasick_rs.AhoCorasick
    pieces_of_word: tuple[tuple[int, ...], ...]
    latin_word: tuple[bool, ...]
    """Words that begin or end with a Latin letter or a digit and may not stand within a longer one."""
    harmless: Mapping[int, tuple[Phrase, ...]]
    signals: Mapping[int, tuple[Phrase, ...]]
    """Phrases by the piece that has the fewest words, so that few are looked at."""
    together: tuple[Gathering, ...]
    author: str
    """The word by which an author speaks of itself."""


@cache
def phrasebook() -> Phrasebook:
    """The phrases, made ready once a process at the first use. ValueError for a kind or list that is not there."""
    raw = read("danger")
    index = _Index(word_lists(raw["lists"]))
    harmless = list(index.phrases(None, raw["harmless"]["phrases"]))
    signals = [phrase for kind, text in raw["signals"].items() for phrase in index.phrases(Kind(kind), text)]
    together = tuple(index.gathering(table) for table in raw["together"])
    words = list(index.words)
    rarity = Counter(piece for pieces in index.words.values() for piece in pieces)
    return Phrasebook(
        machine=ahocorasick_rs.AhoCorasick(words, store_patterns=False, implementation=_COMPACT),
        pieces_of_word=tuple(map(tuple, index.words.values())),
        latin_word=tuple(_is_latin(word) for word in words),
        harmless=_by_rarest(harmless, rarity),
        signals=_by_rarest(signals, rarity),
        together=together,
        author=raw["author"],
    )


class _Index:
    """Numbers for pieces, and for each word the pieces that it belongs to."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self.lists = lists
        self.pieces: dict[str, int] = {}
        self.words: dict[str, list[int]] = {}

    def piece(self, name: str, words: Iterable[str]) -> int:
        if name not in self.pieces:
            number = self.pieces[name] = len(self.pieces)
            for word in words:
                self.words.setdefault(word, []).append(number)
        return self.pieces[name]

    def phrases(self, kind: Kind | None, text: str) -> Iterable[Phrase]:
        for line in text.splitlines():
            pieces: list[int] = []
            gaps: list[int] = []
            gap = _GAP
            for part in line.split():
                if part in _GAPS:
                    gap = _GAPS[part]
                    continue
                if pieces:
                    gaps.append(gap)
                pieces.append(self.piece(part, spell_out(part, self.lists)))
                gap = _GAP
            if pieces:
                yield Phrase(kind, tuple(pieces), tuple(gaps))

    def gathering(self, table: Mapping[str, Any]) -> Gathering:
        themes = {
            name: self.piece(f"{table['kind']} {name} {words}", words.split())
            for name, words in table.items()
            if name not in {"kind", "at_least", "must"}
        }
        must = frozenset(themes[name] for name in table["must"])
        return Gathering(Kind(table["kind"]), table["at_least"], tuple(themes.values()), must)


def _by_rarest(phrases: Iterable[Phrase], rarity: Mapping[int, int]) -> dict[int, tuple[Phrase, ...]]:
    groups: dict[int, list[Phrase]] = {}
    for phrase in phrases:
        groups.setdefault(min(phrase.pieces, key=rarity.__getitem__), []).append(phrase)
    return {piece: tuple(group) for piece, group in groups.items()}


def _is_latin(word: str) -> bool:
    """Whether a find must not lie within a longer Latin word. Long pinyin may: children write it without blanks."""
    if word.isascii() and len(word) >= _LONG_PINYIN:
        return False
    return any(edge.isascii() and edge.isalnum() for edge in (word[0], word[-1]))

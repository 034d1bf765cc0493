"""Signals of danger and of grooming (R62, R48): phrases of `lists/danger.toml`, found in one pass over the text.

A phrase is a row of pieces in their order; a blank between two pieces stands for up to six other characters, a tilde
for up to two, three dots for up to sixteen, never over the end of a sentence. All words of all pieces are looked for at once (Aho-Corasick), then
pieces are chained; both grow with the length of the text only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import ahocorasick_rs

from .lists import read, spell_out, word_lists
from .models import Finding, Kind, Level
from .normal import Normalised

_GAPS = {"~": 2, "...": 16}
_GAP = 6
_LONG_PINYIN = 5
_TOGETHER = 45
_SENTENCE_ENDS = frozenset("\n!?;\u3002")

Place = tuple[int, int]
"""Start and end of a word in the text."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Pieces in their order, each with how many characters may lie before it. No kind: words that calm."""

    kind: Kind | None
    pieces: tuple[str, ...]
    gaps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gathering:
    """Themes of weaker words: `at_least` of them near each other, beside the author's "I", are a signal too."""

    kind: Kind
    at_least: int
    themes: tuple[str, ...]
    """Each theme is a piece of its own."""
    must: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """All phrases by their first piece, and the search machine for the words of all pieces."""

    words: tuple[str, ...]
    pieces_of: tuple[tuple[str, ...], ...]
    """For each word the pieces that it belongs to."""
    harmless: Mapping[str, tuple[Phrase, ...]]
    signals: Mapping[str, tuple[Phrase, ...]]
    together: tuple[Gathering, ...]
    machine: ahocorasick_rs.AhoCorasick


def find_signals(page: Normalised) -> Iterator[Finding]:
    """Every signal in one window of a text, each with the span from its first to its last piece."""
    book, tight = phrasebook(), page.tight.solid
    places = _places(book, tight)
    calm = _covered(chain for _, chain in _chains(book.harmless, places, tight.text))
    if calm:
        places = {piece: [one for one in found if not _inside(one, calm)] for piece, found in places.items()}
    for phrase, chain in _chains(book.signals, places, tight.text):
        if phrase.kind is not None:
            yield Finding(phrase.kind, Level.OFFICER, *tight.span(chain[0][0], chain[-1][1]))
    for gathering in book.together:
        for start, end in _gathered(gathering, places):
            if _author() in tight.text[max(0, end - _TOGETHER) : start + _TOGETHER]:
                yield Finding(gathering.kind, Level.OFFICER, *tight.span(start, end))


def _places(book: Phrasebook, tight: Normalised) -> dict[str, list[Place]]:
    """Where each piece stands, by its end."""
    places: dict[str, list[Place]] = defaultdict(list)
    for word, start, end in book.machine.find_matches_as_indexes(tight.text, overlapping=True):
        if _is_whole(tight, start, end):
            for piece in book.pieces_of[word]:
                places[piece].append((start, end))
    return places


def _is_whole(tight: Normalised, start: int, end: int) -> bool:
    """False for letters within a longer Latin word; long pinyin may stand without blanks around it."""
    word = tight.text[start:end]
    if len(word) >= _LONG_PINYIN and word.isascii():
        return True
    return not (_within_word(tight, start) or _within_word(tight, end))


def _within_word(tight: Normalised, at: int) -> bool:
    """Whether a Latin word or a number goes on over the position `at`."""
    if not 0 < at < len(tight.text) or tight.ends[at - 1] != tight.starts[at]:
        return False
    across = tight.text[at - 1 : at + 1]
    return across.isascii() and across.isalnum()


def _chains(
    phrases: Mapping[str, tuple[Phrase, ...]], places: Mapping[str, list[Place]], text: str
) -> Iterator[tuple[Phrase, tuple[Place, ...]]]:
    """Every phrase whose pieces stand in the text in order and near enough, with the places of its pieces."""
    for first in list(places):
        for phrase in phrases.get(first, ()):
            if all(places.get(piece) for piece in phrase.pieces):
                for chain in _chain(phrase, places, text):
                    yield phrase, chain


def _chain(phrase: Phrase, places: Mapping[str, list[Place]], text: str) -> list[tuple[Place, ...]]:
    chains: list[tuple[Place, ...]] = [(place,) for place in places[phrase.pieces[0]]]
    for piece, gap in zip(phrase.pieces[1:], phrase.gaps, strict=True):
        ends = [chain[-1][1] for chain in chains]
        longer = []
        for start, end in places[piece]:
            nearest = bisect_right(ends, start) - 1
            if nearest < 0 or start - ends[nearest] > gap:
                continue
            if not _SENTENCE_ENDS.isdisjoint(text[ends[nearest] : start]):
                continue
            longer.append((*chains[nearest], (start, end)))
        chains = longer
    return chains


def _gathered(gathering: Gathering, places: Mapping[str, list[Place]]) -> Iterator[Place]:
    """Where words of enough themes stand near each other, each place once, from its first to its last word."""
    found = sorted((*place, theme) for theme in gathering.themes for place in places.get(theme, ()))
    count: Counter[str] = Counter()
    first = 0
    for start, end, theme in found:
        count[theme] += 1
        while end - found[first][0] > _TOGETHER:
            count[found[first][2]] -= 1
            first += 1
        present = {one for one, number in count.items() if number}
        if len(present) >= gathering.at_least and gathering.must <= present:
            yield found[first][0], end
            count.clear()
            first = found.index((start, end, theme)) + 1


def _covered(chains: Iterator[tuple[Place, ...]]) -> list[Place]:
    """The places of all pieces, joined where they touch or overlap, in their order."""
    joined: list[Place] = []
    for start, end in sorted(place for chain in chains for place in chain):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _inside(place: Place, covered: Sequence[Place]) -> bool:
    at = bisect_right(covered, place[0], key=lambda one: one[0]) - 1
    return at >= 0 and place[1] <= covered[at][1]


@cache
def _author() -> str:
    return str(read("danger")["author"])


@cache
def phrasebook() -> Phrasebook:
    """The phrases of `lists/danger.toml`, made ready once a process at the first use."""
    raw = read("danger")
    lists = word_lists(raw["lists"])
    signals = [
        phrase for kind, text in raw["signals"].items() for phrase in _phrases(Kind(kind), text)
    ]
    harmless = _phrases(None, raw["harmless"]["phrases"])
    together = [_gathering(table) for table in raw["together"]]
    pieces_of: dict[str, list[str]] = defaultdict(list)
    for piece in dict.fromkeys(piece for phrase in (*signals, *harmless) for piece in phrase.pieces):
        for word in spell_out(piece, lists):
            pieces_of[word].append(piece)
    for gathering in together:
        for theme in gathering.themes:
            for word in theme.split():
                pieces_of[word].append(theme)
    return Phrasebook(
        words=tuple(pieces_of),
        pieces_of=tuple(map(tuple, pieces_of.values())),
        harmless=_by_first(harmless),
        signals=_by_first(signals),
        together=tuple(together),
        machine=ahocorasick_rs.AhoCorasick(list(pieces_of), store_patterns=False),
    )


def _phrases(kind: Kind | None, text: str) -> list[Phrase]:
    phrases = []
    for line in text.splitlines():
        pieces: list[str] = []
        gaps: list[int] = []
        gap = _GAP
        for part in line.split():
            if part in _GAPS:
                gap = _GAPS[part]
                continue
            if pieces:
                gaps.append(gap)
            pieces.append(part)
            gap = _GAP
        if pieces:
            phrases.append(Phrase(kind, tuple(pieces), tuple(gaps)))
    return phrases


def _gathering(table: Mapping[str, Any]) -> Gathering:
    themes = tuple(words for name, words in table.items() if name not in {"kind", "at_least", "must"})
    must = frozenset(table[name] for name in table["must"])
    return Gathering(Kind(table["kind"]), table["at_least"], themes, must)


def _by_first(phrases: Sequence[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    groups: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        groups[phrase.pieces[0]].append(phrase)
    return {first: tuple(group) for first, group in groups.items()}

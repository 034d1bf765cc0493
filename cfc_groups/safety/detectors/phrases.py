"""Signals of danger and of grooming (R62, R48): the phrases of `lists/danger.toml` in a text.

A phrase is a row of pieces in their order; a blank between two pieces stands for up to six other characters, a tilde
for up to two, three dots for up to sixteen, never over the end of a sentence. All words of all pieces are found in one
pass (Aho-Corasick); only phrases all of whose pieces are there are looked at. The work grows with the text's length.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .models import Finding, Level
from .normal import Normalised
from .phrasebook import Gathering, Phrase, Phrasebook, phrasebook

_TOGETHER = 45
"""How near each other weaker words must stand, in characters."""
_SENTENCE_ENDS = frozenset("\n!?;\u3002")

Place = tuple[int, int]
"""Start and end of a word in the text."""


def find_signals(page: Normalised) -> Iterator[Finding]:
    """Every signal in one window of a text, each with the span from its first to its last piece."""
    book, solid = phrasebook(), page.tight.solid
    words = _Words(book, solid.text, _found(book, solid))
    calm = _covered(chain for _, chain in words.chains(book.harmless))
    if calm:
        words = words.without(calm)
    for phrase, chain in words.chains(book.signals):
        if phrase.kind is not None:
            yield Finding(phrase.kind, Level.OFFICER, *solid.span(chain[0][0], chain[-1][1]))
    for gathering in book.together:
        for start, end in words.gathered(gathering):
            if book.author in solid.text[max(0, end - _TOGETHER) : start + _TOGETHER]:
                yield Finding(gathering.kind, Level.OFFICER, *solid.span(start, end))


class _Words:
    """The words of the phrasebook that stand in a text, and what they make up."""

    def __init__(self, book: Phrasebook, text: str, found: dict[int, list[Place]]) -> None:
        self.book, self.text, self.found = book, text, found
        self.present = frozenset[int]().union(*(book.pieces_of_word[word] for word in found))

    def without(self, covered: Sequence[Place]) -> _Words:
        kept = {word: [one for one in places if not _inside(one, covered)] for word, places in self.found.items()}
        return _Words(self.book, self.text, {word: places for word, places in kept.items() if places})

    def chains(self, phrases: Mapping[int, tuple[Phrase, ...]]) -> Iterator[tuple[Phrase, tuple[Place, ...]]]:
        """The phrases whose pieces stand in the text in order and near enough, with the places of the pieces."""
        is_there = self.present.issuperset
        near = [phrases[piece] for piece in phrases.keys() & self.present]
        possible = [phrase for group in near for phrase in group if is_there(phrase.pieces)]
        places = self._places({piece for phrase in possible for piece in phrase.pieces})
        for phrase in possible:
            for chain in self._chained(phrase, places):
                yield phrase, chain

    def _places(self, pieces: set[int]) -> dict[int, list[Place]]:
        """Where the words of each piece stand, by their end."""
        places: dict[int, list[Place]] = {piece: [] for piece in pieces}
        for word, stands in self.found.items():
            for piece in pieces.intersection(self.book.pieces_of_word[word]):
                places[piece].extend(stands)
        for found in places.values():
            found.sort(key=_by_end)
        return places

    def _chained(self, phrase: Phrase, places: Mapping[int, list[Place]]) -> list[tuple[Place, ...]]:
        """For each end of a phrase the chain of pieces that comes nearest to it."""
        chains: list[tuple[Place, ...]] = [(place,) for place in places[phrase.pieces[0]]]
        for piece, gap in zip(phrase.pieces[1:], phrase.gaps, strict=True):
            ends = [chain[-1][1] for chain in chains]
            longer = []
            for start, end in places[piece]:
                nearest = bisect_right(ends, start) - 1
                if nearest < 0 or start - ends[nearest] > gap:
                    continue
                if _SENTENCE_ENDS.isdisjoint(self.text[ends[nearest] : start]):
                    longer.append((*chains[nearest], (start, end)))
            chains = longer
        return chains

    def gathered(self, gathering: Gathering) -> Iterator[Place]:
        """Where words of enough themes stand near each other: from the first to the last of them, no word twice."""
        present = [theme for theme in gathering.themes if theme in self.present]
        if len(present) < gathering.at_least or not gathering.must.issubset(present):
            return
        places = self._places(set(present))
        found = sorted((*place, theme) for theme in present for place in places[theme])
        near: Counter[int] = Counter()
        first = 0
        for last, (_, end, theme) in enumerate(found):
            near[theme] += 1
            while end - found[first][0] > _TOGETHER:
                near[found[first][2]] -= 1
                if not near[found[first][2]]:
                    del near[found[first][2]]
                first += 1
            if len(near) >= gathering.at_least and gathering.must <= near.keys():
                yield found[first][0], end
                near.clear()
                first = last + 1


def _found(book: Phrasebook, solid: Normalised) -> dict[int, list[Place]]:
    """Where each word stands."""
    found: dict[int, list[Place]] = {}
    for word, start, end in book.machine.find_matches_as_indexes(solid.text, overlapping=True):
        if not book.latin_word[word] or not (_within_word(solid, start) or _within_word(solid, end)):
            found.setdefault(word, []).append((start, end))
    return found


def _within_word(solid: Normalised, at: int) -> bool:
    """Whether a Latin word or a number goes on over the position `at`."""
    if not 0 < at < len(solid.text) or solid.ends[at - 1] != solid.starts[at]:
        return False
    across = solid.text[at - 1 : at + 1]
    return across.isascii() and across.isalnum()


def _covered(chains: Iterable[tuple[Place, ...]]) -> list[Place]:
    """The places of all pieces, joined where they touch or overlap, in their order."""
    joined: list[Place] = []
    for start, end in sorted({place for chain in chains for place in chain}):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _inside(place: Place, covered: Sequence[Place]) -> bool:
    at = bisect_right(covered, place[0], key=_start) - 1
    return at >= 0 and place[1] <= covered[at][1]


def _start(place: Place) -> int:
    return place[0]


def _by_end(place: Place) -> Place:
    return place[1], place[0]

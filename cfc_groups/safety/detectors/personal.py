"""Personal data in a text (R61): the expressions of `lists/patterns.toml` and the author's own name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import ahocorasick_rs

from .lists import read, word_lists
from .models import Finding, Kind, Level
from .normal import Normalised, normalise

_SLOT = re.compile(r"\{([a-z_]+)\}")
_REACH = 14
"""How many characters before a find are looked at by `and_before` and `not_after`."""
_COMPACT = ahocorasick_rs.Implementation.ContiguousNFA
_LETTER, _DIGIT = re.compile("[a-z]"), re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of `lists/patterns.toml`; its head says what the fields mean."""

    kind: Kind
    level: Level
    when: tuple[frozenset[str], ...]
    view: str
    find: tuple[re.Pattern[str], ...]
    and_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    not_like: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """All entries, and the machine that tells which lists have a word in a text."""

    every: tuple[Pattern, ...]
    machine: ahocorasick_rs.AhoCorasick
    lists_of_word: tuple[frozenset[str], ...]


def find_in_patterns(page: Normalised) -> Iterator[Finding]:
    """All that the patterns of the list find in one window of a text."""
    present = _present(page.tight)
    for pattern in patterns().every:
        if not any(names.isdisjoint(present) for names in pattern.when):
            base = page.tight.joined if pattern.view == "joined" else page.tight
            text = base.text if pattern.view != "digits" else base.digits
            for start, end in _places(pattern, text):
                yield Finding(pattern.kind, pattern.level, *base.span(start, end))


def _places(pattern: Pattern, text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what is to be covered, in one view of the text."""
    for find in pattern.find:
        mark = "mark" if "mark" in find.groupindex else 0
        for match in find.finditer(text):
            start, end = match.span(mark)
            if pattern.not_like and match[mark].startswith(pattern.not_like):
                continue
            before = text[max(0, match.start() - _REACH) : match.start()]
            if pattern.not_after and pattern.not_after.search(before):
                continue
            more = pattern.and_before.search(before) if pattern.and_before else None
            yield (start - len(more[0]) if more else start), end


def find_own_names(page: Normalised, own_names: Sequence[str]) -> Iterator[Finding]:
    """Each place where one of the author's real names stands in full."""
    for name in own_names:
        wanted = normalise(name).tight.text
        if len(wanted) < 2:
            continue
        at = page.tight.text.find(wanted)
        while at >= 0:
            yield Finding(Kind.own_name, Level.HARD, *page.tight.span(at, at + len(wanted)))
            at = page.tight.text.find(wanted, at + len(wanted))


def _present(tight: Normalised) -> set[str]:
    """The lists of which a word stands in the text."""
    ready = patterns()
    present: set[str] = set()
    for word in {found[0] for found in ready.machine.find_matches_as_indexes(tight.text, overlapping=True)}:
        present |= ready.lists_of_word[word]
    if _LETTER.search(tight.text):
        present.add("latin")
    if _DIGIT.search(tight.digits):
        present.add("digit")
    return present


@cache
def patterns() -> Patterns:
    """The patterns of `lists/patterns.toml`, compiled once a process at the first use."""
    raw = read("patterns")
    lists = word_lists(read("personal")["lists"])
    pieces = {name: _any_of(words) for name, words in lists.items()}
    parts: dict[str, str] = raw["parts"]
    every = tuple(_pattern(entry, lists, lambda text: _filled(text, pieces, parts)) for entry in raw["pattern"])
    wanted = {name for pattern in every for names in pattern.when for name in names} - {"latin", "digit"}
    lists_of: dict[str, set[str]] = {}
    for name in wanted:
        for word in lists[name]:
            lists_of.setdefault(word, set()).add(name)
    machine = ahocorasick_rs.AhoCorasick(list(lists_of), store_patterns=False, implementation=_COMPACT)
    return Patterns(every, machine, tuple(map(frozenset, lists_of.values())))


def _any_of(words: Sequence[str]) -> str:
    """An expression for one of the words, the longer first; single characters as one set, which is quicker."""
    single = "".join(re.escape(word) for word in words if len(word) == 1)
    longer = [re.escape(word) for word in sorted(words, key=len, reverse=True) if len(word) > 1]
    return "|".join([*longer, f"[{single}]"] if single else longer)


def _pattern(entry: dict[str, Any], lists: dict[str, tuple[str, ...]], fill: Callable[[str], str]) -> Pattern:
    def just_before(expression: str | None) -> re.Pattern[str] | None:
        return re.compile(f"(?:{fill(expression)})\\Z", re.VERBOSE) if expression else None

    return Pattern(
        kind=Kind(entry["kind"]),
        level=Level(entry["level"]),
        when=tuple(frozenset(names.split("|")) for names in entry["when"]),
        view=entry["view"],
        find=tuple(re.compile(fill(find), re.VERBOSE | re.MULTILINE) for find in entry["find"]),
        and_before=just_before(entry.get("and_before")),
        not_after=just_before(entry.get("not_after")),
        not_like=lists[entry["not_like"]] if "not_like" in entry else (),
    )


def _filled(expression: str, pieces: Mapping[str, str], parts: Mapping[str, str]) -> str:
    """`expression` with every {name} replaced; a part may use lists and other parts."""

    def piece(slot: re.Match[str]) -> str:
        name = slot[1]
        return pieces[name] if name in pieces else _filled(parts[name], pieces, parts)

    return _SLOT.sub(piece, expression)

"""The questions that the rest of the site asks a text: what in it is personal, what in it is a cry for help."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence

from .models import Finding, Kind, Level
from .normal import Normalised, normalise
from .numbers import find_numbers
from .personal import find_in_patterns, find_own_names
from .phrases import find_signals

MAX_LENGTH = 2000
"""A longer text is looked at in windows of so many characters (R61: 20,000 characters cannot stall)."""
_OVERLAP = 300
"""Characters that two windows share; no finding is longer than this, less the two edges."""
_EDGE = 20
"""What begins or ends so near a cut is left to the other window, which sees the words around it."""

_WEIGHT = {Level.OFFICER: 0, Level.HARD: 1, Level.SOFT: 2}
# Where classes claim the same characters: an address on the net and a number with a shape of its own are plainer than
# an account name; then the longer one.
_ORDER = {kind: place for place, kind in enumerate(dict.fromkeys((Kind.email, Kind.url, Kind.qq, *Kind)))}
_PLAIN = frozenset({Kind.email, Kind.url, Kind.mobile, Kind.landline, Kind.resident_id, Kind.bank_card})


def find_personal(text: str, *, own_names: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Personal data in `text` (R61), sorted by place, none overlapping another.

    `own_names` are the author's real names; one of them in full is a hard finding. Where two classes claim the same
    characters the harder one stays, then the longer one. Any string is taken; the work grows with its length only.
    """
    return _settled(_personal(normalise(text), own_names))


def find_danger(text: str) -> tuple[Finding, ...]:
    """Signals of danger and of grooming in `text` (R62), sorted by place, none overlapping another."""
    return _settled(_danger(normalise(text)))


def find_all(text: str, *, own_names: Sequence[str] = ()) -> tuple[Finding, ...]:
    """`find_personal` and `find_danger` together, sorted by place.

    A signal of danger may overlap a piece of personal data ("add me on …"): the one is masked, the other called out,
    and neither may hide the other.
    """
    page = normalise(text)
    found = (*_settled(_personal(page, own_names)), *_settled(_danger(page)))
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))


def find_known_names(
    text: str, is_known: Callable[[str], bool], *, allowed: frozenset[str] = frozenset()
) -> tuple[Finding, ...]:
    """Names of a roster in `text`, hard. Every run of 2 to 4 Chinese characters is put to `is_known`, which compares
    keyed fingerprints, so that no list of plain names is needed here. `allowed` are names that are also common words.
    """
    page = normalise(text).tight
    found = []
    for start in range(len(page.text)):
        for end in range(start + 2, min(start + 4, len(page.text)) + 1):
            word = page.text[start:end]
            if not all(_is_han(sign) for sign in word):
                break
            if word not in allowed and is_known(word):
                found.append(Finding(Kind.roster_name, Level.HARD, *page.span(start, end)))
    return _settled(found)


def holds(findings: Iterable[Finding]) -> bool:
    """Whether a text with these findings waits for a person before anything else (R61)."""
    return any(finding.level is Level.HARD for finding in findings)


def escalates(findings: Iterable[Finding]) -> bool:
    """Whether a text with these findings goes to the protection officers (R62)."""
    return any(finding.level is Level.OFFICER for finding in findings)


def _personal(page: Normalised, own_names: Sequence[str]) -> Iterator[Finding]:
    def look(window: Normalised) -> Iterator[Finding]:
        yield from find_own_names(window, own_names)
        yield from find_numbers(window)
        yield from find_in_patterns(window)

    return _in_windows(page, look)


def _danger(page: Normalised) -> Iterator[Finding]:
    return _in_windows(page, find_signals)


def _in_windows(page: Normalised, look: Callable[[Normalised], Iterable[Finding]]) -> Iterator[Finding]:
    """What `look` finds in each window, in positions of the original."""
    size = len(page.text)
    if size <= MAX_LENGTH:
        yield from look(page)
        return
    for start in range(0, size - _OVERLAP, MAX_LENGTH - _OVERLAP):
        end = min(start + MAX_LENGTH, size)
        low = page.starts[start + _EDGE] if start else 0
        high = page.ends[end - 1 - _EDGE] if end < size else page.ends[-1]
        for finding in look(page.window(start, end)):
            if low <= finding.start and finding.end <= high:
                yield finding


def _settled(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without overlaps, by place: the harder wins, then the plainer, the longer, the earlier."""
    ranked = sorted(set(found), key=_rank)
    kept: list[Finding] = []
    for finding in ranked:
        at = bisect(kept, finding.start, key=lambda one: one.start)
        clear_before = at == 0 or kept[at - 1].end <= finding.start
        if clear_before and (at == len(kept) or finding.end <= kept[at].start):
            kept.insert(at, finding)
    return tuple(kept)


def _rank(finding: Finding) -> tuple[int, bool, int, int, int]:
    length = finding.end - finding.start
    return _WEIGHT[finding.level], finding.kind not in _PLAIN, -length, finding.start, _ORDER[finding.kind]


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or "\U00020000" <= sign <= "\U0003ffff"

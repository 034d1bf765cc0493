"""What a nickname may not tell (R3): real name, school, class, long numbers, date of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from .lists import read, word_lists
from .models import Finding, Kind, Level
from .normal import Normalised, normalise
from .search import find_all

_TOO_MANY_DIGITS = 5


def find_in_nickname(nickname: str, *, real_name: str | None, school_names: Sequence[str] = ()) -> tuple[Finding, ...]:
    """What in `nickname` would lead to the child (R3), sorted by place; empty if it may be used.

    Looked for: the real name or a given name of two characters and more, words for a school, the names of the
    alliance's schools, a class, five digits and more (also apart from each other), a date of birth, and all that
    `find_all` finds hard or alarming. Findings may overlap.
    """
    page = normalise(nickname).tight
    own = () if real_name is None else (real_name,)
    found = {finding for finding in find_all(nickname, own_names=own) if finding.level is not Level.SOFT}
    found.update(_given_name(page, real_name or ""))
    found.update(_school(page, school_names))
    found.update(_digits(page))
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end)))


def _given_name(page: Normalised, real_name: str) -> Iterator[Finding]:
    name = normalise(real_name).tight.text
    for length in (2, 1):
        given = name[length:]
        if len(given) >= 2 and (length == 1 or name[:2] in _words("surname")):
            yield from _each(page, given, Kind.own_name)


def _school(page: Normalised, school_names: Sequence[str]) -> Iterator[Finding]:
    for word in (*_words("school"), *(normalise(name).tight.text for name in school_names)):
        if len(word) >= 2:
            yield from _each(page, word, Kind.school_class)
    for match in _class_or_date().finditer(page.digits):
        kind = Kind.birth_date if match["date"] else Kind.school_class
        yield Finding(kind, Level.HARD, *page.span(*match.span()))


def _digits(page: Normalised) -> Iterator[Finding]:
    places = [at for at, sign in enumerate(page.digits) if sign in "0123456789"]
    if len(places) >= _TOO_MANY_DIGITS:
        yield Finding(Kind.mobile, Level.HARD, *page.span(places[0], places[-1] + 1))


def _each(page: Normalised, word: str, kind: Kind) -> Iterator[Finding]:
    at = page.text.find(word)
    while at >= 0:
        yield Finding(kind, Level.HARD, *page.span(at, at + len(word)))
        at = page.text.find(word, at + 1)


@cache
def _words(name: str) -> tuple[str, ...]:
    raw = read("personal")["lists"] if name == "surname" else read("nicknames")["lists"]
    return word_lists(raw)[name]


@cache
def _class_or_date() -> re.Pattern[str]:
    return re.compile(read("nicknames")["pattern"]["class_or_date"], re.VERBOSE)

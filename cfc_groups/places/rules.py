"""What may be the name of a place, and how places are found again. Pure."""

from __future__ import annotations

import re
import unicodedata

from cfc_groups.errors import RuleBroken
from cfc_groups.places.models import HomeWords

MOST_SEARCHED = 40

_TONE_OR_MARK = re.compile(r"(?<=[a-z])[1-5]$|[^a-z0-9]")


def plain_name(name: str) -> str:
    """A name as it is kept: full-width letters and digits made half-width, blanks folded, else as typed."""
    half = "".join(unicodedata.normalize("NFKC", one) if _is_wide(one) else one for one in name)
    return " ".join(half.split())


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) == "F" and unicodedata.category(character)[0] in "LN"


def check_name(name: str, homes: HomeWords) -> None:
    """Raise RuleBroken beside the name unless it can be the name of a public place (R9)."""
    if not any(unicodedata.category(character)[0] in "LN" for character in name):
        raise RuleBroken("place_name_unreadable", field="name")
    if is_a_home(name, homes):
        raise RuleBroken("place_is_a_home", field="name")


def is_a_home(name: str, homes: HomeWords) -> bool:
    """Whether a name means somebody's home instead of a place of the city (R9)."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    bare = "".join(character for character in folded if unicodedata.category(character)[0] in "LN")
    if bare in homes.whole or any(word in bare for word in homes.inside):
        return True
    number = "[0-9" + "".join(homes.numerals) + "]"
    dwelling = "|".join(map(re.escape, sorted(homes.dwelling)))
    return re.search(f"{number}(?:{dwelling})(?:{number}|$)", bare) is not None


def search_words(name: str, key: str) -> str:
    """What a place is found by, for the search index: its characters, and its pinyin from each syllable on.

    `key` is the name's sort key, pinyin with tones and a blank between syllables. The syllables are joined from each
    one to the end, and so are their first letters, so that gongyuan and gy find the park of any name.
    """
    syllables = [bare for syllable in key.split() if (bare := _TONE_OR_MARK.sub("", syllable))]
    joined = ["".join(syllables[start:]) for start in range(len(syllables))]
    initials = ["".join(syllable[:1] for syllable in syllables[start:]) for start in range(len(syllables))]
    return " ".join([*(word for run in _runs(name) for word in run), *joined, *initials])


def search_match(text: str) -> str | None:
    """The full-text query for what somebody typed: characters in a row, letters and digits as beginnings.

    None when there is nothing in it that could be looked for.
    """
    parts = []
    for run in _runs(text[:MOST_SEARCHED]):
        phrase = " ".join(run)
        parts.append(f'"{phrase}"' if _is_character(phrase[0]) else f'"{phrase}"*')
    return " ".join(parts) or None


def _runs(text: str) -> list[list[str]]:
    """Runs of characters (one word each) and of letters or digits (one word together), in half width, lower case."""
    runs: list[list[str]] = []
    kind: str | None = None
    for character in unicodedata.normalize("NFKC", text).casefold():
        before, kind = kind, _kind(character)
        if kind is None:
            continue
        if kind != before:
            runs.append([character])
        elif kind == "character":
            runs[-1].append(character)
        else:
            runs[-1][0] += character
    return runs


def _kind(character: str) -> str | None:
    if _is_character(character):
        return "character"
    return "letter" if unicodedata.category(character)[0] in "LN" else None


def _is_character(character: str) -> bool:
    return unicodedata.category(character) == "Lo"

"""Sort keys of names: by pinyin, as Chinese lists are sorted; surnames read as surnames."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

_SURNAMES = Path(__file__).with_name("surnames.json")
_OTHER_LETTERS = re.compile("([\u2e80-\U0010ffff])")


@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """A key by which words sort: pinyin with tones, a blank between syllables, the rest in lower case."""
    return _pinyin(_plain(text))


@lru_cache(maxsize=4096)
def person_sort_key(name: str) -> str:
    """A key by which real names sort: like `sort_key`, with surnames read as surnames."""
    plain = _plain(name)
    for surname, reading in _surnames().items():
        if plain.startswith(surname):
            return f"{reading} {_pinyin(plain[len(surname) :])}".strip()
    return _pinyin(plain)


@lru_cache(maxsize=1)
def _surnames() -> dict[str, str]:
    """Surnames that are read otherwise than the same characters in words; those of two characters first."""
    lists: dict[str, dict[str, str]] = json.loads(_SURNAMES.read_text(encoding="utf-8"))
    return {**lists["two characters"], **lists["one character"]}


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _pinyin(text: str) -> str:
    """Character by character, each looked up once: a roster brings in twenty thousand nicknames of the same words."""
    parts = _OTHER_LETTERS.split(text)
    return " ".join(part if len(part) > 1 or part < "\u2e80" else _syllable(part) for part in parts if part)


@lru_cache(maxsize=8192)
def _syllable(character: str) -> str:
    # Its table of words would cost memory and time at the first name; single characters sort well enough.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, lazy_pinyin

    return " ".join(lazy_pinyin(character, style=Style.TONE3, neutral_tone_with_five=True))

"""Proposes a theme for a team by its name, from the words in theme_words.toml."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("theme_words.toml")
FALLBACK = "living"


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, str], ...]:
    """(word, theme), the longest words first: "校园生活" is about school although "生活" stands in it."""
    themes = tomllib.loads(_FILE.read_text(encoding="utf-8"))["theme"]
    pairs = [(_folded(word), theme["key"]) for theme in themes for word in theme["words"]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def guess_theme(team_name: str, *, among: frozenset[str] | None = None) -> str:
    """The key of the theme that a team's name speaks of; `living` when it speaks of none.

    `among`: the themes in use; others are never proposed.
    """
    name = _folded(team_name)
    for word, theme in _words():
        if word in name and (among is None or theme in among):
            return theme
    return FALLBACK if among is None or FALLBACK in among else min(among, default=FALLBACK)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace(" ", "")

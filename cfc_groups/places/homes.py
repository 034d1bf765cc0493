"""The list of ways to write "my home", read once from its file."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path

from cfc_groups.places.models import HomeWords


@functools.cache
def home_words() -> HomeWords:
    """The words of home_words.toml."""
    lists = tomllib.loads(Path(__file__).with_name("home_words.toml").read_text(encoding="utf-8"))
    return HomeWords(**{name: frozenset(words) for name, words in lists.items()})

"""Reading the word lists: plain TOML files that a teacher can read and add to.

An entry may hold a choice: ``活着(没|没有)意思`` stands for two words, ``(很|)怕`` for ``很怕`` and ``怕``, and
``{family}`` for each word of the list of that name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("lists")
_CHOICE = re.compile(r"\(([^()]*)\)|\{(\w+)\}")


@cache
def read(name: str) -> dict[str, Any]:
    """The content of `lists/<name>.toml`, read once a process."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def spell_out(entry: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Every word that an entry with choices stands for; KeyError for a list that is not there."""
    parts: list[tuple[str, ...]] = []
    after = 0
    for choice in _CHOICE.finditer(entry):
        parts.append((entry[after : choice.start()],))
        parts.append(lists[choice[2]] if choice[2] else _choices(choice[1], lists))
        after = choice.end()
    parts.append((entry[after:],))
    return tuple(dict.fromkeys("".join(words) for words in product(*parts)))


def _choices(text: str, lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for option in text.split("|") for word in spell_out(option, lists))


def word_lists(raw: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Named lists from text with words between blanks; a list may use the ones above it."""
    lists: dict[str, tuple[str, ...]] = {}
    for name, text in raw.items():
        words = (word for entry in text.split() for word in spell_out(entry, lists))
        lists[name] = tuple(dict.fromkeys(words))
    return lists

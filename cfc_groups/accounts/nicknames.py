"""Nicknames are dealt, not typed: a drawn animal and what it likes, nothing of a real name (R1, R3)."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import count
from pathlib import Path
from random import Random

_FILE = Path(__file__).with_name("words_for_nicknames.json")
_TRIES = 30


@lru_cache(maxsize=1)
def _word_lists() -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    lists = json.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(lists["how"]), tuple(lists["who"].items())


def deal_nickname(taken: set[str], rng: Random) -> tuple[str, str]:
    """A nickname that is not in `taken`, and the key of its avatar (cfc_groups.drawings.AVATARS).

    The caller adds it to `taken` before dealing the next one. When words run short a number is added.
    """
    hows, animals = _word_lists()
    plenty = 2 * len(taken) < len(hows) * len(animals)
    for attempt in count(0 if plenty else _TRIES):  # most pairs of words are gone: no use in trying them
        avatar, animal = rng.choice(animals)
        nickname = rng.choice(hows) + animal
        if attempt >= _TRIES:
            nickname += str(rng.randrange(2, 10 + attempt * 10))
        if nickname not in taken:
            return nickname, avatar
    raise AssertionError("count() does not end")

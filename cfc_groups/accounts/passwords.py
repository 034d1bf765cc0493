"""Passwords: what a good one is (R82), and how it is kept (Argon2id, 19 MiB, 2 passes, 1 lane).

Each hash takes 19 MiB and some 40 ms, so only a few are made at a time: forty people who sign in at once wait a
moment instead of filling the memory. Picture PINs (badges) are kept the same way.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST_ALONE = 15
SHORTEST_WITH_CODE = 8
LONGEST = 256
FEWEST_DIFFERENT = 5
AT_A_TIME = 2

_LIST = Path(__file__).with_name("common_passwords.txt")
_CONTEXT = Path(__file__).with_name("context_words.json")
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16)
_room = BoundedSemaphore(AT_A_TIME)

# Nobody knows what was hashed here: names that do not exist are checked against it, so that they take as long (R88).
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$kTrot70fUHKBjzIgOUpg2Q$nhuJxqKJbVrU3FtU0dvVnEOlqL1A64OnItbzpP+2DW8"  # noqa: S105


def hash_secret(secret: str) -> str:
    """The hash to keep of a password or a picture PIN."""
    with _room:
        return _HASHER.hash(_plain(secret))


def verify_secret(kept: str | None, secret: str) -> bool:
    """Whether a secret is the kept one. Exactly one hash is made, also for None (then the answer is False)."""
    with _room:
        try:
            _HASHER.verify(kept or NOBODY, _plain(secret))
        except (VerifyMismatchError, InvalidHashError):
            return False
    return kept is not None


def _plain(secret: str) -> str:
    # The same characters whichever keyboard typed them; nothing is cut off or trimmed.
    return unicodedata.normalize("NFKC", secret)


def password_problem(password: str, *, with_code: bool, context: Iterable[str] = ()) -> str | None:
    """Why a password is not good enough (a refusal's code), or None (R82).

    with_code: a code from the phone is asked besides, so eight characters are enough. context: names that a guesser
    would try first (own name, user name, school, alliance); what remains without them must be long enough by itself.
    """
    plain = _plain(password).casefold()
    if len(plain) < (SHORTEST_WITH_CODE if with_code else SHORTEST_ALONE):
        return "password_short_with_code" if with_code else "password_short"
    if len(plain) > LONGEST:
        return "password_long"
    if plain in _common() or plain.rstrip("0123456789!@#.") in _common():
        return "password_common"
    if len(set(plain)) < FEWEST_DIFFERENT or _is_a_row(plain):
        return "password_simple"
    if len(_without(plain, context)) < SHORTEST_WITH_CODE:
        return "password_has_names"
    return None


def context_words(*names: str) -> frozenset[str]:
    """What must not be the heart of a password: the names, with and without titles, and their pinyin."""
    lists = json.loads(_CONTEXT.read_text(encoding="utf-8"))
    words = set()
    for name in (*names, *lists["always"]):
        plain = _plain(name).casefold().strip()
        for title in lists["titles"]:
            words |= _spellings(plain.removesuffix(title))
        words |= _spellings(plain)
    return frozenset(word for word in words if len(word) >= (3 if word.isascii() else 2))


def _spellings(name: str) -> set[str]:
    from cfc_groups.accounts.names import sort_key

    pinyin = "".join(letter for letter in sort_key(name) if letter.isascii() and letter.isalpha())
    return {name, name.replace(" ", ""), pinyin}


def _without(plain: str, context: Iterable[str]) -> str:
    for word in sorted(context, key=len, reverse=True):
        plain = plain.replace(word, "")
    return plain


def _is_a_row(plain: str) -> bool:
    """Whether the characters only count up or down (12345678…, hgfedcba)."""
    steps = {ord(after) - ord(before) for before, after in zip(plain, plain[1:], strict=False)}
    return steps in ({1}, {-1})


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(_LIST.read_text(encoding="utf-8").splitlines())

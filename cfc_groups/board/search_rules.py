"""Chinese search without a dictionary: one Chinese character a token, Latin words whole, phrases exactly.

What is indexed and what is asked pass through the same door, so every run of Chinese characters of a text is found,
one character long or twenty. Nothing in a query is an operator: what is not a letter or a digit never gets through.

Who changes `tokens` also writes a migration step that fills the index anew: a row of the index can only be taken out
by the very words that were put in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from cfc_groups.errors import RuleBroken

LONGEST_QUERY = 60
MOST_PHRASES = 8

# Characters of the private use area are words to the index, but no query can hold them: they never pass `tokens`.
_BREAK = "\ue000"  # between sentences and between the parts of a post, so that no phrase reaches across
_GROUP = "\ue001"
_TEAM = "\ue002"
_THEME = "\ue003"

_ZERO_AND_REPEAT = "\u3007\u3005\u303b"  # Chinese characters that Unicode files under numbers and marks


def tokens(text: str) -> list[str]:
    """The words of a text, with a break wherever a sign stands between them; never raises, whatever the text."""
    found: list[str] = []
    word = ""
    for sign in unicodedata.normalize("NFKC", text).lower():
        category = unicodedata.category(sign)
        if category in ("Cf", "Mn", "Me"):
            continue  # what cannot be seen (zero width, directions, variation) parts nothing
        if category[0] in "LN" and not _stands_alone(sign, category):
            word += sign
            continue
        if word:
            found.append(word)
            word = ""
        if _stands_alone(sign, category):
            found.append(sign)
        elif category[0] != "Z" and sign not in "\n\t" and found and found[-1] != _BREAK:
            found.append(_BREAK)
    if word:
        found.append(word)
    while found and found[-1] == _BREAK:
        found.pop()
    return found


def _stands_alone(sign: str, category: str) -> bool:
    """Chinese, Japanese and Korean characters, and letters of scripts that put no spaces between words."""
    return category == "Lo" or sign in _ZERO_AND_REPEAT


def indexed_words(title: str, saw: str, wish: str, *, group_id: int, team_id: int | None, theme: str) -> str:
    """What the index keeps of a published post: marks of its group, team and theme, then its words."""
    marks = [f"{_GROUP}{group_id}", f"{_THEME}{_plain(theme)}"]
    if team_id is not None:
        marks.append(f"{_TEAM}{team_id}")
    parts = [" ".join(tokens(part)) for part in (title, saw, wish)]
    return f" {_BREAK} ".join([" ".join(marks), *parts])


def phrases(query: str) -> tuple[str, ...]:
    """What somebody typed, as phrases that must all occur; white space parts them. Never raises."""
    found = tuple(dict.fromkeys(" ".join(words) for part in query.split() if (words := tokens(part))))
    return found[:MOST_PHRASES]


def trouble(query: str) -> RuleBroken | None:
    """Why a query cannot be looked for: it is too long, or holds no letter, digit or Chinese character at all."""
    if len(query) > LONGEST_QUERY:
        return RuleBroken("search_too_long", field="q", most=LONGEST_QUERY)
    if query.strip() and not phrases(query):
        return RuleBroken("search_no_words", field="q")
    return None


def match(
    found: Iterable[str], *, group_id: int | None = None, team_id: int | None = None, theme: str | None = None
) -> str:
    """The FTS5 expression for phrases within a group, team or theme; every piece is quoted."""
    pieces = list(found)
    if group_id is not None:
        pieces.append(f"{_GROUP}{group_id}")
    if team_id is not None:
        pieces.append(f"{_TEAM}{team_id}")
    if theme is not None:
        pieces.append(f"{_THEME}{_plain(theme)}")
    return " AND ".join(f'"{piece}"' for piece in pieces)


def _plain(theme: str) -> str:
    return "".join(sign for sign in theme.lower() if sign.isalnum())

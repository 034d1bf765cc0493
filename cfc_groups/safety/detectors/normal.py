"""One plain form of a text to search in, and the way back to the characters that were written (R61, R55).

Full-width, circled and keycap digits become digits, traditional characters simplified ones, capitals small letters;
signs that cannot be seen (zero width, variation selectors, combining marks, directions) are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from .lists import read


@dataclass(frozen=True)
class Normalised:
    """`text` to search in; its character `i` stands for `original[starts[i]:ends[i]]`.

    A sign that was left out belongs to the character before it, so a mask over a keycap digit takes all of the digit.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The positions in the original for `text[start:end]`, which must not be empty."""
        return self.starts[start], self.ends[end - 1]

    @cached_property
    def tight(self) -> Normalised:
        """The same without blanks and small marks between Chinese characters, which children use to dodge a check.

        A blank between two Latin letters or digits stays: it parts words and numbers.
        """
        text = self.text
        return self._without({i for i in _loose_marks(text) if not _parts_words(text, i)})

    @cached_property
    def solid(self) -> Normalised:
        """The same without any blank, so that pinyin and English read as one word."""
        return self._without({found.start() for found in _BLANK.finditer(self.text)})

    @cached_property
    def digits(self) -> str:
        """`text` with Chinese numerals as digits, character for character, so positions are those of `text`.

        A single "one" after Latin digits stays: it begins the next word ("together", "at once", "always").
        """
        digits = self.text.translate(numerals())
        if not _DIGIT.search(self.text):
            return digits
        for one in _next_word().finditer(self.text):
            digits = digits[: one.end() - 1] + self.text[one.end() - 1] + digits[one.end() :]
        return digits

    @cached_property
    def joined(self) -> Normalised:
        """`digits` with the parts of a number or a code put together: 138-0000, E A0 12, one digit, a star, one digit.

        Numbers parted by a comma or the like stay apart, unless each is a single digit.
        """
        text = _LIKE_DIGITS.sub(lambda found: found[0].translate(_LETTER_DIGITS), self.digits)
        drop: set[int] = set()
        for gap in _BETWEEN.finditer(text):
            start, end = gap.span()
            lone = not text[start - 2 : start - 1].isdigit() and not text[end + 1 : end + 2].isdigit()
            if lone or not _LIST_MARKS.intersection(gap[0]):
                drop.update(range(start, end))
        return Normalised(text, self.starts, self.ends)._without(drop)

    def window(self, start: int, end: int) -> Normalised:
        """The part `text[start:end]`; its positions are still those of the whole original."""
        return Normalised(self.text[start:end], self.starts[start:end], self.ends[start:end])

    def _without(self, dropped: set[int]) -> Normalised:
        if not dropped:
            return self
        keep = [i for i in range(len(self.text)) if i not in dropped]
        return Normalised(
            "".join([self.text[i] for i in keep]),
            tuple([self.starts[i] for i in keep]),
            tuple([self.ends[i] for i in keep]),
        )


def normalise(text: str) -> Normalised:
    """The form of `text` that all detectors search in. Any string is taken, half surrogates too; linear in length."""
    plain = [_plain(sign) for sign in text]
    sizes = set(map(len, plain))
    if sizes <= {1}:
        size = len(text)
        return Normalised("".join(plain), tuple(range(size)), tuple(range(1, size + 1)))
    starts: list[int] = []
    ends: list[int] = []
    for i, letters in enumerate(plain):
        if not letters and ends:
            ends[-1] = i + 1
        starts.extend([i] * len(letters))
        ends.extend([i + 1] * len(letters))
    return Normalised("".join(plain), tuple(starts), tuple(ends))


@cache
def numerals() -> dict[int, str]:
    """Chinese numerals, by code point, and the digit each stands for."""
    return {ord(sign): digit for digit, signs in read("characters")["numerals"].items() for sign in signs}


@cache
def _next_word() -> re.Pattern[str]:
    some = "".join(map(chr, numerals()))
    one = next(chr(point) for point, digit in numerals().items() if digit == "1")
    return re.compile(rf"(?<=[0-9])[\s,]?{one}(?![0-9{some}])")


_LOOSE = frozenset(" \t\n.-_*~|^·•`'/\\=")
_MARK_OR_PICTURE = re.compile(f"[{re.escape(''.join(sorted(_LOOSE)))}\u2190-\u2bff\u3200-\u33ff\U0001f000-\U0001faff]")
_DIGIT = re.compile("[0-9]")
_BLANK = re.compile(r"[ \t]")
_LIST_MARKS = frozenset(",;/\u3001\n")
# The letters o, i, l in a number.
_LIKE_DIGITS = re.compile(
    r"(?<=[0-9])[oil]{1,3}(?=[0-9])|(?<=[0-9]{4})[oil]{1,2}(?![a-z0-9])|(?<![a-z])[oil](?=[0-9]{4})"
)
_LETTER_DIGITS = str.maketrans("oil", "011")
# Up to three marks before a digit and after a digit or a letter; a low line counts as a mark there.
_BETWEEN = re.compile(r"(?<=[0-9a-z])(?:[^\w\u3002!?:%$=<>@]{1,3}|_)(?=[0-9])")


def _loose_marks(text: str) -> Iterator[int]:
    """Where small marks and pictures stand; not the pictures that stand for a word."""
    for found in _MARK_OR_PICTURE.finditer(text):
        sign = found[0]
        if sign in _LOOSE or (unicodedata.category(sign) == "So" and sign not in _speaking()):
            yield found.start()


def _parts_words(text: str, i: int) -> bool:
    """Whether the loose mark at `i` ends a line or belongs to a Latin word, a number or an address."""
    before = text[i - 1] if i else ""
    after = text[i + 1] if i + 1 < len(text) else ""
    if text[i] in " \t":
        latin = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
        return latin and not (_stands_alone(text, i - 1) and _stands_alone(text, i + 1))
    return text[i] == "\n" or (before != "" and before.isascii()) or (after != "" and after.isascii())


def _stands_alone(text: str, i: int) -> bool:
    """Whether the sign at `i` is a word of one letter, as in a word spelt out with blanks."""
    beside = text[max(0, i - 1) : i] + text[i + 1 : i + 2]
    return not any(sign.isascii() and sign.isalnum() for sign in beside)


_ONE_DIGIT = frozenset(map(float, range(10)))


@lru_cache(maxsize=8192)
def _plain(sign: str) -> str:
    """What one written character becomes: nothing, itself, or several letters (⑩ is 10)."""
    if sign.isascii():
        return sign.lower() if sign.isprintable() or sign in "\n\t" else ""
    kept = [_letter(part) for part in unicodedata.normalize("NFKC", sign).lower()]
    return "".join(kept)


def _letter(part: str) -> str:
    category = unicodedata.category(part)
    if category == "Cs":
        return "\ufffd"
    if category == "Ll" and not part.isascii():
        return unicodedata.normalize("NFD", part)[0]  # pinyin with tones reads as without
    if category in {"Mn", "Me", "Cf", "Cc"} or part in _hidden():
        return ""
    if category[0] == "N" and ord(part) not in numerals() and unicodedata.numeric(part, -1.0) in _ONE_DIGIT:
        return str(int(unicodedata.numeric(part)))
    return _simplified().get(part, part)


@cache
def _hidden() -> str:
    return str(read("characters")["hidden"]["signs"])


@cache
def _speaking() -> str:
    return str(read("characters")["speaking"]["signs"])


@cache
def _simplified() -> dict[str, str]:
    tables = read("characters")["simplified"]
    return {pair[0]: pair[1] for table in tables.values() for pair in table.split()}

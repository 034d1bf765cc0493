"""Numbers that belong to a person: mobile and landline, resident id, bank card (R61).

A number is read as groups of digits with little between them ("139 0000 2345", "1-3-9-0", one digit a word). Groups are
put together from one to many and each sum is held against the four shapes, so the work grows with the length only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from stdnum import luhn
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from .lists import read, word_lists
from .models import Finding, Kind, Level
from .normal import Normalised, numerals

_MOBILE = re.compile(r"(?:0{0,2}86|0)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"0(?:10|2\d)\d{8}|0[3-9]\d\d\d{7,8}|0(?:10|2\d)\d{7}|(?:00)?86(?:10|2\d|[3-9]\d\d)\d{7,8}")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_DATE_LIKE = re.compile(r"(?:19|20)\d\d[01]\d[0-3]\d")
_LEADING_SIGNS = re.compile(r"(?:[+(]{1,2}|(?<![a-z])[gl][\s:-]{0,2})\Z")
_LIST_MARKS = frozenset(",;/\u3001\n")
# Up to three marks may part the digits of one number; not the end of a sentence, a time, a sum.
_MARKS = re.compile(r"(?:[^\w\u3002!?:%$\u00a5=<>]|_){0,3}")
_BEFORE, _AFTER = 16, 9
"""How far a keyword may stand from its number."""
_SHORTEST, _LONGEST = 7, 19
_WIDEST = 8


class _Group(NamedTuple):
    """Digits that touch each other; `gap` is what parts them from the ones before, None if that is too much."""

    start: int
    end: int
    digits: str
    gap: str | None


class _Number(NamedTuple):
    """Groups read as one number: the sizes of its parts, the marks between them, and whether words join them."""

    start: int
    end: int
    digits: str
    sizes: tuple[int, ...]
    marks: str
    spoken: bool


def find_numbers(page: Normalised) -> Iterator[Finding]:
    """Every number of a person in one window of a text; the longest reading from each place wins."""
    if len(_any_digit().findall(page.text)) < _SHORTEST:
        return
    groups = _groups(page.text)
    first = 0
    while first < len(groups):
        taken = first + 1
        if len(groups[first].digits) < _SHORTEST and taken < len(groups) and groups[taken].gap is None:
            first = taken  # alone and too short, as most numbers are
            continue
        for last, number in reversed(list(_sums(groups, first))):
            kind = _kind(page.text, number)
            if kind:
                yield Finding(kind, Level.HARD, *page.span(*_with_signs(page.text, number)))
                taken = last + 1
                break
        first = taken


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return word_lists(read("personal")["lists"])


@cache
def _any_digit() -> re.Pattern[str]:
    return re.compile(f"[0-9oil{''.join(map(chr, numerals()))}]")


@cache
def _digit_run() -> re.Pattern[str]:
    chinese = "".join(map(chr, numerals()))
    return re.compile(rf"[0-9]+|[{chinese}]+|(?<=[0-9])[oil]{{1,4}}(?![a-z])|(?<![a-z])[oil]{{1,4}}(?=[0-9])")


@cache
def _as_digits() -> dict[int, str]:
    return {**numerals(), ord("o"): "0", ord("i"): "1", ord("l"): "1"}


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []

    def add(start: int, end: int, digits: str) -> None:
        gap = text[groups[-1].end : start] if groups else None
        groups.append(_Group(start, end, digits, gap if gap is None or _may_join(gap) else None))

    for run in _digit_run().finditer(text):
        start, end = run.span()
        digits = run[0] if run[0].isascii() and run[0].isdigit() else run[0].translate(_as_digits())
        if digits[-1] == "1" and len(digits) > 1 and not run[0].isascii() and text[end : end + 1].isalpha():
            # The numeral "one" may begin the next word ("together", "at once"): it can be taken or left.
            add(start, end - 1, digits[:-1])
            start, digits = end - 1, "1"
        add(start, end, digits)
    return groups


def _sums(groups: Sequence[_Group], first: int) -> Iterator[tuple[int, _Number]]:
    """Groups from `first` on, joined one by one while they may be one number; with the index of the last."""
    start, digits, sizes, marks, spoken = groups[first].start, "", [0], "", False
    for last in range(first, len(groups)):
        group = groups[last]
        if last > first:
            if group.gap is None:
                return
            if group.gap:
                sizes.append(0)
                marks += group.gap
                spoken = spoken or any(map(str.isalpha, group.gap))
        digits += group.digits
        sizes[-1] += len(group.digits)
        if len(digits) > _LONGEST:
            return
        if len(digits) >= _SHORTEST:
            yield last, _Number(start, group.end, digits, tuple(sizes), marks, spoken)


def _may_join(gap: str) -> bool:
    """Whether the digits before and after these characters may belong to one number."""
    if _MARKS.fullmatch(gap):
        return True
    return len(gap) <= _WIDEST and gap.strip(" ,.\u3001") in _words()["joining"]


def _kind(text: str, number: _Number) -> Kind | None:
    digits = number.digits
    if len(digits) >= 15 and not digits.startswith("0086"):
        return _identity_or_card(text, number)
    if _MOBILE.fullmatch(digits):
        if text.startswith(_words()["amounts"], number.end):
            return None
        return Kind.mobile if _looks_dialled(text, number) else None
    if _LANDLINE.fullmatch(digits):
        return Kind.landline if _looks_dialled(text, number) else None
    if _LOCAL.fullmatch(digits) and not _DATE_LIKE.fullmatch(digits):
        before = text[max(0, number.start - 8) : number.start]
        return Kind.landline if _any_word(before, "home_phone") and _parts_of_local(number) else None
    return None


def _identity_or_card(text: str, number: _Number) -> Kind | None:
    digits = number.digits
    near = _near(text, number)
    check = len(digits) == 17 and text[number.end : number.end + 3].strip(" -")[:1] in {"x", "\u00d7"}
    lettered = text[number.start - 1 : number.start] in {"g", "l"}
    if (len(digits) == 18 or check) and (_has_birth_date(digits) or lettered):
        return Kind.resident_id
    if _any_word(near, "identity") and (len(digits) <= 18):
        return Kind.resident_id
    if _any_word(near, "card"):
        return Kind.bank_card
    if len(digits) < 16 or not _looks_printed(number):
        return None
    if digits.startswith("62"):
        return Kind.bank_card
    if digits[0] in "34569" and luhn.is_valid(digits) and not _any_word(near, "many_digits"):
        return Kind.bank_card
    return None


def _looks_printed(number: _Number) -> bool:
    """Whether the parts are of one length, as on a card (the last may be shorter), and not a list of counts."""
    sizes = number.sizes
    if len(sizes) == 1 or set(sizes) == {1}:
        return True
    return not _LIST_MARKS.intersection(number.marks) and len(set(sizes[:-1])) == 1 and sizes[-1] <= sizes[0]


def _has_birth_date(digits: str) -> bool:
    try:
        return digits[0] in "12345678" and 1900 <= ric.get_birth_date(digits).year < 2100
    except ValidationError:
        return False


def _looks_dialled(text: str, number: _Number) -> bool:
    """Whether the parts are those of one number, not of a list such as bus lines or times."""
    sizes = number.sizes
    if sizes[-1] == 1 and sizes.count(1) < 3:
        return False  # the last digit is rather the numeral of the next word
    if len(sizes) == 1 or set(sizes) == {1} or number.spoken or _any_word(_near(text, number), "phone"):
        return True
    if _LIST_MARKS.intersection(number.marks):
        return min(sizes) >= 3
    if len(sizes) == 2 and number.marks == ".":
        return sizes[0] in {3, 4, 7}
    return max(sizes) >= 4 or 1 in sizes or not _rises(number)


def _parts_of_local(number: _Number) -> bool:
    return number.sizes in {(7,), (8,), (3, 4), (4, 4)} or set(number.sizes) == {1}


def _rises(number: _Number) -> bool:
    """Whether the parts are numbers in rising order, as in a list of lines."""
    values, after = [], 0
    for size in number.sizes:
        values.append(int(number.digits[after : after + size]))
        after += size
    return values == sorted(values)


def _with_signs(text: str, number: _Number) -> tuple[int, int]:
    """The number with what belongs to it: a leading plus or bracket, the letter of a pupil's number, a check letter."""
    start, end = number.start, number.end
    signs = _LEADING_SIGNS.search(text, max(0, start - 4), start)
    if signs:
        start = signs.start()
    check = re.compile(r"[\s-]?[x\u00d7]").match(text, end)
    if check and len(number.digits) == 17:
        end = check.end()
    return start, end


def _near(text: str, number: _Number) -> str:
    return text[max(0, number.start - _BEFORE) : number.start] + "\n" + text[number.end : number.end + _AFTER]


def _any_word(text: str, words: str) -> bool:
    return any(word in text for word in _words()[words])

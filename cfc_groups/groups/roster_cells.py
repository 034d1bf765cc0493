"""One cell of a roster: what it says in its one way of writing, or what is wrong with it.

Every `read_…` takes whatever a table file can hold and never raises. A reading that is read again comes out
the same.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from cfc_groups.groups.roster_models import TroubleCode
from cfc_groups.tables.models import Cell

VOCABULARY: Mapping[str, Any] = tomllib.loads(
    Path(__file__).with_name("roster_vocabulary.toml").read_text(encoding="utf-8")
)

YOUNGEST, OLDEST = 6, 15
NAME_LENGTHS = (2, 20)
NUMBER_LENGTH = 32
TEAM_LENGTH = 20
RELATION_LENGTH = 10
EMAIL_LENGTH = 254
SHOWN_LENGTH = 40
_SPREADSHEET_DAY_ZERO = date(1899, 12, 30)
_SPREADSHEET_DAYS = range(20_000, 80_000)  # 1954 to 2119

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_SPACE_BESIDE_HAN = re.compile(f"(?<=[{_HAN}\u00b7]) | (?=[{_HAN}\u00b7])")
_DOT_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])[.\u2022\u2027\u2219\u22c5\u30fb](?=[{_HAN}])")
_COMMON_NAME = re.compile("[\u4e00-\u9fff]{2,20}")
_INNER_MARKS = frozenset("\u00b7'-. ")  # the dot of Uyghur names, and what Latin names hold
_COMMON = r"[!-~\u3400-\u4dbf\u4e00-\u9fff]"
# Most cells: printed ASCII and common Chinese characters with single blanks between; nothing to do on them.
_SETTLED_ALREADY = re.compile(f"(?:{_COMMON}+(?: {_COMMON}+)*)?")
_ZERO_AS_HAN = "\u3007"
_MARKUP = frozenset("<>")

# A resident id card number, also inside a national student number ("G" + id number): never stored (R25).
_ID_CARD = re.compile(r"\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
_ID_CARD_LENGTH = 18
_SHORTENED = re.compile(r"\d(?:\.\d+)?[Ee]\+\d+")
_NUMBER = re.compile(r"[\w\-./#]*[^\W_][\w\-./#]*")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc", "-") | {"\u3002": "."})
_YEAR, _MONTH, _DAY = (VOCABULARY["dates"][part] for part in ("year", "month", "day"))
_BIRTH = re.compile(
    rf"(?P<year>\d{{4}}) ?[-/.{_YEAR} ] ?(?P<month>\d{{1,2}})"
    rf"(?: ?{_MONTH}| ?[-/.{_MONTH} ] ?(?P<day>\d{{1,2}}) ?[{_DAY}]?)?"
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_LOST_ZERO = re.compile(r"\d{4}\.1")
_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9]\d{9})")
_SEVERAL_MOBILES = re.compile(r"1[3-9]\d{9}\D+(?:\+?86\D*)?1[3-9]\d{9}")
_LANDLINE = re.compile(
    r"(?P<country>(?:\+|00)86)?(?P<zero>0?)"
    r"(?:(?P<big>10|2\d)(?P<eight>[2-9]\d{7})|(?P<area>[3-9]\d{2})(?P<line>[2-9]\d{6,7}))"
)
_PHONE_FILLING = re.compile(r"[ \-().]")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


class Reading(NamedTuple):
    """`text` is the cell in its one way of writing; with a trouble it is only fit to be shown.

    A named tuple, as eight are made for every row of a large roster.
    """

    text: str
    trouble: TroubleCode | None = None
    facts: Mapping[str, str] = MappingProxyType({})


def plain_text(value: Cell) -> str:
    """A cell as text: NFKC, no invisible characters, single blanks, no ".0" on whole numbers, dates as ISO.

    An apostrophe that our own downloads put before `= + - @` (R11) is taken off again.
    """
    text = value if isinstance(value, str) else _typed_text(value)
    if not _SETTLED_ALREADY.fullmatch(text):
        text = _settled(text)
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _typed_text(value: int | float | date | None) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.year:04}-{value.month:02}-{value.day:02}"
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 1e20
        return str(int(value)) if whole else repr(value)
    return str(value) if abs(value) < 10**20 else "#" * 20


def _settled(text: str) -> str:
    # Taking an invisible character out may let two others join, so go on until nothing changes.
    for _ in range(6):
        visible = "".join(character for character in text if not _invisible(character))
        after = " ".join(unicodedata.normalize("NFKC", visible).split())
        if after == text:
            break
        text = after
    return text


def _invisible(character: str) -> bool:
    """Zero-width, direction marks, soft hyphens, and variants of a character's drawing."""
    return (
        unicodedata.category(character) == "Cf"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def shown(text: str) -> str:
    """Fit to be quoted: short, printable, an id card number masked to its first three digits."""
    masked = _ID_CARD.sub(lambda found: found[0][:3] + "***", text)
    printable = "".join(character if character.isprintable() else "\ufffd" for character in masked)
    return printable if len(printable) <= SHOWN_LENGTH else printable[: SHOWN_LENGTH - 1] + "\u2026"


def team_key(text: str) -> str:
    """Two team names with the same key are one team."""
    return plain_text(text).replace(" ", "").casefold()


def read_member_number(value: Cell) -> Reading:
    text = plain_text(plain_text(value).replace(" ", "").upper())
    trouble = _common_trouble(text, NUMBER_LENGTH)
    if trouble is not None:
        return trouble
    if not _NUMBER.fullmatch(text):
        return Reading(text, TroubleCode.NUMBER_CHARACTERS)
    return Reading(text)


def read_person_name(value: Cell) -> Reading:
    """A child's or guardian's name of 2 to 20 characters of any script; blanks inside Chinese names go."""
    if isinstance(value, str) and _COMMON_NAME.fullmatch(value):
        return Reading(value)
    text = _DOT_BETWEEN_HAN.sub("\u00b7", _SPACE_BESIDE_HAN.sub("", plain_text(value)))
    shortest, longest = NAME_LENGTHS
    trouble = _common_trouble(text, longest)
    if trouble is not None:
        return trouble
    odd = [character for character in text if not _fits_a_name(character)]
    if any(unicodedata.category(character) == "Nd" for character in odd):
        return Reading(text, TroubleCode.NAME_DIGITS)
    if any(unicodedata.category(character) == "Co" for character in odd):
        return Reading(text, TroubleCode.NAME_PRIVATE)
    marks = sum(unicodedata.category(character).startswith("M") for character in text)
    if odd or text[0] in _INNER_MARKS or text[-1] in _INNER_MARKS or 2 * marks > len(text):
        found = "".join(dict.fromkeys(odd)) or text
        return Reading(text, TroubleCode.NAME_CHARACTERS, {"characters": shown(found)})
    if len(text) < shortest:
        return Reading(text, TroubleCode.NAME_LENGTH, {"limit": str(shortest)})
    return Reading(text)


def _fits_a_name(character: str) -> bool:
    # Characters younger than this Python's tables have no category yet, so Chinese is told by its range.
    if _HAN_CHARACTER.fullmatch(character):
        return unicodedata.category(character)[0] in "LC" or character == _ZERO_AS_HAN
    return unicodedata.category(character)[0] in "LM" or character in _INNER_MARKS


def read_birth_month(value: Cell, today: date) -> Reading:
    """YYYY-MM of a child of 6 to 15; the day, if one was typed, is forgotten here (R25).

    As the day is not known, a child counts as old enough in the whole month of the sixth birthday, and as not
    too old in the whole month of the sixteenth. `today` is the date in the site's time zone.
    """
    text = plain_text(value).translate(_DASHES)
    trouble = _common_trouble(text, SHOWN_LENGTH)
    if trouble is not None:
        return trouble
    if _LOST_ZERO.fullmatch(text):
        return Reading(text, TroubleCode.BIRTH_JANUARY_OR_OCTOBER, {"year": text[:4]})
    year, month = _year_and_month(text)
    if year is None or month is None or not 1900 <= year <= 2200:
        return Reading(text, TroubleCode.BIRTH_UNCLEAR)
    if not 1 <= month <= 12:
        return Reading(text, TroubleCode.BIRTH_NO_SUCH_MONTH, {"month": str(month)})
    return _age_checked(year, month, today)


def _year_and_month(text: str) -> tuple[int | None, int | None]:
    if text.isascii() and text.isdigit():
        return _year_and_month_of_digits(text)
    found = _BIRTH.fullmatch(text)
    if found is None or (found["day"] is not None and not 1 <= int(found["day"]) <= 31):
        return None, None
    return int(found["year"]), int(found["month"])


def _year_and_month_of_digits(digits: str) -> tuple[int | None, int | None]:
    """201403, 20140315, or the day number that a spreadsheet shows when a date lost its format (41699)."""
    if len(digits) in (6, 8):
        return int(digits[:4]), int(digits[4:6])
    if len(digits) == 5 and int(digits) in _SPREADSHEET_DAYS:
        day = _SPREADSHEET_DAY_ZERO + timedelta(days=int(digits))
        return day.year, day.month
    return None, None


def _age_checked(year: int, month: int, today: date) -> Reading:
    text = f"{year:04}-{month:02}"
    months = (today.year - year) * 12 + today.month - month
    if months < 0:
        return Reading(text, TroubleCode.BIRTH_IN_FUTURE)
    ages = {"age": str(months // 12), "youngest": str(YOUNGEST), "oldest": str(OLDEST)}
    if months < YOUNGEST * 12:
        return Reading(text, TroubleCode.TOO_YOUNG, ages)
    if months > (OLDEST + 1) * 12:
        return Reading(text, TroubleCode.TOO_OLD, ages)
    return Reading(text)


def read_team(value: Cell) -> Reading:
    """The team's name as written, without blanks beside Chinese. Whether there is one is not asked."""
    text = _SPACE_BESIDE_HAN.sub("", plain_text(value))
    return _common_trouble(text, TEAM_LENGTH) or Reading(text)


def read_relation(value: Cell) -> Reading:
    text = plain_text(value).replace(" ", "")
    if not text:
        return Reading("")
    trouble = _common_trouble(text, RELATION_LENGTH)
    if trouble is not None:
        return trouble
    fits = all(character == "/" or _fits_a_name(character) for character in text)
    return Reading(text) if fits else Reading(text, TroubleCode.RELATION_ODD)


def read_phone(value: Cell) -> Reading:
    """A mobile number of the mainland as 11 digits, or a landline as area code, hyphen, number."""
    text = plain_text(value).translate(_DASHES)
    trouble = _common_trouble(text, SHOWN_LENGTH)
    if trouble is not None:
        return trouble
    digits = _PHONE_FILLING.sub("", text)
    mobile = _MOBILE.fullmatch(digits)
    if mobile:
        return Reading(mobile[1])
    landline = _LANDLINE.fullmatch(digits)
    if landline and (landline["zero"] or landline["country"]):
        return Reading(f"0{landline['big'] or landline['area']}-{landline['eight'] or landline['line']}")
    several = _SEVERAL_MOBILES.search(text)
    return Reading(text, TroubleCode.PHONE_SEVERAL if several else TroubleCode.PHONE_ODD)


def read_email(value: Cell) -> Reading:
    text = plain_text(value)
    if not text:
        return Reading("")
    trouble = _common_trouble(text, EMAIL_LENGTH)
    if trouble is not None:
        return trouble
    return Reading(text) if _EMAIL.fullmatch(text) else Reading(text, TroubleCode.EMAIL_ODD)


def _common_trouble(text: str, longest: int) -> Reading | None:
    """What is wrong with a cell in whatever column it stands."""
    if not text:
        return Reading("", TroubleCode.CELL_EMPTY)
    if len(text) >= _ID_CARD_LENGTH and _ID_CARD.search(text.replace(" ", "").replace("-", "")):
        return Reading(text[:3] + "***", TroubleCode.CELL_ID_CARD)
    if not text.isprintable() and any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
        return Reading(text, TroubleCode.CELL_CONTROL)
    if not _MARKUP.isdisjoint(text):
        return Reading(text, TroubleCode.CELL_MARKUP)
    if _SHORTENED.fullmatch(text):
        return Reading(text, TroubleCode.CELL_SHORTENED)
    if len(text) > longest:
        return Reading(text, TroubleCode.CELL_TOO_LONG, {"limit": str(longest)})
    return None

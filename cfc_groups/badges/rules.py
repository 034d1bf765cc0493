"""Questions about badges and pictures: what a code says, which pictures are dealt, how a badge stands. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from math import perm

from cfc_groups.access import AgeBand
from cfc_groups.badges.models import (
    GRIDS,
    PRINT_AGAIN_WITHIN,
    PROPOSALS,
    TYPED_LENGTH,
    BadgeEnd,
    BadgeRow,
    BadgeState,
    ReadSecret,
)

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base32 without letters that look like others: no I, L, O, U (Crockford's choice)."""

_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_QR_SECRET = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)

_NOON = time(12)
_EVENING = time(18)

WORKING = frozenset({BadgeState.UNPRINTED, BadgeState.HANDED_OUT, BadgeState.IN_USE})


def read_secret(text: str) -> ReadSecret | None:
    """What a badge says: a typed code however it is written, a scanned secret, or the whole scanned address; or None.

    Half-width or full-width, small or capital letters, blanks and dashes between: the typed code forgives it.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    scanned = plain.rsplit("#", 1)[-1]
    typed = fold_typed(scanned)
    if len(typed) == TYPED_LENGTH and set(typed) <= set(LETTERS):
        return ReadSecret(typed=typed)
    if _QR_SECRET.fullmatch(scanned):
        return ReadSecret(qr=scanned)
    return None


def fold_typed(text: str) -> str:
    """A typed code as it is kept: capitals and digits only, letters that look alike made one."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain if letter.isalnum()).translate(_LOOK_ALIKES)


def in_fours(typed: str) -> str:
    """A typed code as it is printed: four times four characters."""
    return " ".join(typed[start : start + 4] for start in range(0, len(typed), 4))


def limit_name(badge_id: int) -> str:
    """What the failures of a badge are counted under, whichever of its two secrets was given (R80)."""
    return f"badge:{badge_id}"


def pictures_for(band: AgeBand | None) -> int:
    """How many pictures a child of an age taps: three up to 8 years, four from 9 on (safety.md 5)."""
    return 3 if band in (AgeBand.YOUNG, None) else 4


def kept_pictures(keys: Iterable[str], pictures: int) -> tuple[str, ...]:
    """The pictures of the grid among what was sent, in order, each once."""
    return tuple(dict.fromkeys(key for key in keys if key in GRIDS[pictures]))


def is_picture_pin(keys: Iterable[str]) -> bool:
    """Whether these keys, in order, can be somebody's pictures."""
    chosen = tuple(keys)
    return len(chosen) in GRIDS and kept_pictures(chosen, len(chosen)) == chosen


def as_secret(keys: Iterable[str]) -> str:
    """Pictures in order as the text that is hashed."""
    return " ".join(keys)


def proposals(draw: str, pictures: int) -> tuple[tuple[str, ...], ...]:
    """Three different rows of pictures, drawn by a hexadecimal number of at least 128 bits (safety.md 5).

    Children would choose what they like best, and classmates know that: so the site deals.
    """
    number = int(draw, 16)
    rows: list[tuple[str, ...]] = []
    while len(rows) < PROPOSALS:
        left = list(GRIDS[pictures])
        row = []
        for _ in range(pictures):
            number, place = divmod(number, len(left))
            row.append(left.pop(place))
        while tuple(row) in rows:  # next to never; then the row is turned
            row.append(row.pop(0))
        rows.append(tuple(row))
    return tuple(rows)


def finders_chance(pictures: int, tries: int) -> float:
    """How likely it is to hit somebody's pictures in so many different tries."""
    return min(1.0, tries / perm(len(GRIDS[pictures]), pictures))


def badge_state(badge: BadgeRow | None, *, has_pictures: bool, now: datetime) -> BadgeState:
    """How it stands with a child's latest badge."""
    if badge is None or badge.ended_because in (BadgeEnd.LEFT, BadgeEnd.REISSUED):
        return BadgeState.MISSING
    if badge.ended_because is not None:
        return {
            BadgeEnd.FAILURES: BadgeState.ASLEEP, BadgeEnd.LOST: BadgeState.LOST,
            BadgeEnd.EXPIRED: BadgeState.TOO_LATE,
        }[badge.ended_because]  # fmt: skip
    if not has_pictures and badge.choose_until < now:
        return BadgeState.TOO_LATE
    if badge.printed_at is None:
        return BadgeState.UNPRINTED if badge.has_codes else BadgeState.TOO_LATE
    return BadgeState.IN_USE if has_pictures else BadgeState.HANDED_OUT


def is_printable(badge: BadgeRow | None, *, has_pictures: bool, now: datetime) -> bool:
    """Whether the same badge can be printed (again): its codes are still kept, at most a day after the first print."""
    if badge is None or not badge.has_codes or badge.ended_at is not None:
        return False
    if badge.printed_at is not None and now - badge.printed_at > PRINT_AGAIN_WITHIN:
        return False
    return has_pictures or badge.choose_until >= now


def days_ago(earlier: datetime, later: datetime) -> int:
    """How many calendar days lie between two local moments."""
    return (later.date() - earlier.date()) // timedelta(days=1)


def part_of_day(local: datetime) -> str:
    """morning, afternoon or evening of a local moment."""
    if local.time() < _NOON:
        return "morning"
    return "afternoon" if local.time() < _EVENING else "evening"


def whole_minutes(seconds: int) -> int:
    """A wait as children are told it: in minutes, never too few."""
    return max(1, -(-seconds // 60))

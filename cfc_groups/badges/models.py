"""Badges, picture PINs, and the small steps in which a child comes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cfc_groups.drawings import PIN_PICTURES

PATH = "badge"  # the way of signing in, as sessions and limits name it

QR_BITS = 128
TYPED_LENGTH = 16  # five bits each: 80 bits

GRIDS: dict[int, tuple[str, ...]] = {
    3: tuple(drawing.key for drawing in PIN_PICTURES[:12]),
    4: tuple(drawing.key for drawing in PIN_PICTURES[:16]),
}
"""Keys of the pictures that stand on the page, by how many of them a child taps: 3 of 12 (ages 6–8), 4 of 16 (9+).

Everybody sees the same ones: a grid of one's own would tell over time which pictures matter (safety.md 5).
"""

PROPOSALS = 3
FAILURES_UNTIL_ASLEEP = 10  # R80
FIRST_USE_WITHIN = timedelta(days=14)
CHOOSE_ANEW_WITHIN = timedelta(days=3)
PRINT_AGAIN_WITHIN = timedelta(hours=24)


class BadgeEnd(StrEnum):
    """Why a badge does not count any more."""

    REISSUED = "reissued"
    FAILURES = "failures"
    LOST = "lost"
    LEFT = "left"
    EXPIRED = "expired"


class BadgeState(StrEnum):
    """How it stands with a child's badge, as its teachers see it."""

    MISSING = "missing"  # never had one, or left and came back
    UNPRINTED = "unprinted"  # made, but not on paper yet
    HANDED_OUT = "handed_out"  # printed; the child has not chosen its pictures yet
    IN_USE = "in_use"
    ASLEEP = "asleep"  # ten tries in a row did not fit (R80)
    TOO_LATE = "too_late"  # not used within its days
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class BadgeSecrets:
    """The two independent secrets of one badge; either one opens it, together with the pictures."""

    qr: str
    typed: str


@dataclass(frozen=True, slots=True)
class ReadSecret:
    """What somebody scanned or typed: one of the two kinds."""

    qr: str | None = None
    typed: str | None = None


@dataclass(frozen=True, slots=True)
class BadgeRow:
    """The latest badge of a child. Moments are UTC."""

    badge_id: int
    issued_at: datetime
    printed_at: datetime | None
    choose_until: datetime
    ended_at: datetime | None
    ended_because: BadgeEnd | None
    has_codes: bool


@dataclass(frozen=True, slots=True)
class ChildBadge:
    """A child with its latest badge in a list of the staff; `pictures` is 0 while it has chosen none."""

    account_id: int
    pid: str
    nickname: str
    avatar: str
    team_name: str | None
    pictures: int
    badge: BadgeRow | None
    state: BadgeState
    printable: bool


@dataclass(frozen=True, slots=True)
class GroupBadges:
    """A group in the list of groups, with how many of its children have no badge that works."""

    pid: str
    name: str
    children: int
    without: int


@dataclass(frozen=True, slots=True)
class PrintedBadge:
    """What stands on one printed badge, and nothing else of the child (R89)."""

    nickname: str
    avatar: str
    secrets: BadgeSecrets


@dataclass(frozen=True, slots=True)
class Sheet:
    """Badges to print now, and the nicknames of those left out because their badge is in use."""

    badges: tuple[PrintedBadge, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundBadge:
    """What a sign-in is checked against. One that nobody has looks the same from outside (R88).

    badge_id and account_id are None for a code that belongs to no badge; `opens` says whether the badge counts today.
    """

    limit_name: str
    pictures: int
    pin_hash: str | None = None
    badge_id: int | None = None
    account_id: int | None = None
    opens: bool = False
    fresh: bool = False
    too_late: bool = False
    failures_in_a_row: int = 0


class StepKind(StrEnum):
    """What a child sees next on its way in."""

    PICTURES = "pictures"  # tap your pictures
    CHOOSE = "choose"  # first time: choose one of three rows
    LOOK = "look"  # look at your row once more
    REMEMBER = "remember"  # tap it by heart
    REST = "rest"  # several tries did not fit: wait a little
    ASLEEP = "asleep"  # the badge does not work any more
    TOO_LATE = "too_late"  # the badge was not used in time
    IN = "in"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a child sent: the secret of the badge, the pictures in order, and on the first time its chosen row."""

    badge_code: str
    pictures: tuple[str, ...] = ()
    deal: str = ""
    row: int | None = None
    ready: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """The answer to an entry: `rows` are dealt (CHOOSE, LOOK), `seconds` to wait (REST), `token` of a session (IN)."""

    kind: StepKind
    size: int = 0
    chosen: tuple[str, ...] = ()
    deal: str = ""
    row: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    seconds: int = 0
    token: str = ""
    trouble: str = ""

"""One queue for all that children write: items, decisions from closed lists, and what a kind shows to the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from cfc_groups.access import Role


class ItemState(StrEnum):
    """Where an item stands. Escalated ones are the protection officers' and never in the queue (R62)."""

    WAITING = "waiting"
    HELD = "held"
    ESCALATED = "escalated"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What a moderator can decide. Returning is the normal no; refusing is rare (safety.md 6.1)."""

    PUBLISH = "publish"
    RETURN = "return"
    REFUSE = "refuse"


class Reason(StrEnum):
    """The closed list (R57, safety.md 6.2). Criticism, spelling or an embarrassed office are no reasons."""

    PII = "pii"
    PII_OTHER = "pii_other"
    HURT = "hurt"
    DANGER = "danger"
    LAW = "law"
    AD_LINK = "ad_link"
    NOT_MINE = "not_mine"
    EMPTY = "empty"
    DUP = "dup"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what a child wrote. `key` is the kind's own name for it ("saw"), `label` what people read."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """The child's words as they were sent once; they never change (R54)."""

    number: int
    written_at: datetime
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What the desk shows of an object in one version.

    title: the heading; if it is the child's own text, it stands in the parts too, where findings can mark it.
    parts: the words of the version that was asked for. place, theme: words for people, empty where there is none.
    versions: all versions up to the one asked for, oldest first. facts: further lines (label, text) for the side,
    such as who may read it once it is published.
    """

    title: str
    parts: tuple[Part, ...]
    place: str = ""
    theme: str = ""
    versions: tuple[Version, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """A detector's finding as an item keeps it: where in which part, of what kind, and whether it is sure (R61)."""

    part: str
    kind: str
    hard: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about one version; append-only. `words` is the moderator's own sentence, often empty.

    The child reads who decided by role only (R56): `role`, never a name.
    """

    version_number: int
    outcome: Outcome
    reason: Reason | None
    words: str
    role: Role
    decided_by: int
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the author's page says about something that is not decided yet (safety.md 6.7).

    reader: the role of who will look (a teacher of the group, or a coordinator where no teacher may).
    is_being_read: somebody has it open right now.
    """

    since: datetime
    reader: Role
    is_being_read: bool


@dataclass(frozen=True, slots=True)
class Author:
    """The child as the desk sees it (R1): nickname, drawn avatar, team; the birth month is sealed."""

    account_id: int
    nickname: str
    avatar: str
    group_name: str
    team_name: str | None
    birth_month: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One version of something that a child wrote, in the queue or settled. Moments are UTC."""

    item_id: int
    pid: str
    kind: str
    object_id: int
    version_number: int
    group_id: int
    headline: str
    state: ItemState
    flags: tuple[Flag, ...]
    submitted_at: datetime
    claimed_by: int | None
    claimed_until: datetime | None
    claimant: str | None
    author: Author

    @property
    def is_open(self) -> bool:
        """Whether a moderator can still decide it."""
        return self.state in (ItemState.WAITING, ItemState.HELD)

    def held_by_other(self, account_id: int, now: datetime) -> bool:
        """Whether somebody else has it open: a soft lock that lapses by itself."""
        return self.claimed_until is not None and self.claimed_until > now and self.claimed_by != account_id

    def claimed_by_me(self, account_id: int, now: datetime) -> bool:
        """Whether this moderator's own claim is alive."""
        return self.claimed_until is not None and self.claimed_until > now and self.claimed_by == account_id

    @property
    def is_held(self) -> bool:
        """Whether a detector was sure of personal information, so that publishing asks for a tick (R61)."""
        return self.state is ItemState.HELD


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some of what waits within a moderator's reach, oldest first.

    waiting: how many in all, counted up to 100. oldest: since when the first one waits, None for an empty queue.
    newer: the cursor of the next page, None on the last one.
    """

    items: tuple[Item, ...]
    waiting: int
    oldest: datetime | None
    newer: str | None


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """How the queue of one group stands, for coordinators. `served`: a teacher is there who may decide (R43)."""

    group_name: str
    group_pid: str
    waiting: int
    late: int
    very_late: int
    oldest: datetime
    served: bool


@dataclass(frozen=True, slots=True)
class LateGroup:
    """A group in whose queue something has waited too long, for the sweep that tells about it."""

    group_id: int
    group_pid: str
    group_name: str
    late: int
    very_late: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text. `flag` marks what a detector noticed; `changed` what differs from the other version."""

    text: str
    flag: Flag | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """One part in an earlier version and in this one, with what differs."""

    label: str
    before: tuple[Segment, ...]
    after: tuple[Segment, ...]

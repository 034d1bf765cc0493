"""Posts of the one-metre message board, their versions, and the drafts that become them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cfc_groups.groups.models import Theme


class PostState(StrEnum):
    """Where a post stands. A draft is not a post yet: it has its own table and only its author ever sees it."""

    WAITING = "waiting"
    HELD = "held"  # waiting, with a finding that a person must look at first (R61)
    ESCALATED = "escalated"  # only protection officers see it (R62); to its author it looks like waiting
    RETURNED = "returned"
    REFUSED = "refused"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"

    @property
    def is_looked_at(self) -> bool:
        """Whether somebody still has to look at it; the author sees no difference between the three."""
        return self in (PostState.WAITING, PostState.HELD, PostState.ESCALATED)


class Audience(StrEnum):
    """Who may read a published post. Nobody reads more than the group until somebody says so (R2)."""

    GROUP = "group"
    PUBLIC = "public"


class Step(StrEnum):
    """The five small steps of the composer, in order."""

    PLACE = "place"
    SAW = "saw"
    WISH = "wish"
    TITLE = "title"
    CHECK = "check"


STEPS = tuple(Step)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as the board shows it."""

    pid: str
    name: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a child has written and not sent. `pid` is also the pid of the post that it becomes or revises.

    `post_id` is None for a new idea. Texts may be unfinished. `saved_at` is UTC.
    """

    draft_id: int
    pid: str
    author_id: int
    post_id: int | None
    step: Step
    place_id: int | None
    place: Place | None
    theme: str | None
    title: str
    saw: str
    wish: str
    audience: Audience
    saved_at: datetime

    @property
    def is_revision(self) -> bool:
        """Whether it revises a post that a teacher gave back."""
        return self.post_id is not None


@dataclass(frozen=True, slots=True)
class Post:
    """A post without its words: those are in its versions. Moments are UTC."""

    post_id: int
    pid: str
    author_id: int
    group_id: int
    team_id: int | None
    theme: str
    audience: Audience
    state: PostState
    current_version: int
    made_at: datetime
    submitted_at: datetime
    published_at: datetime | None
    board_order: int | None
    withdrawn_at: datetime | None
    is_public: bool


@dataclass(frozen=True, slots=True)
class Words:
    """The three texts of an idea."""

    title: str
    saw: str
    wish: str


@dataclass(frozen=True, slots=True)
class Version:
    """A child's words as they were sent; never changed (R54). `written_at` is UTC."""

    number: int
    words: Words
    place_name: str | None
    theme: Theme
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which published posts a list shows: the whole city's public ones, or those of one group or one team."""

    group_id: int | None = None
    team_id: int | None = None

    @property
    def is_city(self) -> bool:
        """Whether this is what the whole city reads."""
        return self.group_id is None and self.team_id is None


CITY = Shelf()


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asked a list for. `phrases` come from rules of search; `before` is the pid after which to go on."""

    shelf: Shelf = CITY
    theme: str | None = None
    phrases: tuple[str, ...] = ()
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of sending a draft; `again` when this very draft had been sent before (one post, not two)."""

    pid: str
    state: PostState
    again: bool = False

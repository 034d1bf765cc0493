"""What templates get: rows of the board with their words, addresses and days, as the macros of notes call them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from cfc_groups.board import words
from cfc_groups.board.models import Audience, PostState
from cfc_groups.board.rules import excerpt
from cfc_groups.groups.models import Theme
from cfc_groups.groups.words import shown_theme
from cfc_groups.i18n import long_day


@dataclass(frozen=True)
class Note:
    """A note of the board: what `note()` of macros/note.html shows. Visitors learn the day only (R7)."""

    pid: str
    title: str
    saw: str
    wish: str
    plain_theme: Theme
    team_name: str | None
    nickname: str
    avatar: str
    published_at: datetime

    @property
    def url(self) -> str:
        """The post's own page."""
        return f"/board/{self.pid}"

    @property
    def excerpt(self) -> str:
        """Its beginning, on one line."""
        return excerpt(self.saw, self.wish)

    @property
    def on_date_label(self) -> str:
        """The day of its publication, in words."""
        return long_day(self.published_at)

    @cached_property
    def theme(self) -> Theme:
        """Its theme with a label in the request's language."""
        return shown_theme(self.plain_theme)


@dataclass(frozen=True)
class PublishedPost:
    """A post on the board as its readers see it."""

    pid: str
    author_id: int
    group_id: int
    team_id: int | None
    is_public: bool
    title: str
    saw: str
    wish: str
    plain_theme: Theme
    team_name: str | None
    nickname: str
    avatar: str
    place_name: str | None
    published_at: datetime

    @cached_property
    def theme(self) -> Theme:
        """Its theme with a label in the request's language."""
        return shown_theme(self.plain_theme)


@dataclass(frozen=True, slots=True)
class BoardPage:
    """Twenty notes at most, the themes for the chips, and the cursor of older notes (None on the last page)."""

    themes: list[Theme]
    notes: list[Note]
    older: str | None


@dataclass(frozen=True)
class MyIdea:
    """One of a child's own ideas with its state in words."""

    pid: str
    title: str
    state: PostState
    audience: Audience
    is_public: bool
    plain_theme: Theme
    made_at: datetime

    @property
    def url(self) -> str:
        """The idea's own page."""
        return f"/board/{self.pid}"

    @property
    def state_label(self) -> str:
        """Its state as a child reads it."""
        return words.state_label(self.state, is_public=self.is_public)

    @property
    def state_kind(self) -> str:
        """How the state looks (macro `state`)."""
        return words.STATE_LOOKS[self.state][0]

    @property
    def state_icon(self) -> str:
        """The icon beside the state."""
        return words.STATE_LOOKS[self.state][1]

    @cached_property
    def theme(self) -> Theme:
        """Its theme with a label in the request's language."""
        return shown_theme(self.plain_theme)


@dataclass(frozen=True, slots=True)
class IdeaPage:
    """Twenty of a child's ideas at most, and the cursor of older ones."""

    ideas: list[MyIdea]
    older: str | None

"""Everything that an author sees about one own idea: its state in words, who looks, what happened (safety.md 6.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext

from cfc_groups.access import AgeBand, Role
from cfc_groups.board import store, words
from cfc_groups.board.models import Audience, Post, PostState, Version
from cfc_groups.board.post_actions import KIND
from cfc_groups.board.rules import may_become
from cfc_groups.board.timeline import Answer, Entry, answer_of, timeline
from cfc_groups.db import Reader
from cfc_groups.groups.models import Theme
from cfc_groups.groups.words import shown_theme
from cfc_groups.moderation import queries as moderation
from cfc_groups.moderation import words as desk_words
from cfc_groups.moderation.rules import VERY_LATE_AFTER


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One idea as its author sees it. `answer` is the last decision while it still counts."""

    state_label: str
    state_kind: str
    state_icon: str
    theme: Theme
    newest: Version
    earlier: list[Version]
    entries: list[Entry]
    answer: Answer | None
    looked_at_by: str | None
    readers: str | None
    may_withdraw: bool
    may_revise: bool


def own_page(db: Reader, post: Post, band: AgeBand, *, now: datetime, today: date) -> OwnPage:
    """Read it; at most four statements."""
    versions = store.list_versions(db, post.post_id)
    decisions = moderation.decisions_for(db, KIND, post.post_id)
    decided = bool(decisions) and post.state in (PostState.RETURNED, PostState.REFUSED, PostState.PUBLISHED)
    kind, icon = words.STATE_LOOKS[post.state]
    return OwnPage(
        state_label=words.state_label(post.state, is_public=post.is_public),
        state_kind=kind,
        state_icon=icon,
        theme=shown_theme(versions[-1].theme),
        newest=versions[-1],
        earlier=list(reversed(versions[:-1])),
        entries=timeline(versions, decisions, post.withdrawn_at, band),
        answer=answer_of(decisions[-1], band) if decided else None,
        looked_at_by=_looked_at_by(db, post, now, today),
        readers=_readers(post),
        may_withdraw=may_become(post.state, PostState.WITHDRAWN),
        may_revise=post.state is PostState.RETURNED,
    )


def _looked_at_by(db: Reader, post: Post, now: datetime, today: date) -> str | None:
    """Who looks at it, in a sentence. What is with the protection officers reads like anything that waits (R62)."""
    if not post.state.is_looked_at:
        return None
    waiting = None
    if post.state is not PostState.ESCALATED:
        waiting = moderation.waiting_for(db, KIND, post.post_id, now, today)
    who = desk_words.reader_label(waiting.reader if waiting else Role.TEACHER)
    if now - post.submitted_at > VERY_LATE_AFTER:
        return gettext("It takes longer than usual. That is not your fault. It is still with %(who)s.", who=who)
    if waiting is not None and waiting.is_being_read:
        return gettext("It is being read right now, by %(who)s.", who=who)
    return gettext("It is read by %(who)s. Until then only you and they can see it.", who=who)


def _readers(post: Post) -> str | None:
    if post.state is not PostState.PUBLISHED:
        return None
    if post.is_public:
        return gettext("Everybody can read it: in your group, in the city, on the internet.")
    if post.audience is Audience.PUBLIC:
        return gettext(
            "Your group can read it. Everybody else can as soon as your family and you yourself have said yes to that."
        )
    return gettext("The children and teachers of your group can read it.")

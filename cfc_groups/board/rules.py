"""The board's rules: how long, how many, which way a post may go, who may read it. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cfc_groups.access import Actor, Role
from cfc_groups.board.models import CITY, STEPS, Audience, Draft, PostState, Shelf, Step
from cfc_groups.errors import Conflict, RuleBroken

LONGEST_TITLE = 20
LONGEST_TEXT = 500  # what I saw, and what I wish: 1000 together (R97)
LONGEST_KEPT = 2000  # while typing more is kept than may be sent, so that nothing is lost before it is shortened
MOST_DRAFTS = 5
POSTS_A_DAY = 10  # R97
PAGE = 20  # R97
EXCERPT = 96

# Legal moves of a post: from a state (None: not there yet) to the states that may follow (safety.md 6.1).
MOVES: dict[PostState | None, frozenset[PostState]] = {
    None: frozenset({PostState.WAITING, PostState.HELD, PostState.ESCALATED}),
    PostState.WAITING: frozenset({PostState.PUBLISHED, PostState.RETURNED, PostState.REFUSED, PostState.WITHDRAWN}),
    PostState.HELD: frozenset({PostState.PUBLISHED, PostState.RETURNED, PostState.REFUSED, PostState.WITHDRAWN}),
    PostState.ESCALATED: frozenset({PostState.WAITING, PostState.HELD, PostState.WITHDRAWN}),
    PostState.RETURNED: frozenset({PostState.WAITING, PostState.HELD, PostState.ESCALATED, PostState.WITHDRAWN}),
    PostState.REFUSED: frozenset({PostState.WITHDRAWN}),
    PostState.PUBLISHED: frozenset({PostState.HIDDEN, PostState.WITHDRAWN}),
    PostState.HIDDEN: frozenset({PostState.PUBLISHED, PostState.REFUSED, PostState.WITHDRAWN}),
    PostState.WITHDRAWN: frozenset(),
}


def check_move(before: PostState | None, after: PostState) -> PostState:
    """Answer `after` when a post may go there from `before`. Raises Conflict when it may not (any more)."""
    if after not in MOVES[before]:
        raise Conflict("post_move_not_possible")
    return after


def may_become(before: PostState | None, after: PostState) -> bool:
    """Whether a post may go from one state to another: what buttons ask before they are shown."""
    return after in MOVES[before]


def is_public(state: PostState, audience: Audience, consented: bool) -> bool:
    """The yeses of a public post (R2): the moderator's (published), the author's wish, guardian's and own consent."""
    return state is PostState.PUBLISHED and audience is Audience.PUBLIC and consented


def has_words(text: str) -> bool:
    """Whether a text says anything: a letter, a digit or a picture sign; not only blanks, dots or invisible signs."""
    return any(unicodedata.category(sign)[0] in "LN" or unicodedata.category(sign) == "So" for sign in text)


def missing_step(draft: Draft) -> Step | None:
    """The first step whose words are missing or too long to be sent, or None when the draft can be sent."""
    for step, text, most in (
        (Step.SAW, draft.saw, LONGEST_TEXT), (Step.WISH, draft.wish, LONGEST_TEXT),
        (Step.TITLE, draft.title, LONGEST_TITLE),
    ):  # fmt: skip
        if not has_words(text) or len(text) > most:
            return step
    return None


def step_after(step: Step) -> Step:
    """The next step; the last one stays."""
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


def furthest(one: Step, other: Step) -> Step:
    """The later of two steps."""
    return max(one, other, key=STEPS.index)


def read_step(text: str) -> Step | None:
    """The step that an address names, or None."""
    return Step(text) if text in set(Step) else None


def check_room_for_draft(drafts: int) -> None:
    """Raises RuleBroken when a child keeps five drafts already."""
    if drafts >= MOST_DRAFTS:
        raise RuleBroken("too_many_drafts", most=MOST_DRAFTS)


def day_around(now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moments of this day and of the next one in a zone, in UTC."""
    today = now.astimezone(zone).date()
    return _midnight(today, zone), _midnight(today + timedelta(days=1), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def may_read(actor: Actor | None, *, group_id: int, team_id: int | None, is_public: bool, group_posts: bool) -> bool:
    """Whether somebody may read a published post that is not theirs: public ones all, a group's own only its people.

    group_posts: whether the actor has the permission to read posts that are for a group only.
    """
    if is_public:
        return True
    if actor is None or not group_posts:
        return False
    if reads_by_team(actor):
        return team_id in actor.reach.team_ids
    return actor.reaches_group(group_id)


def reads_by_team(actor: Actor) -> bool:
    """Mentors who serve single teams read those teams' posts, not the whole group's (permission table, row 2)."""
    return actor.role is Role.MENTOR and bool(actor.reach.team_ids)


def shelves(actor: Actor | None, *, group_posts: bool) -> list[Shelf]:
    """The lists somebody can open, the own ones first; always with the whole city's as the last."""
    if actor is None or not group_posts:
        return [CITY]
    own: Iterable[Shelf]
    if reads_by_team(actor):
        own = (Shelf(team_id=team_id) for team_id in sorted(actor.reach.team_ids))
    else:
        own = (Shelf(group_id=group_id) for group_id in sorted(actor.reach.group_ids))
    return [*own, CITY]


_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def shown(text: str) -> str:
    """A text as a page shows it: several blank lines in a row become one; the stored words stay as they are (R54)."""
    return _BLANK_LINES.sub("\n\n", text)


def excerpt(saw: str, wish: str) -> str:
    """The beginning of an idea for its note on the board: at most 96 characters, on one line."""
    line = " ".join(f"{saw} {wish}".split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


def order_number(published_at: datetime, last_in_this_millisecond: int | None) -> int:
    """The place in the order of publication; the highest one given in the same millisecond so far, or None."""
    first = first_order_number(published_at)
    return first if last_in_this_millisecond is None else last_in_this_millisecond + 1


def first_order_number(published_at: datetime) -> int:
    """The lowest number of a millisecond; the next millisecond begins 1,000,000 later."""
    since = published_at - datetime(1970, 1, 1, tzinfo=UTC)
    return (since // timedelta(milliseconds=1)) * 1_000_000

"""Writing, kept step by step: nothing that a child typed is lost, and nobody else ever sees it (R53)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from cfc_groups import journal
from cfc_groups.access import Actor
from cfc_groups.board import draft_store, rules, store
from cfc_groups.board.models import Audience, Draft, PostState, Step
from cfc_groups.clock import date_in
from cfc_groups.db import Database, Reader, Writer, write
from cfc_groups.errors import Conflict, NotAllowed, NotFound, RuleBroken
from cfc_groups.groups import queries as groups
from cfc_groups.groups.models import ChildPlace
from cfc_groups.ids import new_pid
from cfc_groups.safety import queries as safety
from cfc_groups.safety.models import PostingState


def check_consent(db: Reader, author_id: int, now: datetime) -> None:
    """Raises NotAllowed without the guardian's consent and the child's own yes: nothing is stored (R12, R16, R17)."""
    state = safety.may_post(db, author_id, now)
    if state is not PostingState.OK:
        raise NotAllowed(f"post_{state}")


def check_may_write(db: Reader, author_id: int, now: datetime, zone: ZoneInfo) -> ChildPlace:
    """Where the child belongs today. Raises NotAllowed without consent and own yes, or without a group."""
    check_consent(db, author_id, now)
    belongs = groups.team_of_child(db, author_id, date_in(now, zone))
    if belongs is None:
        raise NotAllowed("post_without_group")
    return belongs


def start_draft(db: Database, actor: Actor, now: datetime, *, zone: ZoneInfo) -> Draft:
    """Begin a new idea; an untouched draft is taken up again. Raises NotAllowed, RuleBroken after five drafts."""
    with write(db) as tx:
        belongs = check_may_write(tx, actor.account_id, now, zone)
        new = [one for one in draft_store.list_drafts(tx, actor.account_id) if not one.is_revision]
        empty = next((one for one in new if _is_untouched(one)), None)
        if empty is not None:
            return empty
        rules.check_room_for_draft(len(new))
        theme = belongs.theme or groups.theme_choices(tx)[0].key
        return _add(tx, actor, now, pid=new_pid(), theme=theme)


def _is_untouched(draft: Draft) -> bool:
    return draft.step is Step.PLACE and not (draft.place_id or draft.saw or draft.wish or draft.title)


def _add(tx: Writer, actor: Actor, now: datetime, *, pid: str, theme: str) -> Draft:
    draft_store.add_draft(
        tx, pid=pid, author_id=actor.account_id, post_id=None, step=Step.PLACE, place_id=None, theme=theme, title="",
        saw="", wish="", audience=Audience.GROUP, now=now,
    )  # fmt: skip
    return get_draft(tx, actor, pid)


def revise_post(db: Database, actor: Actor, now: datetime, pid: str, *, zone: ZoneInfo) -> Draft:
    """Begin to change a post that was given back: a draft with the words of its last version.

    Somebody who presses twice goes on with the same draft. Raises NotFound for anybody else's post, Conflict when it
    was not given back, NotAllowed.
    """
    with write(db) as tx:
        post = store.find_post(tx, pid)
        if post is None or post.author_id != actor.account_id:
            raise NotFound()
        known = draft_store.find_draft(tx, actor.account_id, pid)
        if known is not None:
            return known
        if post.state is not PostState.RETURNED:
            raise Conflict("post_not_returned")
        check_may_write(tx, actor.account_id, now, zone)
        words, place_id, theme = store.get_words(tx, post.post_id, post.current_version)
        draft_store.add_draft(
            tx, pid=pid, author_id=actor.account_id, post_id=post.post_id, step=Step.CHECK, place_id=place_id,
            theme=theme, title=words.title, saw=words.saw, wish=words.wish, audience=post.audience, now=now,
        )  # fmt: skip
        return get_draft(tx, actor, pid)


def get_draft(db: Reader, actor: Actor, pid: str) -> Draft:
    """One's own draft. Raises Conflict("already_sent") when it has become a post, NotFound for anybody else's."""
    draft = draft_store.find_draft(db, actor.account_id, pid)
    if draft is not None:
        return draft
    post = store.find_post(db, pid)
    if post is not None and post.author_id == actor.account_id:
        raise Conflict("already_sent")
    raise NotFound()


def set_place(db: Database, actor: Actor, now: datetime, pid: str, place_pid: str | None) -> Draft:
    """Say where it was; None: somewhere that is not in the list. Raises RuleBroken for one that cannot be picked."""
    with write(db) as tx:
        draft = get_draft(tx, actor, pid)
        place = None if place_pid is None else draft_store.find_open_place(tx, place_pid)
        if place_pid is not None and place is None:
            raise RuleBroken("place_unknown", field="place")
        return _save(tx, actor, now, replace(draft, place_id=place), Step.PLACE)


def set_text(db: Database, actor: Actor, now: datetime, pid: str, step: Step, text: str) -> Draft:
    """Keep what was written in one of the text steps and go on."""
    with write(db) as tx:
        return _save(tx, actor, now, _with_text(get_draft(tx, actor, pid), step, text), step)


def set_title(db: Database, actor: Actor, now: datetime, pid: str, title: str, theme: str) -> Draft:
    """Keep title and theme and go on. Raises RuleBroken for a theme that is not in use."""
    with write(db) as tx:
        draft = get_draft(tx, actor, pid)
        if theme != draft.theme and theme not in {one.key for one in groups.theme_choices(tx)}:
            raise RuleBroken("theme_unknown", field="theme")
        return _save(tx, actor, now, replace(draft, title=title, theme=theme), Step.TITLE)


def keep_text(db: Database, actor: Actor, now: datetime, pid: str, step: Step, text: str) -> Draft:
    """Keep what is being typed, without going on (every 20 seconds); unfinished and a little too long is fine."""
    with write(db) as tx:
        draft = _with_text(get_draft(tx, actor, pid), step, text[: rules.LONGEST_KEPT])
        check_consent(tx, actor.account_id, now)
        draft_store.set_draft(tx, draft, now)
    return draft


def remove_draft(db: Database, actor: Actor, now: datetime, pid: str) -> Draft:
    """Throw a draft away. A revision leaves its post as it is. Raises NotFound, Conflict."""
    with write(db) as tx:
        draft = get_draft(tx, actor, pid)
        draft_store.remove_draft(tx, draft.draft_id)
        journal.enter(tx, actor.account_id, "remove_draft", "post_draft", pid, now)
    return draft


def _with_text(draft: Draft, step: Step, text: str) -> Draft:
    if step is Step.SAW:
        return replace(draft, saw=text)
    if step is Step.WISH:
        return replace(draft, wish=text)
    if step is Step.TITLE:
        return replace(draft, title=text)
    raise NotFound()


def _save(tx: Writer, actor: Actor, now: datetime, draft: Draft, done: Step) -> Draft:
    check_consent(tx, actor.account_id, now)
    reached = rules.furthest(draft.step, rules.step_after(done))
    draft_store.set_draft(tx, replace(draft, step=reached), now)
    return get_draft(tx, actor, draft.pid)

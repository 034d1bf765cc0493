"""Sending, taking back, and what follows from decisions, consents and officers; one transaction each."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from cfc_groups import journal, pagecache
from cfc_groups.access import Actor
from cfc_groups.accounts import store as accounts
from cfc_groups.board import draft_store, rules, store
from cfc_groups.board.draft_actions import check_may_write
from cfc_groups.board.findings import Found, look_through
from cfc_groups.board.models import Audience, Draft, Post, PostState, Sent, Words
from cfc_groups.db import Database, Writer, write
from cfc_groups.errors import NotFound, RuleBroken, TooMany
from cfc_groups.groups.models import ChildPlace
from cfc_groups.moderation import actions as moderation
from cfc_groups.moderation.models import Decision, Outcome
from cfc_groups.reminders.actions import tell_in
from cfc_groups.safety import actions as safety_actions
from cfc_groups.safety import queries as safety
from cfc_groups.safety.models import Outcome as SignalOutcome
from cfc_groups.sealing import Sealer

KIND = "post"  # in the moderators' queue, in the journal, and for signals of danger
TOPIC = "board"  # of the pages that are kept for visitors

STATE_AFTER: dict[Outcome, PostState] = {
    Outcome.PUBLISH: PostState.PUBLISHED, Outcome.RETURN: PostState.RETURNED, Outcome.REFUSE: PostState.REFUSED,
}  # fmt: skip
NOTICE_OF: dict[Outcome, str] = {
    Outcome.PUBLISH: "post_published", Outcome.RETURN: "post_returned", Outcome.REFUSE: "post_refused",
}  # fmt: skip


def send_draft(
    db: Database, sealer: Sealer, actor: Actor, now: datetime, pid: str, *, audience: Audience, zone: ZoneInfo
) -> Sent:
    """Send a draft to the teachers. Sent twice, it is one post, and the second answer is that post.

    Raises NotFound for anybody else's draft; NotAllowed without consent, own yes or group (R12, R17); TooMany after
    ten ideas in a day (R97); RuleBroken for unfinished words. The draft stays whenever something is raised.
    """
    with write(db) as tx:
        return send_draft_in(tx, sealer, actor.account_id, now, pid, audience=audience, zone=zone)


def send_draft_in(
    tx: Writer, sealer: Sealer, author_id: int, now: datetime, pid: str, *, audience: Audience, zone: ZoneInfo
) -> Sent:
    """The same inside a transaction: version, queue, signal of danger and journal stand or fall together."""
    draft = draft_store.find_draft(tx, author_id, pid)
    if draft is None:
        return _sent_before(tx, author_id, pid)
    if rules.missing_step(draft) is not None:
        raise RuleBroken("draft_incomplete")
    belongs = check_may_write(tx, author_id, now, zone)
    words = Words(draft.title, draft.saw, draft.wish)
    found = look_through(words, list(accounts.real_names(tx, sealer, [author_id]).values()))
    post = _take_up(tx, draft, belongs, audience, found, now, zone)
    number = post.current_version
    store.add_version(tx, post.post_id, number, words, place_id=draft.place_id, theme=_theme(draft, belongs), now=now)
    draft_store.remove_draft(tx, draft.draft_id)
    moderation.submit_in(
        tx, kind=KIND, object_id=post.post_id, version_number=number, group_id=post.group_id, author_id=author_id,
        headline=words.title, findings=found.by_part, now=now,
    )  # fmt: skip
    if found.state is PostState.ESCALATED:
        said = "\n".join((words.title, words.saw, words.wish))
        safety_actions.raise_signal_in(
            tx, sealer, author_id, post.group_id, KIND, post.post_id, said, found.danger_kinds, now
        )
    journal.enter(tx, author_id, "send_post", KIND, pid, now, version=number, audience=str(audience))
    return Sent(pid, found.state)


def _sent_before(tx: Writer, author_id: int, pid: str) -> Sent:
    post = _own(tx, author_id, pid)
    return Sent(pid, post.state, again=True)


def _own(tx: Writer, author_id: int, pid: str) -> Post:
    post = store.find_post(tx, pid)
    if post is None or post.author_id != author_id:
        raise NotFound()
    return post


def _take_up(
    tx: Writer, draft: Draft, belongs: ChildPlace, audience: Audience, found: Found, now: datetime, zone: ZoneInfo
) -> Post:
    """The post that this draft becomes, or the one that it revises, already counting its new version."""
    known = None if draft.post_id is None else store.find_post_by_id(tx, draft.post_id)
    if known is not None:
        rules.check_move(known.state, found.state)
        store.set_next_version(
            tx, known.post_id, known.current_version + 1, audience=audience, state=found.state, now=now
        )
    else:
        _check_day(tx, draft.author_id, now, zone)
        store.add_post(
            tx, pid=draft.pid, author_id=draft.author_id, group_id=belongs.group_id, team_id=belongs.team_id,
            theme=_theme(draft, belongs), place_id=draft.place_id, audience=audience,
            state=rules.check_move(None, found.state), now=now,
        )  # fmt: skip
    return _own(tx, draft.author_id, draft.pid)


def _theme(draft: Draft, belongs: ChildPlace) -> str:
    theme = draft.theme or belongs.theme
    if theme is None:
        raise RuleBroken("draft_incomplete")
    return theme


def _check_day(tx: Writer, author_id: int, now: datetime, zone: ZoneInfo) -> None:
    since, until = rules.day_around(now, zone)
    if store.count_posts_since(tx, author_id, since) >= rules.POSTS_A_DAY:
        raise TooMany("too_many_posts", seconds=int((until - now).total_seconds()))


def withdraw_post(db: Database, actor: Actor, now: datetime, pid: str) -> Post:
    """The author takes an idea back, at any time and at once (R64). Twice is once. Raises NotFound.

    A signal of danger stays with the officers (R62).
    """
    with write(db) as tx:
        post = _own(tx, actor.account_id, pid)
        if post.state is PostState.WITHDRAWN:
            return post
        rules.check_move(post.state, PostState.WITHDRAWN)
        _take_down(tx, post)
        store.set_withdrawn(tx, post.post_id, now)
        moderation.withdraw_in(tx, KIND, post.post_id, now)
        draft = draft_store.find_draft(tx, actor.account_id, pid)
        if draft is not None:
            draft_store.remove_draft(tx, draft.draft_id)
        journal.enter(tx, actor.account_id, "withdraw_post", KIND, pid, now)
        return _own(tx, actor.account_id, pid)


def hide_post_in(tx: Writer, post_id: int, actor_id: int | None, now: datetime) -> None:
    """Take a published post off the board until somebody has looked again. Raises Conflict, NotFound."""
    post = _by_id(tx, post_id)
    rules.check_move(post.state, PostState.HIDDEN)
    _take_down(tx, post)
    store.set_state(tx, post_id, PostState.HIDDEN)
    journal.enter(tx, actor_id, "hide_post", KIND, post.pid, now)


def on_decision(tx: Writer, post_id: int, version_number: int, decision: Decision, now: datetime) -> None:
    """Carry a moderator's decision out (moderation calls this in its transaction) and tell the child."""
    post = _by_id(tx, post_id)
    rules.check_move(post.state, STATE_AFTER[decision.outcome])
    if decision.outcome is Outcome.PUBLISH:
        consented = safety.may_publish(tx, post.author_id, now)
        public = rules.is_public(PostState.PUBLISHED, post.audience, consented)
        store.set_published(tx, post, version_number, is_public=public, now=now)
        if public:
            pagecache.raise_version(tx, TOPIC)
    else:
        store.set_state(tx, post_id, STATE_AFTER[decision.outcome])
    words, _place_id, _theme_key = store.get_words(tx, post_id, version_number)
    tell_in(
        tx, post.author_id, NOTICE_OF[decision.outcome], post.pid, f"version {version_number}", f"/board/{post.pid}",
        now, title=words.title,
    )  # fmt: skip


def on_outcome(tx: Writer, post_id: int, outcome: SignalOutcome, now: datetime) -> None:
    """An officer has closed a signal about a post: back to the teachers, or it stays out of every queue (R62)."""
    if outcome is not SignalOutcome.BACK_TO_REVIEW:
        return
    state = moderation.back_to_review_in(tx, KIND, post_id, now)
    if state is not None:
        post = _by_id(tx, post_id)
        store.set_state(tx, post_id, rules.check_move(post.state, PostState(state)))


def on_consent_change(tx: Writer, child_id: int, now: datetime) -> None:
    """A consent or a child's own yes has changed: what is public follows at once (R2, R15, R17)."""
    if store.set_public_of_author(tx, child_id, safety.may_publish(tx, child_id, now)):
        pagecache.raise_version(tx, TOPIC)


def on_place_change(tx: Writer, place_id: int, now: datetime) -> None:
    """A place has another name: pages that show it are stale."""
    pagecache.raise_version(tx, TOPIC)


def _by_id(tx: Writer, post_id: int) -> Post:
    post = store.find_post_by_id(tx, post_id)
    if post is None:
        raise NotFound()
    return post


def _take_down(tx: Writer, post: Post) -> None:
    store.remove_from_search(tx, post)
    if post.is_public:
        pagecache.raise_version(tx, TOPIC)

"""The demo's posts: written, sent and decided as in life, each on its own day, through the board and the desk."""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cfc_groups import journal
from cfc_groups.access import Actor, Role
from cfc_groups.board import draft_store, post_actions, store
from cfc_groups.board.models import Audience, PostState, Step
from cfc_groups.db import Database, Writer
from cfc_groups.demo.content_files import read_lines
from cfc_groups.demo.people import DemoPeople
from cfc_groups.ids import new_pid
from cfc_groups.moderation import actions as moderation
from cfc_groups.moderation import queries as desk
from cfc_groups.moderation.models import Outcome, Reason
from cfc_groups.places import actions as places
from cfc_groups.places.models import PlaceKind
from cfc_groups.safety import hooks as safety_hooks
from cfc_groups.safety import store as safety
from cfc_groups.safety.models import Outcome as SignalOutcome
from cfc_groups.sealing import Sealer

REVIEWED_AFTER = timedelta(hours=1)  # by an officer, where the words of a harmless post looked like danger
DECIDED_AFTER = timedelta(hours=3)
REVISED_AFTER = timedelta(hours=20)
TAKEN_BACK_AFTER = timedelta(hours=26)

OUTCOMES = {
    "published": Outcome.PUBLISH, "hidden": Outcome.PUBLISH, "returned": Outcome.RETURN, "refused": Outcome.REFUSE,
}  # fmt: skip


def add_places(tx: Writer, then: datetime) -> dict[str, int]:
    """The places that the posts speak of, by name."""
    return {
        row["name"]: places.add_place_in(
            tx, then, name=row["name"], kind=PlaceKind(row["kind"]), district=row["district"]
        ).place_id
        for row in read_lines("places.jsonl")
    }


class Storyteller:
    """Tells all posts at once, whatever happened first first. `now` is the story's present: nothing is later."""

    def __init__(
        self, tx: Writer, sealer: Sealer, people: DemoPeople, where: dict[str, int], now: datetime, zone: ZoneInfo
    ) -> None:
        self.tx = tx
        self.sealer = sealer
        self.people = people
        self.where = where
        self.now = now
        self.zone = zone
        self._withdrawals: list[tuple[datetime, int, str]] = []

    def tell_all(self) -> None:
        """Every post of the content. Each story says when its next step happens, and waits for its turn."""
        stories = [self._story(row, number) for number, row in enumerate(read_lines("posts.jsonl"))]
        turns = [(next(story), number) for number, story in enumerate(stories)]
        heapq.heapify(turns)
        while turns:
            _moment, number = heapq.heappop(turns)
            moment = next(stories[number], None)
            if moment is not None:
                heapq.heappush(turns, (moment, number))

    def take_back(self, db: Database) -> None:
        """The children who took their ideas back; after everything else is written."""
        for moment, child, pid in self._withdrawals:
            post_actions.withdraw_post(db, Actor(child, "", Role.CHILD, "", "", 0, moment, moment), moment, pid)

    def _story(self, row: dict[str, Any], number: int) -> Iterator[datetime]:
        first, moment = row.get("first_version"), self._moment(row, number)
        pid, version = new_pid(), 1
        post_id: int | None = None
        if first is not None:
            moment -= REVISED_AFTER + 2 * DECIDED_AFTER
            yield moment
            post_id = yield from self._sent(row | first, pid, None, moment, "returned")
            yield moment + DECIDED_AFTER
            self._decide(row, post_id, version, Outcome.RETURN, moment + DECIDED_AFTER)
            moment, version = moment + REVISED_AFTER, 2
        yield moment
        if row["state"] == "draft":
            self._draft(row, pid, post_id, moment)
            return
        post_id = yield from self._sent(row, pid, post_id, moment, row["state"])
        if row["state"] in OUTCOMES:
            decided_at = min(moment + DECIDED_AFTER, self.now)
            yield decided_at
            self._decide(row, post_id, version, OUTCOMES[row["state"]], decided_at)
        if row["state"] == "withdrawn":
            moment = min(moment + TAKEN_BACK_AFTER, self.now)
            self._withdrawals.append((moment, self.people.children[row["author"]], pid))
        if row["state"] == "hidden":
            yield self.now
            post_actions.hide_post_in(self.tx, post_id, self.people.first_coordinator, self.now)

    def _moment(self, row: dict[str, Any], number: int) -> datetime:
        """Somewhere between morning and evening of its day, and never later than now."""
        day = self.now - timedelta(days=row["days_ago"])
        moment = day.astimezone(self.zone).replace(hour=8, minute=0, second=0, microsecond=0)
        moment += timedelta(minutes=(number * 37) % 540)
        return min(moment, self.now - timedelta(minutes=5 + number % 50))

    def _draft(self, row: dict[str, Any], pid: str, post_id: int | None, then: datetime) -> None:
        texts = {Step.SAW: row["saw"], Step.WISH: row["wish"], Step.TITLE: row["title"]}
        draft_store.add_draft(
            self.tx, pid=pid, author_id=self.people.children[row["author"]], post_id=post_id,
            step=next((step for step, text in texts.items() if not text), Step.CHECK),
            place_id=self.where.get(row["place"]), theme=row["theme"], title=row["title"], saw=row["saw"],
            wish=row["wish"], audience=Audience(row["audience"]), now=then,
        )  # fmt: skip

    def _sent(
        self, row: dict[str, Any], pid: str, post_id: int | None, then: datetime, ends_as: str
    ) -> Generator[datetime, None, int]:
        """Send it; what only sounded like danger an officer gives to the teachers. Returns the post's id."""
        self._draft(row, pid, post_id, then)
        author, audience = self.people.children[row["author"]], Audience(row["audience"])
        sent = post_actions.send_draft_in(self.tx, self.sealer, author, then, pid, audience=audience, zone=self.zone)
        post = store.find_post(self.tx, pid)
        assert post is not None  # noqa: S101 - it was sent one statement before
        if sent.state is PostState.ESCALATED and ends_as != "escalated":
            reviewed_at = min(then + REVIEWED_AFTER, self.now)
            yield reviewed_at
            self._give_to_teachers(post.post_id, reviewed_at)
        return post.post_id

    def _give_to_teachers(self, post_id: int, then: datetime) -> None:
        signal = safety.find_open_signal(self.tx, post_actions.KIND, post_id)
        assert signal is not None  # noqa: S101 - whatever is escalated has its signal
        outcome, officer = SignalOutcome.BACK_TO_REVIEW, self.people.first_coordinator
        safety.close_signal(self.tx, self.sealer, signal["signal_id"], outcome, "", officer, then)
        safety_hooks.tell_outcome(self.tx, post_actions.KIND, post_id, outcome, then)
        journal.enter(self.tx, officer, "close_signal", "danger_signal", signal["pid"], then, outcome=str(outcome))

    def _decide(self, row: dict[str, Any], post_id: int, version: int, outcome: Outcome, then: datetime) -> None:
        item = desk.open_item(self.tx, post_actions.KIND, post_id)
        assert item is not None  # noqa: S101 - it was sent, and nobody has decided about it
        moderation.decide_in(
            self.tx, item, decided_by=self.people.teacher_for(self.people.group_of_child[row["author"]]),
            version_number=version, outcome=outcome,
            reason=None if outcome is Outcome.PUBLISH else Reason(row["reason"]), words="", not_personal=True, now=then,
        )  # fmt: skip

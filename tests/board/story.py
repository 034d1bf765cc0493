"""What the stories of the board are told with: a group with a team, a child who writes, a teacher who decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cfc_groups.access import Actor, AgeBand, Reach, Role
from cfc_groups.board import draft_actions, post_actions, store
from cfc_groups.board.models import Audience, Post, Sent, Step
from cfc_groups.db import Database, write
from cfc_groups.moderation import actions as moderation
from cfc_groups.moderation.models import Decision, Outcome, Reason
from cfc_groups.school_calendar.rules import SITE_ZONE
from cfc_groups.sealing import Sealer
from tests.support.world import Person, World


@dataclass
class Story:
    """One group of the city and its people; what is written and decided goes through the real actions."""

    world: World
    database: Database
    sealer: Sealer
    clock: Callable[[], datetime]
    group: int
    team: int
    child: Person
    teacher: Person

    def actor(self, person: Person) -> Actor:
        """Somebody as an action gets them."""
        now = self.clock()
        return Actor(
            account_id=person.account_id, pid=person.pid, role=Role(person.role), display_name=person.name,
            avatar="fox", session_id=1, signed_in_at=now, confirmed_at=now, age_band=AgeBand.MIDDLE,
            reach=Reach(frozenset({self.group}), frozenset({self.team})),
        )  # fmt: skip

    def draft(
        self, child: Person | None = None, *, title: str = "洗手台太高", saw: str = "我够不着公园的水龙头。",
        wish: str = "做一个矮一点的。", theme: str = "parks", place_pid: str | None = None,
    ) -> str:  # fmt: skip
        """A finished draft; answers its pid."""
        database, actor, now = self.database, self.actor(child or self.child), self.clock()
        pid = draft_actions.start_draft(database, actor, now, zone=SITE_ZONE).pid
        draft_actions.set_place(database, actor, now, pid, place_pid)
        draft_actions.set_text(database, actor, now, pid, Step.SAW, saw)
        draft_actions.set_text(database, actor, now, pid, Step.WISH, wish)
        draft_actions.set_title(database, actor, now, pid, title, theme)
        return pid

    def send(self, pid: str, child: Person | None = None, *, audience: Audience = Audience.PUBLIC) -> Sent:
        """Send a draft."""
        return post_actions.send_draft(
            self.database, self.sealer, self.actor(child or self.child), self.clock(), pid, audience=audience,
            zone=SITE_ZONE,
        )  # fmt: skip

    def sent(self, child: Person | None = None, *, audience: Audience = Audience.PUBLIC, **words: str) -> str:
        """Write and send an idea; answers its pid."""
        pid = self.draft(child, **words)
        self.send(pid, child, audience=audience)
        return pid

    def decide(self, pid: str, outcome: Outcome, reason: Reason | None = None, *, words: str = "") -> Decision:
        """A teacher decides the newest version of an idea."""
        post = self.post(pid)
        with write(self.database) as tx:
            item = tx.value(
                "SELECT pid FROM moderation_items WHERE kind = 'post' AND object_id = ? AND version_number = ?",
                (post.post_id, post.current_version),
            )
            return moderation.decide_in(
                tx, str(item), decided_by=self.teacher.account_id, version_number=post.current_version,
                outcome=outcome, reason=reason, words=words, not_personal=True, now=self.clock(),
            )  # fmt: skip

    def published(self, child: Person | None = None, *, audience: Audience = Audience.PUBLIC, **words: str) -> str:
        """An idea that a teacher has put on the board; answers its pid."""
        pid = self.sent(child, audience=audience, **words)
        self.decide(pid, Outcome.PUBLISH)
        return pid

    def returned(self, reason: Reason = Reason.EMPTY, **words: str) -> str:
        """An idea that a teacher has given back; answers its pid."""
        pid = self.sent(**words)
        self.decide(pid, Outcome.RETURN, reason)
        return pid

    def post(self, pid: str) -> Post:
        """The post as it stands."""
        found = store.find_post(self.database, pid)
        assert found is not None
        return found

    def later(self, **span: float) -> None:
        """Move the clock on."""
        self.clock.moment += timedelta(**span)  # type: ignore[attr-defined]

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(str(self.database.value(f"SELECT count(*) FROM {table}")))

"""A group with a teacher, a coordinator, two officers and a child whose paper is still missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from cfc_groups.access import Actor, Reach, Role
from cfc_groups.db import Database, write
from cfc_groups.safety import actions
from cfc_groups.safety.models import Answer, Paper, Purpose, Relation, Way
from cfc_groups.safety.notices import Notice
from cfc_groups.sealing import Sealer
from tests.support.world import Person, World

OLD_NOTICE = Notice("2025-1", "0" * 64)
GUARDIAN = "欧阳晓燕"


@dataclass
class Story:
    """What most stories of this room begin with."""

    world: World
    database: Database
    sealer: Sealer
    clock: Callable[[], datetime]
    group: int
    team: int
    child: Person
    teacher: Person
    coordinator: Person
    officer: Person
    second_officer: Person

    def actor(self, person: Person, *groups: int) -> Actor:
        """Somebody as an action gets them; teachers reach the story's group unless told otherwise."""
        now = self.clock()
        reach = Reach(frozenset(groups or {self.group})) if person.role != "coordinator" else Reach()
        return Actor(
            account_id=person.account_id, pid=person.pid, role=Role(person.role), display_name=person.name,
            avatar="fox", session_id=1, signed_in_at=now, confirmed_at=now, vetted_on=self.world.today, reach=reach,
        )  # fmt: skip

    def paper(
        self, answers: dict[Purpose, Answer] | None = None, *, signed_on: date | None = None, way: Way = Way.PAPER
    ) -> Paper:
        """A guardian's paper: yes to everything unless told otherwise."""
        given = dict.fromkeys(Purpose, Answer.YES) if answers is None else answers
        return Paper(given, GUARDIAN, Relation.MOTHER, signed_on or self.world.today - timedelta(days=1), way)

    def record(self, child: Person | None = None, paper: Paper | None = None, *, notice: Notice | None = None) -> None:
        """A teacher records a paper."""
        with write(self.database) as tx:
            actions.record_consents_in(
                tx, self.sealer, (child or self.child).account_id, paper or self.paper(),
                recorded_by=self.teacher.account_id, now=self.clock(), notice=notice,
            )  # fmt: skip

    def answer(self, purpose: Purpose, answer: Answer, child: Person | None = None) -> None:
        """The child answers for itself."""
        with write(self.database) as tx:
            actions.answer_own_in(tx, (child or self.child).account_id, purpose, answer, self.clock())

    def says_yes(self, child: Person | None = None) -> None:
        """The child agrees to everything."""
        for purpose in Purpose:
            self.answer(purpose, Answer.YES, child)

    def danger(self, words: str = "他们天天打我", object_id: int = 7, child: Person | None = None) -> str:
        """Words of danger come in about an object that no room owns; answers the signal's pid."""
        with write(self.database) as tx:
            return actions.raise_signal_in(
                tx, self.sealer, (child or self.child).account_id, self.group, "drawing", object_id, words,
                ["bullying"], self.clock(),
            )  # fmt: skip

    def told(self, person: Person) -> list[str]:
        """The kinds of what somebody was told, oldest first."""
        rows = self.database.rows(
            "SELECT kind FROM notifications WHERE recipient_id = ? ORDER BY notification_id", (person.account_id,)
        )
        return [row["kind"] for row in rows]


@pytest.fixture
def story(world: World, database: Database, sealer: Sealer, clock: Callable[[], datetime]) -> Story:
    """The people of the story."""
    group = world.group("翠苑小学观察团")
    team = world.team(group, "公园小队")
    return Story(
        world, database, sealer, clock, group, team,
        child=world.child(group, team, nickname="会飞的小狐狸", consents=False),
        teacher=world.teacher(group, name="陈老师"), coordinator=world.coordinator(name="林协调员"),
        officer=world.teacher(world.group("别的观察团"), name="王专员", officer=True),
        second_officer=world.adult("mentor", name="周专员", officer=True),
    )  # fmt: skip

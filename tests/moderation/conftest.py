"""A kind of content of the tests' own, and the people around it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from cfc_groups.db import Database
from tests.support.slips import Slips
from tests.support.world import Person, World


@dataclass
class Story:
    """A group with a child and two teachers; another group with a teacher of its own."""

    group_id: int
    other_group_id: int
    child: Person
    teacher: Person
    colleague: Person
    stranger: Person


@pytest.fixture
def slips(database: Database) -> Slips:
    """Slips of paper: registered with the desk as a feature registers its posts."""
    return Slips(database)


@pytest.fixture
def story(world: World) -> Story:
    """The people of most stories."""
    group_id, other = world.group("翠苑小学观察团"), world.group("文华观察团")
    team_id = world.team(group_id, "公园小队")
    return Story(
        group_id, other, world.child(group_id, team_id, nickname="慢慢的蜗牛", birth_month="2019-03"),
        world.teacher(group_id, name="陈老师"), world.teacher(group_id, name="林老师"),
        world.teacher(other, name="方老师"),
    )  # fmt: skip

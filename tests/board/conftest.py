"""The story that most tests of the board begin with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from cfc_groups.db import Database
from cfc_groups.sealing import Sealer
from tests.board.story import Story
from tests.support.world import World


@pytest.fixture
def story(world: World, database: Database, sealer: Sealer, clock: Callable[[], datetime]) -> Story:
    """A school's group with a team, a child with all yeses, and a vetted teacher."""
    group = world.group()
    team = world.team(group)
    return Story(world, database, sealer, clock, group, team, world.child(group, team), world.teacher(group))

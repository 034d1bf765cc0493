"""What stories about badges need besides the shared fixtures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cfc_groups.badges import actions
from cfc_groups.db import write
from tests.badges.way_in import FOUR, Holder
from tests.support.world import World


@pytest.fixture
def holder(world: World) -> Callable[..., Holder]:
    """Make a child with a badge: `holder()` is ten years old and knows its four pictures; `pictures=()` is fresh."""

    def make(
        *, pictures: tuple[str, ...] = FOUR, birth_month: str = "2016-10", group_id: int | None = None
    ) -> Holder:
        child = world.child(group_id, birth_month=birth_month, consents=False)
        with write(world.database) as tx:
            qr, typed = actions.issue_badge_in(tx, world.sealer, child.account_id, None, world.clock())
            if pictures:
                actions.set_picture_pin_in(tx, child.account_id, pictures, world.clock())
        return Holder(child, qr, typed, pictures)

    return make

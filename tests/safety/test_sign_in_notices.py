"""Teachers learn when a child's sign-in is not in order (R80, R81; safety.md 5)."""

from __future__ import annotations

from datetime import datetime

from cfc_groups.accounts import hooks as accounts
from cfc_groups.badges import hooks as badges
from cfc_groups.db import Database, write
from tests.support.pages import PageClient
from tests.support.world import World


def test_the_teachers_of_the_group_read_who_it_is_about_and_others_read_nothing(
    database: Database, world: World, now: datetime
) -> None:
    group = world.group()
    child = world.child(group, nickname="慢慢走的小蜗牛", consents=False)
    teacher, other = world.teacher(group), world.teacher(world.group())
    with write(database) as tx:
        accounts.tell_not_me(tx, child.account_id, now)
        badges.tell_badge_asleep(tx, child.account_id, now)
    page = world.sign_in(PageClient(world.app), teacher).get("/inbox")
    assert page.main.count("慢慢走的小蜗牛") == 2
    assert "慢慢走的小蜗牛" not in world.sign_in(PageClient(world.app), other).get("/inbox").text


def test_a_group_without_a_teacher_is_looked_after_by_the_coordinators(
    database: Database, world: World, now: datetime
) -> None:
    child = world.child(world.group(), nickname="会飞的小熊", consents=False)
    coordinator = world.coordinator()
    with write(database) as tx:
        accounts.tell_not_me(tx, child.account_id, now)
    assert "会飞的小熊" in world.sign_in(PageClient(world.app), coordinator).get("/inbox").text

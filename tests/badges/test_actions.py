"""Badges are issued, printed, replaced, closed; pictures are chosen anew; nothing usable stays behind."""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cfc_groups import journal
from cfc_groups.access import Role
from cfc_groups.accounts import actions as accounts
from cfc_groups.badges import actions, codes, queries, rules
from cfc_groups.badges.models import BadgeState, ChildBadge, ReadSecret, Sheet
from cfc_groups.config import Settings
from cfc_groups.db import write
from cfc_groups.errors import NotFound, RuleBroken
from tests.badges.way_in import FOUR, THREE, actor_of
from tests.support.world import Person, World

if TYPE_CHECKING:
    from tests.conftest import ToldClock


class School:
    """A group of children with its teacher."""

    def __init__(self, world: World, children: int = 3) -> None:
        self.world = world
        self.group_id = world.group()
        self.children = [world.child(self.group_id, consents=False) for _ in range(children)]
        self.teacher = actor_of(world.teacher(self.group_id), Role.TEACHER, world.clock(), self.group_id)

    def sheet(self, *children: Person, replace: bool = False) -> Sheet:
        world, pids = self.world, [child.pid for child in children or self.children]
        return actions.make_sheet(
            world.database, world.sealer, self.teacher, world.clock(), world.today, pids, replace=replace
        )

    def badge(self, child: Person) -> ChildBadge:
        return queries.badges_of_children(self.world.database, [child.account_id], self.world.clock())[child.account_id]

    def sessions(self, child: Person) -> int:
        rows = "SELECT count(*) FROM sessions WHERE account_id = ? AND ended_at IS NULL"
        return int(str(self.world.database.value(rows, (child.account_id,))))


@pytest.fixture
def school(world: World) -> School:
    """A group of three children who have no badges yet."""
    return School(world)


# The secrets


def test_secrets_have_128_and_80_random_bits_and_tell_nothing_of_each_other() -> None:
    """R79, contracts: two independent secrets."""
    made = [codes.new_secrets() for _ in range(500)]
    assert len({one.qr for one in made} | {one.typed for one in made}) == 1000
    for one in made:
        assert rules.read_secret(one.qr) == ReadSecret(qr=one.qr)
        assert rules.read_secret(one.typed) == ReadSecret(typed=one.typed)
        assert len(base64.urlsafe_b64decode(one.qr + "==")) * 8 == 128
        assert len(one.typed) * 5 == 80


def test_every_character_of_a_typed_code_is_used_at_every_place() -> None:
    made = [codes.new_secrets().typed for _ in range(1500)]
    for place in range(16):
        assert {typed[place] for typed in made} == set(rules.LETTERS)


@pytest.mark.parametrize("typed", ["ABC", "I" * 16, "a" * 16, "A" * 17])
def test_a_code_of_the_callers_own_has_the_right_shape(typed: str) -> None:
    with pytest.raises(ValueError, match="typed code"):
        codes.new_secrets(typed)


def test_a_code_that_belongs_to_nobody_always_asks_for_the_same_number_of_pictures(world: World) -> None:
    """R88."""
    asked = [codes.nobodys_pictures(world.sealer, codes.new_secrets().typed) for _ in range(200)]
    assert set(asked) == {3, 4}
    assert 60 < asked.count(3) < 140
    assert codes.nobodys_pictures(world.sealer, "A" * 16) == codes.nobodys_pictures(world.sealer, "A" * 16)


# Issuing


def test_other_rooms_give_badges_to_many_children_at_once(school: School) -> None:
    world = school.world
    with write(world.database) as tx:
        ids = [child.account_id for child in school.children]
        assert actions.issue_badges_in(tx, world.sealer, ids, school.teacher.account_id, world.clock()) == 3
    assert {school.badge(child).state for child in school.children} == {BadgeState.UNPRINTED}


def test_only_active_children_get_badges(world: World, now: datetime) -> None:
    left = world.child(consents=False)
    with write(world.database) as tx:
        accounts.end_child_in(tx, left.account_id, None, now)
    for somebody in (world.teacher(), left):
        with pytest.raises(NotFound), write(world.database) as tx:
            actions.issue_badge_in(tx, world.sealer, somebody.account_id, None, now)
    assert world.database.value("SELECT count(*) FROM badges") == 0


def test_one_who_cannot_get_a_badge_stops_all_of_them(world: World, now: datetime) -> None:
    child, teacher = world.child(consents=False), world.teacher()
    with pytest.raises(NotFound), write(world.database) as tx:
        actions.issue_badges_in(tx, world.sealer, [child.account_id, teacher.account_id], None, now)
    assert world.database.value("SELECT count(*) FROM badges") == 0


@pytest.mark.parametrize("keys", [["apple"], ["apple", "apple", "fish"], ["apple", "fish", "bell"], ["x", "y", "z"]])
def test_pictures_that_stand_on_no_grid_cannot_be_set(world: World, now: datetime, keys: list[str]) -> None:
    child = world.child(consents=False)
    with pytest.raises(ValueError, match="picture PIN"), write(world.database) as tx:
        actions.set_picture_pin_in(tx, child.account_id, keys, now)


def test_pictures_are_kept_as_argon2id(world: World, now: datetime) -> None:
    """R79, R82's parameters: 19 MiB, two passes, one lane."""
    child = world.child(consents=False)
    with write(world.database) as tx:
        actions.set_picture_pin_in(tx, child.account_id, THREE, now)
        actions.set_picture_pin_in(tx, child.account_id, FOUR, now)
    row = world.database.row("SELECT pin_hash, pictures FROM picture_pins")
    assert row is not None
    assert row["pin_hash"].startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert row["pictures"] == 4


# Printing


def test_a_teacher_makes_and_prints_badges_for_those_who_have_none(school: School) -> None:
    made = school.sheet()
    assert {badge.nickname for badge in made.badges} == {child.name for child in school.children}
    assert made.left_out == ()
    assert {school.badge(child).state for child in school.children} == {BadgeState.HANDED_OUT}


def test_the_same_badge_is_printed_again_within_a_day_and_a_new_one_after_it(school: School, clock: ToldClock) -> None:
    """docs/decisions/0005: a paper jam costs nobody a badge, a found sheet does not work for ever."""
    one = school.children[0]
    first = school.sheet(one).badges[0].secrets
    clock.moment += timedelta(hours=23)
    assert school.sheet(one).badges[0].secrets == first
    clock.moment += timedelta(hours=1)
    assert school.sheet(one).badges[0].secrets == first, "24 hours after the first print, to the second"
    clock.moment += timedelta(seconds=1)
    nothing = school.sheet(one)
    assert nothing.badges == ()
    assert nothing.left_out == (one.name,), "it may be in the child's pocket"
    assert school.sheet(one, replace=True).badges[0].secrets != first


def test_a_badge_made_by_another_room_is_printed_as_it_is(school: School) -> None:
    world, one = school.world, school.children[0]
    with write(world.database) as tx:
        actions.issue_badges_in(tx, world.sealer, [one.account_id], None, world.clock())
    before = world.database.value("SELECT qr_hash FROM badges")
    printed = school.sheet(one).badges[0].secrets
    assert codes.qr_hash(printed.qr) == before
    assert codes.typed_fingerprint(world.sealer, printed.typed) == world.database.value(
        "SELECT code_fingerprint FROM badges"
    )


def test_a_badge_in_use_is_left_out_unless_it_is_replaced(school: School, clock: ToldClock) -> None:
    """R84: the old one is void at once, and its child signed out."""
    world, one = school.world, school.children[0]
    old = school.sheet(one).badges[0].secrets
    with write(world.database) as tx:
        actions.set_picture_pin_in(tx, one.account_id, FOUR, world.clock())
    clock.moment += timedelta(days=30)
    accounts.open_session(world.database, one.account_id, "badge", world.clock())
    made = school.sheet()
    assert made.left_out == (one.name,)
    assert len(made.badges) == 2
    assert school.sessions(one) == 1
    new = school.sheet(one, replace=True).badges[0].secrets
    assert new != old
    assert school.sessions(one) == 0
    rows = world.database.rows("SELECT ended_because, codes FROM badges WHERE account_id = ?", (one.account_id,))
    assert [(row["ended_because"], row["codes"] is None) for row in rows] == [("reissued", True), (None, False)]
    assert school.badge(one).pictures == 4, "the pictures stay"


def test_a_teacher_prints_nothing_for_children_of_another_group(school: School) -> None:
    """R92: not found, and nothing is made for the own ones on the list either."""
    stranger = School(school.world).children[0]
    with pytest.raises(NotFound):
        school.sheet(school.children[0], stranger)
    assert school.world.database.value("SELECT count(*) FROM badges") == 0


def test_a_child_that_left_the_group_is_out_of_reach(school: School) -> None:
    world, one = school.world, school.children[0]
    with write(world.database) as tx:
        yesterday = str(world.today - timedelta(days=1))
        tx.execute("UPDATE memberships SET ends_on = ? WHERE account_id = ?", (yesterday, one.account_id))
    with pytest.raises(NotFound):
        school.sheet(one)
    with write(world.database) as tx:
        tx.execute("UPDATE memberships SET ends_on = ? WHERE account_id = ?", (str(world.today), one.account_id))
    assert school.sheet(one).badges, "the last day still counts"


def test_a_coordinator_reaches_every_group(school: School) -> None:
    world = school.world
    somebody = actor_of(world.coordinator(), Role.COORDINATOR, world.clock())
    pids = [school.children[0].pid, School(world).children[0].pid]
    made = actions.make_sheet(
        world.database, world.sealer, somebody, world.clock(), world.today, pids, replace=False
    )
    assert len(made.badges) == 2


def test_nobody_and_too_many_are_told_kindly(school: School) -> None:
    world = school.world
    for pids, code in (([], "nobody_chosen"), ([f"pid-{n}" for n in range(101)], "too_many_chosen")):
        with pytest.raises(RuleBroken) as told:
            actions.make_sheet(
                world.database, world.sealer, school.teacher, world.clock(), world.today, pids, replace=False
            )
        assert told.value.code == code


def test_one_child_ticked_twice_gets_one_badge(school: School) -> None:
    one = school.children[0]
    assert len(school.sheet(one, one).badges) == 1


# Losing and forgetting


def test_a_lost_badge_opens_nothing_and_signs_its_child_out(school: School) -> None:
    """R84."""
    world, one = school.world, school.children[0]
    school.sheet(one)
    accounts.open_session(world.database, one.account_id, "badge", world.clock())
    actions.void_badge(world.database, school.teacher, world.clock(), world.today, one.pid)
    assert school.badge(one).state is BadgeState.LOST
    assert school.sessions(one) == 0
    with pytest.raises(RuleBroken, match="no_badge"):
        actions.void_badge(world.database, school.teacher, world.clock(), world.today, one.pid)


def test_pictures_are_chosen_anew_within_three_days(school: School, clock: ToldClock) -> None:
    world, one = school.world, school.children[0]
    school.sheet(one)
    with pytest.raises(RuleBroken, match="no_pictures"):
        actions.reset_pictures(world.database, world.sealer, school.teacher, world.clock(), world.today, one.pid)
    with write(world.database) as tx:
        actions.set_picture_pin_in(tx, one.account_id, FOUR, world.clock())
    accounts.open_session(world.database, one.account_id, "badge", world.clock())
    clock.moment += timedelta(days=60)
    actions.reset_pictures(world.database, world.sealer, school.teacher, world.clock(), world.today, one.pid)
    assert school.sessions(one) == 0
    assert school.badge(one).state is BadgeState.HANDED_OUT
    clock.moment += timedelta(days=3, seconds=1)
    assert school.badge(one).state is BadgeState.TOO_LATE


def test_pictures_without_a_badge_cannot_be_chosen_anew(school: School, now: datetime) -> None:
    world, one = school.world, school.children[0]
    with pytest.raises(RuleBroken, match="no_badge"):
        actions.reset_pictures(world.database, world.sealer, school.teacher, now, world.today, one.pid)


@pytest.mark.parametrize("deed", ["void", "reset"])
def test_a_teacher_of_another_group_closes_and_resets_nothing(school: School, now: datetime, deed: str) -> None:
    """R92."""
    world, one = school.world, school.children[0]
    school.sheet(one)
    stranger = School(world).teacher
    with pytest.raises(NotFound):
        if deed == "void":
            actions.void_badge(world.database, stranger, now, world.today, one.pid)
        else:
            actions.reset_pictures(world.database, world.sealer, stranger, now, world.today, one.pid)
    assert school.badge(one).state is BadgeState.HANDED_OUT


# What stays behind


def everything_on_disk(settings: Settings) -> bytes:
    """All bytes of the database's files."""
    return b"".join(file.read_bytes() for file in settings.instance.glob("site.db*"))


def test_the_database_holds_no_usable_secret(school: School, settings: Settings, clock: ToldClock) -> None:
    """R79: neither while a badge may be printed (sealed), nor afterwards (gone); nor do the pictures lie readable."""
    world = school.world
    made = school.sheet()
    with write(world.database) as tx:
        for child in school.children:
            actions.set_picture_pin_in(tx, child.account_id, FOUR, world.clock())
    secrets = [secret for badge in made.badges for secret in (badge.secrets.qr, badge.secrets.typed)]
    secrets += [rules.in_fours(badge.secrets.typed) for badge in made.badges]
    while_printable = everything_on_disk(settings)
    assert not [secret for secret in (*secrets, " ".join(FOUR)) if secret.encode() in while_printable]
    sealed = [row["codes"] for row in world.database.rows("SELECT codes FROM badges")]
    assert all(part in while_printable for part in sealed), "the scan sees what is there"
    clock.moment += timedelta(hours=25)
    assert actions.close_old_badges(world.database, world.clock()) == 3
    assert world.database.value("SELECT count(*) FROM badges WHERE codes IS NOT NULL") == 0
    world.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    afterwards = everything_on_disk(settings)
    assert not [part for part in sealed if part in afterwards or part[:24] in afterwards], "overwritten, too"
    assert not [secret for secret in secrets if secret.encode() in afterwards]


def test_the_journal_tells_every_deed_and_no_secret(school: School, clock: ToldClock) -> None:
    """R101: issue, print, replacement, loss, new pictures."""
    world, one = school.world, school.children[0]
    made = [school.sheet(one), school.sheet(one, replace=True)]
    with write(world.database) as tx:
        actions.set_picture_pin_in(tx, one.account_id, FOUR, world.clock())
    actions.reset_pictures(world.database, world.sealer, school.teacher, world.clock(), world.today, one.pid)
    actions.void_badge(world.database, school.teacher, world.clock(), world.today, one.pid)
    rows = world.database.rows("SELECT * FROM journal WHERE object_id = ?", (str(one.account_id),))
    assert [row["deed"] for row in rows] == [
        "issue_badge", "print_badge", "issue_badge", "print_badge", "reset_pictures", "void_badge",
    ]  # fmt: skip
    assert [json.loads(row["facts"]).get("replaced") for row in rows if row["deed"] == "issue_badge"] == [False, True]
    assert {row["account_id"] for row in rows} == {school.teacher.account_id}
    told = " ".join(str(tuple(row)) for row in rows)
    for sheet in made:
        assert sheet.badges[0].secrets.typed not in told
        assert sheet.badges[0].secrets.qr not in told
    assert one.name not in told
    assert journal.verify(world.database) is None


# By the clock


def test_a_badge_that_nobody_used_for_two_weeks_ends(school: School, clock: ToldClock) -> None:
    world, (unused, used, _) = school.world, school.children
    school.sheet(unused, used)
    with write(world.database) as tx:
        actions.set_picture_pin_in(tx, used.account_id, FOUR, world.clock())
    clock.moment += timedelta(days=14)
    actions.close_old_badges(world.database, world.clock())
    assert school.badge(unused).state is BadgeState.HANDED_OUT, "the last second counts"
    clock.moment += timedelta(seconds=1)
    assert school.badge(unused).state is BadgeState.TOO_LATE, "before the sweep, too"
    assert actions.close_old_badges(world.database, world.clock()) == 1
    assert school.badge(unused).state is BadgeState.TOO_LATE
    assert school.badge(used).state is BadgeState.IN_USE
    assert actions.close_old_badges(world.database, world.clock()) == 0, "safe to run twice"


def test_codes_that_nobody_printed_are_forgotten_after_two_weeks(school: School, clock: ToldClock) -> None:
    world, one = school.world, school.children[0]
    with write(world.database) as tx:
        actions.set_picture_pin_in(tx, one.account_id, FOUR, world.clock())
        actions.issue_badges_in(tx, world.sealer, [one.account_id], None, world.clock())
    clock.moment += timedelta(days=14, seconds=1)
    assert actions.close_old_badges(world.database, world.clock()) == 1
    assert school.badge(one).state is BadgeState.TOO_LATE
    assert school.sheet(one).badges, "a new one is made without asking twice"


def test_the_badge_of_a_child_that_left_ends(school: School, clock: ToldClock) -> None:
    world, one = school.world, school.children[0]
    school.sheet(one)
    with write(world.database) as tx:
        accounts.end_child_in(tx, one.account_id, None, world.clock())
    actions.close_old_badges(world.database, world.clock())
    assert world.database.value("SELECT ended_because FROM badges") == "left"


@given(hours=st.lists(st.integers(0, 400), min_size=1, max_size=6))
@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_hours_codes_never_outlive_their_day(world: World, clock: ToldClock, hours: list[int]) -> None:
    """Prints and sweeps at any distance: codes are kept at most 24 hours after the first print, 14 days at all."""
    started = clock.moment
    school = School(world, children=1)
    one = school.children[0]
    for wait in hours:
        school.sheet(one)
        clock.moment += timedelta(hours=wait)
        actions.close_old_badges(world.database, clock.moment)
        rows = world.database.rows("SELECT * FROM badges WHERE codes IS NOT NULL AND account_id = ?", (one.account_id,))
        for row in rows:
            assert clock.moment - datetime.fromisoformat(row["printed_at"]) <= timedelta(hours=24)
            assert clock.moment - datetime.fromisoformat(row["issued_at"]) <= timedelta(days=14)
    clock.moment = started


def test_the_demo_hands_over_badges_with_codes_that_it_can_tell_again(world: World, now: datetime) -> None:
    child = world.child(consents=False)
    with write(world.database) as tx:
        _, typed = actions.issue_badge_in(tx, world.sealer, child.account_id, None, now, typed="K7QF2MXA9HT3WD8P")
    assert typed == "K7QF2MXA9HT3WD8P"
    assert world.database.value("SELECT code_fingerprint FROM badges") == codes.typed_fingerprint(world.sealer, typed)

"""Submitting, withdrawing, claiming, deciding, and who is told."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest

from cfc_groups import journal
from cfc_groups.access import Actor
from cfc_groups.clock import stamp
from cfc_groups.db import Database, write
from cfc_groups.errors import Conflict, NotFound, RuleBroken
from cfc_groups.moderation import actions, queries
from cfc_groups.moderation.models import Decision, ItemState, Outcome, Reason
from tests.moderation.conftest import Story
from tests.moderation.test_store import TODAY, actor_for
from tests.support.slips import Slips
from tests.support.world import World

PHONE = "打我妈妈电话13912345678吧"


@pytest.fixture
def chen(database: Database, story: Story, now: datetime) -> Actor:
    """Teacher Chen of the group."""
    return actor_for(database, story.teacher, now)


@pytest.fixture
def lin(database: Database, story: Story, now: datetime) -> Actor:
    """Teacher Lin, her colleague."""
    return actor_for(database, story.colleague, now)


def decide(
    database: Database, actor: Actor, now: datetime, pid: str, outcome: Outcome = Outcome.PUBLISH,
    reason: Reason | None = None, *, version: int = 1, words: str = "", not_personal: bool = False, today: date = TODAY,
) -> Decision:  # fmt: skip
    """Decide as the desk does."""
    return actions.decide(
        database, actor, now, today, pid, version_number=version, outcome=outcome, reason=reason, words=words,
        not_personal=not_personal,
    )


def state_of(database: Database, pid: str) -> str:
    """The state of an item."""
    return str(database.value("SELECT state FROM moderation_items WHERE pid = ?", (pid,)))


def told(database: Database, account_id: int) -> list[tuple[str, str]]:
    """Kind and address of everything somebody was told, oldest first."""
    rows = database.rows(
        "SELECT kind, address FROM notifications WHERE recipient_id = ? ORDER BY notification_id", (account_id,)
    )
    return [(row["kind"], row["address"]) for row in rows]


# Submitting and withdrawing


@pytest.mark.parametrize(
    ("saw", "state"),
    [("水龙头太高了", "waiting"), ("浙A12345的车占了盲道", "waiting"), (PHONE, "held"), ("我不想活了", "escalated")],
)
def test_what_the_detectors_notice_settles_where_a_slip_goes(
    saw: str, state: str, database: Database, slips: Slips, story: Story, now: datetime
) -> None:
    """R61, R62."""
    slip = slips.send(story.child, story.group_id, now, saw=saw)
    assert state_of(database, slips.item(slip)) == state


def test_no_signal_of_danger_stands_readable_in_item_or_journal(
    database: Database, slips: Slips, story: Story, now: datetime
) -> None:
    """R62: those words and their kind are sealed elsewhere."""
    slips.send(story.child, story.group_id, now, saw="我不想活了")
    assert database.value("SELECT findings FROM moderation_items") == "[]"
    entry = database.rows("SELECT facts FROM journal WHERE deed = 'submit_item'")[0]
    assert json.loads(entry["facts"]) == {"kind": "slip", "version": 1}


def test_a_newer_version_takes_the_place_of_one_that_waits(
    database: Database, slips: Slips, story: Story, now: datetime
) -> None:
    slip = slips.send(story.child, story.group_id, now)
    old = slips.item(slip)
    slips.send(story.child, story.group_id, now, slip_id=slip, saw="现在写得更清楚了")
    assert state_of(database, old) == ItemState.WITHDRAWN
    assert state_of(database, slips.item(slip)) == ItemState.WAITING


def test_a_newer_version_stays_with_the_officers_who_look_at_the_older_one(
    database: Database, slips: Slips, story: Story, now: datetime
) -> None:
    """R62: nothing of it comes to an ordinary desk meanwhile."""
    slip = slips.send(story.child, story.group_id, now, saw="我不想活了")
    slips.send(story.child, story.group_id, now, slip_id=slip, saw="没事")
    assert state_of(database, slips.item(slip)) == ItemState.ESCALATED


def test_withdrawing_empties_the_queue_once(database: Database, slips: Slips, story: Story, now: datetime) -> None:
    """R64."""
    slip = slips.send(story.child, story.group_id, now)
    assert slips.withdraw(slip, now)
    assert not slips.withdraw(slip, now), "a second time there is nothing left"
    assert state_of(database, slips.item(slip)) == ItemState.WITHDRAWN


@pytest.mark.parametrize(("saw", "after"), [("我不想活了", "waiting"), (PHONE + "，我不想活了", "held")])
def test_officers_put_a_misread_slip_back_and_its_clock_goes_on(
    saw: str, after: str, database: Database, slips: Slips, story: Story, now: datetime
) -> None:
    """safety.md 6.4 step 4; what was sure to be personal is still held."""
    slip = slips.send(story.child, story.group_id, now - timedelta(hours=5), saw=saw)
    with write(database) as tx:
        assert actions.back_to_review_in(tx, "slip", slip, now) == after
        assert actions.back_to_review_in(tx, "slip", slip, now) is None
    assert state_of(database, slips.item(slip)) == after
    assert database.value("SELECT submitted_at FROM moderation_items") == stamp(now - timedelta(hours=5))


# Deciding


def test_publishing_settles_the_item_and_the_kind_carries_it_out(
    database: Database, slips: Slips, story: Story, chen: Actor, now: datetime
) -> None:
    slip = slips.send(story.child, story.group_id, now)
    decision = decide(database, chen, now, slips.item(slip))
    assert decision.outcome is Outcome.PUBLISH
    assert state_of(database, slips.item(slip)) == ItemState.DECIDED
    assert slips.state(slip) == "publish"
    assert told(database, story.child.account_id) == [("slip_publish", "/me")]
    assert queries.queue(database, chen, TODAY).items == ()


def test_a_decision_tells_what_why_and_who_by_role(
    database: Database, slips: Slips, story: Story, chen: Actor, now: datetime
) -> None:
    """R56, R65: the author's page finds every decision, oldest first."""
    slip = slips.send(story.child, story.group_id, now)
    decide(database, chen, now, slips.item(slip), Outcome.RETURN, Reason.EMPTY, words="你站在哪一边呀？")
    slips.send(story.child, story.group_id, now, slip_id=slip, saw="站在左边够不着")
    later = now + timedelta(hours=1)
    decide(database, chen, later, slips.item(slip), version=2)
    first, second = queries.decisions_for(database, "slip", slip)
    assert (first.version_number, first.outcome, first.reason, first.words) == (
        1, Outcome.RETURN, Reason.EMPTY, "你站在哪一边呀？",
    )  # fmt: skip
    assert (first.role, first.decided_at) == (story.teacher.role, now)
    assert (second.version_number, second.outcome, second.reason) == (2, Outcome.PUBLISH, None)


def test_each_decision_stands_in_the_journal_without_a_word_of_anybody(
    database: Database, slips: Slips, story: Story, chen: Actor, now: datetime
) -> None:
    """R101."""
    slip = slips.send(story.child, story.group_id, now, title="小秘密标题")
    decide(database, chen, now, slips.item(slip), Outcome.RETURN, Reason.HURT, words="老师的话")
    row = database.rows("SELECT * FROM journal WHERE deed = 'decide_item'")[0]
    assert (row["account_id"], row["object_id"]) == (chen.account_id, slips.item(slip))
    assert json.loads(row["facts"]) == {
        "kind": "slip", "version": 1, "outcome": "return", "reason": "hurt", "own_words": True, "not_personal": False,
    }  # fmt: skip
    text = " ".join(str(tuple(one)) for one in database.rows("SELECT * FROM journal"))
    assert "小秘密标题" not in text
    assert "老师的话" not in text
    assert journal.verify(database) is None


def test_two_colleagues_cannot_both_decide(
    database: Database, slips: Slips, story: Story, chen: Actor, lin: Actor, now: datetime
) -> None:
    slip = slips.send(story.child, story.group_id, now)
    decide(database, chen, now, slips.item(slip))
    with pytest.raises(Conflict, match="item_decided"):
        decide(database, lin, now, slips.item(slip), Outcome.REFUSE, Reason.HURT)
    assert slips.state(slip) == "publish"
    assert database.value("SELECT count(*) FROM decisions") == 1


def test_a_version_that_the_moderator_has_not_read_is_not_decided(
    database: Database, slips: Slips, story: Story, chen: Actor, now: datetime
) -> None:
    slip = slips.send(story.child, story.group_id, now)
    read = slips.item(slip)
    slips.send(story.child, story.group_id, now, slip_id=slip, saw="改过了")
    with pytest.raises(Conflict, match="item_changed"):
        decide(database, chen, now, read)
    with pytest.raises(Conflict, match="item_changed"):
        decide(database, chen, now, slips.item(slip), version=1)
    assert slips.state(slip) == "sent"


def test_what_the_child_took_back_is_not_decided(
    database: Database, slips: Slips, story: Story, chen: Actor, now: datetime
) -> None:
    slip = slips.send(story.child, story.group_id, now)
    slips.withdraw(slip, now)
    with pytest.raises(Conflict, match="item_withdrawn"):
        decide(database, chen, now, slips.item(slip))


def test_a_held_slip_is_published_only_after_a_second_look(
    database: Database, slips: Slips, story: Story, chen: Actor, now: datetime
) -> None:
    """R61."""
    slip = slips.send(story.child, story.group_id, now, saw=PHONE)
    with pytest.raises(RuleBroken, match="held_not_confirmed") as refused:
        decide(database, chen, now, slips.item(slip))
    assert refused.value.field == "not_personal"
    decide(database, chen, now, slips.item(slip), not_personal=True)
    facts = json.loads(database.rows("SELECT facts FROM journal WHERE deed = 'decide_item'")[0]["facts"])
    assert facts["not_personal"] is True


def test_nobody_beyond_reach_decides(
    database: Database, slips: Slips, story: Story, world: World, now: datetime
) -> None:
    """R92, safety.md 3: foreign teachers, and coordinators where a teacher is there, find nothing."""
    slip = slips.send(story.child, story.group_id, now)
    for person in (story.stranger, world.coordinator()):
        with pytest.raises(NotFound):
            decide(database, actor_for(database, person, now), now, slips.item(slip))
        with pytest.raises(NotFound):
            actions.claim(database, actor_for(database, person, now), now, TODAY, slips.item(slip))
    assert slips.state(slip) == "sent"


def test_an_escalated_slip_is_not_found_by_any_moderator(
    database: Database, slips: Slips, story: Story, chen: Actor, now: datetime
) -> None:
    """R62."""
    slip = slips.send(story.child, story.group_id, now, saw="我不想活了")
    with pytest.raises(NotFound):
        decide(database, chen, now, slips.item(slip), Outcome.RETURN, Reason.EMPTY)
    with pytest.raises(NotFound):
        actions.claim(database, chen, now, TODAY, slips.item(slip))
    with write(database) as tx, pytest.raises(NotFound):
        actions.decide_in(
            tx, slips.item(slip), decided_by=chen.account_id, version_number=1, outcome=Outcome.PUBLISH, reason=None,
            words="", not_personal=True, now=now,
        )  # fmt: skip


def test_an_unknown_item_is_not_found(database: Database, slips: Slips, chen: Actor, now: datetime) -> None:
    with pytest.raises(NotFound):
        decide(database, chen, now, "nothing-here")


def test_when_the_kind_cannot_carry_it_out_nothing_is_decided(
    database: Database, slips: Slips, story: Story, chen: Actor, now: datetime
) -> None:
    from flask_babel import lazy_gettext

    from cfc_groups.moderation.kinds import Kind, register_kind
    from tests.support import slips as support

    def refuse(*_: object) -> None:
        raise RuleBroken("draft_incomplete")

    slip = slips.send(story.child, story.group_id, now)
    register_kind(Kind("slip", lazy_gettext("Note"), support.load, refuse))
    with pytest.raises(RuleBroken, match="draft_incomplete"):
        decide(database, chen, now, slips.item(slip))
    assert state_of(database, slips.item(slip)) == ItemState.WAITING
    assert database.value("SELECT count(*) FROM decisions") == 0


# Words of the moderator's own


@pytest.mark.parametrize("words", ["加我微信 abc12345", "给我打电话13912345678", "别告诉爸妈"])
def test_a_way_to_meet_elsewhere_is_blocked_and_the_officers_hear_of_it(
    words: str, database: Database, slips: Slips, story: Story, chen: Actor, world: World, now: datetime
) -> None:
    """R48: what adults write is blocked, not hinted."""
    officer = world.adult("mentor", officer=True)
    slip = slips.send(story.child, story.group_id, now)
    with pytest.raises(RuleBroken, match="words_lead_elsewhere") as refused:
        decide(database, chen, now, slips.item(slip), Outcome.RETURN, Reason.EMPTY, words=words)
    assert refused.value.field == "words"
    assert slips.state(slip) == "sent"
    assert told(database, officer.account_id) == [("adult_words_blocked", "/inbox")]
    everything = " ".join(str(tuple(row)) for row in database.rows("SELECT * FROM journal"))
    everything += " ".join(str(tuple(row)) for row in database.rows("SELECT * FROM notifications"))
    assert words not in everything


def test_an_officer_is_not_told_about_herself(
    database: Database, slips: Slips, story: Story, world: World, now: datetime
) -> None:
    """R40: never to somebody it is about."""
    own, other = world.teacher(story.group_id, officer=True), world.adult("mentor", officer=True)
    slip = slips.send(story.child, story.group_id, now)
    with pytest.raises(RuleBroken):
        decide(
            database, actor_for(database, own, now), now, slips.item(slip), Outcome.RETURN, Reason.EMPTY,
            words="我的QQ是 12345678",
        )  # fmt: skip
    assert told(database, own.account_id) == []
    assert len(told(database, other.account_id)) == 1


def test_words_sent_for_a_slip_out_of_reach_alarm_nobody(
    database: Database, slips: Slips, story: Story, world: World, now: datetime
) -> None:
    officer = world.adult("mentor", officer=True)
    slip = slips.send(story.child, story.group_id, now)
    with pytest.raises(NotFound):
        decide(database, actor_for(database, story.stranger, now), now, slips.item(slip), words="加我微信 abc12345")
    assert told(database, officer.account_id) == []


# Claims


def test_a_claim_keeps_colleagues_off_until_it_runs_out(
    database: Database, slips: Slips, story: Story, chen: Actor, lin: Actor, now: datetime
) -> None:
    pid = slips.item(slips.send(story.child, story.group_id, now))
    actions.claim(database, chen, now, TODAY, pid)
    with pytest.raises(Conflict, match="item_claimed") as refused:
        actions.claim(database, lin, now + timedelta(minutes=9), TODAY, pid)
    assert refused.value.facts == {"name": "陈老师"}
    with pytest.raises(Conflict, match="item_claimed"):
        decide(database, lin, now + timedelta(minutes=9), pid)
    actions.claim(database, lin, now + timedelta(minutes=10), TODAY, pid)
    with pytest.raises(Conflict, match="item_claimed"):
        decide(database, chen, now + timedelta(minutes=11), pid)
    decide(database, lin, now + timedelta(minutes=11), pid)


def test_a_claim_goes_on_while_the_item_is_open(
    database: Database, slips: Slips, story: Story, chen: Actor, lin: Actor, now: datetime
) -> None:
    pid = slips.item(slips.send(story.child, story.group_id, now))
    for minutes in (0, 4, 8, 12):
        actions.claim(database, chen, now + timedelta(minutes=minutes), TODAY, pid)
    with pytest.raises(Conflict, match="item_claimed"):
        actions.claim(database, lin, now + timedelta(minutes=21), TODAY, pid)


def test_a_moderator_holds_one_item_at_a_time(
    database: Database, slips: Slips, story: Story, chen: Actor, lin: Actor, now: datetime
) -> None:
    """safety.md 6.1: one idea at a time."""
    first = slips.item(slips.send(story.child, story.group_id, now))
    second = slips.item(slips.send(story.child, story.group_id, now))
    actions.claim(database, chen, now, TODAY, first)
    actions.claim(database, chen, now, TODAY, second)
    actions.claim(database, lin, now, TODAY, first)
    with pytest.raises(Conflict, match="item_claimed"):
        actions.claim(database, lin, now, TODAY, second)


def test_a_moderator_can_leave_an_item_to_a_colleague(
    database: Database, slips: Slips, story: Story, chen: Actor, lin: Actor, now: datetime
) -> None:
    pid = slips.item(slips.send(story.child, story.group_id, now))
    actions.claim(database, chen, now, TODAY, pid)
    actions.leave(database, lin, TODAY, pid)
    with pytest.raises(Conflict, match="item_claimed"):
        actions.claim(database, lin, now, TODAY, pid)
    actions.leave(database, chen, TODAY, pid)
    actions.claim(database, lin, now, TODAY, pid)


def test_deciding_needs_no_claim_when_nobody_else_has_one(
    database: Database, slips: Slips, story: Story, chen: Actor, now: datetime
) -> None:
    pid = slips.item(slips.send(story.child, story.group_id, now))
    decide(database, chen, now, pid)
    assert database.value("SELECT claimed_by FROM moderation_items") is None


def test_a_settled_item_is_not_claimed(
    database: Database, slips: Slips, story: Story, chen: Actor, now: datetime
) -> None:
    slip = slips.send(story.child, story.group_id, now)
    slips.withdraw(slip, now)
    with pytest.raises(Conflict, match="item_withdrawn"):
        actions.claim(database, chen, now, TODAY, slips.item(slip))


# The sweep


def _late(database: Database, slips: Slips, story: Story, world: World, now: datetime, hours: float) -> dict[str, int]:
    """Who is told how often when something has waited so long: teachers, foreign teacher, coordinator."""
    coordinator = world.coordinator()
    slips.send(story.child, story.group_id, now - timedelta(hours=hours))
    actions.tell_of_late_ones(database, now)
    return {
        "teacher": len(told(database, story.teacher.account_id)),
        "colleague": len(told(database, story.colleague.account_id)),
        "stranger": len(told(database, story.stranger.account_id)),
        "coordinator": len(told(database, coordinator.account_id)),
    }


@pytest.mark.parametrize(("hours", "teachers", "coordinators"), [(24, 0, 0), (24.1, 1, 0), (48, 1, 0), (48.1, 1, 1)])
def test_teachers_hear_after_a_day_and_coordinators_after_two(
    hours: float, teachers: int, coordinators: int, database: Database, slips: Slips, story: Story, world: World,
    now: datetime,
) -> None:  # fmt: skip
    """R60, safety.md 6.6."""
    assert _late(database, slips, story, world, now, hours) == {
        "teacher": teachers, "colleague": teachers, "stranger": 0, "coordinator": coordinators,
    }  # fmt: skip


def test_a_late_queue_is_told_once_a_day(
    database: Database, slips: Slips, story: Story, world: World, now: datetime
) -> None:
    _late(database, slips, story, world, now, 30)
    assert actions.tell_of_late_ones(database, now + timedelta(hours=1)) == 0
    assert actions.tell_of_late_ones(database, now + timedelta(hours=24)) == 3  # two teachers, and now a coordinator


def test_where_no_teacher_may_decide_coordinators_hear_after_a_day(
    database: Database, slips: Slips, story: Story, world: World, now: datetime
) -> None:
    coordinator = world.coordinator()
    slips.send(story.child, world.group("没有老师的团"), now - timedelta(hours=25))
    assert actions.tell_of_late_ones(database, now) == 1
    assert told(database, coordinator.account_id) == [("queue_late", "/moderation")]


def test_escalated_and_settled_things_are_nobodys_delay(
    database: Database, slips: Slips, story: Story, chen: Actor, now: datetime
) -> None:
    long_ago = now - timedelta(hours=60)
    slips.send(story.child, story.group_id, long_ago, saw="我不想活了")
    decide(database, chen, now, slips.item(slips.send(story.child, story.group_id, long_ago)))
    assert actions.tell_of_late_ones(database, now) == 0



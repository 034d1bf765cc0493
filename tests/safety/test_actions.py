"""Papers, the child's own answers, signals of danger: what changes, who is told, what the journal keeps."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from cfc_groups.access import Role
from cfc_groups.clock import stamp
from cfc_groups.db import Writer, write
from cfc_groups.errors import Conflict, NotFound, RuleBroken
from cfc_groups.safety import actions, consents, hooks, protection, queries, signal_queries
from cfc_groups.safety.models import Answer, Outcome, PostingState, ProtectionContact, Purpose, Way
from tests.conftest import ToldClock
from tests.safety.conftest import GUARDIAN, OLD_NOTICE, Story

AT_NIGHT = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai


def posting(story: Story) -> PostingState:
    return queries.may_post(story.database, story.child.account_id, story.clock())


def publishing(story: Story) -> bool:
    return queries.may_publish(story.database, story.child.account_id, story.clock())


def journal_of(story: Story, deed: str) -> list[dict[str, object]]:
    rows = story.database.rows("SELECT * FROM journal WHERE deed = ? ORDER BY entry_id", (deed,))
    return [dict(row) for row in rows]


# Consent and assent


def test_from_paper_to_own_yes_a_child_comes_to_write_and_be_published(story: Story) -> None:
    """R2, R12, R17: step by step, each at once."""
    assert (posting(story), publishing(story)) == (PostingState.CONSENT_MISSING, False)
    story.record()
    assert (posting(story), publishing(story)) == (PostingState.ASSENT_MISSING, False)
    story.answer(Purpose.ACCOUNT, Answer.YES)
    assert (posting(story), publishing(story)) == (PostingState.OK, False)
    story.answer(Purpose.IDEAS_PUBLIC, Answer.YES)
    assert (posting(story), publishing(story)) == (PostingState.OK, True)


def test_a_guardian_who_withdraws_by_word_of_mouth_is_heard_at_once(story: Story) -> None:
    """R15: one row, in force in the same transaction; the child's own yes does not outweigh it."""
    story.record()
    story.says_yes()
    story.record(paper=story.paper({Purpose.IDEAS_PUBLIC: Answer.NO}, way=Way.TOLD))
    assert (posting(story), publishing(story)) == (PostingState.OK, False)
    story.record(paper=story.paper({Purpose.ACCOUNT: Answer.NO}, way=Way.TOLD))
    assert posting(story) is PostingState.CONSENT_MISSING
    story.record()
    assert (posting(story), publishing(story)) == (PostingState.OK, True)


def test_a_childs_no_stays_a_no_however_often_adults_record_a_yes(story: Story) -> None:
    """R17: no adult's action flips it."""
    story.record()
    story.says_yes()
    story.answer(Purpose.IDEAS_PUBLIC, Answer.NO)
    story.record()
    story.record(paper=story.paper({Purpose.IDEAS_PUBLIC: Answer.YES}))
    assert (posting(story), publishing(story)) == (PostingState.OK, False)
    story.answer(Purpose.ACCOUNT, Answer.NO)
    story.record()
    assert posting(story) is PostingState.ASSENT_REFUSED


def test_a_newer_notice_asks_both_again_and_leaves_the_old_record_alone(story: Story) -> None:
    """R16: consent given to an older notice is outdated until confirmed; then the child is asked again."""
    story.record(notice=OLD_NOTICE)
    with write(story.database) as tx:
        for purpose in Purpose:
            actions.answer_own_in(tx, story.child.account_id, purpose, Answer.YES, story.clock(), notice=OLD_NOTICE)
    before = [tuple(row) for row in story.database.rows("SELECT * FROM consents ORDER BY consent_id")]
    assert (posting(story), publishing(story)) == (PostingState.CONSENT_OUTDATED, False)
    assert not queries.needs_assent(story.database, story.child.account_id), "the family comes first"
    story.record()
    assert posting(story) is PostingState.ASSENT_MISSING
    assert queries.needs_assent(story.database, story.child.account_id)
    story.says_yes()
    assert (posting(story), publishing(story)) == (PostingState.OK, True)
    rows = [tuple(row) for row in story.database.rows("SELECT * FROM consents ORDER BY consent_id")]
    assert rows[: len(before)] == before
    assert {row["notice_hash"] for row in story.database.rows("SELECT notice_hash FROM consents")} == {
        OLD_NOTICE.hash,
        actions.notices.current().hash,
    }


def test_whoever_listens_hears_of_every_answer_inside_its_transaction(story: Story) -> None:
    heard: list[tuple[int, int]] = []

    def listener(tx: Writer, child_id: int, now: datetime) -> None:
        rows = tx.value("SELECT count(*) FROM consents") or tx.value("SELECT count(*) FROM assents")
        heard.append((child_id, int(str(rows))))
        if len(heard) == 3:
            raise RuntimeError("what listens fails")

    consents.on_change(listener)
    try:
        story.record()
        story.answer(Purpose.ACCOUNT, Answer.YES)
        assert heard == [(story.child.account_id, 5), (story.child.account_id, 5)]
        with pytest.raises(RuntimeError):
            story.record(paper=story.paper({Purpose.ACCOUNT: Answer.NO}))
        assert posting(story) is PostingState.OK, "the answer is taken back with the transaction"
    finally:
        hooks._consent_listeners.pop(f"{listener.__module__}.{listener.__qualname__}")


def test_the_journal_keeps_who_recorded_what_but_no_name(story: Story) -> None:
    """R101."""
    story.record()
    story.answer(Purpose.FORWARDING, Answer.NO)
    (recorded,) = journal_of(story, "record_consents")
    facts = json.loads(str(recorded["facts"]))
    assert recorded["account_id"] == story.teacher.account_id
    assert facts == {**dict.fromkeys(Purpose, "yes"), "notice": actions.notices.CURRENT, "way": "paper"}
    (own,) = journal_of(story, "answer_own")
    assert own["account_id"] == story.child.account_id
    assert GUARDIAN not in str(recorded) and GUARDIAN not in str(own)


def test_a_teacher_records_only_for_children_of_the_own_group(story: Story) -> None:
    """R92, R93: a foreign child is not found."""
    elsewhere = story.actor(story.teacher, story.world.group())
    with pytest.raises(NotFound):
        actions.record_consents(
            story.database, story.sealer, elsewhere, story.clock(), story.world.today, story.child.pid, story.paper()
        )
    assert story.database.value("SELECT count(*) FROM consents") == 0


def test_a_child_cannot_agree_to_what_its_guardian_did_not(story: Story) -> None:
    story.record(paper=story.paper({Purpose.ACCOUNT: Answer.YES, Purpose.IDEAS_PUBLIC: Answer.NO}))
    child = story.actor(story.child)
    with pytest.raises(RuleBroken) as refused:
        actions.answer_own(story.database, child, story.clock(), Purpose.IDEAS_PUBLIC, Answer.YES)
    assert refused.value.code == "assent_not_asked"
    actions.answer_own(story.database, child, story.clock(), Purpose.IDEAS_PUBLIC, Answer.NO)
    actions.answer_own(story.database, child, story.clock(), Purpose.ACCOUNT, Answer.YES)
    assert posting(story) is PostingState.OK


def test_the_storys_helper_goes_through_the_real_actions(story: Story) -> None:
    consents.record_for_story(
        story.database, story.sealer, story.child.account_id, recorded_by=story.teacher.account_id,
        now=story.clock(), answers={"photos_public": "no"}, assent=True,
    )  # fmt: skip
    assert (posting(story), publishing(story)) == (PostingState.OK, True)
    assert len(journal_of(story, "record_consents")) == 1
    assert len(journal_of(story, "answer_own")) == 5


# Signals of danger


def test_words_of_danger_reach_both_officers_and_nobody_else(story: Story) -> None:
    """R62: no guardian, no moderator, no coordinator, not even a notice for the child."""
    guardian = story.world.adult("guardian")
    pid = story.danger()
    assert story.told(story.officer) == story.told(story.second_officer) == [protection.SIGNAL]
    for person in (story.teacher, story.coordinator, story.child, guardian):
        assert story.told(person) == []
    (notice,) = story.database.rows("SELECT * FROM notifications WHERE recipient_id = ?", (story.officer.account_id,))
    assert notice["address"] == f"/protection/{pid}"
    assert notice["facts"] == "{}"


def test_the_journal_of_a_signal_names_neither_child_nor_words_nor_kind(story: Story) -> None:
    pid = story.danger("他们天天打我")
    (entry,) = journal_of(story, "raise_signal")
    assert (entry["account_id"], entry["object_id"], entry["facts"]) == (None, pid, "{}")


def test_an_officer_whose_record_check_is_too_old_is_not_relied_on(story: Story) -> None:
    """R43: who may not open the page is not told of it."""
    with write(story.database) as tx:
        tx.execute(
            "UPDATE accounts SET vetted_on = ? WHERE account_id = ?",
            (str(story.world.today - timedelta(days=366)), story.officer.account_id),
        )
    story.danger()
    assert story.told(story.officer) == []
    assert story.told(story.second_officer) == [protection.SIGNAL]
    assert queries.officers_missing(story.database, story.world.today)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE accounts SET state = 'suspended' WHERE {}",
        "UPDATE capabilities SET ended_at = '2026-01-01T00:00:00.000Z' WHERE {}",
    ],
)
def test_with_fewer_than_two_officers_the_coordinators_see_it(story: Story, change: str) -> None:
    """R40."""
    assert not queries.officers_missing(story.database, story.world.today)
    with write(story.database) as tx:
        tx.execute(change.format("account_id = :officer"), {"officer": story.officer.account_id})
    assert queries.officers_missing(story.database, story.world.today)


def test_without_any_officer_the_coordinators_learn_that_somebody_waits(story: Story) -> None:
    with write(story.database) as tx:
        tx.execute("UPDATE capabilities SET ended_at = ?", (stamp(story.clock()),))
    story.danger()
    assert story.told(story.coordinator) == [protection.UNSEEN]
    (notice,) = story.database.rows("SELECT * FROM notifications")
    assert notice["address"] == protection.COORDINATORS_PAGE


def test_newer_words_about_the_same_thing_join_the_open_signal(story: Story) -> None:
    first = story.danger("第一句")
    actions.see_signal(story.database, story.sealer, story.actor(story.officer), story.clock(), first)
    story.clock.moment += timedelta(minutes=10)  # type: ignore[attr-defined]
    assert story.danger("第二句") == first
    opened = signal_queries.open_signal(story.database, story.sealer, first)
    assert opened.words == ["第一句", "第二句"]
    assert opened.signal.seen_at is None, "the new words are still to be seen"
    assert story.told(story.officer) == [protection.SIGNAL] * 2
    assert len(signal_queries.list_open(story.database)) == 1


def test_after_a_signal_is_closed_new_words_raise_a_new_one(story: Story) -> None:
    first = story.danger()
    close(story, first, Outcome.BACK_TO_REVIEW)
    assert story.danger() != first


def close(story: Story, pid: str, outcome: Outcome, note: str = "和孩子谈过了，两位大人在场") -> None:
    officer = story.actor(story.officer)
    actions.close_signal(story.database, story.sealer, officer, story.clock(), pid, outcome, note)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_owner_of_the_object_hears_how_it_ended(story: Story, outcome: Outcome) -> None:
    heard: list[tuple[int, Outcome, bool]] = []
    hooks.on_outcome(
        "drawing", lambda tx, object_id, how, now: heard.append((object_id, how, tx.connection.in_transaction))
    )
    try:
        pid = story.danger(object_id=41)
        story.danger(object_id=42)
        close(story, pid, outcome)
    finally:
        hooks._outcome_listeners.pop("drawing")
    assert heard == [(41, outcome, True)]
    (entry,) = journal_of(story, "close_signal")
    assert json.loads(str(entry["facts"])) == {"outcome": outcome}
    assert len(signal_queries.list_open(story.database)) == 1


def test_a_signal_is_closed_once(story: Story) -> None:
    pid = story.danger()
    close(story, pid, Outcome.HANDLED)
    with pytest.raises(Conflict):
        close(story, pid, Outcome.BACK_TO_REVIEW)
    with pytest.raises(NotFound):
        close(story, "no-such-pid", Outcome.HANDLED)


def test_the_first_officer_who_looks_is_remembered(story: Story) -> None:
    pid = story.danger()
    assert actions.see_signal(story.database, story.sealer, story.actor(story.officer), story.clock(), pid)
    assert not actions.see_signal(story.database, story.sealer, story.actor(story.second_officer), story.clock(), pid)
    signal = signal_queries.open_signal(story.database, story.sealer, pid).signal
    assert signal.seen_by == "王专员"
    assert [entry["account_id"] for entry in journal_of(story, "see_signal")] == [story.officer.account_id]


def test_an_unseen_signal_is_told_again_after_two_hours_once(story: Story, clock: ToldClock) -> None:
    """Section 6.4; safe to run twice, and what was slept through is caught up with one notice."""
    story.danger()
    for minutes, kinds in (
        (119, [protection.SIGNAL]),
        (120, [protection.SIGNAL, protection.AGAIN]),
        (121, [protection.SIGNAL, protection.AGAIN]),
        (240, [protection.SIGNAL, protection.AGAIN, protection.AGAIN]),
    ):
        for _twice in range(2):
            protection.tell_again(story.database, clock.moment + timedelta(minutes=minutes))
        assert story.told(story.officer) == story.told(story.second_officer) == kinds
        assert story.told(story.coordinator) == [protection.UNSEEN] * (len(kinds) - 1)
    assert story.told(story.teacher) == story.told(story.child) == []


def test_at_night_officers_are_told_again_in_the_morning(story: Story, clock: ToldClock) -> None:
    clock.moment = AT_NIGHT
    story.danger()
    protection.tell_again(story.database, AT_NIGHT + timedelta(hours=7, minutes=59))
    assert story.told(story.officer) == [protection.SIGNAL]
    protection.tell_again(story.database, AT_NIGHT + timedelta(hours=8))
    assert story.told(story.officer) == [protection.SIGNAL, protection.AGAIN]


def test_a_signal_that_was_seen_is_not_told_again(story: Story, clock: ToldClock) -> None:
    pid = story.danger()
    actions.see_signal(story.database, story.sealer, story.actor(story.officer), story.clock(), pid)
    protection.tell_again(story.database, clock.moment + timedelta(days=1))
    assert story.told(story.officer) == [protection.SIGNAL]


def test_the_sweep_is_registered(story: Story, clock: ToldClock) -> None:
    from cfc_groups import scheduler

    story.danger()
    clock.moment += timedelta(hours=3)
    assert "tell_officers_again" in scheduler.run_due(story.database, clock.moment)
    assert protection.AGAIN in story.told(story.officer)


def test_many_failed_sign_ins_are_told_once_an_hour(story: Story) -> None:
    """R80."""
    with write(story.database) as tx:
        protection.tell_of_many_failures_in(tx, story.clock())
        protection.tell_of_many_failures_in(tx, story.clock() + timedelta(minutes=5))
        protection.tell_of_many_failures_in(tx, story.clock() + timedelta(hours=1))
    for person in (story.officer, story.coordinator):
        assert story.told(person) == [protection.MANY_FAILURES] * 2
    assert story.told(story.teacher) == []


# What a coordinator keeps


def test_hotlines_are_replaced_as_a_whole(story: Story) -> None:
    coordinator = story.actor(story.coordinator)
    assert coordinator.role is Role.COORDINATOR
    today = story.world.today
    actions.set_hotlines(
        story.database, coordinator, story.clock(), today, [("12355", "", today), ("0571-1234", "区里的电话", today)]
    )
    with story.world.app.test_request_context():
        found = queries.hotlines(story.database)
    assert [(one.number, one.label, one.checked_on) for one in found] == [
        ("12355", "青少年热线", today),
        ("0571-1234", "区里的电话", today),
    ]
    with pytest.raises(RuleBroken):
        actions.set_hotlines(story.database, coordinator, story.clock(), today, [])


def test_the_newest_protection_contact_counts_and_older_ones_stay(story: Story) -> None:
    """R35."""
    assert not queries.protection_contact(story.database).is_set
    for officer in ("王老师", "周老师"):
        actions.set_protection_contact(
            story.database, story.actor(story.coordinator), story.clock(), ProtectionContact(officer, "0571-87000000")
        )
    assert queries.protection_contact(story.database) == ProtectionContact("周老师", "0571-87000000")
    assert story.database.value("SELECT count(*) FROM protection_contacts") == 2

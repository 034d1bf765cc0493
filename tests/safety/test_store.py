"""What lies in the database of consents and signals: append-only, sealed, found without scanning."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from datetime import timedelta

import pytest

from cfc_groups.clock import stamp
from cfc_groups.db import Database, write
from cfc_groups.safety import consent_queries, notices, queries, signal_queries, store
from cfc_groups.safety.models import Answer, ConsentState, Outcome, Purpose
from tests.safety.conftest import GUARDIAN, OLD_NOTICE, Story


def test_the_newest_answer_of_each_purpose_counts(story: Story) -> None:
    story.record()
    story.record(paper=story.paper({Purpose.IDEAS_PUBLIC: Answer.NO}))
    story.answer(Purpose.ACCOUNT, Answer.NO)
    story.answer(Purpose.ACCOUNT, Answer.YES)
    found = queries.standing(story.database, story.child.account_id)
    assert {purpose: given.answer for purpose, given in found.guardian.items()} == {
        **dict.fromkeys(Purpose, Answer.YES),
        Purpose.IDEAS_PUBLIC: Answer.NO,
    }
    assert {purpose: given.answer for purpose, given in found.child.items()} == {Purpose.ACCOUNT: Answer.YES}


def test_answers_of_many_children_are_read_in_one_statement(
    story: Story, count_sql: Callable[[], object], database: Database
) -> None:
    children = [story.world.child(story.group) for _ in range(12)]
    with count_sql() as statements:  # type: ignore[attr-defined]
        found = queries.consent_states(database, [child.account_id for child in children] + [story.child.account_id])
    assert len(statements) == 1
    assert found[story.child.account_id] is ConsentState.MISSING
    assert [found[child.account_id] for child in children] == [ConsentState.COMPLETE] * 12


@pytest.mark.parametrize("table", ["consents", "assents"])
def test_no_answer_is_ever_changed(story: Story, table: str) -> None:
    """R16: a new answer is a new row."""
    story.record()
    story.says_yes()
    with pytest.raises(sqlite3.IntegrityError, match="never changed"), write(story.database) as tx:
        tx.execute(f"UPDATE {table} SET answer = 'no'")


def test_the_database_itself_refuses_a_yes_by_word_of_mouth(story: Story) -> None:
    story.record()
    with pytest.raises(sqlite3.IntegrityError), write(story.database) as tx:
        tx.execute(
            "INSERT INTO consents (child_id, purpose, answer, way, guardian_name, relation, notice_version,"
            " notice_hash, signed_on, recorded_by, recorded_at)"
            " SELECT child_id, purpose, 'yes', 'told', guardian_name, relation, notice_version, notice_hash,"
            " signed_on, recorded_by, recorded_at FROM consents LIMIT 1"
        )


def test_no_guardians_name_and_no_word_of_danger_lies_readable_on_the_disk(story: Story) -> None:
    """R26, R62: neither in the database nor in its log."""
    story.record()
    pid = story.danger("我不想回家，他用皮带打我")
    with write(story.database) as tx:
        signal = signal_queries.open_signal(tx, story.sealer, pid).signal
        store.close_signal(
            tx, story.sealer, signal.signal_id, Outcome.HANDLED, "已经报告民政部门", story.officer.account_id,
            story.clock(),
        )  # fmt: skip
    file = story.database.file
    content = b"".join(one.read_bytes() for one in file.parent.glob(file.name + "*"))
    for canary in (GUARDIAN, "皮带", "bullying", "民政"):
        assert canary.encode() not in content
    opened = signal_queries.open_signal(story.database, story.sealer, pid)
    assert (opened.words, opened.kinds, opened.note) == (["我不想回家，他用皮带打我"], ["bullying"], "已经报告民政部门")


def test_the_list_of_missing_papers_agrees_with_the_rule_whatever_was_answered(story: Story) -> None:
    """The SQL of the filter and rules.consent_state say the same of 60 children with random histories."""
    chance = random.Random(62)
    children = [story.world.child(story.group, consents=False) for _ in range(60)]
    for child in children:
        for _ in range(chance.randrange(4)):
            answers = {purpose: chance.choice(list(Answer)) for purpose in Purpose if chance.random() < 0.8}
            if answers:
                story.record(child, story.paper(answers), notice=chance.choice([None, None, OLD_NOTICE]))
    states = queries.consent_states(story.database, [child.account_id for child in [*children, story.child]])
    expected = {one for one, state in states.items() if state in (ConsentState.MISSING, ConsentState.OUTDATED)}
    assert 0 < len(expected) < 61
    for groups in ([story.group], None):
        listed = consent_queries.list_children(
            story.database, groups, story.world.today, notice_version=notices.CURRENT, paper_needed=True, most=100
        )
        assert {child.child_id for child in listed} == expected


@pytest.mark.parametrize("alliance_wide", [True, False])
def test_pages_of_children_follow_each_other_without_gap_or_repeat(story: Story, alliance_wide: bool) -> None:
    for number in range(23):
        story.world.child(story.group, nickname=f"小熊{number % 7}号{number}", consents=False)
    with write(story.database) as tx:  # many share one sort key
        tx.execute("UPDATE accounts SET display_name_key = substr(display_name, 1, 3) WHERE role = 'child'")
    groups = None if alliance_wide else [story.group]
    seen: list[str] = []
    after = None
    while True:
        page = consent_queries.list_children(
            story.database, groups, story.world.today, notice_version=notices.CURRENT, after=after, most=5
        )
        seen += [child.pid for child in page]
        if len(page) < 5:
            break
        after = page[-1].pid
    assert len(seen) == len(set(seen)) == 24


def test_a_child_of_two_groups_stands_in_the_list_once(story: Story) -> None:
    other = story.world.group()
    with write(story.database) as tx:
        tx.insert(
            "memberships", account_id=story.child.account_id, group_id=other, kind="child", member_number="Z1",
            starts_on=str(story.world.today), made_at=stamp(story.clock()),
        )  # fmt: skip
    for groups in (None, [story.group, other]):
        listed = consent_queries.list_children(
            story.database, groups, story.world.today, notice_version=notices.CURRENT
        )
        assert [(child.pid, child.group_id) for child in listed] == [(story.child.pid, story.group)]


def test_who_has_left_or_not_come_yet_is_not_in_the_list(story: Story) -> None:
    """Dated memberships: today counts, the last day included."""
    today = story.world.today
    for starts_on, ends_on, listed in (
        (today - timedelta(days=30), today, True),
        (today - timedelta(days=30), today - timedelta(days=1), False),
        (today + timedelta(days=1), None, False),
    ):
        with write(story.database) as tx:
            tx.execute(
                "UPDATE memberships SET starts_on = ?, ends_on = ? WHERE account_id = ?",
                (str(starts_on), None if ends_on is None else str(ends_on), story.child.account_id),
            )
        for groups in (None, [story.group]):
            found = consent_queries.list_children(story.database, groups, today, notice_version=notices.CURRENT)
            assert bool(found) is listed


PLANS = {
    "one child's answers": (
        "SELECT max(consent_id) FROM consents WHERE child_id IN (SELECT value FROM json_each('[1]'))"
        " GROUP BY child_id, purpose"
    ),
    "open signals": "SELECT pid FROM danger_signals WHERE closed_at IS NULL ORDER BY raised_at, signal_id LIMIT 9",
    "closed signals": (
        "SELECT pid FROM danger_signals WHERE closed_at IS NOT NULL ORDER BY closed_at DESC, signal_id DESC LIMIT 9"
    ),
    "an object's open signal": (
        "SELECT pid FROM danger_signals WHERE object_kind = 'x' AND object_id = 1 AND closed_at IS NULL"
    ),
    "officers": "SELECT account_id FROM capabilities WHERE capability = 'officer' AND ended_at IS NULL",
}


@pytest.mark.parametrize("name", PLANS)
def test_no_table_is_scanned(database: Database, name: str) -> None:
    plan = " | ".join(row["detail"] for row in database.rows("EXPLAIN QUERY PLAN " + PLANS[name]))
    for table in ("consents", "assents", "accounts", "memberships", "capabilities"):
        assert f"SCAN {table}" not in plan or "USING" in plan, plan
    assert "TEMP B-TREE" not in plan, plan


@pytest.mark.parametrize("paper_needed", [True, False])
def test_the_alliances_list_walks_one_index_and_sorts_nothing(
    story: Story, database: Database, paper_needed: bool
) -> None:
    """Page 1,000 costs what page 1 costs."""
    statements: list[str] = []
    database.connection.set_trace_callback(statements.append)
    consent_queries.list_children(
        database, None, story.world.today, notice_version=notices.CURRENT, after=story.child.pid,
        paper_needed=paper_needed,
    )  # fmt: skip
    database.connection.set_trace_callback(None)
    plan = [row["detail"] for row in database.rows("EXPLAIN QUERY PLAN " + statements[-1])]
    assert any("SEARCH accounts USING INDEX accounts_by_role" in line and ">" in line for line in plan), plan
    assert not any(line.startswith("SCAN") or "TEMP B-TREE FOR ORDER BY" in line for line in plan), plan

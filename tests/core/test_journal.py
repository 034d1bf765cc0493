"""The journal is append-only and every entry is chained to the one before (R101)."""

from __future__ import annotations

import sqlite3
from datetime import datetime

import pytest

from cfc_groups import journal
from cfc_groups.db import Database, write


@pytest.fixture
def three_entries(database: Database, now: datetime) -> Database:
    with write(database) as tx:
        for number in range(3):
            journal.enter(tx, None, "try_thing", "thing", number, now, state="tried", 原因="无")
    return database


def test_a_whole_journal_is_verified(three_entries: Database) -> None:
    entries, last = journal.head(three_entries)
    assert entries == 3
    assert last != journal.FIRST
    assert journal.verify(three_entries) is None


@pytest.mark.parametrize("change", ["UPDATE journal SET deed = 'x'", "DELETE FROM journal WHERE entry_id = 2"])
def test_rows_cannot_be_changed_or_removed(three_entries: Database, change: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        three_entries.connection.execute(change)
    assert journal.verify(three_entries) is None


@pytest.mark.parametrize(
    ("change", "first_that_does_not_fit"),
    [
        ("UPDATE journal SET facts = '{}' WHERE entry_id = 2", 2),
        ("UPDATE journal SET entered_at = '2020-01-01T00:00:00.000Z' WHERE entry_id = 1", 1),
        ("DELETE FROM journal WHERE entry_id = 2", 3),
    ],
)
def test_tampering_past_the_triggers_is_found(
    three_entries: Database, change: str, first_that_does_not_fit: int
) -> None:
    for trigger in ("journal_keeps_rows", "journal_keeps_words"):
        three_entries.connection.execute(f"DROP TRIGGER {trigger}")
    three_entries.connection.execute(change)
    assert journal.verify(three_entries) == first_that_does_not_fit

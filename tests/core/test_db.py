"""One immediate transaction an action, a table guard, every commit on the disk."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from cfc_groups.config import Settings
from cfc_groups.db import Database, GuardError, connect, write


def test_an_action_is_all_or_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), write(database) as tx:
        tx.insert("instance_facts", name="half", value="done")
        raise ZeroDivisionError
    assert database.value("SELECT count(*) FROM instance_facts WHERE name = 'half'") == 0


def test_transactions_do_not_nest(database: Database) -> None:
    with pytest.raises(GuardError), write(database), write(database):
        raise AssertionError("never reached")
    assert not database.connection.in_transaction


def test_a_misspelt_table_or_column_is_refused_and_makes_nothing(database: Database) -> None:
    before = set(database.tables)
    with write(database) as tx:
        with pytest.raises(GuardError):
            tx.insert("instance_fact", name="a", value="b")
        with pytest.raises(GuardError):
            tx.insert("instance_facts", name="a", valeu="b")
        with pytest.raises(GuardError):
            tx.execute("  CREATE TABLE more (a)")
    names = {row["name"] for row in database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names == before


def test_read_then_write_does_not_fail_when_somebody_else_wrote_in_between(settings: Settings) -> None:
    """A deferred transaction would answer 'database is locked' at once; the immediate one waits its turn."""
    database = Database(settings.database_file)
    troubles: list[Exception] = []

    def count_up() -> None:
        own = Database(settings.database_file)
        try:
            for _ in range(20):
                with write(own) as tx:
                    value = int(tx.value("SELECT value FROM instance_facts WHERE name = 'n'") or 0)
                    tx.execute("UPDATE instance_facts SET value = ? WHERE name = 'n'", (str(value + 1),))
        except Exception as problem:
            troubles.append(problem)
        finally:
            own.close()

    with write(database) as tx:
        tx.insert("instance_facts", name="n", value="0")
    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not troubles
    assert database.value("SELECT value FROM instance_facts WHERE name = 'n'") == "80"
    database.close()


def test_every_connection_keeps_what_it_promised(settings: Settings) -> None:
    connection = connect(settings.database_file)
    pragma = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    }
    connection.close()
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError), write(database) as tx:
        tx.insert("notifications", pid="x", recipient_id=999, kind="k", object_id="1", slot="", address="/",
                  facts="{}", told_at="2026-01-01T00:00:00.000Z")  # fmt: skip

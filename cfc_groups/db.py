"""SQLite: one connection a thread for reading, one immediate transaction an action for writing.

`Reader` reads. `write(db)` hands out a `Writer` inside BEGIN IMMEDIATE: a transaction that begins with a read and then
writes fails at once under WAL when somebody else wrote in between, so every action takes the write lock first and
keeps it briefly. Transactions do not nest. The Writer's table guard refuses unknown tables and anything that would
change the schema: that is the migrations' work.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

Parameters = Mapping[str, object] | Sequence[object]

_SCHEMA_WORDS = re.compile(r"\s*(create|drop|alter|attach|detach|vacuum|pragma|reindex)\b", re.IGNORECASE)


class GuardError(Exception):
    """A programming error caught before it reached the tables: unknown table, schema change, nested write."""


class Reader:
    """Reads rows by plain SQL with bound parameters."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """All rows of a query; the query itself bounds how many there are."""
        return self.connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """The first row, or None."""
        found: sqlite3.Row | None = self.connection.execute(sql, parameters).fetchone()
        return found

    def value(self, sql: str, parameters: Parameters = ()) -> object:
        """The first column of the first row, or None."""
        found = self.row(sql, parameters)
        return None if found is None else found[0]


class Writer(Reader):
    """Reads and writes inside the one open transaction; made by `write` only."""

    def __init__(self, connection: sqlite3.Connection, tables: Mapping[str, frozenset[str]]) -> None:
        super().__init__(connection)
        self._tables = tables

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one INSERT, UPDATE or DELETE; answers how many rows it touched."""
        if _SCHEMA_WORDS.match(sql):
            raise GuardError(f"not in an action: {sql[:60]}")
        return self.connection.execute(sql, parameters).rowcount

    def insert(self, table: str, /, **values: object) -> int:
        """Add a row; answers its rowid. Raises GuardError for a table or column that does not exist."""
        known = self._tables.get(table)
        if known is None or not known.issuperset(values):
            raise GuardError(f"no such table or column: {table} {sorted(set(values) - (known or frozenset()))}")
        names = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        cursor = self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608 - guarded
        return int(cursor.lastrowid or 0)


class Database(Reader):
    """The site's database file. Each thread gets a connection of its own, opened on first use."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._local = threading.local()
        self._tables: dict[str, frozenset[str]] | None = None

    @property
    def connection(self) -> sqlite3.Connection:  # type: ignore[override]
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = connect(self.file)
        return found

    @property
    def tables(self) -> Mapping[str, frozenset[str]]:
        """Every table with its columns, read once: the schema only changes between starts."""
        if not self._tables:
            names = [row["name"] for row in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
            self._tables = {
                name: frozenset(row["name"] for row in self.rows("SELECT name FROM pragma_table_info(?)", (name,)))
                for name in names
            }
        return self._tables

    def close(self) -> None:
        """Close this thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is not None:
            found.close()
            del self._local.connection


def connect(file: Path) -> sqlite3.Connection:
    """A connection with the site's pragmas: WAL, foreign keys, every commit on the disk, deleted bytes overwritten."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=10.0, check_same_thread=True)
    connection.row_factory = sqlite3.Row
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        "PRAGMA cache_size=-2000; PRAGMA temp_store=MEMORY;"
    )
    return connection


@contextmanager
def write(db: Database) -> Iterator[Writer]:
    """One action's transaction: BEGIN IMMEDIATE, commit at the end, roll back on any exception. Does not nest."""
    connection = db.connection
    tables = db.tables
    if connection.in_transaction:
        raise GuardError("a transaction is already open: call the …_in(tx, …) form")
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield Writer(connection, tables)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")

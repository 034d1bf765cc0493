"""The database's schema, one step a file (`s0001_platform.py` …), applied in order, never edited once released.

A step is SQL text (`SQL`) or, where rows must be rewritten, a function `step(connection)`. Every step runs in one
transaction with the record that it ran. The server itself never migrates: `flask --app app prepare` does.
"""

from __future__ import annotations

import importlib
import pkgutil
import sqlite3
from pathlib import Path
from types import ModuleType

MIGRATION_SET = "cfc_groups"


def step_names() -> list[str]:
    """The names of all steps in order, without importing them."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name.startswith("s"))


def apply_steps(file: Path, *, stop_before: str | None = None) -> list[str]:
    """Bring a database up to date (or up to a step, for tests); answers the names of the steps that ran."""
    from sqlite_utils import Database, Migrations

    from cfc_groups.db import connect

    migrations = Migrations(MIGRATION_SET)
    for name in step_names():
        migrations(name=name)(_as_function(importlib.import_module(f"{__name__}.{name}")))
    connection = connect(file)
    try:
        database = Database(connection)
        waiting = [step.name for step in migrations.pending(database)]
        migrations.apply(database, stop_before=stop_before)
        return waiting[: waiting.index(stop_before)] if stop_before in waiting else waiting
    finally:
        connection.close()


def applied_steps(connection: sqlite3.Connection) -> list[str]:
    """The steps that a database has seen, in order; empty for a file without a schema."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone()
    if known is None:
        return []
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid", (MIGRATION_SET,)
    )
    return [row[0] for row in rows]


def _as_function(module: ModuleType):  # type: ignore[no-untyped-def]
    def run(database) -> None:  # type: ignore[no-untyped-def]
        if hasattr(module, "step"):
            module.step(database.conn)
        else:
            for statement in split_statements(module.SQL):
                database.conn.execute(statement)

    return run


def split_statements(script: str) -> list[str]:
    """One statement each: executescript() would end the transaction that a step runs in."""
    statements, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            statements.append(current.strip())
            current = ""
    if current.strip():
        raise ValueError(f"unfinished SQL statement: {current.strip()[:80]}")
    return statements

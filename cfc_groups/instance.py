"""An instance: one folder with the database, the keys and what is uploaded. Made, brought up to date, checked."""

from __future__ import annotations

import sqlite3

from flask import Flask

from cfc_groups.config import Settings, SettingsError
from cfc_groups.db import Database, Writer, connect
from cfc_groups.migrations import applied_steps, apply_steps, step_names
from cfc_groups.sealing import ensure_keys, read_key


def load_secret_key(app: Flask, settings: Settings) -> None:
    """Give Flask the key that signs cookies. Raises SettingsError for a database whose key is missing."""
    if settings.database_file.exists() or settings.secret_key_file.exists():
        app.config["SECRET_KEY"] = read_key(settings.secret_key_file)
    if settings.database_file.exists():
        read_key(settings.data_key_file)


def prepare(settings: Settings) -> bool:
    """Make the folder and the keys where nothing is yet, bring the schema up to date; answers whether it is new."""
    try:
        settings.instance.mkdir(parents=True, exist_ok=True)
        ensure_keys(settings)
        is_new = not settings.database_file.exists()
        apply_steps(settings.database_file)
    except (OSError, sqlite3.Error) as problem:
        raise SettingsError(f"The data folder {settings.instance} cannot be made ready: {problem}.") from None
    return is_new


def check_ready(settings: Settings) -> None:
    """Raise SettingsError unless the database is there and its schema is the one that this version knows."""
    if not settings.database_file.exists():
        raise SettingsError(f"There is no site in {settings.instance} yet; run `make run` or `make init` first.")
    connection = connect(settings.database_file)
    try:
        applied = applied_steps(connection)
    finally:
        connection.close()
    known = step_names()
    if applied != known:
        unknown = sorted(set(applied) - set(known))
        if unknown:
            raise SettingsError(f"This database is newer than the program (it has {unknown[-1]}); update the program.")
        raise SettingsError("The database is older than the program; run `make prepare` to bring it up to date.")


def set_fact(tx: Writer, name: str, value: str) -> None:
    """Write down a fact about the instance (made by the demo, the alliance's name …)."""
    tx.execute(
        "INSERT INTO instance_facts (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def facts(db: Database) -> dict[str, str]:
    """All facts about the instance."""
    return {row["name"]: row["value"] for row in db.rows("SELECT name, value FROM instance_facts LIMIT 100")}


def schema_version(db: Database) -> str:
    """The name of the last step that this database has seen."""
    steps = applied_steps(db.connection)
    return steps[-1] if steps else "none"


def database_answers(db: Database) -> bool:
    """Whether the database can be read right now."""
    try:
        return db.value("SELECT 1") == 1
    except sqlite3.Error:
        return False

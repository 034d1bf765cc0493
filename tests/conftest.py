"""Fixtures that all tests share: a real SQLite file (copied a test), a clock that is told, a checking client."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from cfc_groups import create_app, instance
from cfc_groups.config import Settings, load_settings
from cfc_groups.db import Database
from cfc_groups.sealing import Sealer, read_key
from tests.support.pages import PageClient
from tests.support.world import World

MONDAY_MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai, a school day


class ToldClock:
    """A clock that stands where the test puts it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def now() -> datetime:
    """Monday, 23 November 2026, 09:00 in Shanghai."""
    return MONDAY_MORNING


@pytest.fixture
def clock(now: datetime) -> ToldClock:
    """The clock of `app`; set `clock.moment` to move it."""
    return ToldClock(now)


@pytest.fixture(scope="session")
def migrated_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance with keys and an empty, migrated database, made once."""
    folder = tmp_path_factory.mktemp("migrated")
    instance.prepare(load_settings({"CFC_INSTANCE": str(folder)}))
    with sqlite3.connect(folder / "site.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder


@pytest.fixture
def settings(migrated_instance: Path, tmp_path: Path) -> Settings:
    """Settings of a fresh instance of the test's own."""
    folder = tmp_path / "instance"
    shutil.copytree(migrated_instance, folder)
    return load_settings({"CFC_INSTANCE": str(folder)})


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates are compiled once a run, not once a test."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(settings: Settings, clock: ToldClock, compiled_templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The whole site on the test's own instance."""
    site = create_app(settings, clock=clock)
    site.jinja_env.bytecode_cache = compiled_templates
    yield site
    site.extensions["site"].database.close()


@pytest.fixture
def database(app: Flask) -> Database:
    """The database of `app`."""
    found: Database = app.extensions["site"].database
    return found


@pytest.fixture
def sealer(settings: Settings) -> Sealer:
    """The sealer of `app`."""
    return Sealer(read_key(settings.data_key_file))


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser-like client that checks every page it gets (one h1, labels, token in each form, …)."""
    return PageClient(app)


@pytest.fixture
def new_client(app: Flask) -> Callable[[], PageClient]:
    """Make another client: a second person at another computer."""
    return lambda: PageClient(app)


@pytest.fixture
def world(app: Flask, database: Database, sealer: Sealer, clock: ToldClock) -> World:
    """Makes groups, teams, children and adults for a story, and signs them in."""
    return World(app, database, sealer, clock)


@pytest.fixture
def count_sql(database: Database) -> Callable[[], object]:
    """`with count_sql() as statements:` collects the SQL that this thread runs inside.

    What SQLite itself runs inside a full-text table (reported as comments) does not count.
    """

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []
        database.connection.set_trace_callback(lambda sql: None if sql.startswith("--") else statements.append(sql))
        try:
            yield statements
        finally:
            database.connection.set_trace_callback(None)

    return counting

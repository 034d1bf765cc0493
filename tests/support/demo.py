"""The demo alliance for tests: filled once a run, copied for each test, signed in to with what `demo-logins` prints."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from flask import Flask
from jinja2 import BytecodeCache

from cfc_groups import create_app, instance
from cfc_groups.clock import Clock, system_clock
from cfc_groups.config import Settings, load_settings
from cfc_groups.db import Database
from cfc_groups.demo import fill, logins
from cfc_groups.sealing import Sealer, read_key
from tests.conftest import MONDAY_MORNING, ToldClock
from tests.support.pages import Page, PageClient

CODE_LASTS = timedelta(seconds=31)


def filled_instance(folders: pytest.TempPathFactory, name: str, clock: Clock) -> Path:
    """A folder with a filled demo whose present is what the clock tells; the processes of a test run share it."""
    run = folders.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else folders.getbasetemp()
    folder = run / f"demo-{name}"
    try:
        (run / f"demo-{name}-begun").mkdir()
    except FileExistsError:
        return _wait_for(folder)
    half_made = run / f"demo-{name}-half-made"
    _fill(half_made, clock)
    half_made.rename(folder)
    return folder


def _wait_for(folder: Path) -> Path:
    for _ in range(1200):
        if folder.exists():
            return folder
        time.sleep(0.1)
    raise AssertionError(f"another process did not fill {folder} within two minutes")


def _fill(folder: Path, clock: Clock) -> None:
    settings = load_settings({"CFC_INSTANCE": str(folder)})
    instance.prepare(settings)
    app = create_app(settings, clock=clock)
    database = app.extensions["site"].database
    with app.app_context():
        fill.fill_demo(database, Sealer(read_key(settings.data_key_file)), clock(), settings.time_zone)
    database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo on the tests' Monday morning; to be copied, never changed."""
    return filled_instance(tmp_path_factory, "monday", ToldClock(MONDAY_MORNING))


@pytest.fixture(scope="session")
def demo_folder_of_today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo as of the system's clock, for a real server; to be copied, never changed."""
    return filled_instance(tmp_path_factory, "today", system_clock)


@dataclass
class Demo:
    """A demo site of a test's own."""

    app: Flask
    settings: Settings
    clock: ToldClock
    logins: list[dict[str, Any]]
    _codes_used: dict[str, datetime] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        """Its database."""
        found: Database = self.app.extensions["site"].database
        return found

    @property
    def sealer(self) -> Sealer:
        """Its sealer."""
        return Sealer(read_key(self.settings.data_key_file))

    def client(self) -> PageClient:
        """Somebody's browser."""
        return PageClient(self.app)

    def login(self, role: str, group: str | None = None, user_name: str | None = None) -> dict[str, Any]:
        """The first row of `demo-logins` that fits."""
        return next(
            row for row in self.logins
            if row["role"] == role and group in (None, row["group"]) and user_name in (None, row["user_name"])
        )  # fmt: skip

    def login_of_child(self, nickname: str) -> dict[str, Any]:
        """The row of a child with this nickname, found by its badge."""
        from cfc_groups.badges import codes, store

        for row in self.logins:
            if row["badge_code"]:
                found = store.find_by_typed(self.database, codes.typed_fingerprint(self.sealer, row["badge_code"]))
                name = self.database.value("SELECT display_name FROM accounts WHERE account_id = ?",
                                           (found["account_id"],))  # fmt: skip
                if name == nickname:
                    return row
        raise AssertionError(f"no sign-in for {nickname}")

    def come_in(self, client: PageClient, row: dict[str, Any]) -> Page:
        """Sign in as a person does: badge, then one picture after the other; or user name, password and code."""
        if row["badge_code"]:
            return come_in_by_badge(client, row["badge_code"], row["picture_pin"])
        return come_in_by_password(client, row["user_name"], row["password"], self._code(row))

    def _code(self, row: dict[str, Any]) -> str:
        """The code that the person's phone shows; whoever signs in again waits for the next one."""
        if row["totp_secret"] is None:
            return ""
        used = self._codes_used.get(row["user_name"])
        if used is not None and self.clock.moment - used < CODE_LASTS:
            self.clock.moment = used + CODE_LASTS
        self._codes_used[row["user_name"]] = self.clock.moment
        return pyotp.TOTP(row["totp_secret"]).at(self.clock.moment)


def come_in_by_badge(client: PageClient, badge_code: str, pictures: list[str]) -> Page:
    """Type the badge's code and tap the pictures, each on the page before."""
    client.get("/sign-in/badge")
    page = client.submit(having="badge_code", badge_code=badge_code)
    for picture in pictures:
        page = client.submit(having="picture", button=picture)
    return page


def come_in_by_password(client: PageClient, user_name: str, password: str, code: str) -> Page:
    """Fill the adults' sign-in."""
    client.get("/sign-in")
    return client.submit(having="password", user_name=user_name, password=password, code=code)


@pytest.fixture
def demo(demo_folder: Path, tmp_path: Path, compiled_templates: BytecodeCache) -> Iterator[Demo]:
    """The demo alliance on Monday, 23 November 2026, 09:00 in Shanghai."""
    shutil.copytree(demo_folder, tmp_path / "demo")
    settings, clock = load_settings({"CFC_INSTANCE": str(tmp_path / "demo")}), ToldClock(MONDAY_MORNING)
    app = create_app(settings, clock=clock)
    app.jinja_env.bytecode_cache = compiled_templates
    site = app.extensions["site"]
    yield Demo(app, settings, clock, logins.as_rows(site.database, site.sealer))
    site.database.close()

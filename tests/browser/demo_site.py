"""The served demo, and the addresses of its pages, for tests that look at every page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from cfc_groups import create_app
from cfc_groups.accounts import actions as accounts
from cfc_groups.clock import system_clock
from cfc_groups.config import load_settings
from cfc_groups.db import Database
from tests.browser.conftest import RunningSite, give_session, served
from tests.support.crawl import crawl
from tests.support.pages import PageClient

PEOPLE = {
    "visitor": None, "child": "圆脸仓鼠", "older child": "画画的鹦鹉", "child before its yes": "小钳子螃蟹",
    "teacher": "陈老师", "coordinator": "方老师（妇联）", "mentor": "翁代表", "department": "卫健委小何",
}  # fmt: skip
CHILDREN = ("child", "older child", "child before its yes")


@dataclass
class DemoSite:
    """The demo on a real server, with a door for each of its people."""

    site: RunningSite
    app: Flask
    browser: Any

    @property
    def database(self) -> Database:
        """Its database."""
        found: Database = self.app.extensions["site"].database
        return found

    def token(self, who: str) -> str | None:
        """A fresh session of somebody, None for visitors."""
        name = PEOPLE[who]
        if name is None:
            return None
        account = self.database.value("SELECT account_id FROM accounts WHERE display_name = ?", (name,))
        path = "badge" if who in CHILDREN else "password"
        return accounts.open_session(self.database, int(str(account)), path, system_clock())

    def addresses(self, who: str, *, alike: int = 1) -> list[str]:
        """Addresses of pages that somebody can open, `alike` of each kind."""
        client, token = PageClient(self.app), self.token(who)
        if token is not None:
            with client.flask.session_transaction() as cookie:
                cookie["token"] = token
        pages = (page for page, _found_on in crawl(client, self.app, alike=alike))
        return [page.response.request.full_path.rstrip("?") for page in pages if page.status == 200 and page.html]

    def context(self, who: str, *, language: str = "zh_Hans", size: tuple[int, int] = (1280, 900)) -> Any:
        """Somebody's browser."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, base_url=self.site.address, reduced_motion="reduce"
        )
        context.add_cookies([{"name": "language", "value": language, "url": self.site.address}])
        token = self.token(who)
        if token is not None:
            give_session(context, self.site, token)
        return context


@contextmanager
def demo_site(browser: Any, demo_folder: Path, folder: Path) -> Iterator[DemoSite]:
    """Serve a copy of the demo."""
    shutil.copytree(demo_folder, folder)
    settings = load_settings({"CFC_INSTANCE": str(folder)})
    app = create_app(settings)
    with served(settings) as site:
        yield DemoSite(site, app, browser)
    app.extensions["site"].database.close()

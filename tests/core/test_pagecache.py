"""Kept pages: a page is rendered once, and never served stale."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cfc_groups import web
from cfc_groups.db import Database, write
from cfc_groups.pagecache import KeptPages, kept_for_visitors, raise_version
from tests.support.pages import PageClient


def test_a_kept_page_is_served_again_until_its_topic_changes(
    client: PageClient, database: Database, count_sql: Any
) -> None:
    rendered: list[int] = []

    @web.open_page
    @kept_for_visitors("tides")
    def tides() -> str:
        rendered.append(1)
        return f"<!doctype html><title>t</title><h1>{len(rendered)}</h1>"

    client.flask.application.add_url_rule("/tides", "tides", tides)
    assert all(b"<h1>1</h1>" in client.flask.get("/tides").data for _ in range(3))
    assert len(rendered) == 1
    with write(database) as tx:
        raise_version(tx, "tides")
    with count_sql() as statements:
        assert b"<h1>2</h1>" in client.flask.get("/tides").data
    assert len(statements) <= 2
    assert len(rendered) == 2


def test_english_and_chinese_and_each_search_are_kept_apart(
    new_client: Callable[[], PageClient],
) -> None:
    first, second = new_client(), new_client()
    second.get("/language/en?next=/board")
    assert first.get("/board").find("html")[0].attributes["lang"] == "zh-Hans"
    assert second.get("/board").find("html")[0].attributes["lang"] == "en"
    assert first.get("/board?q=公园").html != first.get("/board").html


def test_only_so_many_pages_are_kept_and_the_oldest_go_first() -> None:
    pages = KeptPages()
    for number in range(250):
        pages.keep((number,), b"page")
        pages.get((0,))
    assert pages.get((0,)) == b"page", "used all the time"
    assert pages.get((1,)) is None
    assert pages.get((249,)) == b"page"
    pages.keep(("large",), b"x" * 300_000)
    assert pages.get(("large",)) is None

"""Pages of visitors, kept as they were rendered until a publishing transaction raises their topic's version.

A stale page is never served: each request reads the version (one indexed statement) before it looks for the page.
"""

from __future__ import annotations

import functools
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from flask import Response, make_response, request

from cfc_groups.db import Writer

_MOST_PAGES = 200
_LARGEST = 200_000


class KeptPages:
    """The least recently used of at most 200 rendered pages is dropped."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[object, ...]) -> bytes | None:
        """The page kept under a key, if any."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def keep(self, key: tuple[object, ...], page: bytes) -> None:
        """Keep a page unless it is very large."""
        if len(page) > _LARGEST:
            return
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > _MOST_PAGES:
                self._pages.popitem(last=False)


def raise_version(tx: Writer, topic: str) -> None:
    """Make every kept page of a topic stale, in the same transaction as the change that it shows."""
    tx.execute(
        "INSERT INTO page_versions (topic, version) VALUES (?, 1)"
        " ON CONFLICT (topic) DO UPDATE SET version = version + 1",
        (topic,),
    )


def kept_for_visitors(topic: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Keep what a view answers to visitors (200 pages only); signed-in people always get a fresh page."""

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(view)
        def answer(**arguments: object) -> Any:
            from cfc_groups import web

            if web.actor() is not None or web.has_messages():
                return view(**arguments)
            site = web.site()
            version = site.database.value("SELECT version FROM page_versions WHERE topic = ?", (topic,))
            around = (web.language(), web.today(), request.is_secure, web.is_plain_beyond_here())
            key = (version, *around, request.full_path)
            page = site.kept_pages.get(key)
            if page is not None:
                return Response(page, mimetype="text/html")
            response = make_response(view(**arguments))
            if response.status_code == 200:
                site.kept_pages.keep(key, response.get_data())
            return response

        return answer

    return wrap

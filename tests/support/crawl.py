"""Walks over the site's pages as somebody: every GET route, and every link that is found on the way."""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from flask import Flask
from werkzeug.exceptions import HTTPException

from cfc_groups.db import Reader
from tests.support.pages import PLACE, Element, Page, PageClient

NOT_FOLLOWED = {"i18n.choose_language"}  # changes how the other pages look; tested by itself
UNCHANGED_BUT = {"sessions": ("last_seen_at",)}


def crawl(client: PageClient, app: Flask, *, alike: int) -> Iterator[tuple[Page, str]]:
    """Get pages until there is no unknown link any more, at most `alike` addresses of a view with the same parameters.

    Starts from every GET route without arguments. Answers each page, unchecked, with the page that led to it ("" for
    a start). Redirects are not followed but count as links.
    """
    adapter = app.url_map.bind("localhost")
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    waiting = deque((rule.rule, "") for rule in rules)
    known: set[str] = set()
    visited: Counter[tuple[str, tuple[str, ...]]] = Counter()
    while waiting:
        address, found_on = waiting.popleft()
        if address in known:
            continue
        known.add(address)
        parts = urlsplit(address)
        try:
            endpoint, _arguments = adapter.match(parts.path, method="GET")
        except HTTPException:
            raise AssertionError(f"{found_on} links to {address}, which is no page") from None
        kind = endpoint, tuple(sorted(name for name, _value in parse_qsl(parts.query)))
        if endpoint in NOT_FOLLOWED | {"static"} or visited[kind] >= alike:
            continue
        visited[kind] += 1
        page = client.get(address, follow=False, check=False)
        yield page, found_on
        waiting.extend((link, address) for link in links_of(page, address))


def links_of(page: Page, address: str) -> list[str]:
    """Where a page leads inside the site: links, forms that only ask (sent as they are), and a redirect."""
    found = page.links()
    for form in page.find("form"):
        if form.attributes.get("method", "get").lower() == "get":
            found.append(f"{form.attributes.get('action') or address}?{urlencode(fields_of(form))}")
    if page.response.location:
        found.append(page.response.location)
    whole = (urljoin(PLACE + address, one) for one in found)
    return [one[len(PLACE) :].split("#")[0] or "/" for one in whole if one.startswith(PLACE + "/") or one == PLACE]


def fields_of(form: Element) -> dict[str, str]:
    """A form's fields as they stand on the page."""
    fields = {
        one.attributes["name"]: one.attributes.get("value", "") for one in form.all("input") if "name" in one.attributes
    }
    for select in form.all("select"):
        options = select.all("option")
        chosen = next((one for one in options if "selected" in one.attributes), options[0])
        fields[select.attributes["name"]] = chosen.attributes.get("value", "")
    return fields


def fingerprints(db: Reader) -> dict[str, str]:
    """A hash of each table's rows: what is different afterwards was changed."""
    tables = [row["name"] for row in db.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found = {}
    for table in tables:
        columns = [row["name"] for row in db.rows(f"PRAGMA table_info({table})")]
        kept = [f'"{name}"' for name in columns if name not in UNCHANGED_BUT.get(table, ())]
        digest = hashlib.sha256()
        for row in db.connection.execute(f'SELECT {", ".join(kept)} FROM "{table}"'):
            digest.update(repr(tuple(row)).encode())
        found[table] = digest.hexdigest()
    return found

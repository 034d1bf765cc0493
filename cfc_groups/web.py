"""What every request passes through, told in order: limits, who is it, may they come in; then the view; then headers.

Views use `db()`, `actor()`, `now()`, `today()`, `see_other()`, `tell()`; they hold no try, no SQL and no datetime.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, flash, g, redirect, request, session, url_for
from flask_babel.speaklater import LazyString

from cfc_groups.access import Actor, Permission, demand, may, permission
from cfc_groups.clock import Clock, date_in
from cfc_groups.config import Settings, is_loopback
from cfc_groups.db import Database
from cfc_groups.instance import facts
from cfc_groups.sealing import Sealer, read_key

if TYPE_CHECKING:
    from cfc_groups.pagecache import KeptPages

FORM_LIMIT = 256 * 1024  # R97
UPLOAD_LIMIT = 6 * 1024 * 1024  # R97

OPEN = permission("open_page", public=True)

View = TypeVar("View", bound=Callable[..., object])


@dataclass
class Site:
    """What one running site consists of; lives in app.extensions["site"]."""

    settings: Settings
    database: Database
    clock: Clock
    kept_pages: KeptPages
    load_actor: Callable[[], Actor | None] = lambda: None
    navigation: list[NavigationEntry] = field(default_factory=list)

    @functools.cached_property
    def sealer(self) -> Sealer:
        """Seals names and contacts with the data key; read once."""
        return Sealer(read_key(self.settings.data_key_file))

    @functools.cached_property
    def facts(self) -> dict[str, str]:
        """Facts about the instance, read once: they change only while the site does not run."""
        return facts(self.database)


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A page in the main navigation, shown to whoever may open it."""

    endpoint: str
    label: LazyString
    icon: str
    permission: Permission
    order: int
    for_children: bool = True
    for_visitors: bool = True
    for_staff: bool = True


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A navigation entry as this request's page shows it."""

    label: str
    url: str
    icon: str
    current: bool


def site() -> Site:
    """The running site."""
    found: Site = current_app.extensions["site"]
    return found


def db() -> Database:
    """The site's database (this thread's connection)."""
    return site().database


def sealer() -> Sealer:
    """The site's sealer, for actions that keep names or contacts."""
    return site().sealer


def now() -> datetime:
    """This request's one moment (aware, UTC)."""
    if "now" not in g:
        g.now = site().clock()
    moment: datetime = g.now
    return moment


def today() -> date:
    """This request's day in the site's time zone."""
    return date_in(now(), site().settings.time_zone)


def actor() -> Actor | None:
    """Who is signed in, or None for a visitor; read once a request."""
    if "actor" not in g:
        g.actor = site().load_actor()
    found: Actor | None = g.actor
    return found


def signed_in() -> Actor:
    """Who is signed in, in views whose permission excludes visitors."""
    found = actor()
    if found is None:
        abort(403)
    return found


def language() -> str:
    """The code of this request's language."""
    from cfc_groups.i18n import chosen_language

    return chosen_language()


def is_plain_beyond_here() -> bool:
    """Whether this page travels to another computer without encryption: a banner then says so (R86, contracts)."""
    return not request.is_secure and not is_loopback(request.host.rsplit(":", 1)[0].strip("[]"))


def has_messages() -> bool:
    """Whether a message waits to be shown on the next page."""
    return "_flashes" in session


def tell(sentence: str, kind: str = "done") -> None:
    """Show a sentence on top of the next page; kinds: done, note, warning, problem."""
    flash(sentence, kind)


def see_other(address: str) -> Response:
    """Go on to another page after a change (303)."""
    response: Response = redirect(address, code=303)  # type: ignore[assignment]
    return response


def safe_address(address: str | None, otherwise: str = "/") -> str:
    """An address on this site, or `otherwise`: redirects never leave the site (R98)."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or "\\" in address:
        return otherwise
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or any(ord(character) < 32 for character in address):
        return otherwise
    return address


def open_page(view: View) -> View:
    """Mark a view that everybody may open."""
    view.access_mark = OPEN  # type: ignore[attr-defined]
    return view


def takes_upload(view: View) -> View:
    """Mark a view whose form carries a file: its body may be 6 MB instead of 256 KB (R97)."""
    view.upload_mark = True  # type: ignore[attr-defined]
    return view


def add_navigation(app: Flask, entry: NavigationEntry) -> None:
    """Give a page its place in the main navigation."""
    entries = app.extensions["site"].navigation
    entries.append(entry)
    entries.sort(key=lambda one: one.order)


def navigation() -> list[NavigationLink]:
    """The main navigation of this request: only what exists and what the actor may open."""
    somebody = actor()

    def fits(entry: NavigationEntry) -> bool:
        if somebody is None:
            return entry.for_visitors
        return entry.for_children if somebody.is_child else entry.for_staff

    links = []
    for entry in site().navigation:
        if fits(entry) and may(somebody, entry.permission, today()):
            url = url_for(entry.endpoint)
            current = request.path == url or (url != "/" and request.path.startswith(url + "/"))
            links.append(NavigationLink(str(entry.label), url, entry.icon, current))
    if sum(link.current for link in links) > 1:  # the longest address is the page itself
        longest = max((link for link in links if link.current), key=lambda link: len(link.url))
        links = [NavigationLink(one.label, one.url, one.icon, one is longest) for one in links]
    return links


def _bound_body() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    takes_file = getattr(view, "upload_mark", False)
    request.max_content_length = UPLOAD_LIMIT if takes_file else FORM_LIMIT
    request.max_form_memory_size = FORM_LIMIT
    request.max_form_parts = 500


def _check_access() -> None:
    if request.endpoint is None or request.endpoint == "static":
        return  # no such page answers 404; files of the design are open
    view = current_app.view_functions[request.endpoint]
    mark: Permission | None = getattr(view, "access_mark", None)
    if mark is None:
        abort(403)  # closed by default (R91)
    if not mark.public:
        demand(actor(), mark, today(), now())


def _check_origin() -> None:
    """A change must come from a page of this site (R94); browsers send Origin with every POST."""
    origin = request.headers.get("Origin")
    if request.method == "POST" and origin and origin != "null" and urlsplit(origin).netloc != request.host:
        abort(403)


def register(app: Flask) -> None:
    """Hang the checks before, the headers after, and the words around every request."""
    from cfc_groups.headers import add_headers
    from cfc_groups.limits_by_address import check_address

    app.before_request(_bound_body)
    app.before_request(check_address)
    app.before_request(_check_origin)
    app.before_request(_check_access)
    app.after_request(add_headers)

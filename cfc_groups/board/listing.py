"""What somebody asked the board for, and the page that answers it: shelf, theme, words, cursor, and their links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from cfc_groups.access import Actor
from cfc_groups.board import queries, rules, search_rules
from cfc_groups.board.models import CITY, Query, Shelf
from cfc_groups.board.pages import Note
from cfc_groups.db import Reader
from cfc_groups.errors import NotFound
from cfc_groups.formkit import clean_line
from cfc_groups.groups.words import shown_theme
from cfc_groups.words import sentence

CITY_NAME = "city"

Names = dict[Shelf, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Link:
    """A chip or a tab."""

    label: str
    url: str
    current: bool
    icon: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything that the board's template shows."""

    notes: list[Note]
    tabs: list[Link]
    chips: list[Link]
    all_url: str
    all_current: bool
    plain_url: str
    older_url: str | None
    newest_url: str | None
    city_url: str | None
    search_text: str
    search_trouble: str | None
    kept: dict[str, str | None]
    is_filtered: bool


def board_listing(db: Reader, actor: Actor | None, asked: Mapping[str, str], *, group_posts: bool) -> Listing:
    """Answer what the address asks for. Raises NotFound for a shelf that is not the actor's."""
    shelves = rules.shelves(actor, group_posts=group_posts)
    names = queries.shelf_names(db, shelves) if len(shelves) > 1 else {}
    wanted = asked.get("shelf") or None
    shelf = _wanted_shelf(db, actor, wanted, shelves, names, group_posts=group_posts)
    text = clean_line(asked.get("q"))
    trouble = search_rules.trouble(text)
    theme = asked.get("theme") or None
    before = asked.get("before") or None
    query = Query(shelf, theme, () if trouble else search_rules.phrases(text), before)
    page = queries.board_page(db, query)

    asked_for = {"shelf": wanted, "theme": theme, "q": text or None}

    def address(**changes: str | None) -> str:
        """The board with everything that was asked for, but for the changes; from the newest note on."""
        return url_for("board.index", _external=False, **(asked_for | changes))

    themes = [shown_theme(one) for one in page.themes]
    return Listing(
        notes=page.notes,
        tabs=_tabs(shelves, names, shelf, theme=theme, text=text),
        chips=[Link(one.label, address(theme=one.key), one.key == theme, one.icon) for one in themes],
        all_url=address(theme=None),
        all_current=theme is None,
        plain_url=url_for("board.index", shelf=wanted),
        older_url=address(before=page.older) if page.older else None,
        newest_url=address() if before else None,
        city_url=None if shelf.is_city else address(shelf=CITY_NAME),
        search_text=text,
        search_trouble=sentence(trouble) if trouble else None,
        kept={"shelf": wanted, "theme": theme},
        is_filtered=bool(theme or text),
    )


def _wanted_shelf(
    db: Reader, actor: Actor | None, wanted: str | None, shelves: list[Shelf], names: Names, *, group_posts: bool
) -> Shelf:
    if wanted is None:
        return shelves[0]
    if wanted == CITY_NAME:
        return CITY
    found = next((shelf for shelf, (pid, _name) in names.items() if pid == wanted), None)
    if found is None and actor is not None and actor.alliance_wide and group_posts:
        group_id = queries.find_group_id(db, wanted)
        found = None if group_id is None else Shelf(group_id=group_id)
    if found is None:
        raise NotFound()
    return found


def _tabs(shelves: list[Shelf], names: Names, current: Shelf, *, theme: str | None, text: str) -> list[Link]:
    """My group (or groups, or teams) and the whole city; nothing to choose, no tabs."""
    if len(shelves) < 2:
        return []
    several = len(shelves) > 2
    links = []
    for shelf in shelves:
        pid, name = names.get(shelf, (CITY_NAME, ""))
        own = name if several else _("My group") if shelf.team_id is None else _("My team")
        label = _("The whole city") if shelf.is_city else own
        url = url_for("board.index", shelf=pid, theme=theme, q=text or None)
        links.append(Link(label, url, shelf == current, "map" if shelf.is_city else "group"))
    return links

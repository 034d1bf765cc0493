"""What stands on everybody's own page: each room adds its card here, so that a new room changes no shared page.

A card is one sentence that says what waits, with one way to it. Its loader reads at most one statement.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel.speaklater import LazyString

from cfc_groups.access import Actor, Permission, may
from cfc_groups.clock import date_in
from cfc_groups.db import Database


@dataclass(frozen=True, slots=True)
class Card:
    """What one card says. kind: "" (nothing presses), "good", "wait" (something waits), "bad" (something is late)."""

    sentence: str
    url: str
    action: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class CardMaker:
    """A room's card: whose page it stands on, and how it is filled."""

    name: str
    title: LazyString
    icon: str
    order: int
    permission: Permission
    for_children: bool
    fill: Callable[[Database, Actor, datetime], Card | None]


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A filled card."""

    title: str
    icon: str
    card: Card


CARDS: dict[str, CardMaker] = {}


def add_card(maker: CardMaker) -> None:
    """Give a room its card on people's own pages; the same name again replaces it."""
    CARDS[maker.name] = maker


def cards_for(db: Database, actor: Actor, now: datetime) -> list[ShownCard]:
    """The cards of somebody's own page, in order; a card whose loader answers None is left out."""
    from cfc_groups import web

    today = date_in(now, web.site().settings.time_zone)
    shown = []
    for maker in sorted(CARDS.values(), key=lambda one: one.order):
        if maker.for_children is actor.is_child and may(actor, maker.permission, today):
            card = maker.fill(db, actor, now)
            if card is not None:
                shown.append(ShownCard(str(maker.title), maker.icon, card))
    return shown

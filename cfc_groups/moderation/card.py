"""The desk's card on a moderator's own page: what waits, and since when."""

from __future__ import annotations

from datetime import datetime

from flask import url_for
from flask_babel import gettext, lazy_gettext

from cfc_groups import web
from cfc_groups.access import Actor
from cfc_groups.db import Database
from cfc_groups.moderation import permissions, queries, words
from cfc_groups.my_page import Card, CardMaker


def fill(db: Database, actor: Actor, now: datetime) -> Card | None:
    """How many notes wait and how long the oldest one has; None when nobody waits. One statement."""
    waiting, oldest = queries.waiting(db, actor, web.today())
    if oldest is None:
        return None
    age = now - oldest
    sentence = f"{words.waiting_words(waiting)} · {words.oldest_words(age)}"
    return Card(
        sentence, url_for("moderation.desk"), gettext("To the moderation desk"),
        kind="bad" if words.lateness(age) else "wait",
    )  # fmt: skip


QUEUE_CARD = CardMaker(
    "moderation", lazy_gettext("Moderation desk"), "moderation", 20, permissions.SEE_QUEUE, False, fill
)

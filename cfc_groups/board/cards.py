"""The board's card on a child's own page: what came back first, else how the newest idea goes on."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext, lazy_gettext

from cfc_groups.access import Actor
from cfc_groups.board import permissions, queries
from cfc_groups.board.models import PostState
from cfc_groups.db import Database
from cfc_groups.my_page import Card, CardMaker

LOOKED_AT = 5


def fill(db: Database, actor: Actor, now: datetime) -> Card | None:
    """One statement; no card for a child that has not written yet."""
    ideas = queries.my_latest(db, actor.account_id, LOOKED_AT)
    if not ideas:
        return None
    back = next((one for one in ideas if one.state is PostState.RETURNED), None)
    if back is not None:
        sentence = gettext("“%(title)s” came back to you. Change it and send again.", title=back.title)
        return Card(sentence, back.url, gettext("Look at it"), "wait")
    newest = ideas[0]
    sentence = gettext("“%(title)s”: %(state)s", title=newest.title, state=newest.state_label)
    return Card(sentence, newest.url, gettext("Look at it"))


CARD = CardMaker(
    name="my_ideas", title=lazy_gettext("My ideas"), icon="wish", order=20, permission=permissions.READ_OWN_POSTS,
    for_children=True, fill=fill,
)  # fmt: skip

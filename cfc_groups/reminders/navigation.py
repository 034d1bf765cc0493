"""The inbox's entry in the navigation, which says in words whether something is new."""

from __future__ import annotations

import sqlite3

from flask import g
from flask_babel import gettext

from cfc_groups import web
from cfc_groups.reminders.queries import MOST_COUNTED, unread_count


def inbox_label() -> str:
    """“Inbox (3 new)” for adults; children read that there is a letter, without a number."""
    somebody = web.actor()
    count = _count_once() if somebody is not None else 0
    if somebody is not None and somebody.is_child:
        return gettext("New letter") if count else gettext("Letters")
    if not count:
        return gettext("Inbox")
    shown = f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count)
    return gettext("Inbox (%(count)s new)", count=shown)


def _count_once() -> int:
    """One statement a request; an error page that is shown because the database fails must not fail for it."""
    if "unread_notices" not in g:
        try:
            g.unread_notices = unread_count(web.db(), web.signed_in().account_id, web.now())
        except sqlite3.Error:
            g.unread_notices = 0
    count: int = g.unread_notices
    return count

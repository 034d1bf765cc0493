"""What an adult's own page says about accounts: people to open, an own record check that ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext, lazy_gettext, ngettext

from cfc_groups import my_page, web
from cfc_groups.access import VETTING_LASTS, Actor
from cfc_groups.accounts import permissions, queries
from cfc_groups.accounts.models import VETTED_ROLES, AccountState
from cfc_groups.clock import date_in
from cfc_groups.db import Database
from cfc_groups.i18n import long_day

TELL_BEFORE = timedelta(days=30)  # a coordinator is warned from day 335 on (R43)


def people_to_open(db: Database, actor: Actor, now: datetime) -> my_page.Card | None:
    """For a coordinator: how many invited people wait for a second person."""
    waiting = queries.waiting_for(db, actor.account_id)
    if not waiting:
        return None
    sentence = ngettext(
        "%(num)d person waits for you to open the account.", "%(num)d people wait for you to open the account.", waiting
    )
    url = url_for("accounts.people", state=AccountState.WAITING.value)
    return my_page.Card(sentence, url, gettext("Have a look"), "wait")


def own_check(db: Database, actor: Actor, now: datetime) -> my_page.Card | None:
    """For an adult around children: the own record check is missing, over, or ends soon (R43)."""
    today = date_in(now, web.site().settings.time_zone)
    if actor.role not in VETTED_ROLES:
        return None
    ends_on = actor.vetted_on + VETTING_LASTS if actor.vetted_on else None
    if ends_on is not None and ends_on - today > TELL_BEFORE:
        return None
    closed = ends_on is None or ends_on < today
    sentence = (
        gettext("No record check of this year is written down, so children's pages are closed. A coordinator can help.")
        if closed
        else gettext("It counts until %(day)s. Please bring a coordinator the new certificate.", day=long_day(ends_on))
    )
    return my_page.Card(sentence, url_for("accounts.own_page"), gettext("My sign-in"), "bad" if closed else "wait")


def register() -> None:
    """Put the cards on people's own pages."""
    my_page.add_card(
        my_page.CardMaker(
            "people_to_open", lazy_gettext("People"), "people", 80, permissions.MANAGE_PEOPLE, False, people_to_open
        )
    )
    my_page.add_card(
        my_page.CardMaker(
            "own_check", lazy_gettext("Record check"), "shield", 5, permissions.OWN_ACCOUNT, False, own_check
        )
    )

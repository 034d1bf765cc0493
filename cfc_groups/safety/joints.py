"""Where this room joins the others: navigation, notices, own pages, the pages of members and groups, sign-in alarms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from flask import Flask, url_for
from flask_babel import gettext, lazy_gettext, ngettext

from cfc_groups import web
from cfc_groups.access import Actor
from cfc_groups.accounts import hooks as accounts
from cfc_groups.accounts.models import Account
from cfc_groups.badges import hooks as badges
from cfc_groups.clock import date_in
from cfc_groups.db import Database, Reader
from cfc_groups.groups import sections
from cfc_groups.my_page import Card, CardMaker, add_card
from cfc_groups.reminders.words import add_kind
from cfc_groups.safety import (
    consent_queries,
    notices,
    permissions,
    protection,
    queries,
    rules,
    sign_in_notices,
    signal_queries,
    words,
)
from cfc_groups.safety.models import Answer, Purpose
from cfc_groups.school_calendar.rules import SITE_ZONE


def join(app: Flask) -> None:
    """Register everywhere; again for a second site in one process changes nothing."""
    _add_navigation(app)
    _add_notices()
    _add_cards()
    sections.add_member_column(
        sections.MemberColumn(lazy_gettext("Consent"), _consent_cells, permissions.SEE_CONSENTS, 40)
    )
    sections.add_member_section(_member_section)
    sections.add_group_link(
        sections.GroupLink(
            lazy_gettext("Families' consent"), "consent", permissions.SEE_CONSENTS,
            _consents_of_group, 40, after_roster=True,
        )
    )  # fmt: skip
    accounts.on_many_failures(protection.tell_of_many_failures_in)
    badges.after_sign_in(page_first)
    sign_in_notices.join()


def _consents_of_group(pid: str) -> str:
    return url_for("safety.consents", group=pid)


def page_first(db: Reader, child_id: int, now: datetime) -> str | None:
    """A child that has not been asked yet is asked right after it came in (R17)."""
    return "safety.my_yes" if queries.needs_assent(db, child_id) else None


def _add_navigation(app: Flask) -> None:
    for endpoint, label, icon, permission, order in (
        ("safety.consents", lazy_gettext("Consents"), "consent", permissions.SEE_CONSENTS, 50),
        ("safety.protection", lazy_gettext("Protection"), "shield", permissions.HANDLE_SIGNALS, 15),
    ):
        web.add_navigation(
            app,
            web.NavigationEntry(endpoint, label, icon, permission, order, for_children=False, for_visitors=False),
        )


def _add_notices() -> None:
    add_kind(protection.SIGNAL, lazy_gettext("A child may need help. Please look at it now."), icon="shield")
    add_kind(
        protection.AGAIN, lazy_gettext("A child is still waiting and nobody has looked. Please look now."),
        icon="shield",
    )  # fmt: skip
    add_kind(
        protection.UNSEEN,
        lazy_gettext("A child may need help and no protection officer has looked. Please reach an officer now."),
        icon="shield",
    )
    add_kind(
        protection.MANY_FAILURES,
        lazy_gettext("Very many sign-ins failed within ten minutes. Please ask whether a class has trouble with it."),
        icon="lock",
    )


def _add_cards() -> None:
    add_card(
        CardMaker(
            "protection", lazy_gettext("Protection"), "shield", 5, permissions.HANDLE_SIGNALS, False, _open_signals
        )
    )
    add_card(
        CardMaker(
            "officers", lazy_gettext("Protection officers"), "shield", 8, permissions.CHANGE_PROTECTION_CONTACT, False,
            _few_officers,
        )
    )  # fmt: skip
    add_card(
        CardMaker("consents", lazy_gettext("Consents"), "consent", 50, permissions.SEE_CONSENTS, False, _papers_needed)
    )
    add_card(
        CardMaker("my_yes", lazy_gettext("What I say yes to"), "consent", 60, permissions.GIVE_OWN_YES, True, _my_yes)
    )


def _open_signals(db: Database, actor: Actor, now: datetime) -> Card | None:
    count = signal_queries.open_count(db)
    if not count:
        return None
    sentence = ngettext("%(num)s child may need help.", "%(num)s children may need help.", count)
    return Card(sentence, url_for("safety.protection"), gettext("Look now"), "bad")


def _few_officers(db: Database, actor: Actor, now: datetime) -> Card | None:
    if not queries.officers_missing(db, date_in(now, SITE_ZONE)):
        return None
    return Card(
        gettext("Fewer than two protection officers can act. A call for help must never rest on one person."),
        url_for("safety.protection_officers"), gettext("Protection officers"), "bad",
    )  # fmt: skip


def _papers_needed(db: Database, actor: Actor, now: datetime) -> Card | None:
    """For who serves groups; a coordinator without groups of its own has the list."""
    if actor.alliance_wide or not actor.reach.group_ids:
        return None
    today = date_in(now, SITE_ZONE)
    count = consent_queries.count_paper_needed(db, actor.reach.group_ids, today, notice_version=notices.CURRENT)
    if not count:
        return None
    return Card(
        ngettext("%(num)s child waits for a paper.", "%(num)s children wait for their papers.", count),
        url_for("safety.consents", show="missing"), gettext("Record papers"), "wait",
    )  # fmt: skip


def _my_yes(db: Database, actor: Actor, now: datetime) -> Card:
    standing = queries.standing(db, actor.account_id)
    if rules.next_question(standing, notices.CURRENT) is not None:
        return Card(gettext("We have a question for you."), url_for("safety.my_yes"), gettext("Answer"), "wait")
    if not rules.questions_for_child(standing, notices.CURRENT):
        return Card(gettext("We wait for your family's paper."), url_for("safety.my_yes"), gettext("Look"))
    own = standing.child.get(Purpose.ACCOUNT)
    if own is not None and own.answer is Answer.NO:
        return Card(gettext("You said no. You can change it any time."), url_for("safety.my_yes"), gettext("Look"))
    return Card(gettext("You decide. You can change it any time."), url_for("safety.my_yes"), gettext("Look"))


def _consent_cells(db: Reader, child_ids: Sequence[int], today: date) -> Mapping[int, sections.MemberCell]:
    return {
        child_id: sections.MemberCell(str(words.CONSENT_STATES[state]), *words.CONSENT_STATE_LOOKS[state])
        for child_id, state in queries.consent_states(db, child_ids).items()
    }


def _member_section(db: Reader, actor: Actor, child: Account, today: date) -> sections.MemberSection | None:
    standing = queries.standing(db, child.account_id)
    state = rules.consent_state(standing, notices.CURRENT)
    return sections.MemberSection(
        "safety/_member_section.html",
        {
            "label": words.CONSENT_STATES[state], "kind": words.CONSENT_STATE_LOOKS[state][0],
            "icon": words.CONSENT_STATE_LOOKS[state][1],
            "own": words.CHILD_STATES[rules.child_state(standing, notices.CURRENT)],
        },
    )  # fmt: skip

"""What badges show on other pages: a column and a section about members, a button on groups, a card for teachers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

from flask import url_for
from flask_babel import gettext, lazy_gettext, ngettext

from cfc_groups import my_page, web
from cfc_groups.access import Actor, may
from cfc_groups.accounts.models import Account
from cfc_groups.badges import permissions, queries, words
from cfc_groups.badges.models import ChildBadge
from cfc_groups.clock import date_in
from cfc_groups.db import Database, Reader
from cfc_groups.groups import sections
from cfc_groups.groups.sections import GroupLink, MemberCell, MemberColumn, MemberSection


def member_cells(db: Reader, account_ids: Sequence[int], today: date) -> Mapping[int, MemberCell]:
    """How it stands with each child's badge, for the list of members."""
    found = queries.badges_of_children(db, account_ids, _some_moment_of(today))
    return {account_id: _cell(badge) for account_id, badge in found.items()}


def _cell(badge: ChildBadge) -> MemberCell:
    kind, icon = words.LOOKS[badge.state]
    return MemberCell(words.state_label(badge.state), kind, icon, url_for("badges.child", pid=badge.pid))


def member_section(db: Reader, actor: Actor, child: Account, today: date) -> MemberSection | None:
    """The badge on a child's page, for who may look after it."""
    if not may(actor, permissions.READ_BADGES, today):
        return None
    found = queries.badges_of_children(db, [child.account_id], _some_moment_of(today)).get(child.account_id)
    return None if found is None else MemberSection("badges/_member.html", {"badge": found, "words": words})


def _some_moment_of(today: date) -> datetime:
    # The lists know the day only; a badge that ends in the course of it may look open until tomorrow.
    return datetime.combine(today, time(), UTC)


def badges_missing(db: Database, actor: Actor, now: datetime) -> my_page.Card | None:
    """For a teacher: how many children of the own groups cannot come in."""
    if actor.alliance_wide or not actor.reach.group_ids:
        return None
    count = queries.children_without(db, actor, now, date_in(now, web.site().settings.time_zone))
    if not count:
        return None
    if count >= queries.MOST_COUNTED:
        sentence = gettext("Many children have no badge that works.")
    else:
        sentence = ngettext(
            "%(num)d child has no badge that works.", "%(num)d children have no badge that works.", count
        )
    return my_page.Card(sentence, url_for("badges.index"), gettext("Make badges"), "wait")


def _group_address(group_pid: str) -> str:
    return url_for("badges.index", group=group_pid)


LABEL = lazy_gettext("Badges")
COLUMN = MemberColumn(lazy_gettext("Badge"), member_cells, permissions.READ_BADGES, 30)
LINK = GroupLink(LABEL, "badge", permissions.READ_BADGES, _group_address, order=30, after_roster=True)
CARD = my_page.CardMaker("badges_missing", LABEL, "badge", 40, permissions.READ_BADGES, False, badges_missing)


def register() -> None:
    """Hang them on."""
    sections.add_member_column(COLUMN)
    sections.add_member_section(member_section)
    sections.add_group_link(LINK)
    my_page.add_card(CARD)

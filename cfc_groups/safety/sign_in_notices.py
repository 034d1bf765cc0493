"""A child's teachers learn when something is wrong with how it signs in: "not me", or a badge that went to sleep."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext

from cfc_groups.accounts import hooks as accounts
from cfc_groups.accounts import store as people
from cfc_groups.badges import hooks as badges
from cfc_groups.clock import date_in, stamp
from cfc_groups.db import Writer
from cfc_groups.groups.queries import coordinators, moderators_of, team_of_child
from cfc_groups.reminders.actions import tell_in
from cfc_groups.reminders.words import add_kind
from cfc_groups.school_calendar.rules import SITE_ZONE

NOT_ME = "child_not_me"
ASLEEP = "badge_asleep"


def join() -> None:
    """Register the notices and listen to both rooms."""
    add_kind(
        NOT_ME,
        lazy_gettext("%(nickname)s says that somebody else was signed in under its name. Please talk with the child."),
        icon="warning",
    )
    add_kind(
        ASLEEP,
        lazy_gettext("After ten wrong tries the badge of %(nickname)s went to sleep. Please make a new one."),
        icon="badge",
    )
    accounts.on_not_me(_tell_not_me)
    badges.on_badge_asleep(_tell_asleep)


def _tell_not_me(tx: Writer, child_id: int, now: datetime) -> None:
    _tell_teachers(tx, NOT_ME, child_id, now)


def _tell_asleep(tx: Writer, child_id: int, now: datetime) -> None:
    _tell_teachers(tx, ASLEEP, child_id, now)


def _tell_teachers(tx: Writer, kind: str, child_id: int, now: datetime) -> None:
    """The teachers of the child's group; the coordinators where it has none."""
    today = date_in(now, SITE_ZONE)
    child, place = people.find_account_by_id(tx, child_id), team_of_child(tx, child_id, today)
    if child is None:
        return
    for recipient in (moderators_of(tx, place.group_id, today) if place else []) or coordinators(tx):
        address = f"/members/{child.pid}"
        tell_in(tx, recipient, kind, child.pid, stamp(now), address, now, nickname=child.display_name)

"""What people read about badges: states, refusals, when a child was here last."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext, lazy_gettext, lazy_pgettext, pgettext
from flask_babel.speaklater import LazyString

from cfc_groups.badges import rules
from cfc_groups.badges.models import BadgeEnd, BadgeRow, BadgeState
from cfc_groups.i18n import long_day
from cfc_groups.words import add_refusals

STATES: dict[BadgeState, LazyString] = {
    BadgeState.MISSING: lazy_pgettext("badge", "no badge yet"),
    BadgeState.UNPRINTED: lazy_pgettext("badge", "made, not printed yet"),
    BadgeState.HANDED_OUT: lazy_pgettext("badge", "printed, not used yet"),
    BadgeState.IN_USE: lazy_pgettext("badge", "in use"),
    BadgeState.ASLEEP: lazy_pgettext("badge", "stopped after ten wrong tries"),
    BadgeState.TOO_LATE: lazy_pgettext("badge", "not used in time"),
    BadgeState.LOST: lazy_pgettext("badge", "lost"),
}

LOOKS: dict[BadgeState, tuple[str, str]] = {
    BadgeState.MISSING: ("wait", "add"),
    BadgeState.UNPRINTED: ("wait", "print"),
    BadgeState.HANDED_OUT: ("", "badge"),
    BadgeState.IN_USE: ("good", "check"),
    BadgeState.ASLEEP: ("bad", "lock"),
    BadgeState.TOO_LATE: ("wait", "clock"),
    BadgeState.LOST: ("bad", "close"),
}
"""How a state is drawn: the kind of the `state` macro and the icon that carries it without colour."""

_ENDS: dict[BadgeEnd, LazyString] = {
    BadgeEnd.REISSUED: lazy_pgettext("badge", "replaced by a new one"),
    BadgeEnd.FAILURES: lazy_pgettext("badge", "stopped after ten wrong tries"),
    BadgeEnd.LOST: lazy_pgettext("badge", "lost"),
    BadgeEnd.LEFT: lazy_pgettext("badge", "the child left"),
    BadgeEnd.EXPIRED: lazy_pgettext("badge", "not used in time"),
}

_PARTS: dict[str, LazyString] = {
    "morning": lazy_pgettext("last time", "in the morning"),
    "afternoon": lazy_pgettext("last time", "in the afternoon"),
    "evening": lazy_pgettext("last time", "in the evening"),
}


def state_label(state: BadgeState) -> str:
    """How it stands with a badge, in words."""
    return str(STATES[state])


def end_label(badge: BadgeRow) -> str:
    """Why a badge ended, or an empty text while it counts."""
    return "" if badge.ended_because is None else str(_ENDS[badge.ended_because])


def last_time(earlier: datetime | None, now: datetime) -> str:
    """When a child was here before, as it thinks of time; both moments local. "Last time: yesterday in the evening"."""
    if earlier is None:
        return gettext("Nice that you are here.")
    near = (pgettext("last time", "today"), pgettext("last time", "yesterday"),
            pgettext("last time", "the day before yesterday"))  # fmt: skip
    days = rules.days_ago(earlier, now)
    day = near[days] if days < len(near) else long_day(earlier.date())
    return gettext("Last time: %(day)s %(part)s", day=day, part=str(_PARTS[rules.part_of_day(earlier)]))


add_refusals(
    {
        "badge_code_wrong": lazy_gettext(
            "A code has 16 characters. Here we count %(count)d. Please compare it with your badge once more."
        ),
        "pictures_and_badge_differ": lazy_gettext("These pictures and this badge do not belong together. Try again."),
        "pictures_not_yet": lazy_gettext("Almost. Look at your row once more."),
        "nobody_chosen": lazy_gettext("Please tick at least one child; then we make the badges."),
        "too_many_chosen": lazy_gettext("Please tick at most %(most)d children at a time."),
        "no_badge": lazy_gettext("This child has no badge that works. Please make a new one first."),
        "no_pictures": lazy_gettext(
            "This child has not chosen any pictures yet. It chooses them when it comes in with its badge."
        ),
    }
)

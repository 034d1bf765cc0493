"""What children and moderators read: reasons, outcomes, hints, ages, refusals.

The page of a post shows a child the very sentences (`kind_words`, `next_step`) that the desk showed the moderator.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from flask_babel import gettext, lazy_gettext, lazy_pgettext, ngettext
from flask_babel.speaklater import LazyString

from cfc_groups.access import AgeBand, Role
from cfc_groups.moderation.child_words import KIND_WORDS, NEXT_STEPS
from cfc_groups.moderation.models import Flag, Outcome, Reason
from cfc_groups.moderation.rules import LATE_AFTER, VERY_LATE_AFTER
from cfc_groups.reminders.words import add_kind
from cfc_groups.words import add_refusals

REASONS: Mapping[Reason, LazyString] = {
    Reason.PII: lazy_pgettext("reason", "It holds personal information"),
    Reason.PII_OTHER: lazy_pgettext("reason", "It tells somebody else's name or secret"),
    Reason.HURT: lazy_pgettext("reason", "It would hurt somebody"),
    Reason.DANGER: lazy_pgettext("reason", "Copying it would be dangerous"),
    Reason.LAW: lazy_pgettext("reason", "The law does not allow it"),
    Reason.AD_LINK: lazy_pgettext("reason", "Advertising or a link"),
    Reason.NOT_MINE: lazy_pgettext("reason", "Not the child's own words"),
    Reason.EMPTY: lazy_pgettext("reason", "We cannot see what it wants to say"),
    Reason.DUP: lazy_pgettext("reason", "The same idea stands on the board already"),
    Reason.OTHER: lazy_pgettext("reason", "Something else"),
}

OUTCOMES: Mapping[Outcome, LazyString] = {
    Outcome.PUBLISH: lazy_pgettext("outcome", "Published"),
    Outcome.RETURN: lazy_pgettext("outcome", "Returned to be changed"),
    Outcome.REFUSE: lazy_pgettext("outcome", "Not published"),
}

BANDS: Mapping[AgeBand, LazyString] = {
    AgeBand.YOUNG: lazy_pgettext("age", "6 to 8 years"),
    AgeBand.MIDDLE: lazy_pgettext("age", "9 to 11 years"),
    AgeBand.OLDER: lazy_pgettext("age", "12 to 15 years"),
}


def kind_words(reason: Reason | str, age_band: AgeBand) -> str:
    """Why, in words for the child's age: thanks, the fact, the reason (safety.md 6.5)."""
    return str(KIND_WORDS[Reason(reason)][age_band])


def next_step(outcome: Outcome | str, age_band: AgeBand) -> str:
    """What the child can do now, in words for its age (R56)."""
    return str(NEXT_STEPS[Outcome(outcome)][age_band])


def reader_label(role: Role | str) -> str:
    """Who looks or decided, by role and never by name (R56)."""
    return str(_READERS.get(Role(role), _READERS[Role.TEACHER]))


def role_label(role: Role | str) -> str:
    """The same for colleagues."""
    return gettext("a coordinator") if Role(role) is Role.COORDINATOR else gettext("a teacher")


_READERS: Mapping[Role, LazyString] = {
    Role.TEACHER: lazy_gettext("a teacher of your group"),
    Role.COORDINATOR: lazy_gettext("a coordinator of the observation groups"),
}

# What a detector noticed, as the desk names it; signals of danger are never here (R62).
FLAGS: Mapping[str, LazyString] = {
    "mobile": lazy_pgettext("hint", "mobile number"),
    "landline": lazy_pgettext("hint", "phone number"),
    "resident_id": lazy_pgettext("hint", "identity number"),
    "qq": lazy_pgettext("hint", "QQ number"),
    "wechat": lazy_pgettext("hint", "WeChat name"),
    "platform_id": lazy_pgettext("hint", "name on another site"),
    "email": lazy_pgettext("hint", "e-mail address"),
    "url": lazy_pgettext("hint", "web address"),
    "home_address": lazy_pgettext("hint", "home address"),
    "birth_date": lazy_pgettext("hint", "date of birth"),
    "bank_card": lazy_pgettext("hint", "bank card"),
    "password": lazy_pgettext("hint", "password"),
    "passport": lazy_pgettext("hint", "passport number"),
    "plate": lazy_pgettext("hint", "number plate"),
    "home_routine": lazy_pgettext("hint", "where somebody lives or walks alone"),
    "school_class": lazy_pgettext("hint", "school and class"),
    "own_name": lazy_pgettext("hint", "the child's own name"),
    "other_name": lazy_pgettext("hint", "somebody's full name"),
    "roster_name": lazy_pgettext("hint", "a name from the group"),
}


def flag_label(flag: Flag) -> str:
    """What a hint is about."""
    return str(FLAGS.get(flag.kind, _UNKNOWN_FLAG))


_UNKNOWN_FLAG = lazy_pgettext("hint", "something personal")


def age_words(age: timedelta) -> str:
    """How long something has waited: days and hours, hours, or minutes."""
    minutes = max(0, int(age.total_seconds()) // 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days and hours:
        return gettext("%(days)s %(hours)s", days=_days(days), hours=_hours(hours))
    if days:
        return _days(days)
    if hours:
        return _hours(hours)
    return ngettext("%(num)s minute", "%(num)s minutes", minutes) if minutes else gettext("just now")


def lateness(age: timedelta) -> str:
    """That something has waited too long, in words (R60); empty while it has not."""
    if age > VERY_LATE_AFTER:
        return gettext("more than two days")
    return gettext("more than a day") if age > LATE_AFTER else ""


def _days(count: int) -> str:
    return ngettext("%(num)s day", "%(num)s days", count)


def _hours(count: int) -> str:
    return ngettext("%(num)s hour", "%(num)s hours", count)


def waiting_words(count: int) -> str:
    """How many notes wait, counted up to 100."""
    if count >= 100:
        return gettext("More than 99 notes wait for you")
    return ngettext("%(num)s note waits for you", "%(num)s notes wait for you", count)

def oldest_words(age: timedelta) -> str:
    """How long the oldest one has waited."""
    return gettext("the oldest for %(age)s", age=age_words(age))


def maybe_words(hints: list[str]) -> str:
    """What a line of the queue says about hints; empty for none."""
    return gettext("perhaps: %(hints)s", hints=gettext(", ").join(hints)) if hints else ""


def done_words(outcome: Outcome, headline: str) -> str:
    """What the moderator reads after a decision, on the next note's page."""
    return str(_DONE[outcome]) % {"title": headline}


_DONE: Mapping[Outcome, LazyString] = {
    Outcome.PUBLISH: lazy_gettext("Published: “%(title)s”. The child can read that it is."),
    Outcome.RETURN: lazy_gettext("Returned: “%(title)s”. The child reads your words and can change it."),
    Outcome.REFUSE: lazy_gettext("Not published: “%(title)s”. The child reads why."),
}

add_kind("queue_late", lazy_gettext("%(group)s: notes wait for more than a day (%(count)s)"), icon="clock")
add_kind(
    "queue_very_late", lazy_gettext("%(group)s: notes wait for more than two days (%(count)s); please help there"),
    icon="clock",
)  # fmt: skip
add_kind(
    "adult_words_blocked",
    lazy_gettext("%(name)s wrote a child a way to get in touch elsewhere. It was not sent. Please talk about it."),
    icon="shield",
)

add_refusals(
    {
        "words_lead_elsewhere": lazy_gettext(
            "No phone number, WeChat, QQ or link goes to a child from here, and nothing to be kept secret. Your words"
            " were not sent; the protection officers are told. Please say it without."
        ),
        "outcome_unknown": lazy_gettext("Please choose what to do: publish, return, or refuse."),
        "item_decided": lazy_gettext("Your colleague has just decided this. Thank you; please take the next one."),
        "item_changed": lazy_gettext(
            "The child has changed it in the meantime. The new version waits in the queue; please read that one."
        ),
        "item_withdrawn": lazy_gettext("The child has taken it back in the meantime, so nothing is left to decide."),
        "item_claimed": lazy_gettext(
            "%(name)s is looking at this one. Please take the next one; after ten minutes of quiet it is free again."
        ),
        "held_not_confirmed": lazy_gettext(
            "We marked something that looks like personal information. If it is none, please tick this; if it is,"
            " return the note to the child."
        ),
        "reason_missing": lazy_gettext("Please choose a reason, so that the child understands."),
        "reason_unneeded": lazy_gettext("Publishing needs no reason."),
        "reason_needs_second": lazy_gettext(
            "“Something else” needs a second moderator, which cannot be asked here yet. Please choose a reason of the"
            " list, or return it."
        ),
        "reason_does_not_fit": lazy_gettext(
            "For this reason a note is returned, not refused: the child can mend it. Please return it."
        ),
    }
)

"""What children and moderators read: reasons, kind words for three ages, outcomes, hints, ages, refusals.

Kind words thank first, then say the fact and the reason; `next_step` follows. "We", never "you violated"; no
exclamation mark in a no (safety.md 6.5, ui.md). The board's page of a post shows the same sentences as the desk.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from cfc_groups.access import AgeBand, Role
from cfc_groups.moderation.models import Outcome, Reason
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

_KIND_WORDS: Mapping[Reason, Mapping[AgeBand, LazyString]] = {
    Reason.PII: {
        AgeBand.YOUNG: lazy_gettext(
            "Thank you, we have your idea. There is something like a phone number or a home in it. People we do not"
            " know read the site. Please take it out."
        ),
        AgeBand.MIDDLE: lazy_gettext(
            "Thank you, we have your idea. It holds something private, such as a phone number or where you live. Not"
            " everybody on the internet knows you. Please take that place out; all the rest can stay."
        ),
        AgeBand.OLDER: lazy_gettext(
            "Thank you for your idea. It holds personal information by which somebody could find you, such as a phone"
            " number, an address, or your school and class. Everybody can read a public page, so please take that"
            " place out. Everything else can stay."
        ),
    },
    Reason.PII_OTHER: {
        AgeBand.YOUNG: lazy_gettext(
            "Thank you, this matters. Somebody's name is in it. They did not say that we may write it. Keep what"
            " happened, leave the name out."
        ),
        AgeBand.MIDDLE: lazy_gettext(
            "Thank you, what you say matters. It tells somebody's name or secret, and they did not say that we may."
            " Keep what happened and leave the name out."
        ),
        AgeBand.OLDER: lazy_gettext(
            "Thank you, what you say matters, and you may criticise. It tells somebody else's name or private matters"
            " without their yes. Keep what happened, and write “somebody” where the name stands."
        ),
    },
    Reason.HURT: {
        AgeBand.YOUNG: lazy_gettext(
            "Thank you for telling us. We see that you are angry. Some of the words make others sad. What happened?"
            " How should it be?"
        ),
        AgeBand.MIDDLE: lazy_gettext(
            "Thank you for telling us. We see that you are angry. Some of these words would hurt somebody. Could you"
            " tell what happened, and how you wish it to be?"
        ),
        AgeBand.OLDER: lazy_gettext(
            "Thank you for telling us; you may be angry about this. Some of these words would hurt somebody, and then"
            " people read the words and not the matter. Tell what happened, and what should change."
        ),
    },
    Reason.DANGER: {
        AgeBand.YOUNG: lazy_gettext(
            "Thank you for telling us. Doing this is very dangerous. So we do not put it on the board. A teacher tells"
            " somebody who can mend it."
        ),
        AgeBand.MIDDLE: lazy_gettext(
            "Thank you for telling us. It would be very dangerous if somebody copied this. That is why we do not put it"
            " on the board. A teacher tells somebody who can mend it."
        ),
        AgeBand.OLDER: lazy_gettext(
            "Thank you for telling us. Somebody who copies this could get badly hurt, so it does not go on the board as"
            " it stands. A teacher passes it on to somebody who can mend it."
        ),
    },
    Reason.LAW: {
        AgeBand.YOUNG: lazy_gettext(
            "Thank you for writing. There is a rule about these words. The law says we may not show them. You are not"
            " bad. A teacher can talk with you."
        ),
        AgeBand.MIDDLE: lazy_gettext(
            "Thank you for writing. The law does not allow words like these on the internet. It is not that you are"
            " bad; there is a rule. A teacher is glad to talk with you about it."
        ),
        AgeBand.OLDER: lazy_gettext(
            "Thank you for writing. The law does not allow words like these to be published. That says nothing bad"
            " about you; it is a rule for all of us. A teacher can explain it to you."
        ),
    },
    Reason.AD_LINK: {
        AgeBand.YOUNG: lazy_gettext(
            "Thank you, we have your idea. There is a web address or an advert in it. We do not know where it leads."
            " Please take it out."
        ),
        AgeBand.MIDDLE: lazy_gettext(
            "Thank you, we have your idea. There is a link or an advert in it. Our board is for ideas only, so that"
            " nobody is led astray. Please take it out; all the rest can stay."
        ),
        AgeBand.OLDER: lazy_gettext(
            "Thank you for your idea. It holds a link or an advert. The board is for ideas only, and we cannot check"
            " where every link leads. Please take that place out; everything else can stay."
        ),
    },
    Reason.NOT_MINE: {
        AgeBand.YOUNG: lazy_gettext(
            "Thank you for sending this. It sounds like a grown-up. We would love to hear you. What did you see"
            " yourself?"
        ),
        AgeBand.MIDDLE: lazy_gettext(
            "Thank you for sending this. It sounds like a book or a grown-up. We would like to hear what you saw and"
            " what you think. Your own words are the best ones."
        ),
        AgeBand.OLDER: lazy_gettext(
            "Thank you for sending this. It reads as if it came from somewhere else. What counts here is what you saw"
            " yourself and how you would say it, even when it is short."
        ),
    },
    Reason.EMPTY: {
        AgeBand.YOUNG: lazy_gettext(
            "Thank you for writing. We would like to hear more. Where was it? What did you see? What do you wish?"
        ),
        AgeBand.MIDDLE: lazy_gettext(
            "Thank you for writing. We do not quite understand it yet and would like to hear more. Where was it? What"
            " did you see? What would you do?"
        ),
        AgeBand.OLDER: lazy_gettext(
            "Thank you for writing. We do not quite see yet what you would like to say. Where is it, what did you see"
            " there, and what should change?"
        ),
    },
    Reason.DUP: {
        AgeBand.YOUNG: lazy_gettext(
            "Thank you. Another child thought of this too. It is on the board already. Did you see something more?"
            " Please write that."
        ),
        AgeBand.MIDDLE: lazy_gettext(
            "Thank you. Another child thought of the same, and it stands on the board already. Is there something that"
            " only you saw? Please write about that."
        ),
        AgeBand.OLDER: lazy_gettext(
            "Thank you. Somebody else had the same idea, and it stands on the board already, so you are not alone with"
            " it. Write what you saw besides, or where else it happens."
        ),
    },
    Reason.OTHER: {
        AgeBand.YOUNG: lazy_gettext("Thank you for writing. We looked at it with two teachers. They tell you why."),
        AgeBand.MIDDLE: lazy_gettext("Thank you for writing. Two teachers looked at it together. They tell you why."),
        AgeBand.OLDER: lazy_gettext("Thank you for writing. Two teachers looked at it together and tell you why."),
    },
}

_NEXT_STEPS: Mapping[Outcome, Mapping[AgeBand, LazyString]] = {
    Outcome.PUBLISH: {
        AgeBand.YOUNG: lazy_gettext("Thank you. Now others can read your idea."),
        AgeBand.MIDDLE: lazy_gettext("Thank you for your idea. Now others can read it on the board."),
        AgeBand.OLDER: lazy_gettext("Thank you for your idea. It stands on the board now and others can read it."),
    },
    Outcome.RETURN: {
        AgeBand.YOUNG: lazy_gettext("Change it and send it again. We wait for you."),
        AgeBand.MIDDLE: lazy_gettext("Change it a little and send it again. Your words are still there, we wait."),
        AgeBand.OLDER: lazy_gettext("Change it and send it once more. Every word of yours is still there; we wait."),
    },
    Outcome.REFUSE: {
        AgeBand.YOUNG: lazy_gettext("This note stays off the board. You can ask a teacher, or write a new one."),
        AgeBand.MIDDLE: lazy_gettext(
            "So this note stays off the board. You can ask a teacher about it, or write a new one."
        ),
        AgeBand.OLDER: lazy_gettext(
            "So this note stays off the board. If you see it differently, ask a teacher; you can write a new one any"
            " time."
        ),
    },
}


def kind_words(reason: Reason | str, age_band: AgeBand) -> str:
    """Why, in words for the child's age: thanks, the fact, the reason (safety.md 6.5)."""
    return str(_KIND_WORDS[Reason(reason)][age_band])


def next_step(outcome: Outcome | str, age_band: AgeBand) -> str:
    """What the child can do now, in words for its age (R56)."""
    return str(_NEXT_STEPS[Outcome(outcome)][age_band])


def reader_label(role: Role | str) -> str:
    """Who looks or decided, by role and never by name (R56)."""
    return str(_READERS.get(Role(role), _READERS[Role.TEACHER]))


_READERS: Mapping[Role, LazyString] = {
    Role.TEACHER: lazy_gettext("a teacher of your group"),
    Role.COORDINATOR: lazy_gettext("a coordinator of the observation groups"),
}

add_refusals(
    {
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

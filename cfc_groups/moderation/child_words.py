"""What children read about a decision, for three ages: why, and how it goes on (safety.md 6.5).

Kind words thank first, then say the fact and the reason; the next step follows. "We", never "you violated"; no
exclamation mark in a no. Nothing is promised that the site does not do: masks and joint credit come later.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from cfc_groups.access import AgeBand
from cfc_groups.moderation.models import Outcome, Reason

KIND_WORDS: Mapping[Reason, Mapping[AgeBand, LazyString]] = {
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

NEXT_STEPS: Mapping[Outcome, Mapping[AgeBand, LazyString]] = {
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

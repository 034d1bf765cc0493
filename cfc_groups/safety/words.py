"""What people read about consents, hotlines and protection."""

from __future__ import annotations

from flask_babel import lazy_gettext

from cfc_groups.safety.models import Answer, ChildState, ConsentState, Outcome, Relation, Way
from cfc_groups.words import add_refusals

HOTLINES = {
    "110": lazy_gettext("Police, when there is danger"),
    "12355": lazy_gettext("Help line for young people"),
    "12356": lazy_gettext("Help line when the heart is heavy"),
    "12345": lazy_gettext("City hotline, also for protecting children"),
}

CONSENT_STATES = {
    ConsentState.COMPLETE: lazy_gettext("All answers yes"),
    ConsentState.SOME_NO: lazy_gettext("Some answers no"),
    ConsentState.MISSING: lazy_gettext("Paper missing"),
    ConsentState.OUTDATED: lazy_gettext("New paper needed"),
}
CONSENT_STATE_LOOKS = {
    ConsentState.COMPLETE: ("good", "check"),
    ConsentState.SOME_NO: ("", "info"),
    ConsentState.MISSING: ("bad", "warning"),
    ConsentState.OUTDATED: ("wait", "refresh"),
}

CHILD_STATES = {
    ChildState.WAITS_FOR_PAPER: lazy_gettext("Asked after the paper"),
    ChildState.NOT_ASKED: lazy_gettext("Not asked yet"),
    ChildState.YES: lazy_gettext("Says yes"),
    ChildState.SOME_NO: lazy_gettext("Says no to some"),
}

ANSWERS = {Answer.YES: lazy_gettext("yes"), Answer.NO: lazy_gettext("no")}

RELATIONS = {
    Relation.MOTHER: lazy_gettext("Mother"),
    Relation.FATHER: lazy_gettext("Father"),
    Relation.GRANDPARENT: lazy_gettext("Grandparent"),
    Relation.OTHER: lazy_gettext("Another guardian"),
}

WAYS = {Way.PAPER: lazy_gettext("on signed paper"), Way.TOLD: lazy_gettext("by word of mouth")}

OUTCOMES = {
    Outcome.BACK_TO_REVIEW: lazy_gettext("It was not meant so: back to the teachers for the usual review"),
    Outcome.HANDLED: lazy_gettext("Handled: it stays with the protection officers"),
}

# What the detectors call their classes of danger; an officer reads the sentence.
SIGNAL_KINDS = {
    "self_harm": lazy_gettext("May want to hurt itself"),
    "violence_home": lazy_gettext("May be beaten or locked in at home"),
    "sexual_harm": lazy_gettext("May have been touched or filmed against its will"),
    "bullying": lazy_gettext("May be bullied"),
    "running_away": lazy_gettext("May want to run away"),
    "threat": lazy_gettext("May want to hurt somebody"),
    "stranger": lazy_gettext("A stranger may want to meet it"),
    "neglect": lazy_gettext("May be left alone"),
    "contact_secrecy": lazy_gettext("Somebody may ask it to keep a secret or meet alone"),
}


def hotline_label(number: str) -> str:
    """Our own word for a hotline that has none of the alliance's; empty for a number that we do not know."""
    return str(HOTLINES.get(number, ""))


def relation_label(relation: str) -> str:
    """What people read for a relation."""
    return str(RELATIONS.get(Relation(relation), relation)) if relation in list(Relation) else relation


def signal_kind_label(kind: str) -> str:
    """What officers read for a class of danger."""
    return str(SIGNAL_KINDS.get(kind, lazy_gettext("Something else that sounded like danger")))


add_refusals(
    {
        "consent_nothing_answered": lazy_gettext("Please copy at least one answer from the paper."),
        "consent_yes_needs_paper": lazy_gettext(
            "A yes needs the signed paper. Please tick this box when it lies before you; a no is taken without it."
        ),
        "consent_signed_in_future": lazy_gettext("This day is still to come. Which day stands on the paper?"),
        "consent_signed_long_ago": lazy_gettext(
            "This is more than a year ago. Please ask the family for a new paper; the form can be printed here."
        ),
        "assent_not_asked": lazy_gettext("Your family has not said yes to this, so we cannot ask you yet."),
        "my_yes_unknown_answer": lazy_gettext("We did not understand this answer. Please go back and press once more."),
        "signal_note_needed": lazy_gettext(
            "Please write in a few words what was done, so that the next officer knows."
        ),
        "signal_closed_before": lazy_gettext("Your colleague has closed this already. Thank you for looking after it."),
        "hotlines_empty": lazy_gettext("Please leave at least one number in the list; children in need look for it."),
        "hotlines_twice": lazy_gettext("One number stands in the list twice."),
        "hotlines_checked_in_future": lazy_gettext("A day of checking is still to come. When did somebody last call?"),
    }
)

"""What people read about consents, hotlines and protection."""

from __future__ import annotations

from flask_babel import lazy_gettext

from cfc_groups.words import add_refusals

HOTLINES = {
    "110": lazy_gettext("Police, when there is danger"),
    "12355": lazy_gettext("Help line for young people"),
    "12356": lazy_gettext("Help line when the heart is heavy"),
    "12345": lazy_gettext("City hotline, also for protecting children"),
}


def hotline_label(number: str) -> str:
    """Our own word for a hotline that has none of the alliance's; empty for a number that we do not know."""
    return str(HOTLINES.get(number, ""))


add_refusals(
    {
        "consent_nothing_answered": lazy_gettext("Please copy at least one answer from the paper."),
        "consent_yes_needs_paper": lazy_gettext(
            "A yes needs the signed paper. Please tick the box below when it lies before you; a no is taken without it."
        ),
        "consent_signed_in_future": lazy_gettext("This day is still to come. Which day stands on the paper?"),
        "consent_signed_long_ago": lazy_gettext(
            "This is more than a year ago. Please ask the family for a new paper; the form can be printed here."
        ),
    }
)

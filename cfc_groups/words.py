"""The sentences for refusals. Each feature's words.py adds its codes here; the platform's own stand below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from cfc_groups.errors import Refusal

REFUSALS: dict[str, LazyString] = {}


def add_refusals(sentences: Mapping[str, LazyString]) -> None:
    """Give codes their sentence; %(name)s in a sentence is filled from the refusal's facts."""
    for code, sentence in sentences.items():
        if code in REFUSALS and REFUSALS[code] is not sentence:
            raise ValueError(f"two sentences for the refusal {code}")
        REFUSALS[code] = sentence


def sentence(problem: Refusal) -> str:
    """What a person reads for a refusal: thanks or the fact, the reason, a next step; never a trace (R98)."""
    found = REFUSALS.get(problem.code)
    if found is None:
        return gettext("This does not work right now. Please go back and try again.")
    if not problem.facts:
        return str(found)
    return str(found) % {name: _shown(fact) for name, fact in problem.facts.items()}


def _shown(fact: object) -> object:
    """Days stand in a sentence as people write them."""
    from cfc_groups.i18n import long_day

    return long_day(fact) if isinstance(fact, date) else fact


add_refusals(
    {
        "not_found": lazy_gettext("We looked everywhere, but there is nothing at this address for you."),
        "not_allowed": lazy_gettext("This page is for other people in the group. Ask your coordinator if you need it."),
        "sign_in_needed": lazy_gettext("Please sign in first; then we bring you right back."),
        "vetting_missing": lazy_gettext(
            "The date of your last record check is missing or older than a year, so children's pages are closed for"
            " now. Please give the new certificate to a coordinator; as soon as the date is entered, they open again."
        ),
        "confirm_again": lazy_gettext("Before this step we ask for your password once more."),
        "too_many_requests": lazy_gettext("That was very fast. Please take a short break and try again in a minute."),
    }
)

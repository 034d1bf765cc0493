"""Turns what table files and rosters can be refused for into a sentence beside the file field."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from cfc_groups.errors import RuleBroken
from cfc_groups.groups.roster_models import RosterRefused
from cfc_groups.groups.roster_words import roster_refusal_sentence, table_refusal_sentence
from cfc_groups.tables.models import TableRefused
from cfc_groups.words import add_refusals

add_refusals({"roster_unreadable": LazyString(lambda: "%(why)s")})


def as_refusal(refused: TableRefused | RosterRefused) -> RuleBroken:
    """The refusal as forms take it; the sentence is said in the language of who reads it."""
    if isinstance(refused, TableRefused):
        why = LazyString(lambda: table_refusal_sentence(refused))
    else:
        why = LazyString(lambda: roster_refusal_sentence(refused))
    return RuleBroken("roster_unreadable", field="roster", why=why)

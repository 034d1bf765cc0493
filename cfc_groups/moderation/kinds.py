"""The kinds of what children write. Each feature registers its own (in register()); the desk knows no feature.

A kind's owner calls `actions.submit_in` for each version that a child sends and `actions.withdraw_in` when the child
takes it back. After a decision `on_decision` runs in the same transaction: it sets the object's own state and what is
published, and tells the child through `reminders.actions.tell_in` with a kind of notice that the owner registered
(`post_published`, `post_returned`, `post_refused`): only the owner knows title and address. Moderation tells nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel.speaklater import LazyString

from cfc_groups.db import Reader, Writer
from cfc_groups.moderation.models import Content, Decision

Loader = Callable[[Reader, int, int], Content]
DecisionListener = Callable[[Writer, int, int, Decision, datetime], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of content.

    load(db, object_id, version_number): what the desk shows, in at most two statements; raises NotFound.
    on_decision(tx, object_id, version_number, decision, now): carries the decision out; it may raise a Refusal, then
    nothing is decided.
    """

    name: str
    label: LazyString
    load: Loader
    on_decision: DecisionListener


KINDS: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    """Take a kind into the queue; the same name again replaces it (a second site in one process)."""
    KINDS[kind.name] = kind


def get_kind(name: str) -> Kind:
    """The kind of an item. Raises KeyError for one that nobody registered: that is a fault of the program."""
    return KINDS[name]

"""What higher rooms may hang on: they register once (in their register()), safety calls inside its transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cfc_groups.db import Writer
from cfc_groups.safety.models import Outcome

ConsentListener = Callable[[Writer, int, datetime], None]
OutcomeListener = Callable[[Writer, int, Outcome, datetime], None]

_consent_listeners: dict[str, ConsentListener] = {}
_outcome_listeners: dict[str, OutcomeListener] = {}


def on_change(listener: ConsentListener) -> None:
    """Call `listener(tx, child_id, now)` after every new answer of a guardian or a child (R15: it acts at once).

    The same function registered again (a second site in one process) takes its own place.
    """
    _consent_listeners[f"{listener.__module__}.{listener.__qualname__}"] = listener


def tell_change(tx: Writer, child_id: int, now: datetime) -> None:
    """Tell every listener."""
    for listener in _consent_listeners.values():
        listener(tx, child_id, now)


def on_outcome(object_kind: str, listener: OutcomeListener) -> None:
    """Call `listener(tx, object_id, outcome, now)` when an officer closes a signal about such an object.

    With `back_to_review` the kind's owner puts the object back into the ordinary queue; with `handled` it stays out
    of every queue, unpublished and undeleted (R62).
    """
    _outcome_listeners[object_kind] = listener


def tell_outcome(tx: Writer, object_kind: str, object_id: int, outcome: Outcome, now: datetime) -> None:
    """Tell the owner of the object's kind, if it has registered."""
    listener = _outcome_listeners.get(object_kind)
    if listener is not None:
        listener(tx, object_id, outcome, now)

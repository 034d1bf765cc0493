"""What higher rooms may hang on: they register once (in their register()), places calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cfc_groups.db import Writer

PlaceListener = Callable[[Writer, int, datetime], None]

_changes: list[PlaceListener] = []


def on_change(listener: PlaceListener) -> None:
    """Call `listener(tx, place_id, now)` when a place gets another name, kind or district, or ends or comes back."""
    if listener not in _changes:
        _changes.append(listener)


def tell_change(tx: Writer, place_id: int, now: datetime) -> None:
    """Tell every listener, inside the transaction of the change."""
    for listener in _changes:
        listener(tx, place_id, now)

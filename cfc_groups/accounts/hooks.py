"""What higher rooms may hang on: they register once (in their register()), accounts calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cfc_groups.db import Writer

NotMeListener = Callable[[Writer, int, datetime], None]
AlarmListener = Callable[[Writer, datetime], None]

_not_me: list[NotMeListener] = []
_many_failures: list[AlarmListener] = []
_child_confirmation: list[str] = []


def on_not_me(listener: NotMeListener) -> None:
    """Call `listener(tx, child_id, now)` when a child says that somebody else is signed in under its name."""
    if listener not in _not_me:
        _not_me.append(listener)


def tell_not_me(tx: Writer, child_id: int, now: datetime) -> None:
    """Tell every listener, inside the transaction that ended the child's sessions."""
    for listener in _not_me:
        listener(tx, child_id, now)


def on_many_failures(listener: AlarmListener) -> None:
    """Call `listener(tx, now)` when 300 sign-ins failed within ten minutes (R80); officers should be told."""
    if listener not in _many_failures:
        _many_failures.append(listener)


def tell_many_failures(tx: Writer, now: datetime) -> None:
    """Tell every listener, inside the transaction that counted the failure."""
    for listener in _many_failures:
        listener(tx, now)


def set_child_confirmation(endpoint: str) -> None:
    """Where a child gives its pictures once more (R87); it gets `next` like `accounts.confirm`."""
    _child_confirmation[:] = [endpoint]


def child_confirmation() -> str | None:
    """The endpoint that was set, or None."""
    return _child_confirmation[0] if _child_confirmation else None

"""What higher rooms may hang on: they register once (in their register()), badges calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cfc_groups.db import Reader, Writer

PageFirst = Callable[[Reader, int, datetime], str | None]
AsleepListener = Callable[[Writer, int, datetime], None]

_pages_first: dict[str, PageFirst] = {}
_asleep: dict[str, AsleepListener] = {}


def after_sign_in(ask: PageFirst) -> None:
    """Ask `ask(db, child_id, now)` after a child came in; it answers the endpoint of a page that comes first, or None.

    The page is opened with `next`, the address to go on to afterwards. One statement at most. The same function
    registered again (a second site in one process) takes its own place.
    """
    _pages_first[f"{ask.__module__}.{ask.__qualname__}"] = ask


def page_first(db: Reader, child_id: int, now: datetime) -> str | None:
    """The endpoint that the first asked room wants the child to see, or None."""
    for ask in _pages_first.values():
        endpoint = ask(db, child_id, now)
        if endpoint is not None:
            return endpoint
    return None


def on_badge_asleep(listener: AsleepListener) -> None:
    """Call `listener(tx, child_id, now)` when a badge stops working after ten tries; teachers should be told (R80)."""
    _asleep[f"{listener.__module__}.{listener.__qualname__}"] = listener


def tell_badge_asleep(tx: Writer, child_id: int, now: datetime) -> None:
    """Tell every listener, inside the transaction that ended the badge."""
    for listener in _asleep.values():
        listener(tx, child_id, now)

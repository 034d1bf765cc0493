"""The only caller of the system clock.

Everything else is told the time: routes read it once a request (`web.now()`), actions and sweeps get it as `now`.
Moments are aware datetimes in UTC; dates are dates of the site's own time zone (Asia/Shanghai unless set).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, as an aware datetime in UTC."""
    return datetime.now(UTC)


@lru_cache(maxsize=64)  # one request's moment is written into many rows
def stamp(moment: datetime) -> str:
    """A moment as it is stored: ISO 8601 in UTC with milliseconds, of fixed width, so that text order is time order."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def parse_stamp(text: str) -> datetime:
    """The moment that `stamp` wrote (aware, UTC)."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def date_in(moment: datetime, zone: ZoneInfo) -> date:
    """The calendar day of a moment in a zone."""
    return moment.astimezone(zone).date()

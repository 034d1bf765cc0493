"""When somebody may be told something. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

NIGHT_BEGINS = time(21)  # R52
NIGHT_ENDS = time(7)

READ_KEPT = timedelta(days=180)
UNREAD_KEPT = timedelta(days=365)  # R27: nothing is kept for ever, not even what nobody opened


def visible_from(now: datetime, zone: ZoneInfo, *, may_wait: bool) -> datetime:
    """The moment from which a notice told now is there: at night, what may wait waits for seven o'clock (R52)."""
    local = now.astimezone(zone)
    if not may_wait or NIGHT_ENDS <= local.time() < NIGHT_BEGINS:
        return now
    morning = local.date() + timedelta(days=1 if local.time() >= NIGHT_BEGINS else 0)
    return datetime.combine(morning, NIGHT_ENDS, zone).astimezone(UTC)

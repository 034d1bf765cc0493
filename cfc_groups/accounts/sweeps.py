"""Clearing up by the clock: sessions that are over, rows that need not be kept (R27, R85)."""

from __future__ import annotations

from datetime import datetime, timedelta

from cfc_groups.accounts import limits, rules, sign_in_store
from cfc_groups.db import Database, write

SESSIONS_ARE_KEPT = timedelta(days=30)


def close_old_sessions(db: Database, now: datetime) -> int:
    """End sessions that were idle or open for too long; forget ended sessions after 30 days, failures after one."""
    with write(db) as tx:
        closed = sign_in_store.close_old_sessions(tx, True, rules.CHILD_ON_SHARED_DEVICE, now)
        closed += sign_in_store.close_old_sessions(tx, False, rules.STAFF, now)
        sign_in_store.remove_old_rows(tx, sessions_before=now - SESSIONS_ARE_KEPT, failures_before=now - limits.MEMORY)
    return closed

"""What must leave the site is written in the action's transaction and delivered after it, by a sweep.

A courier is registered for each kind of parcel (mail comes with a setting; nothing is outbound by default, R37).
Delivery is at least once with a stable key; a failed try waits 1 minute, doubling to 6 hours, ten tries at most.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from cfc_groups.clock import stamp
from cfc_groups.db import Database, Writer, write

MOST_TRIES = 10
LONGEST_WAIT = timedelta(hours=6)

Courier = Callable[[str, Mapping[str, Any]], None]
COURIERS: dict[str, Courier] = {}


def put(tx: Writer, kind: str, unique_key: str, content: Mapping[str, object], now: datetime) -> None:
    """Leave a parcel in the outbox; a second one with the same key is the same parcel and changes nothing."""
    tx.execute(
        "INSERT INTO outbox (kind, unique_key, content, made_at, due_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (unique_key) DO NOTHING",
        (kind, unique_key, json.dumps(content, ensure_ascii=False), stamp(now), stamp(now)),
    )


def deliver_due(db: Database, now: datetime, *, most: int = 200) -> int:
    """Hand every due parcel to its courier, oldest first; answers how many were delivered."""
    due = db.rows(
        "SELECT parcel_id, kind, unique_key, content, attempts FROM outbox"
        " WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at, parcel_id LIMIT ?",
        (stamp(now), most),
    )
    delivered = 0
    for row in due:
        courier = COURIERS.get(row["kind"])
        if courier is None:
            continue  # the setting that opens this way out is not given
        trouble = _try(courier, row["unique_key"], json.loads(row["content"]))
        _settle(db, row["parcel_id"], row["attempts"] + 1, trouble, now)
        delivered += trouble is None
    return delivered


def _try(courier: Courier, key: str, content: Mapping[str, Any]) -> str | None:
    try:
        courier(key, content)
    except Exception as problem:  # whatever a far server does must not stop the other parcels
        return f"{type(problem).__name__}: {problem}"[:300]
    return None


def _settle(db: Database, parcel_id: int, attempts: int, trouble: str | None, now: datetime) -> None:
    state = "delivered" if trouble is None else ("failed" if attempts >= MOST_TRIES else "waiting")
    wait = min(timedelta(minutes=2 ** (attempts - 1)), LONGEST_WAIT)
    with write(db) as tx:
        tx.execute(
            "UPDATE outbox SET state = ?, attempts = ?, last_trouble = ?, due_at = ?, settled_at = ?"
            " WHERE parcel_id = ?",
            (state, attempts, trouble, stamp(now + wait), None if state == "waiting" else stamp(now), parcel_id),
        )

"""The journal: who did what to what, append-only and hash-chained (R101).

It holds no child's words and no secrets: facts are ids, states, counts and reasons from closed lists. Triggers refuse
changing or deleting rows; `verify` recomputes the chain.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from cfc_groups.clock import stamp
from cfc_groups.db import Reader, Writer

FIRST = "0" * 64


def enter(
    tx: Writer, account_id: int | None, deed: str, object_kind: str, object_id: object, now: datetime, **facts: object
) -> None:
    """Write one entry in the action's own transaction. `deed` is verb_noun; `facts` must be plain JSON values."""
    last = tx.value("SELECT hash FROM journal ORDER BY entry_id DESC LIMIT 1")
    previous = str(last) if last is not None else FIRST
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    entered_at = stamp(now)
    tx.insert(
        "journal", entered_at=entered_at, account_id=account_id, deed=deed, object_kind=object_kind,
        object_id=str(object_id), facts=text, previous_hash=previous,
        hash=_hash(previous, entered_at, account_id, deed, object_kind, str(object_id), text),
    )  # fmt: skip


def verify(db: Reader) -> int | None:
    """The id of the first entry that does not fit the chain, or None when every entry does."""
    previous = FIRST
    for row in db.connection.execute("SELECT * FROM journal ORDER BY entry_id"):
        expected = _hash(
            previous, row["entered_at"], row["account_id"], row["deed"], row["object_kind"], row["object_id"],
            row["facts"],
        )  # fmt: skip
        if row["previous_hash"] != previous or row["hash"] != expected:
            return int(row["entry_id"])
        previous = expected
    return None


def head(db: Reader) -> tuple[int, str]:
    """How many entries there are and the last hash: printed for a second person to keep."""
    row = db.row("SELECT entry_id, hash FROM journal ORDER BY entry_id DESC LIMIT 1")
    return (0, FIRST) if row is None else (int(row["entry_id"]), str(row["hash"]))


def _hash(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()

"""The rows of consents, assents, hotlines, signals of danger and the protection contact."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date, datetime

from cfc_groups.clock import stamp
from cfc_groups.db import Reader, Writer
from cfc_groups.safety.models import Answer, Given, Outcome, Paper, ProtectionContact, Purpose, Standing
from cfc_groups.sealing import Sealer

GUARDIAN_NAME = "consents.guardian_name"
SIGNAL_WORDS = "danger_signals.words"
SIGNAL_KINDS = "danger_signals.kinds"
SIGNAL_NOTE = "danger_signals.outcome_note"
NEXT_WORDS = "\n\n⸻\n\n"

# Consents and assents


def standings(db: Reader, child_ids: Iterable[int]) -> dict[int, Standing]:
    """The answers that count today, by child; every child asked about is in it. One statement, however many ids."""
    ids = list(child_ids)
    found: dict[int, tuple[dict[Purpose, Given], dict[Purpose, Given]]] = {one: ({}, {}) for one in ids}
    rows = db.rows(
        "SELECT 0 AS own, child_id, purpose, answer, notice_version FROM consents WHERE consent_id IN"
        " (SELECT max(consent_id) FROM consents WHERE child_id IN (SELECT value FROM json_each(:ids))"
        "  GROUP BY child_id, purpose)"
        " UNION ALL SELECT 1, child_id, purpose, answer, notice_version FROM assents WHERE assent_id IN"
        " (SELECT max(assent_id) FROM assents WHERE child_id IN (SELECT value FROM json_each(:ids))"
        "  GROUP BY child_id, purpose)",
        {"ids": json.dumps(ids)},
    )
    for row in rows:
        given = Given(Answer(row["answer"]), row["notice_version"])
        found[row["child_id"]][row["own"]][Purpose(row["purpose"])] = given
    return {one: Standing(guardian, child) for one, (guardian, child) in found.items()}


def add_consents(
    tx: Writer, sealer: Sealer, child_id: int, paper: Paper, *, notice_version: str, notice_hash: str,
    recorded_by: int, now: datetime,
) -> None:  # fmt: skip
    """Add one row for each answer of a paper; the guardian's name is sealed (R26)."""
    for purpose, answer in paper.answers.items():
        tx.insert(
            "consents", child_id=child_id, purpose=purpose, answer=answer, way=paper.way,
            guardian_name=sealer.seal(paper.guardian_name, GUARDIAN_NAME), relation=paper.relation,
            notice_version=notice_version, notice_hash=notice_hash, signed_on=str(paper.signed_on),
            recorded_by=recorded_by, recorded_at=stamp(now),
        )  # fmt: skip


def add_assent(
    tx: Writer, child_id: int, purpose: Purpose, answer: Answer, *, notice_version: str, now: datetime
) -> None:
    """Add the child's own answer."""
    tx.insert(
        "assents", child_id=child_id, purpose=purpose, answer=answer, notice_version=notice_version,
        answered_at=stamp(now),
    )  # fmt: skip


# Signals of danger


def find_open_signal(db: Reader, object_kind: str, object_id: int) -> sqlite3.Row | None:
    """The open signal about an object, or None."""
    return db.row(
        "SELECT signal_id, pid, words, kinds FROM danger_signals"
        " WHERE object_kind = ? AND object_id = ? AND closed_at IS NULL",
        (object_kind, object_id),
    )


def add_signal(
    tx: Writer, sealer: Sealer, *, pid: str, child_id: int, group_id: int | None, object_kind: str, object_id: int,
    words: str, kinds: list[str], now: datetime,
) -> None:  # fmt: skip
    """Add a signal; words and kinds are sealed."""
    tx.insert(
        "danger_signals", pid=pid, child_id=child_id, group_id=group_id, object_kind=object_kind,
        object_id=object_id, words=sealer.seal(words, SIGNAL_WORDS),
        kinds=sealer.seal(json.dumps(kinds), SIGNAL_KINDS), raised_at=stamp(now), waiting_since=stamp(now),
    )  # fmt: skip


def add_words_to_signal(
    tx: Writer, sealer: Sealer, signal: sqlite3.Row, words: str, kinds: list[str], now: datetime
) -> None:  # fmt: skip
    """Put newer words of the same object under the older ones; the signal is unseen again."""
    all_words = sealer.open(signal["words"], SIGNAL_WORDS) + NEXT_WORDS + words
    old_kinds = json.loads(sealer.open(signal["kinds"], SIGNAL_KINDS))
    all_kinds = old_kinds + [kind for kind in kinds if kind not in old_kinds]
    tx.execute(
        "UPDATE danger_signals SET words = ?, kinds = ?, waiting_since = ?, seen_by = NULL, seen_at = NULL"
        " WHERE signal_id = ?",
        (
            sealer.seal(all_words, SIGNAL_WORDS), sealer.seal(json.dumps(all_kinds), SIGNAL_KINDS), stamp(now),
            signal["signal_id"],
        ),
    )  # fmt: skip


def set_seen(tx: Writer, signal_id: int, officer_id: int, now: datetime) -> bool:
    """An officer has seen the signal; False when somebody had before or it is closed."""
    return (
        tx.execute(
            "UPDATE danger_signals SET seen_by = ?, seen_at = ?"
            " WHERE signal_id = ? AND seen_at IS NULL AND closed_at IS NULL",
            (officer_id, stamp(now), signal_id),
        )
        == 1
    )


def close_signal(
    tx: Writer, sealer: Sealer, signal_id: int, outcome: Outcome, note: str, officer_id: int, now: datetime
) -> bool:  # fmt: skip
    """Close a signal with its outcome and a sealed note; False when it was closed before."""
    return (
        tx.execute(
            "UPDATE danger_signals SET outcome = ?, outcome_note = ?, closed_by = ?, closed_at = ?,"
            " seen_by = coalesce(seen_by, ?), seen_at = coalesce(seen_at, ?)"
            " WHERE signal_id = ? AND closed_at IS NULL",
            (
                outcome, sealer.seal(note, SIGNAL_NOTE) if note else None, officer_id, stamp(now), officer_id,
                stamp(now), signal_id,
            ),
        )
        == 1
    )  # fmt: skip


# Hotlines and the protection contact


def set_hotlines(tx: Writer, hotlines: list[tuple[str, str, date]]) -> None:
    """Replace the list of hotlines: number, label ('' for our own word), day of the last check; in this order."""
    tx.execute("DELETE FROM hotlines")
    for position, (number, label, checked_on) in enumerate(hotlines, start=1):
        tx.insert("hotlines", number=number, position=position, label=label, checked_on=str(checked_on))


def add_protection_contact(tx: Writer, contact: ProtectionContact, set_by: int, now: datetime) -> None:
    """The contact that counts from now on; older ones stay as rows."""
    tx.insert("protection_contacts", officer=contact.officer, reach=contact.reach, set_by=set_by, set_at=stamp(now))

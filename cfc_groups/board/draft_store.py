# ruff: noqa: S608 - only constants of this room are put together; tests/house/test_sql.py watches over it
"""The rows of drafts. Every look-up goes through the author: a foreign draft does not exist."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from cfc_groups.board.models import Audience, Draft, Place, Step
from cfc_groups.clock import parse_stamp, stamp
from cfc_groups.db import Reader, Writer

DRAFT_COLUMNS = (
    "post_drafts.draft_id, post_drafts.pid, post_drafts.author_id, post_drafts.post_id, post_drafts.step,"
    " post_drafts.place_id, places.pid AS place_pid, places.name AS place_name, post_drafts.theme, post_drafts.title,"
    " post_drafts.saw, post_drafts.wish, post_drafts.audience, post_drafts.saved_at"
)
WITH_PLACE = "post_drafts LEFT JOIN places ON places.place_id = post_drafts.place_id"
MOST_LISTED = 50


def draft_from(row: sqlite3.Row) -> Draft:
    """The draft of a row with DRAFT_COLUMNS."""
    place = None if row["place_id"] is None else Place(row["place_pid"], row["place_name"])
    return Draft(
        row["draft_id"], row["pid"], row["author_id"], row["post_id"], Step(row["step"]), row["place_id"], place,
        row["theme"], row["title"], row["saw"], row["wish"], Audience(row["audience"]), parse_stamp(row["saved_at"]),
    )  # fmt: skip


def find_draft(db: Reader, author_id: int, pid: str) -> Draft | None:
    """A child's own draft, or None."""
    row = db.row(
        f"SELECT {DRAFT_COLUMNS} FROM {WITH_PLACE} WHERE post_drafts.pid = ? AND post_drafts.author_id = ?",
        (pid, author_id),
    )
    return None if row is None else draft_from(row)


def list_drafts(db: Reader, author_id: int) -> list[Draft]:
    """A child's drafts, revisions among them, the last saved one first."""
    rows = db.rows(
        f"SELECT {DRAFT_COLUMNS} FROM {WITH_PLACE} WHERE post_drafts.author_id = ?"
        " ORDER BY post_drafts.saved_at DESC LIMIT ?",
        (author_id, MOST_LISTED),
    )
    return [draft_from(row) for row in rows]


def add_draft(
    tx: Writer, *, pid: str, author_id: int, post_id: int | None, step: Step, place_id: int | None, theme: str,
    title: str, saw: str, wish: str, audience: Audience, now: datetime,
) -> int:  # fmt: skip
    """Add a draft; answers its id."""
    return tx.insert(
        "post_drafts", pid=pid, author_id=author_id, post_id=post_id, step=step, place_id=place_id, theme=theme,
        title=title, saw=saw, wish=wish, audience=audience, made_at=stamp(now), saved_at=stamp(now),
    )  # fmt: skip


def set_draft(tx: Writer, draft: Draft, now: datetime) -> None:
    """Write a draft as it stands now."""
    tx.execute(
        "UPDATE post_drafts SET step = ?, place_id = ?, theme = ?, title = ?, saw = ?, wish = ?, audience = ?,"
        " saved_at = ? WHERE draft_id = ?",
        (
            draft.step, draft.place_id, draft.theme, draft.title, draft.saw, draft.wish, draft.audience, stamp(now),
            draft.draft_id,
        ),
    )  # fmt: skip


def remove_draft(tx: Writer, draft_id: int) -> None:
    """Remove a draft: it was sent, or its author threw it away."""
    tx.execute("DELETE FROM post_drafts WHERE draft_id = ?", (draft_id,))


def find_open_place(db: Reader, pid: str) -> int | None:
    """The id of a place that can be picked now, or None."""
    found = db.value("SELECT place_id FROM places WHERE pid = ? AND ended_on IS NULL", (pid,))
    return None if found is None else int(str(found))

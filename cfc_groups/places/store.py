"""The SQL of places: single rows in and out."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime

from cfc_groups.clock import stamp
from cfc_groups.db import Reader, Writer
from cfc_groups.errors import NotFound
from cfc_groups.places.models import Place, PlaceKind

COLUMNS = "p.place_id, p.pid, p.name, p.kind, p.district, p.ended_on"


def as_place(row: sqlite3.Row) -> Place:
    """A place from its row."""
    ended_on = None if row["ended_on"] is None else date.fromisoformat(row["ended_on"])
    return Place(row["place_id"], row["pid"], row["name"], PlaceKind(row["kind"]), row["district"], ended_on)


def get_place(db: Reader, pid: str) -> Place:
    """One place, ended or not. Raises NotFound."""
    row = db.row(f"SELECT {COLUMNS} FROM places p WHERE p.pid = ?", (pid,))  # noqa: S608 - constants
    if row is None:
        raise NotFound()
    return as_place(row)


def find_place_by_id(db: Reader, place_id: int) -> Place | None:
    """One place by its inner number, for rooms that refer to it."""
    row = db.row(f"SELECT {COLUMNS} FROM places p WHERE p.place_id = ?", (place_id,))  # noqa: S608 - constants
    return None if row is None else as_place(row)


def find_namesake(db: Reader, name: str, district: str) -> str | None:
    """The public id of the place that has this name in this district now."""
    found = db.value("SELECT pid FROM places WHERE name = ? AND district = ? AND ended_on IS NULL", (name, district))
    return None if found is None else str(found)


def add_place(
    tx: Writer, *, pid: str, name: str, name_key: str, kind: PlaceKind, district: str, words: str, now: datetime
) -> int:
    """Add a place and what it is found by."""
    place_id = tx.insert(
        "places", pid=pid, name=name, name_key=name_key, kind=str(kind), district=district, made_at=stamp(now)
    )
    tx.execute("INSERT INTO place_search (rowid, words) VALUES (?, ?)", (place_id, words))
    return place_id


def set_place(
    tx: Writer, place_id: int, *, name: str, name_key: str, kind: PlaceKind, district: str, words: str
) -> None:
    """Write a place's name, kind and district anew, and what it is found by."""
    tx.execute(
        "UPDATE places SET name = ?, name_key = ?, kind = ?, district = ? WHERE place_id = ?",
        (name, name_key, str(kind), district, place_id),
    )
    tx.execute("UPDATE place_search SET words = ? WHERE rowid = ?", (words, place_id))


def set_ended_on(tx: Writer, place_id: int, ended_on: date | None) -> None:
    """End a place, or open it again with None."""
    day = None if ended_on is None else str(ended_on)
    tx.execute("UPDATE places SET ended_on = ? WHERE place_id = ?", (day, place_id))

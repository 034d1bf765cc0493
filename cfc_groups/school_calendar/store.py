"""The SQL of the school calendar that changes something, and the single rows that its actions look at."""

from __future__ import annotations

from datetime import date, datetime

from cfc_groups.clock import stamp
from cfc_groups.db import Reader, Writer
from cfc_groups.errors import NotFound
from cfc_groups.school_calendar.models import ClassHours, Correction, DayKind, SchoolTerm


def find_correction(db: Reader, day: date) -> Correction | None:
    """The alliance's own word about a day, if it said one."""
    row = db.row("SELECT kind, label FROM calendar_days WHERE day = ?", (str(day),))
    return None if row is None else Correction(day, DayKind(row["kind"]), row["label"])


def set_correction(tx: Writer, correction: Correction, account_id: int, now: datetime) -> None:
    """Write the alliance's word about a day over the one before."""
    tx.execute(
        "INSERT INTO calendar_days (day, kind, label, set_by, set_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (day) DO UPDATE SET kind = excluded.kind, label = excluded.label,"
        " set_by = excluded.set_by, set_at = excluded.set_at",
        (str(correction.day), correction.kind, correction.label, account_id, stamp(now)),
    )


def remove_correction(tx: Writer, day: date) -> bool:
    """Let the list speak for a day again; answers whether there was a correction."""
    return tx.execute("DELETE FROM calendar_days WHERE day = ?", (str(day),)) == 1


def get_term(db: Reader, pid: str) -> SchoolTerm:
    """One term. Raises NotFound."""
    row = db.row("SELECT pid, name, starts_on, ends_on FROM school_terms WHERE pid = ?", (pid,))
    if row is None:
        raise NotFound()
    return as_term(row["pid"], row["name"], row["starts_on"], row["ends_on"])


def list_terms_near(db: Reader, first: date, last: date) -> list[SchoolTerm]:
    """Terms that begin between two days, in order; at most 100."""
    rows = db.rows(
        "SELECT pid, name, starts_on, ends_on FROM school_terms WHERE starts_on BETWEEN ? AND ?"
        " ORDER BY starts_on LIMIT 100",
        (str(first), str(last)),
    )
    return [as_term(row["pid"], row["name"], row["starts_on"], row["ends_on"]) for row in rows]


def as_term(pid: str, name: str, starts_on: str, ends_on: str) -> SchoolTerm:
    """A term from its stored texts."""
    return SchoolTerm(pid, name, date.fromisoformat(starts_on), date.fromisoformat(ends_on))


def add_term(tx: Writer, term: SchoolTerm, account_id: int, now: datetime) -> None:
    """Add a term."""
    tx.insert(
        "school_terms", pid=term.pid, name=term.name, starts_on=str(term.starts_on),
        ends_on=str(term.ends_on), set_by=account_id, set_at=stamp(now),
    )  # fmt: skip


def set_term(tx: Writer, term: SchoolTerm, account_id: int, now: datetime) -> None:
    """Write a term's name and days anew."""
    tx.execute(
        "UPDATE school_terms SET name = ?, starts_on = ?, ends_on = ?, set_by = ?, set_at = ? WHERE pid = ?",
        (term.name, str(term.starts_on), str(term.ends_on), account_id, stamp(now), term.pid),
    )


def remove_term(tx: Writer, pid: str) -> None:
    """Take a term out of the calendar."""
    tx.execute("DELETE FROM school_terms WHERE pid = ?", (pid,))


def set_class_hours(tx: Writer, hours: list[ClassHours]) -> None:
    """Write all class hours of the week anew."""
    tx.execute("DELETE FROM class_hours")
    for one in hours:
        from_time, to_time = f"{one.from_time:%H:%M}", f"{one.to_time:%H:%M}"
        tx.insert("class_hours", weekday=one.weekday, from_time=from_time, to_time=to_time)

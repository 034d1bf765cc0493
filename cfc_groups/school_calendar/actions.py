"""What a coordinator may do to the school calendar; one transaction each, journaled (R101)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from cfc_groups import journal
from cfc_groups.access import Actor
from cfc_groups.db import Database, Writer, write
from cfc_groups.errors import NotFound
from cfc_groups.ids import new_pid
from cfc_groups.school_calendar import store
from cfc_groups.school_calendar.models import ClassHours, Correction, DayKind, SchoolTerm
from cfc_groups.school_calendar.rules import LONGEST_TERM, check_term, is_near


def correct_day(
    db: Database, actor: Actor, now: datetime, day: date, *, kind: DayKind, label: str, today: date
) -> Correction:
    """Say what a day is; this wins over the list and the terms. Raises NotFound for a day too far away."""
    if not is_near(day, today):
        raise NotFound()
    correction = Correction(day, kind, label)
    with write(db) as tx:
        store.set_correction(tx, correction, actor.account_id, now)
        journal.enter(tx, actor.account_id, "correct_day", "calendar_day", day, now, kind=str(kind))
    return correction


def undo_correction(db: Database, actor: Actor, now: datetime, day: date) -> date:
    """Let the list speak for a day again. Raises NotFound when nothing had been corrected."""
    with write(db) as tx:
        if not store.remove_correction(tx, day):
            raise NotFound()
        journal.enter(tx, actor.account_id, "undo_correction", "calendar_day", day, now)
    return day


def add_term(
    db: Database, actor: Actor, now: datetime, *, name: str, starts_on: date, ends_on: date, today: date
) -> SchoolTerm:
    """Enter a school term; both days belong to it. Raises RuleBroken."""
    term = SchoolTerm(new_pid(), name, starts_on, ends_on)
    with write(db) as tx:
        check_term(term, _terms_around(tx, term), today)
        store.add_term(tx, term, actor.account_id, now)
        _enter(tx, actor, "add_term", term, now)
    return term


def change_term(
    db: Database, actor: Actor, now: datetime, pid: str, *, name: str, starts_on: date, ends_on: date,
    today: date,
) -> SchoolTerm:  # fmt: skip
    """Give a term another name or other days; this is how a term ends early. Raises NotFound, RuleBroken."""
    term = SchoolTerm(pid, name, starts_on, ends_on)
    with write(db) as tx:
        store.get_term(tx, pid)
        check_term(term, _terms_around(tx, term), today)
        store.set_term(tx, term, actor.account_id, now)
        _enter(tx, actor, "change_term", term, now)
    return term


def remove_term(db: Database, actor: Actor, now: datetime, pid: str) -> SchoolTerm:
    """Take out a term that was entered by mistake; the journal keeps its days. Raises NotFound."""
    with write(db) as tx:
        term = store.get_term(tx, pid)
        store.remove_term(tx, pid)
        _enter(tx, actor, "remove_term", term, now)
    return term


def set_class_hours(db: Database, actor: Actor, now: datetime, hours: Iterable[ClassHours]) -> list[ClassHours]:
    """Set the lessons of the whole week; a weekday without hours has none."""
    known = sorted(hours, key=lambda one: (one.weekday, one.from_time))
    with write(db) as tx:
        store.set_class_hours(tx, known)
        journal.enter(tx, actor.account_id, "set_class_hours", "class_hours", "week", now, periods=len(known))
    return known


def _terms_around(tx: Writer, term: SchoolTerm) -> list[SchoolTerm]:
    last = max(term.starts_on, term.ends_on)
    try:
        first = min(term.starts_on, term.ends_on) - LONGEST_TERM
    except OverflowError:
        first = date.min
    return store.list_terms_near(tx, first, last)


def _enter(tx: Writer, actor: Actor, deed: str, term: SchoolTerm, now: datetime) -> None:
    journal.enter(
        tx, actor.account_id, deed, "school_term", term.pid, now, starts_on=str(term.starts_on),
        ends_on=str(term.ends_on),
    )  # fmt: skip

"""What a coordinator may do with places; one transaction each, journaled (R101)."""

from __future__ import annotations

from datetime import date, datetime

from cfc_groups import journal
from cfc_groups.access import Actor
from cfc_groups.accounts.names import sort_key
from cfc_groups.db import Database, Writer, write
from cfc_groups.errors import RuleBroken
from cfc_groups.ids import new_pid
from cfc_groups.places import hooks, rules, store
from cfc_groups.places.homes import home_words
from cfc_groups.places.models import Place, PlaceKind


def add_place(db: Database, actor: Actor, now: datetime, *, name: str, kind: PlaceKind, district: str = "") -> Place:
    """Add a place that can be picked from now on. Raises RuleBroken for a home (R9) or a taken name."""
    with write(db) as tx:
        place = add_place_in(tx, now, name=name, kind=kind, district=district)
        _enter(tx, actor, "add_place", place, now)
    return place


def add_place_in(tx: Writer, now: datetime, *, name: str, kind: PlaceKind, district: str = "") -> Place:
    """Add a place in an open transaction. Raises RuleBroken."""
    name, district = rules.plain_name(name), rules.plain_name(district)
    _check(tx, name, district, pid=None)
    key, pid = sort_key(name), new_pid()
    place_id = store.add_place(
        tx, pid=pid, name=name, name_key=key, kind=kind, district=district, words=rules.search_words(name, key),
        now=now,
    )  # fmt: skip
    return Place(place_id, pid, name, kind, district)


def change_place(
    db: Database, actor: Actor, now: datetime, pid: str, *, name: str, kind: PlaceKind, district: str = ""
) -> Place:
    """Give a place another name, kind or district; what was written about it shows the new one.

    Raises NotFound, RuleBroken.
    """
    name, district = rules.plain_name(name), rules.plain_name(district)
    with write(db) as tx:
        known = store.get_place(tx, pid)
        if known.ended_on is None:
            _check(tx, name, district, pid=pid)
        key = sort_key(name)
        words = rules.search_words(name, key)
        store.set_place(tx, known.place_id, name=name, name_key=key, kind=kind, district=district, words=words)
        _enter(tx, actor, "change_place", known, now)
        hooks.tell_change(tx, known.place_id, now)
    return Place(known.place_id, pid, name, kind, district, known.ended_on)


def end_place(db: Database, actor: Actor, now: datetime, pid: str, *, today: date) -> Place:
    """A place is no longer offered; what was written about it stays. Raises NotFound. Twice is once."""
    with write(db) as tx:
        known = store.get_place(tx, pid)
        if known.ended_on is None:
            store.set_ended_on(tx, known.place_id, today)
            _enter(tx, actor, "end_place", known, now)
            hooks.tell_change(tx, known.place_id, now)
    return known


def reopen_place(db: Database, actor: Actor, now: datetime, pid: str) -> Place:
    """Offer an ended place again. Raises NotFound, or RuleBroken when its name was taken meanwhile."""
    with write(db) as tx:
        known = store.get_place(tx, pid)
        if known.ended_on is not None:
            _check(tx, known.name, known.district, pid=pid)
            store.set_ended_on(tx, known.place_id, None)
            _enter(tx, actor, "reopen_place", known, now)
            hooks.tell_change(tx, known.place_id, now)
    return known


def _check(tx: Writer, name: str, district: str, *, pid: str | None) -> None:
    rules.check_name(name, home_words())
    if store.find_namesake(tx, name, district) not in (None, pid):
        raise RuleBroken("place_name_taken", field="name", name=name)


def _enter(tx: Writer, actor: Actor, deed: str, place: Place, now: datetime) -> None:
    journal.enter(tx, actor.account_id, deed, "place", place.pid, now)

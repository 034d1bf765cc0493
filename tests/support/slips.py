"""A small real kind of content for the desk's tests: slips of paper with two lines, kept in tables of their own."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from flask_babel import lazy_gettext

from cfc_groups.clock import parse_stamp, stamp
from cfc_groups.db import Database, Reader, Writer, write
from cfc_groups.errors import NotFound
from cfc_groups.moderation import actions
from cfc_groups.moderation.kinds import Kind, register_kind
from cfc_groups.moderation.models import Content, Decision, Part, Version
from cfc_groups.reminders.actions import tell_in
from cfc_groups.reminders.words import add_kind
from cfc_groups.safety.detectors import find_all
from tests.support.world import Person

SQL = """
CREATE TABLE slips (slip_id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL, state TEXT NOT NULL);
CREATE TABLE slip_versions (slip_id INTEGER NOT NULL, number INTEGER NOT NULL, title TEXT NOT NULL,
    saw TEXT NOT NULL, written_at TEXT NOT NULL, PRIMARY KEY (slip_id, number));
"""


class Slips:
    """Writes slips as a feature would: the slip, its version and the item of the queue in one transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with sqlite3.connect(database.file) as connection:
            connection.executescript(SQL)
        connection.close()
        register_kind(Kind("slip", lazy_gettext("Note"), load, carry_out))
        for outcome in ("publish", "return", "refuse"):
            add_kind(f"slip_{outcome}", lazy_gettext("Note"))

    def send(
        self, author: Person, group_id: int, now: datetime, *, title: str = "洗手台太高了",
        saw: str = "我踮着脚也够不着水龙头。", slip_id: int | None = None,
    ) -> int:  # fmt: skip
        """Send a new slip, or the next version of one; answers its id."""
        with write(self.database) as tx:
            if slip_id is None:
                tx.execute("INSERT INTO slips (author_id, state) VALUES (?, 'sent')", (author.account_id,))
                slip_id = int(str(tx.value("SELECT max(slip_id) FROM slips")))
            number = 1 + int(str(tx.value("SELECT count(*) FROM slip_versions WHERE slip_id = ?", (slip_id,))))
            tx.execute(
                "INSERT INTO slip_versions VALUES (?, ?, ?, ?, ?)", (slip_id, number, title, saw, stamp(now))
            )
            actions.submit_in(
                tx, kind="slip", object_id=slip_id, version_number=number, group_id=group_id,
                author_id=author.account_id, headline=title, now=now,
                findings={"title": find_all(title), "saw": find_all(saw)},
            )  # fmt: skip
        return slip_id

    def withdraw(self, slip_id: int, now: datetime) -> bool:
        """Take a slip back."""
        with write(self.database) as tx:
            return actions.withdraw_in(tx, "slip", slip_id, now)

    def item(self, slip_id: int) -> str:
        """The public id of the slip's newest item."""
        return str(self.database.value(
            "SELECT pid FROM moderation_items WHERE kind = 'slip' AND object_id = ?"
            " ORDER BY version_number DESC LIMIT 1", (slip_id,),
        ))  # fmt: skip

    def state(self, slip_id: int) -> str:
        """What the owner of the kind made of the decision."""
        return str(self.database.value("SELECT state FROM slips WHERE slip_id = ?", (slip_id,)))


def load(db: Reader, slip_id: int, number: int) -> Content:
    """A slip as the desk shows it; one statement."""
    rows = db.rows(
        "SELECT number, title, saw, written_at FROM slip_versions WHERE slip_id = ? AND number <= ? ORDER BY number",
        (slip_id, number),
    )
    if not rows:
        raise NotFound()
    versions = tuple(
        Version(
            row["number"], parse_stamp(row["written_at"]),
            (Part("title", "Title", row["title"]), Part("saw", "What I saw", row["saw"])),
        )
        for row in rows
    )  # fmt: skip
    shown = versions[-1]
    return Content(shown.parts[0].text, shown.parts, place="翠苑公园", theme="Parks", versions=versions)


def carry_out(tx: Writer, slip_id: int, number: int, decision: Decision, now: datetime) -> None:
    """Set the slip's state and tell its author."""
    tx.execute("UPDATE slips SET state = ? WHERE slip_id = ?", (str(decision.outcome), slip_id))
    author = int(str(tx.value("SELECT author_id FROM slips WHERE slip_id = ?", (slip_id,))))
    tell_in(tx, author, f"slip_{decision.outcome}", slip_id, str(number), "/me", now)

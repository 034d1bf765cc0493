"""What other rooms and the pages read: may this child write, may this be public, hotlines, officers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from cfc_groups.access import VETTING_LASTS
from cfc_groups.db import Reader
from cfc_groups.safety import notices, rules, store
from cfc_groups.safety.models import ConsentState, Hotline, PostingState, ProtectionContact, Standing
from cfc_groups.safety.words import hotline_label

FEWEST_OFFICERS = 2  # R40
MOST_OFFICERS = 50


def standing(db: Reader, child_id: int) -> Standing:
    """All answers about a child that count today; one statement."""
    return store.standings(db, [child_id])[child_id]


def may_post(db: Reader, child_id: int, now: datetime) -> PostingState:
    """Whether a child may write, or what is missing (R12, R16, R17); one statement."""
    return rules.posting_state(standing(db, child_id), notices.CURRENT)


def may_publish(db: Reader, child_id: int, now: datetime) -> bool:
    """Whether guardian and child both agree that ideas become public, under today's notice (R2, R17); one statement."""
    return rules.may_publish(standing(db, child_id), notices.CURRENT)


def needs_assent(db: Reader, child_id: int) -> bool:
    """Whether there is something the child has not been asked yet: send it to `safety.my_yes` (R17); one statement."""
    return rules.next_question(standing(db, child_id), notices.CURRENT) is not None


def consent_states(db: Reader, child_ids: Iterable[int]) -> dict[int, ConsentState]:
    """Where the guardian's answers stand, by child; one statement, however many children."""
    found = store.standings(db, child_ids)
    return {child_id: rules.consent_state(one, notices.CURRENT) for child_id, one in found.items()}


def hotlines(db: Reader) -> list[Hotline]:
    """The numbers that help at once, in their order; one statement."""
    rows = db.rows("SELECT number, label, checked_on FROM hotlines ORDER BY position, number LIMIT 20")
    return [
        Hotline(row["number"], row["label"] or hotline_label(row["number"]), date.fromisoformat(row["checked_on"]))
        for row in rows
    ]


def protection_contact(db: Reader) -> ProtectionContact:
    """Who protects the children here and how to reach them (R35); one statement."""
    row = db.row("SELECT officer, reach FROM protection_contacts ORDER BY contact_id DESC LIMIT 1")
    return ProtectionContact() if row is None else ProtectionContact(row["officer"], row["reach"])


def active_officers(db: Reader, today: date) -> list[int]:
    """Account ids of the protection officers who can act on a day: active, record check current (R43)."""
    return list(officer_names(db, today))


def officer_names(db: Reader, today: date) -> dict[int, str]:
    """The names of the protection officers who can act on a day, by account id; one statement."""
    rows = db.rows(
        "SELECT accounts.account_id, accounts.display_name FROM capabilities"
        " JOIN accounts ON accounts.account_id = capabilities.account_id"
        " WHERE capabilities.capability = 'officer' AND capabilities.ended_at IS NULL"
        " AND accounts.state = 'active' AND accounts.vetted_on >= :vetted_since"
        " ORDER BY accounts.account_id LIMIT :most",
        {"vetted_since": str(today - VETTING_LASTS), "most": MOST_OFFICERS},
    )
    return {row["account_id"]: row["display_name"] for row in rows}


def officers_missing(db: Reader, today: date) -> bool:
    """Whether fewer than two officers can act: a call for help must never rest on one person (R40)."""
    return len(active_officers(db, today)) < FEWEST_OFFICERS

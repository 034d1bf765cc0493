"""The rows of people, their capabilities, contacts and sessions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date, datetime

from cfc_groups.access import Role
from cfc_groups.accounts.models import Account, AccountState, GuardianContact, NewPerson
from cfc_groups.accounts.names import sort_key
from cfc_groups.clock import parse_stamp, stamp
from cfc_groups.db import Reader, Writer
from cfc_groups.errors import NotFound
from cfc_groups.sealing import Sealer

REAL_NAME = "accounts.real_name"
BIRTH_MONTH = "accounts.birth_month"
TOTP_SECRET = "accounts.totp_secret"  # noqa: S105 - the name of a column
CONTACT_NAME = "guardian_contacts.name"
CONTACT_PHONE = "guardian_contacts.phone"
CONTACT_EMAIL = "guardian_contacts.email"

IS_OFFICER = (
    "EXISTS (SELECT 1 FROM capabilities WHERE capabilities.account_id = accounts.account_id"
    " AND capability = 'officer' AND ended_at IS NULL) AS officer"
)
ACCOUNT_COLUMNS = (
    "accounts.account_id, pid, role, state, display_name, avatar, user_name, affiliation, vetted_on,"
    " vetting_recorded_by, invited_by, activated_by, accounts.made_at,"
    f" totp_secret IS NOT NULL AS has_second_factor, {IS_OFFICER}"
)


def account_from(row: sqlite3.Row) -> Account:
    """The account of a row with ACCOUNT_COLUMNS."""
    return Account(
        account_id=row["account_id"], pid=row["pid"], role=Role(row["role"]),
        state=AccountState(row["state"]), display_name=row["display_name"], avatar=row["avatar"],
        user_name=row["user_name"], affiliation=row["affiliation"],
        vetted_on=date.fromisoformat(row["vetted_on"]) if row["vetted_on"] else None,
        vetting_recorded_by=row["vetting_recorded_by"], invited_by=row["invited_by"],
        activated_by=row["activated_by"], made_at=parse_stamp(row["made_at"]), officer=bool(row["officer"]),
        has_second_factor=bool(row["has_second_factor"]),
    )  # fmt: skip


def get_account(db: Reader, pid: str) -> Account:
    """The account with a public id. Raises NotFound."""
    row = db.row(f"SELECT {ACCOUNT_COLUMNS} FROM accounts WHERE pid = ?", (pid,))  # noqa: S608
    if row is None:
        raise NotFound()
    return account_from(row)


def find_account_by_id(db: Reader, account_id: int) -> Account | None:
    """The account with an id, or None."""
    row = db.row(f"SELECT {ACCOUNT_COLUMNS} FROM accounts WHERE account_id = ?", (account_id,))  # noqa: S608
    return None if row is None else account_from(row)


def get_adult(db: Reader, pid: str) -> Account:
    """The adult's account with a public id. Raises NotFound, for children too: they are looked after by their group."""
    account = get_account(db, pid)
    if account.is_child:
        raise NotFound()
    return account


def is_invited_already(db: Reader, person: NewPerson) -> bool:
    """Whether somebody of the same name, role and affiliation is on the way in (a form sent twice)."""
    return None is not db.value(
        "SELECT 1 FROM accounts WHERE role = ? AND state IN ('invited', 'waiting') AND display_name_key = ?"
        " AND display_name = ? AND affiliation = ?",
        (person.role, sort_key(person.display_name), person.display_name, person.affiliation),
    )


def set_display_name(tx: Writer, account_id: int, display_name: str, key: str) -> None:
    """Set how somebody is called and sorted."""
    tx.execute(
        "UPDATE accounts SET display_name = ?, display_name_key = ? WHERE account_id = ?",
        (display_name, key, account_id),
    )


def set_inviter(tx: Writer, account_id: int, invited_by: int) -> None:
    """Somebody is invited anew: the activation no longer counts."""
    tx.execute(
        "UPDATE accounts SET invited_by = ?, activated_by = NULL, activated_at = NULL WHERE account_id = ?",
        (invited_by, account_id),
    )


def set_activated(tx: Writer, account_id: int, activated_by: int, now: datetime) -> None:
    """Write down who activated an account, and when."""
    tx.execute(
        "UPDATE accounts SET activated_by = ?, activated_at = ? WHERE account_id = ?",
        (activated_by, stamp(now), account_id),
    )


def set_vetted(tx: Writer, account_id: int, vetted_on: date, recorded_by: int) -> None:
    """Write down the day of the last record check (R43)."""
    tx.execute(
        "UPDATE accounts SET vetted_on = ?, vetting_recorded_by = ? WHERE account_id = ?",
        (str(vetted_on), recorded_by, account_id),
    )


def add_account(tx: Writer, **values: object) -> int:
    """Add a row of `accounts`; answers its id."""
    return tx.insert("accounts", **values)


def set_state(tx: Writer, account_id: int, state: AccountState, *, instead_of: Iterable[AccountState]) -> bool:
    """Move an account to a state from one of the given ones; False when it stands elsewhere."""
    return (
        tx.execute(
            "UPDATE accounts SET state = ? WHERE account_id = ? AND state IN (SELECT value FROM json_each(?))",
            (state, account_id, json.dumps(list(instead_of))),
        )
        == 1
    )


def taken_nicknames(db: Reader) -> set[str]:
    """Every child's nickname, for dealing new ones."""
    return {row[0] for row in db.rows("SELECT display_name FROM accounts WHERE role = 'child'")}


# Sealed columns


def real_names(db: Reader, sealer: Sealer, account_ids: Iterable[int]) -> dict[int, str]:
    """Real names by account id; who has none is missing. One statement, however many ids."""
    rows = db.rows(
        "SELECT account_id, real_name AS sealed FROM accounts"
        " WHERE account_id IN (SELECT value FROM json_each(?)) AND real_name IS NOT NULL",
        (json.dumps(list(account_ids)),),
    )
    return {row["account_id"]: sealer.open(row["sealed"], REAL_NAME) for row in rows}


def birth_months(db: Reader, sealer: Sealer, account_ids: Iterable[int]) -> dict[int, str]:
    """Birth months (YYYY-MM) by account id; who has none is missing. One statement, however many ids."""
    rows = db.rows(
        "SELECT account_id, birth_month AS sealed FROM accounts"
        " WHERE account_id IN (SELECT value FROM json_each(?)) AND birth_month IS NOT NULL",
        (json.dumps(list(account_ids)),),
    )
    return {row["account_id"]: sealer.open(row["sealed"], BIRTH_MONTH) for row in rows}


def set_identity(tx: Writer, account_id: int, *, real_name: bytes, birth_month: bytes) -> None:
    """Replace the sealed real name and birth month."""
    tx.execute(
        "UPDATE accounts SET real_name = ?, birth_month = ? WHERE account_id = ?",
        (real_name, birth_month, account_id),
    )


def guardian_contact(db: Reader, sealer: Sealer, child_id: int) -> GuardianContact | None:
    """How a child's guardian is reached today, or None."""
    row = db.row(
        "SELECT name, relation, phone, email FROM guardian_contacts WHERE child_id = ? AND ended_at IS NULL"
        " ORDER BY contact_id DESC LIMIT 1",
        (child_id,),
    )
    if row is None:
        return None
    return GuardianContact(
        name=sealer.open(row["name"], CONTACT_NAME), relation=row["relation"],
        phone=sealer.open(row["phone"], CONTACT_PHONE) if row["phone"] else "",
        email=sealer.open(row["email"], CONTACT_EMAIL) if row["email"] else "",
    )  # fmt: skip


def end_guardian_contacts(tx: Writer, child_id: int, now: datetime) -> None:
    """End the contacts of a child that still count."""
    tx.execute(
        "UPDATE guardian_contacts SET ended_at = ? WHERE child_id = ? AND ended_at IS NULL",
        (stamp(now), child_id),
    )


def add_guardian_contact(
    tx: Writer, sealer: Sealer, child_id: int, contact: GuardianContact, now: datetime
) -> int:  # fmt: skip
    """Add a contact, sealed; answers its id."""
    return tx.insert(
        "guardian_contacts", child_id=child_id, name=sealer.seal(contact.name, CONTACT_NAME),
        relation=contact.relation, phone=sealer.seal(contact.phone, CONTACT_PHONE) if contact.phone else None,
        email=sealer.seal(contact.email, CONTACT_EMAIL) if contact.email else None, made_at=stamp(now),
    )  # fmt: skip


# Capabilities


def give_capability(tx: Writer, account_id: int, capability: str, given_by: int | None, now: datetime) -> None:
    """Give a capability that is not held."""
    tx.insert("capabilities", account_id=account_id, capability=capability, given_by=given_by, given_at=stamp(now))


def end_capability(tx: Writer, account_id: int, capability: str, now: datetime) -> bool:
    """End a capability; False when it was not held."""
    return (
        tx.execute(
            "UPDATE capabilities SET ended_at = ? WHERE account_id = ? AND capability = ? AND ended_at IS NULL",
            (stamp(now), account_id, capability),
        )
        == 1
    )

"""What the pages about people show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cfc_groups.access import VETTING_LASTS, Role
from cfc_groups.accounts.models import VETTED_ROLES, Account, AccountState
from cfc_groups.accounts.store import ACCOUNT_COLUMNS, account_from
from cfc_groups.db import Reader

PEOPLE_ON_A_PAGE = 50
CHECKS_SHOWN = 30
WARN_BEFORE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which adults to list; empty values do not restrict."""

    role: Role | None = None
    state: AccountState | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of the list, and the public id after which the next one begins (None on the last page)."""

    people: list[Account]
    next_after: str | None


@dataclass(frozen=True, slots=True)
class DueCheck:
    """An active adult whose record check is missing, over, or ends within 90 days."""

    pid: str
    display_name: str
    role: Role
    ends_on: date | None


def people(db: Reader, wanted: PeopleFilter, after: str | None = None) -> PeoplePage:
    """Adults by pinyin, 50 a page, from after the person with the public id `after`."""
    rows = db.rows(
        f"SELECT {ACCOUNT_COLUMNS} FROM accounts INDEXED BY adults_by_name"  # noqa: S608 - constants
        " WHERE role <> 'child'"
        " AND (:after IS NULL OR (display_name_key, account_id) >"
        "  (SELECT display_name_key, account_id FROM accounts WHERE pid = :after))"
        " AND (:role IS NULL OR role = :role) AND (:state IS NULL OR state = :state)"
        " AND (:words IS NULL OR instr(lower(display_name || ' ' || affiliation), lower(:words)) > 0)"
        " AND (state <> 'ended' OR :state = 'ended')"
        " ORDER BY display_name_key, account_id LIMIT :most",
        {
            "after": after, "role": wanted.role, "state": wanted.state, "words": wanted.words or None,
            "most": PEOPLE_ON_A_PAGE + 1,
        },
    )  # fmt: skip
    found = [account_from(row) for row in rows]
    more = len(found) > PEOPLE_ON_A_PAGE
    shown = found[:PEOPLE_ON_A_PAGE]
    return PeoplePage(shown, shown[-1].pid if more else None)


def due_checks(db: Reader, today: date) -> list[DueCheck]:
    """Active adults around children whose record check is missing, over, or ends within 90 days; most urgent first."""
    rows = db.rows(
        "SELECT pid, display_name, role, vetted_on FROM accounts INDEXED BY adults_by_vetting"
        " WHERE role IN ('mentor', 'teacher', 'coordinator') AND state = 'active'"
        " AND (vetted_on IS NULL OR vetted_on < ?) ORDER BY vetted_on, account_id LIMIT ?",
        (str(today + WARN_BEFORE - VETTING_LASTS), CHECKS_SHOWN),
    )
    return [
        DueCheck(
            row["pid"], row["display_name"], Role(row["role"]),
            date.fromisoformat(row["vetted_on"]) + VETTING_LASTS if row["vetted_on"] else None,
        )
        for row in rows
    ]  # fmt: skip


def check_ends_on(account: Account) -> date | None:
    """The last day on which an adult's record check still counts, or None."""
    if account.role not in VETTED_ROLES or account.vetted_on is None:
        return None
    return account.vetted_on + VETTING_LASTS


def officers(db: Reader) -> int:
    """How many active adults are protection officers; there should be at least two (R40)."""
    return int(
        str(
            db.value(
                "SELECT COUNT(*) FROM capabilities JOIN accounts ON accounts.account_id = capabilities.account_id"
                " WHERE capability = 'officer' AND ended_at IS NULL AND state = 'active'"
            )
        )
    )


def waiting_for(db: Reader, coordinator_id: int) -> int:
    """How many accounts wait to be activated by somebody who did not invite them, at most 99."""
    counted = db.value(
        "SELECT COUNT(*) FROM (SELECT 1 FROM accounts WHERE role IN ('mentor', 'teacher', 'coordinator',"
        " 'department') AND state = 'waiting' AND invited_by IS NOT ? LIMIT 99)",
        (coordinator_id,),
    )
    return int(str(counted))


def display_names(db: Reader, account_ids: Iterable[int | None]) -> dict[int, str]:
    """Display names by account id; one statement."""
    wanted = [account_id for account_id in account_ids if account_id is not None]
    rows = db.rows(
        "SELECT account_id, display_name FROM accounts WHERE account_id IN (SELECT value FROM json_each(?))",
        (json.dumps(wanted),),
    )
    return {row["account_id"]: row["display_name"] for row in rows}

# ruff: noqa: S608 - only constants are put together; tests/house/test_sql.py watches over it
"""The children of the consent pages, within an adult's reach, sorted by nickname; and one child's history."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

from cfc_groups.access import Actor
from cfc_groups.clock import parse_stamp
from cfc_groups.db import Reader
from cfc_groups.errors import NotFound
from cfc_groups.groups.store import ACTIVE_GROUP, ACTIVE_MEMBERSHIP
from cfc_groups.safety.models import Answer, GroupChoice, HistoryEntry, ListedChild, Purpose, Way

PAGE = 50
MOST_ON_PAPER = 300

CHILD_COLUMNS = (
    "accounts.account_id, accounts.pid, accounts.display_name, accounts.avatar, groups.group_id,"
    " groups.pid AS group_pid, groups.name AS group_name, coalesce(teams.name, '') AS team_name,"
    " coalesce(memberships.member_number, '') AS member_number"
)
PLACE = " JOIN groups ON groups.group_id = memberships.group_id LEFT JOIN teams ON teams.team_id = memberships.team_id"
# The membership that counts: the one a child has had longest.
LONGEST = (
    "SELECT membership_id FROM memberships WHERE memberships.account_id = accounts.account_id"
    f" AND memberships.kind = 'child' AND {ACTIVE_MEMBERSHIP} ORDER BY starts_on, membership_id LIMIT 1"
)
# What rules.consent_state calls missing or outdated, asked of many children at once.
PAPER_NEEDED = (
    " AND coalesce((SELECT answer FROM consents WHERE consents.child_id = accounts.account_id"
    "  AND purpose = 'account' ORDER BY consent_id DESC LIMIT 1), '') <> 'no'"
    " AND (SELECT count(*) FROM consents WHERE consents.child_id = accounts.account_id"
    "  AND (answer = 'no' OR notice_version = :notice_version) AND consent_id ="
    "   (SELECT max(later.consent_id) FROM consents AS later"
    "    WHERE later.child_id = consents.child_id AND later.purpose = consents.purpose)) < :purposes"
)
ALLIANCE_WIDE = (
    f"SELECT {CHILD_COLUMNS} FROM accounts JOIN memberships ON memberships.membership_id = ({LONGEST}){PLACE}"
    " WHERE accounts.role = 'child' AND accounts.state = 'active'"
)
IN_GROUPS = (
    f"SELECT {CHILD_COLUMNS}, min(memberships.membership_id) FROM memberships"
    f" JOIN accounts ON accounts.account_id = memberships.account_id{PLACE}"
    " WHERE memberships.group_id IN (SELECT value FROM json_each(:group_ids)) AND memberships.kind = 'child'"
    f" AND {ACTIVE_MEMBERSHIP} AND accounts.role = 'child' AND accounts.state = 'active'"
)
AFTER = " AND (accounts.display_name_key, accounts.account_id) > (:key, :account_id)"
GROUPED = " GROUP BY accounts.display_name_key, accounts.account_id"
SORTED = " ORDER BY accounts.display_name_key, accounts.account_id LIMIT :most"


def list_children(
    db: Reader, group_ids: Iterable[int] | None, today: date, *, notice_version: str, after: str | None = None,
    paper_needed: bool = False, most: int = PAGE + 1,
) -> list[ListedChild]:  # fmt: skip
    """Children of some groups (None: of all) who are members today, by nickname, from after a child's pid on.

    `paper_needed` keeps only those whose guardian's answers are missing or outdated.
    """
    order = ("" if group_ids is None else GROUPED) + SORTED
    where = (AFTER if after else "") + (PAPER_NEEDED if paper_needed else "")
    parameters: dict[str, object] = {
        "group_ids": json.dumps(list(group_ids or ())), "today": str(today), "most": most,
        "notice_version": notice_version, "purposes": len(Purpose), "key": "", "account_id": 0,
    }  # fmt: skip
    if after:
        position = db.row(
            "SELECT display_name_key, account_id FROM accounts WHERE pid = ? AND role = 'child'", (after,)
        )
        if position is None:
            raise NotFound()
        parameters |= {"key": position["display_name_key"], "account_id": position["account_id"]}
    if group_ids is None:
        rows = db.rows(f"{ALLIANCE_WIDE}{where}{order}", parameters)
    else:
        rows = db.rows(f"{IN_GROUPS}{where}{order}", parameters)
    return [child_from(row) for row in rows]


def child_from(row: sqlite3.Row) -> ListedChild:
    """The child of a row with CHILD_COLUMNS."""
    return ListedChild(
        row["account_id"], row["pid"], row["display_name"], row["avatar"], row["group_id"], row["group_pid"],
        row["group_name"], row["team_name"], row["member_number"],
    )  # fmt: skip


def get_child_for(db: Reader, actor: Actor, pid: str, today: date) -> ListedChild:
    """A child who is a member today of a group within the actor's reach. Raises NotFound for any other."""
    row = db.row(
        f"SELECT {CHILD_COLUMNS} FROM accounts"
        f" JOIN memberships ON memberships.account_id = accounts.account_id{PLACE}"
        f" WHERE accounts.pid = :pid AND accounts.role = 'child' AND memberships.kind = 'child' AND {ACTIVE_MEMBERSHIP}"
        " AND (:everywhere OR memberships.group_id IN (SELECT value FROM json_each(:group_ids)))"
        " ORDER BY memberships.starts_on, memberships.membership_id LIMIT 1",
        {
            "pid": pid, "today": str(today), "everywhere": actor.alliance_wide,
            "group_ids": json.dumps(sorted(actor.reach.group_ids)),
        },
    )  # fmt: skip
    if row is None:
        raise NotFound()
    return child_from(row)


def group_choices(db: Reader, actor: Actor, today: date) -> list[GroupChoice]:
    """The groups within the actor's reach that exist today, by name."""
    rows = db.rows(
        "SELECT groups.group_id, groups.pid, groups.name FROM groups"
        " WHERE (:everywhere OR groups.group_id IN (SELECT value FROM json_each(:group_ids)))"
        f" AND {ACTIVE_GROUP} ORDER BY groups.name_key, groups.group_id LIMIT 300",
        {
            "today": str(today), "everywhere": actor.alliance_wide,
            "group_ids": json.dumps(sorted(actor.reach.group_ids)),
        },
    )  # fmt: skip
    return [GroupChoice(row["group_id"], row["pid"], row["name"]) for row in rows]


def count_paper_needed(db: Reader, group_ids: Iterable[int], today: date, *, notice_version: str) -> int:
    """How many children of some groups still need a (new) paper; counts to 100 at most."""
    return len(list_children(db, group_ids, today, notice_version=notice_version, paper_needed=True, most=100))


def history(db: Reader, child_id: int) -> list[HistoryEntry]:
    """The answers about a child, guardian's and own, newest first; at most the last hundred of each."""
    papers = db.rows(
        "SELECT purpose, answer, way, relation, notice_version, signed_on, recorded_at, accounts.display_name"
        " FROM consents JOIN accounts ON accounts.account_id = consents.recorded_by"
        " WHERE consents.child_id = ? ORDER BY consent_id DESC LIMIT 100",
        (child_id,),
    )
    own = db.rows(
        "SELECT purpose, answer, notice_version, answered_at FROM assents WHERE child_id = ?"
        " ORDER BY assent_id DESC LIMIT 100",
        (child_id,),
    )
    entries = [
        HistoryEntry(
            Purpose(row["purpose"]), Answer(row["answer"]), False, Way(row["way"]), row["relation"],
            row["notice_version"], date.fromisoformat(row["signed_on"]), row["display_name"],
            parse_stamp(row["recorded_at"]),
        )
        for row in papers
    ] + [
        HistoryEntry(
            Purpose(row["purpose"]), Answer(row["answer"]), True, None, "", row["notice_version"], None, "",
            parse_stamp(row["answered_at"]),
        )
        for row in own
    ]  # fmt: skip
    return sorted(entries, key=lambda entry: entry.at, reverse=True)

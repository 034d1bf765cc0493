"""What would become of a roster that waits: read again at every look, because colleagues go on working meanwhile."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cfc_groups.access import Actor
from cfc_groups.accounts import store as people
from cfc_groups.db import Reader
from cfc_groups.errors import NotFound, RuleBroken
from cfc_groups.groups import roster_store, store, team_store
from cfc_groups.groups.models import Group, Membership
from cfc_groups.groups.roster_keeping import unpacked
from cfc_groups.groups.roster_models import (
    CheckedRow,
    ExistingMember,
    Outcome,
    RosterCheck,
    RosterField,
    RosterRefused,
    Trouble,
    TroubleCode,
)
from cfc_groups.groups.roster_problems import as_refusal
from cfc_groups.groups.roster_rules import check_roster
from cfc_groups.groups.rules import is_over
from cfc_groups.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Known:
    """What a row's member number was found to belong to: an account and its row in the group, None if it has left."""

    account_id: int
    membership: Membership | None


@dataclass(frozen=True, slots=True)
class GroupState:
    """Everything of a group that a roster is compared with, still sealed: equal states give equal dry runs."""

    group: Group
    teams: Mapping[str, int]
    members: Sequence[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class DryRun:
    """A roster as it would come into its group now; `seen` names exactly this outcome."""

    upload: roster_store.Upload
    state: GroupState
    check: RosterCheck
    seen: str


def get_upload(db: Reader, actor: Actor, pid: str) -> roster_store.Upload:
    """A roster of the actor's own, for a group within reach. Raises NotFound (R92)."""
    upload = roster_store.find_upload(db, pid, actor.account_id)
    if upload is None or not actor.reaches_group(upload.group_id):
        raise NotFound()
    return upload


def dry_run(db: Reader, sealer: Sealer, actor: Actor, pid: str, today: date) -> DryRun:
    """Check a waiting roster against the group as it is now. Raises NotFound, RuleBroken("roster_gone")."""
    upload = get_upload(db, actor, pid)
    if upload.content is None:
        raise RuleBroken("roster_gone")
    rows = roster_store.sealed_members(db, upload.group_id, str(today))
    state = state_of(db, upload.group_id, rows, today)
    table = unpacked(sealer.open(upload.content, roster_store.CONTENT))
    try:
        check = check_roster(table, today=today, teams=state.teams, existing=existing_members(rows, sealer, today))
    except RosterRefused as refused:
        raise as_refusal(refused) from refused
    return DryRun(upload, state, check, _named(check))


def with_twins_elsewhere(db: Reader, sealer: Sealer, actor: Actor, run: DryRun, today: date) -> DryRun:
    """Flag new children whose name and birth month a child of another group within the actor's reach has (R93)."""
    new = {
        (row.member.name, row.member.birth_month): row
        for row in run.check.rows
        if row.member and row.outcome is Outcome.NEW
    }
    months = {month for _, month in new}
    within = None if actor.alliance_wide else sorted(actor.reach.group_ids)
    flagged: dict[int, CheckedRow] = {}
    for known in roster_store.sealed_members_elsewhere(db, run.upload.group_id, str(today), within if new else []):
        month = sealer.open(known["birth_month"], people.BIRTH_MONTH) if known["birth_month"] else ""
        if month not in months:
            continue
        row = new.get((sealer.open(known["real_name"], people.REAL_NAME), month))
        if row is not None:
            flagged[row.row_number] = _flagged(row, known["group_name"], known["member_number"] or "–")
    rows = tuple(flagged.get(row.row_number, row) for row in run.check.rows)
    return replace(run, check=replace(run.check, rows=rows))


def _flagged(row: CheckedRow, group_name: str, number: str) -> CheckedRow:
    read = f"{row.member.name}, {row.member.birth_month}" if row.member else ""
    facts = {"row": str(row.row_number), "read": read, "group": group_name, "number": number}
    return replace(row, warnings=(*row.warnings, Trouble(TroubleCode.TWIN_ELSEWHERE, RosterField.NAME, facts)))


def state_of(db: Reader, group_id: int, rows: Iterable[sqlite3.Row], today: date) -> GroupState:
    """The group, its open teams, and its members as they lie in the database."""
    group = store.get_group_by_id(db, group_id)
    teams = {team.name: team.team_id for team in team_store.list_open_teams(db, group_id, today)}
    return GroupState(group, teams, [tuple(row) for row in rows])


def existing_members(rows: Iterable[sqlite3.Row], sealer: Sealer, today: date) -> list[ExistingMember]:
    """The members of today, and those who have left: who comes back under the old number gets its account back."""
    current: dict[int, ExistingMember] = {}
    former: dict[str, tuple[int, ExistingMember]] = {}
    for row in rows:
        membership = store.membership_from(row)
        if not is_over(membership.ends_on, today):
            current[membership.account_id] = _existing(row, sealer, membership, row["team_name"] or "")
        elif row["state"] == "active":
            number = membership.member_number or ""
            former[number] = membership.account_id, _existing(row, sealer, None, "")
    taken = {member.member_number for member in current.values()}
    gone = [
        member for number, (account_id, member) in former.items() if account_id not in current and number not in taken
    ]
    return [*current.values(), *gone]


def _existing(row: sqlite3.Row, sealer: Sealer, membership: Membership | None, team: str) -> ExistingMember:
    def opened(column: str, context: str) -> str:
        return sealer.open(row[column], context) if row[column] else ""

    return ExistingMember(
        member_number=row["member_number"] or "", name=opened("real_name", people.REAL_NAME),
        birth_month=opened("birth_month", people.BIRTH_MONTH), team=team,
        guardian=opened("guardian_name", people.CONTACT_NAME), relation=row["relation"] or "",
        phone=opened("phone", people.CONTACT_PHONE), email=opened("email", people.CONTACT_EMAIL),
        account_ref=Known(row["account_id"], membership),
    )  # fmt: skip


def _named(check: RosterCheck) -> str:
    """A short name of what a dry run says, so that confirming means exactly what was seen.

    The cells cannot change any more; what may is what they are compared with.
    """
    digest = hashlib.sha256()
    for row in check.rows:
        known = row.existing.account_ref if row.existing else None
        account_id = known.account_id if isinstance(known, Known) else ""
        team_id = row.member.team_id if row.member else ""
        fields = ",".join(change.field for change in row.changes)
        digest.update(f"{row.row_number} {row.outcome} {team_id} {account_id} {fields}\n".encode())
    return digest.hexdigest()[:32]

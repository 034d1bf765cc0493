"""A roster is sent, looked at and taken whole, or not at all. What waits is sealed and gone within a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from random import Random

from cfc_groups import journal
from cfc_groups.access import Actor
from cfc_groups.accounts import actions as accounts
from cfc_groups.accounts import store as people
from cfc_groups.accounts.nicknames import deal_nickname
from cfc_groups.db import Database, Writer, write
from cfc_groups.errors import Conflict, RuleBroken
from cfc_groups.groups import member_store, roster_store, rules, store
from cfc_groups.groups.member_actions import add_member_in
from cfc_groups.groups.models import Group, NewMember, Place
from cfc_groups.groups.roster_dry_run import DryRun, Known, dry_run, get_upload, state_of
from cfc_groups.groups.roster_keeping import packed, without_dropped_columns
from cfc_groups.groups.roster_models import CheckedRow, Outcome, RosterField, RosterMember, RosterRefused
from cfc_groups.groups.roster_problems import as_refusal
from cfc_groups.groups.roster_rules import may_take
from cfc_groups.sealing import Sealer
from cfc_groups.tables.models import TableRefused
from cfc_groups.tables.reading import read_table

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 20_100  # twenty thousand members with titles above and signatures below
WAITS = timedelta(hours=24)
COUNTS_KEPT = timedelta(days=30)

_IDENTITY = {RosterField.NAME, RosterField.BIRTH_MONTH}
_CONTACT = {RosterField.GUARDIAN, RosterField.RELATION, RosterField.PHONE, RosterField.EMAIL}


def keep_roster(
    db: Database, sealer: Sealer, actor: Actor, now: datetime, group_pid: str, *, today: date, content: bytes,
    file_name: str,
) -> str:  # fmt: skip
    """Read a roster file and keep it sealed for a look; answers its public id. Raises NotFound, RuleBroken."""
    group = store.get_group_for(db, actor, group_pid)
    rules.check_open(group, today)
    if len(content) > MOST_BYTES:
        raise RuleBroken("file_too_big", field="roster")
    try:
        table = without_dropped_columns(read_table(content, file_name, max_rows=MOST_ROWS))
    except (TableRefused, RosterRefused) as refused:
        raise as_refusal(refused) from refused
    sealed = sealer.seal(packed(table), roster_store.CONTENT)
    with write(db) as tx:
        roster_store.remove_open_uploads(tx, group.group_id, actor.account_id)
        return roster_store.add_upload(
            tx, group_id=group.group_id, content=sealed, uploaded_by=actor.account_id, now=now
        )


def cancel_roster(db: Database, actor: Actor, pid: str) -> Group:
    """Throw a waiting roster away; answers its group."""
    upload = get_upload(db, actor, pid)
    with write(db) as tx:
        if upload.taken_at is None:
            roster_store.remove_upload(tx, upload.upload_id)
        return store.get_group_by_id(tx, upload.group_id)


def take_roster(
    db: Database, sealer: Sealer, actor: Actor, now: datetime, pid: str, *, today: date, seen: str,
    left_out: Collection[int], leave_out_all: bool = False,
) -> Mapping[str, int]:  # fmt: skip
    """Take a roster whole, in one transaction; answers the counts. Taking it again answers the same counts.

    `seen` names the dry run that the person looked at; when it would come out differently now, nothing is taken
    (Conflict). Every row that cannot be taken must have been left out by its number, or all of them at once.
    """
    upload = get_upload(db, actor, pid)
    if upload.taken_at is not None:
        return upload.counts
    run = dry_run(db, sealer, actor, pid, today)  # the long reading stands outside of the write lock
    rules.check_open(run.state.group, today)
    if run.seen != seen:
        raise Conflict("roster_changed")
    refused = {row.row_number for row in run.check.rows_with(Outcome.REFUSED)}
    if not refused <= set(left_out) and not leave_out_all:
        raise RuleBroken("refused_rows_left", count=len(refused - set(left_out)))
    if not may_take(run.check, refused):
        raise RuleBroken("nothing_to_take")
    with write(db) as tx:
        again = get_upload(tx, actor, pid)
        if again.taken_at is not None:
            return again.counts
        rows = roster_store.sealed_members(tx, upload.group_id, str(today))
        if state_of(tx, upload.group_id, rows, today) != run.state:
            raise Conflict("roster_changed")
        return _take_in(tx, sealer, actor.account_id, now, run, today)


def _take_in(
    tx: Writer, sealer: Sealer, actor_id: int, now: datetime, run: DryRun, today: date
) -> Mapping[str, int]:  # fmt: skip
    taken = people.taken_nicknames(tx)
    rng = Random(run.upload.pid)  # noqa: S311 - nicknames are no secrets; the same roster deals the same ones
    for row in run.check.rows:
        if row.member is not None and row.outcome is Outcome.NEW:
            nickname, avatar = deal_nickname(taken, rng)
            taken.add(nickname)
            add_member_in(
                tx, sealer, actor_id, now, Place(run.state.group, row.member.team_id), new_member(row.member),
                nickname=nickname, avatar=avatar, today=today,
            )  # fmt: skip
        elif row.member is not None and row.outcome is Outcome.UPDATE:
            _update_in(tx, sealer, actor_id, now, run.state.group, row, row.member, today)
    counts = dict(Counter(str(row.outcome) for row in run.check.rows))
    roster_store.set_taken(tx, run.upload.upload_id, counts, now)
    journal.enter(tx, actor_id, "take_roster", "group", run.state.group.pid, now, **counts)
    return counts


def new_member(member: RosterMember) -> NewMember:
    """A roster's member as it comes into a group."""
    return NewMember(
        member.member_number, member.name, member.birth_month, member.guardian, member.relation, member.phone,
        member.email,
    )  # fmt: skip


def _update_in(
    tx: Writer, sealer: Sealer, actor_id: int, now: datetime, group: Group, row: CheckedRow, member: RosterMember,
    today: date,
) -> None:  # fmt: skip
    known = row.existing.account_ref if row.existing else None
    if not isinstance(known, Known):
        raise TypeError("an update without an account")
    fields = {change.field for change in row.changes}
    if fields & _IDENTITY:
        accounts.change_child_identity_in(
            tx, sealer, known.account_id, real_name=member.name, birth_month=member.birth_month
        )
    if fields & _CONTACT:
        accounts.set_guardian_contact_in(
            tx, sealer, known.account_id, name=member.guardian, relation=member.relation, phone=member.phone,
            email=member.email, now=now,
        )  # fmt: skip
    place = Place(group, member.team_id)
    if known.membership is None:
        member_store.add_child_membership(
            tx, known.account_id, place, member.member_number, today=today, made_by=actor_id, now=now
        )
    elif RosterField.TEAM in fields:
        member_store.move_child(
            tx, known.membership, place, known.membership.member_number, today=today, made_by=actor_id, now=now
        )


def sweep_uploads(db: Database, now: datetime) -> int:
    """Throw away rosters that waited for a day, and counts of a month ago; answers how many."""
    with write(db) as tx:
        return roster_store.remove_old_uploads(tx, open_before=now - WAITS, taken_before=now - COUNTS_KEPT)

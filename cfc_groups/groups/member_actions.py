"""Children come into a group, move and leave; adults serve it. One transaction each, journaled without names (R101)."""

from __future__ import annotations

from datetime import date, datetime
from random import SystemRandom

from cfc_groups import journal
from cfc_groups.access import Actor
from cfc_groups.accounts import actions as accounts
from cfc_groups.accounts import store as people
from cfc_groups.accounts.models import Account, AccountState
from cfc_groups.accounts.nicknames import deal_nickname
from cfc_groups.db import Database, Reader, Writer, write
from cfc_groups.errors import Conflict, NotFound, RuleBroken
from cfc_groups.groups import member_store, roster_store, rules, store, team_store
from cfc_groups.groups.models import Group, Membership, MembershipKind, NewMember, Place
from cfc_groups.groups.roster_dry_run import existing_members
from cfc_groups.sealing import Sealer


def add_member(
    db: Database, sealer: Sealer, actor: Actor, now: datetime, group_pid: str, *, today: date, member: NewMember,
    team: str | None, twin_ok: bool = False,
) -> Account:  # fmt: skip
    """Take one child into a group by hand; its nickname is dealt. Raises NotFound, RuleBroken.

    A child with the same name and birth month in the group is asked about first (likely_twin) unless `twin_ok`.
    """
    with write(db) as tx:
        group = store.get_group_for(tx, actor, group_pid)
        place = Place(group, _team_id(tx, group, team, today))
        check_number_free(tx, group, member.member_number, today)
        if not twin_ok:
            _check_twins(tx, sealer, group, member, today)
        nickname, avatar = deal_nickname(people.taken_nicknames(tx), SystemRandom())
        account_id = add_member_in(
            tx, sealer, actor.account_id, now, place, member, nickname=nickname, avatar=avatar, today=today
        )
        journal.enter(tx, actor.account_id, "add_member", "account", account_id, now, group=group.pid)
        found = people.find_account_by_id(tx, account_id)
    if found is None:
        raise NotFound()
    return found


def _check_twins(tx: Writer, sealer: Sealer, group: Group, member: NewMember, today: date) -> None:
    known = existing_members(roster_store.sealed_members(tx, group.group_id, str(today)), sealer, today)
    twin = next((one for one in known if (one.name, one.birth_month) == (member.name, member.birth_month)), None)
    if twin is not None:
        raise RuleBroken("likely_twin", field="twin_ok", number=twin.member_number or "–")


def add_member_in(
    tx: Writer, sealer: Sealer, actor_id: int | None, now: datetime, place: Place, member: NewMember, *, nickname: str,
    avatar: str, today: date,
) -> int:  # fmt: skip
    """Make a child's account, its membership from `today` on and its guardian's contact; answers the account's id.

    The nickname and the member number must be free: the caller has looked (rosters look once for all rows).
    """
    rules.check_open(place.group, today)
    account_id = accounts.add_child_in(
        tx, sealer, real_name=member.name, birth_month=member.birth_month, nickname=nickname, avatar=avatar, now=now
    )
    member_store.add_child_membership(
        tx, account_id, place, member.member_number, today=today, made_by=actor_id, now=now
    )
    accounts.set_guardian_contact_in(
        tx, sealer, account_id, name=member.guardian, relation=member.relation, phone=member.phone, email=member.email,
        now=now,
    )  # fmt: skip
    return account_id


def check_number_free(db: Reader, group: Group, member_number: str, today: date, *, but: int | None = None) -> None:
    """Refuse a member number that another child of the group has."""
    if member_store.number_is_taken(db, group.group_id, member_number, today, but=but):
        raise RuleBroken("number_taken", field="member_number", number=member_number)


def move_member(
    db: Database, actor: Actor, now: datetime, pid: str, *, today: date, from_group: str, to_group: str,
    team: str | None, member_number: str,
) -> Account:  # fmt: skip
    """From today on a child belongs to another team or group. Raises NotFound, Conflict, RuleBroken."""
    with write(db) as tx:
        child, membership, _ = child_in_group(tx, actor, pid, from_group, today)
        group = store.get_group_for(tx, actor, to_group)
        rules.check_open(group, today)
        place = Place(group, _team_id(tx, group, team, today))
        if (membership.group_id, membership.team_id) == (group.group_id, place.team_id) and (
            membership.member_number == member_number
        ):
            raise Conflict("already_there")
        _check_not_twice(tx, child, membership, group, today)
        check_number_free(tx, group, member_number, today, but=child.account_id)
        member_store.move_child(
            tx, membership, place, member_number, today=today, made_by=actor.account_id, now=now
        )
        journal.enter(
            tx, actor.account_id, "move_member", "account", child.account_id, now, from_group=from_group,
            to_group=to_group, to_team=team,
        )  # fmt: skip
        return child


def _check_not_twice(tx: Writer, child: Account, membership: Membership, group: Group, today: date) -> None:
    others = member_store.open_memberships(tx, child.account_id, MembershipKind.CHILD, today)
    if any(one.group_id == group.group_id and one.membership_id != membership.membership_id for one in others):
        raise RuleBroken("already_in_group", field="to")


def leave_group(
    db: Database, actor: Actor, now: datetime, pid: str, *, today: date, from_group: str, last_on: date
) -> Account:
    """Set a child's last day in a group. Raises NotFound, Conflict, RuleBroken."""
    with write(db) as tx:
        child, membership, group = child_in_group(tx, actor, pid, from_group, today)
        if membership.ends_on not in (None, group.ends_on):
            raise Conflict("already_ended")
        rules.check_last_day(last_on, membership.starts_on, today)
        member_store.set_end(tx, membership.membership_id, last_on)
        journal.enter(
            tx, actor.account_id, "end_membership", "account", child.account_id, now, group=from_group,
            last_on=str(last_on),
        )  # fmt: skip
        return child


def stay_in_group(
    db: Database, actor: Actor, now: datetime, pid: str, *, today: date, from_group: str
) -> Account:  # fmt: skip
    """Take back a child's last day before it has passed. Raises NotFound, Conflict, RuleBroken."""
    with write(db) as tx:
        child, membership, group = child_in_group(tx, actor, pid, from_group, today)
        rules.check_reopening(None if membership.ends_on == group.ends_on else membership.ends_on, today)
        if membership.member_number:
            check_number_free(tx, group, membership.member_number, today, but=child.account_id)
        member_store.set_end(tx, membership.membership_id, group.ends_on)
        journal.enter(tx, actor.account_id, "keep_membership", "account", child.account_id, now, group=from_group)
        return child


def child_in_group(
    db: Reader, actor: Actor, pid: str, group_pid: str, today: date
) -> tuple[Account, Membership, Group]:
    """A child, its row in a group that the actor reaches, today or later, and the group. Raises NotFound (R92)."""
    group = store.get_group_for(db, actor, group_pid)
    child = people.get_account(db, pid)
    rows = member_store.open_memberships(db, child.account_id, MembershipKind.CHILD, today)
    found = next((row for row in rows if row.group_id == group.group_id), None)
    if not child.is_child or found is None:
        raise NotFound()
    return child, found, group


# Staff


def assign_staff(
    db: Database, actor: Actor, now: datetime, group_pid: str, *, today: date, person: str, team: str | None,
    starts_on: date, ends_on: date | None,
) -> Account:  # fmt: skip
    """An adult serves a group, or one team of it, on these days. Raises NotFound, RuleBroken."""
    with write(db) as tx:
        group = store.get_group_for(tx, actor, group_pid)
        adult = people.get_account(tx, person)
        assign_staff_in(
            tx, actor.account_id, now, adult, Place(group, _team_id(tx, group, team, today)), today=today,
            starts_on=starts_on, ends_on=ends_on,
        )  # fmt: skip
        return adult


def assign_staff_in(
    tx: Writer, actor_id: int | None, now: datetime, adult: Account, place: Place, *, today: date, starts_on: date,
    ends_on: date | None,
) -> None:  # fmt: skip
    """The same inside a transaction."""
    if adult.role not in rules.SERVING_ROLES or adult.state in (AccountState.SUSPENDED, AccountState.ENDED):
        raise RuleBroken("cannot_serve", field="person")
    if rules.is_over(place.group.ends_on, today):
        raise RuleBroken("group_is_over")
    rules.check_service_days(starts_on, ends_on, place.group, today)
    if member_store.overlapping_service(
        tx, adult.account_id, place.group.group_id, place.team_id, starts_on, ends_on
    ):
        raise RuleBroken("serves_already", field="person")
    member_store.add_service(tx, adult.account_id, place, starts_on, ends_on, made_by=actor_id, now=now)
    journal.enter(
        tx, actor_id, "assign_staff", "account", adult.account_id, now, group=place.group.pid,
        team=place.team_id is not None, starts_on=str(starts_on), ends_on=str(ends_on) if ends_on else None,
    )  # fmt: skip


def end_service(
    db: Database, actor: Actor, now: datetime, pid: str, *, today: date, last_on: date | None
) -> Membership:  # fmt: skip
    """End an adult's service on a day, or at once (`last_on` None). Raises NotFound, RuleBroken."""
    with write(db) as tx:
        service = service_for(tx, actor, pid)
        if rules.is_over(service.ends_on, today):
            raise Conflict("already_ended")
        if last_on is not None:
            rules.check_last_day(last_on, service.starts_on, today)
            member_store.set_end(tx, service.membership_id, last_on)
        elif service.starts_on >= today:
            member_store.remove_service(tx, service.membership_id)
        else:
            member_store.set_end(tx, service.membership_id, today - rules.ONE_DAY)
        journal.enter(
            tx, actor.account_id, "end_service", "account", service.account_id, now, group=service.group_id,
            last_on=str(last_on) if last_on else "at_once",
        )  # fmt: skip
        return service


def service_for(db: Reader, actor: Actor, pid: str) -> Membership:
    """An adult's row in a group that the actor reaches. Raises NotFound (R92)."""
    found = member_store.find_membership(db, pid, MembershipKind.STAFF)
    if found is None or not actor.reaches_group(found.group_id):
        raise NotFound()
    return found


def _team_id(db: Reader, group: Group, pid: str | None, today: date) -> int | None:
    if not pid:
        return None
    found = next((team for team in team_store.list_open_teams(db, group.group_id, today) if team.pid == pid), None)
    if found is None:
        raise RuleBroken("no_such_team", field="team")
    return found.team_id

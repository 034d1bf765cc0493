# ruff: noqa: S608 - only constants of this room are put together; tests/house/test_sql.py watches over it
"""The dated rows of who belongs to a group and who serves it. A change is a new row; the old one ends the day before.

Both the first and the last day of a row count.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cfc_groups.clock import stamp
from cfc_groups.db import Reader, Writer
from cfc_groups.groups.models import Membership, MembershipKind, PastPlace, Place
from cfc_groups.groups.store import MEMBERSHIP_COLUMNS, day_from, ending_with, membership_from

ONE_DAY = timedelta(days=1)


def open_memberships(db: Reader, account_id: int, kind: MembershipKind, today: date) -> list[Membership]:
    """Somebody's rows of a kind that count today or later."""
    rows = db.rows(
        f"SELECT {MEMBERSHIP_COLUMNS} FROM memberships WHERE account_id = ? AND kind = ?"
        " AND (ends_on IS NULL OR ends_on >= ?) ORDER BY starts_on, membership_id LIMIT 200",
        (account_id, kind, str(today)),
    )
    return [membership_from(row) for row in rows]


def find_membership(db: Reader, pid: str, kind: MembershipKind) -> Membership | None:
    """The row with a public id, or None."""
    row = db.row(f"SELECT {MEMBERSHIP_COLUMNS} FROM memberships WHERE pid = ? AND kind = ?", (pid, kind))
    return None if row is None else membership_from(row)


def number_is_taken(db: Reader, group_id: int, member_number: str, today: date, *, but: int | None = None) -> bool:
    """Whether a member of the group, today or later, has this number (`but`: an account that does not count)."""
    found = db.value(
        "SELECT 1 FROM memberships WHERE member_number = ? AND group_id = ? AND (ends_on IS NULL OR ends_on >= ?)"
        " AND account_id IS NOT ? LIMIT 1",
        (member_number, group_id, str(today), but),
    )
    return found is not None


def add_child_membership(
    tx: Writer, account_id: int, place: Place, member_number: str | None, *, today: date, made_by: int | None,
    now: datetime, ends_on: date | None = None,
) -> None:  # fmt: skip
    """A child belongs to a group from today on: until its own last day if one is given, else as long as the group."""
    until, end_replaced = (str(ends_on), None) if ends_on else ending_with(place.group)
    tx.insert(
        "memberships", account_id=account_id, group_id=place.group.group_id, team_id=place.team_id, kind="child",
        member_number=member_number, starts_on=str(today), ends_on=until, end_replaced=end_replaced,
        made_by=made_by, made_at=stamp(now),
    )  # fmt: skip


def move_child(
    tx: Writer, membership: Membership, place: Place, member_number: str | None, *, today: date, made_by: int | None,
    now: datetime,
) -> None:  # fmt: skip
    """From today on the child belongs elsewhere. A row that only began today is put right instead of ended."""
    if membership.starts_on >= today:
        tx.execute(
            "UPDATE memberships SET group_id = ?, team_id = ?, member_number = ? WHERE membership_id = ?",
            (place.group.group_id, place.team_id, member_number, membership.membership_id),
        )
        return
    leaves_on = membership.ends_on if membership.group_id == place.group.group_id else None
    if leaves_on == place.group.ends_on:
        leaves_on = None
    set_end(tx, membership.membership_id, today - ONE_DAY)
    add_child_membership(
        tx, membership.account_id, place, member_number, today=today, made_by=made_by, now=now, ends_on=leaves_on
    )


def set_end(tx: Writer, membership_id: int, ends_on: date | None) -> None:
    """Set or take away the last day of a row."""
    tx.execute(
        "UPDATE memberships SET ends_on = ?, end_replaced = NULL WHERE membership_id = ?",
        (None if ends_on is None else str(ends_on), membership_id),
    )


def add_service(
    tx: Writer, account_id: int, place: Place, starts_on: date, ends_on: date | None, *, made_by: int | None,
    now: datetime,
) -> None:  # fmt: skip
    """An adult serves a group, or one team of it, on these days and no longer than the group."""
    until, replaced = str(ends_on) if ends_on else None, None
    if ends_on is None:
        until, replaced = ending_with(place.group)
    tx.insert(
        "memberships", account_id=account_id, group_id=place.group.group_id, team_id=place.team_id, kind="staff",
        starts_on=str(starts_on), ends_on=until, end_replaced=replaced, made_by=made_by, made_at=stamp(now),
    )  # fmt: skip


def remove_service(tx: Writer, membership_id: int) -> None:
    """Drop service that has not lasted a whole day: it was planned or entered by mistake."""
    tx.execute("DELETE FROM memberships WHERE membership_id = ? AND kind = 'staff'", (membership_id,))


def overlapping_service(
    db: Reader, account_id: int, group_id: int, team_id: int | None, starts_on: date, ends_on: date | None
) -> bool:
    """Whether the adult already serves the same group or team on one of these days."""
    found = db.value(
        "SELECT 1 FROM memberships WHERE account_id = :account_id AND kind = 'staff' AND group_id = :group_id"
        " AND team_id IS :team_id AND (ends_on IS NULL OR ends_on >= :starts_on)"
        " AND (:ends_on IS NULL OR starts_on <= :ends_on) LIMIT 1",
        {
            "account_id": account_id, "group_id": group_id, "team_id": team_id, "starts_on": str(starts_on),
            "ends_on": None if ends_on is None else str(ends_on),
        },
    )  # fmt: skip
    return found is not None


def history_of_child(db: Reader, account_id: int) -> list[PastPlace]:
    """Where a child has belonged, the latest first."""
    rows = db.rows(
        "SELECT memberships.membership_id, groups.group_id, groups.pid AS group_pid, groups.name AS group_name,"
        " groups.ends_on AS group_ends_on, teams.team_id, teams.name AS team_name, memberships.member_number,"
        " memberships.starts_on, memberships.ends_on FROM memberships"
        " JOIN groups ON groups.group_id = memberships.group_id"
        " LEFT JOIN teams ON teams.team_id = memberships.team_id"
        " WHERE memberships.account_id = ? AND memberships.kind = 'child'"
        " ORDER BY memberships.starts_on DESC, memberships.membership_id DESC LIMIT 100",
        (account_id,),
    )
    return [
        PastPlace(
            **{
                **dict(row), "starts_on": date.fromisoformat(row["starts_on"]), "ends_on": day_from(row["ends_on"]),
                "group_ends_on": day_from(row["group_ends_on"]),
            }
        )
        for row in rows
    ]  # fmt: skip

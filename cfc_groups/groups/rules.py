"""Questions and refusals about groups, teams and the days on which people belong to them. Days are the site's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from cfc_groups.access import Actor, Role
from cfc_groups.errors import Conflict, RuleBroken
from cfc_groups.groups.models import Group

MOST_LEVELS = 6
MOST_TEAMS = 200
ONE_DAY = timedelta(days=1)
_FARTHEST_AHEAD = timedelta(days=400)
_EARLIEST_START = date(1990, 1, 1)

SERVING_ROLES = (Role.MENTOR, Role.TEACHER, Role.COORDINATOR)
"""Whoever serves a group is around children, so its record check counts (R43)."""


def is_active(starts_on: date, ends_on: date | None, today: date) -> bool:
    """Whether something counts on a day: its first and its last day both do."""
    return starts_on <= today and (ends_on is None or today <= ends_on)


def is_over(ends_on: date | None, today: date) -> bool:
    """Whether the last day has passed."""
    return ends_on is not None and ends_on < today


def earlier_end(one: date | None, other: date | None) -> date | None:
    """The earlier of two last days; None stands for no end."""
    days = [day for day in (one, other) if day is not None]
    return min(days) if days else None


def check_start(starts_on: date, today: date) -> None:
    """Refuse a first day that can only be a slip of the pen (group_start_odd)."""
    if not _EARLIEST_START <= starts_on <= today + _FARTHEST_AHEAD:
        raise RuleBroken("group_start_odd", field="starts_on")


def check_last_day(last_on: date, starts_on: date, today: date) -> None:
    """Refuse an end before the start, more than a day back (the past is not rewritten), or absurdly far ahead."""
    if last_on < starts_on:
        raise RuleBroken("ends_before_start", field="last_on", start=starts_on)
    if last_on < today - ONE_DAY:
        raise RuleBroken("end_is_past", field="last_on")
    if last_on > today + _FARTHEST_AHEAD:
        raise RuleBroken("end_too_far", field="last_on")


def check_service_days(starts_on: date, ends_on: date | None, group: Group, today: date) -> None:
    """Refuse days of service that end before they start or lie outside of the group's own days."""
    check_start(starts_on, today)
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken("ends_before_start", field="ends_on", start=starts_on)
    if starts_on < group.starts_on:
        raise RuleBroken("before_the_group", field="starts_on", start=group.starts_on)
    if group.ends_on is not None and max(starts_on, ends_on or starts_on) > group.ends_on:
        raise RuleBroken("after_the_group", field="ends_on", end=group.ends_on)


def check_parent(
    group_id: int | None, parent: Group, above_parent: Sequence[int], levels_below: int, today: date
) -> None:
    """Refuse a place in the tree that is over, lies below the group itself, or makes the tree too deep.

    `above_parent`: ids from the parent's own up to the root; `levels_below`: how deep the group's own tree goes.
    """
    if group_id is not None and group_id in (parent.group_id, *above_parent):
        raise RuleBroken("group_circle", field="parent")
    if is_over(parent.ends_on, today):
        raise RuleBroken("parent_is_over", field="parent")
    if len(above_parent) + 2 + levels_below > MOST_LEVELS:
        raise RuleBroken("tree_too_deep", field="parent", levels=MOST_LEVELS)


def check_open(group: Group, today: date) -> None:
    """Refuse bringing somebody into a group that has not begun or is over."""
    if group.starts_on > today:
        raise RuleBroken("group_not_begun", start=group.starts_on)
    if is_over(group.ends_on, today):
        raise RuleBroken("group_is_over")


def check_reopening(ends_on: date | None, today: date) -> None:
    """Refuse to reopen what is open, or what ended on a day that has passed."""
    if ends_on is None:
        raise Conflict("not_ended")
    if is_over(ends_on, today):
        raise RuleBroken("end_has_passed")


def check_unchanged(seen: str, current: str) -> None:
    """Refuse a change made to what somebody else has changed since the page was opened (409)."""
    if seen != current:
        raise Conflict("changed_meanwhile")


def sees_children(actor: Actor, group_id: int) -> bool:
    """Whether the children of a group are shown: to its own people and to coordinators, to nobody else (R6, R93)."""
    if actor.role in (Role.GUARDIAN, Role.DEPARTMENT):
        return False
    return actor.reaches_group(group_id)


def sees_team_only(actor: Actor) -> bool:
    """Whether the actor works with teams rather than with whole groups (safety.md 3: scope T)."""
    return actor.role is Role.MENTOR

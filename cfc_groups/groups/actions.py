"""What is done to groups and teams; one transaction each, journaled (R101)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from cfc_groups import journal
from cfc_groups.access import Actor
from cfc_groups.accounts.names import sort_key
from cfc_groups.db import Database, Writer, write
from cfc_groups.errors import Conflict, RuleBroken
from cfc_groups.groups import queries, rules, store, team_store
from cfc_groups.groups.models import Concerned, Group, GroupKind, Team
from cfc_groups.pagecache import raise_version

# Public pages name teams beside children's notes, so a team's new name must not leave old pages standing.
BOARD_PAGES = "board"


def seen_of_group(group: Group) -> str:
    """What a page showed of a group: given back with a change, so that a colleague's is not overwritten unseen."""
    return f"{group.name}|{group.kind}|{group.parent_id}|{group.starts_on}|{group.ends_on}"


def seen_of_team(team: Team) -> str:
    """The same for a team."""
    return f"{team.name}|{team.theme}|{team.ends_on}"


def add_group(
    db: Database, actor: Actor, now: datetime, *, today: date, name: str, kind: GroupKind, parent: str | None,
    starts_on: date,
) -> Group:  # fmt: skip
    """Make a group, below `parent` (a public id) if one is given. Raises RuleBroken."""
    with write(db) as tx:
        above = store.get_group(tx, parent) if parent else None
        return add_group_in(
            tx, actor.account_id, now, today=today, name=name, kind=kind, parent=above, starts_on=starts_on
        )


def add_group_in(
    tx: Writer, actor_id: int | None, now: datetime, *, today: date, name: str, kind: GroupKind, parent: Group | None,
    starts_on: date,
) -> Group:  # fmt: skip
    """Make a group inside a transaction. Raises RuleBroken."""
    rules.check_start(starts_on, today)
    _check_place(tx, None, parent, today)
    _check_group_name(tx, name, None)
    pid = store.add_group(
        tx, parent_id=parent.group_id if parent else None, kind=kind, name=name, name_key=sort_key(name),
        starts_on=starts_on, now=now,
    )  # fmt: skip
    group = store.get_group(tx, pid)
    journal.enter(
        tx, actor_id, "add_group", "group", pid, now, kind=str(kind), parent=parent.pid if parent else None,
        starts_on=str(starts_on),
    )  # fmt: skip
    return group


def change_group(
    db: Database, actor: Actor, now: datetime, pid: str, *, today: date, seen: str, name: str, kind: GroupKind,
    parent: str | None, starts_on: date,
) -> Group:  # fmt: skip
    """Rename or move a group. `seen`: what the page had shown. Raises NotFound, Conflict, RuleBroken."""
    with write(db) as tx:
        group = store.get_group_for(tx, actor, pid)
        rules.check_unchanged(seen, seen_of_group(group))
        above = store.get_group(tx, parent) if parent else None
        if starts_on != group.starts_on:
            _check_changed_start(tx, group, starts_on, today)
        if (above.group_id if above else None) != group.parent_id:
            _check_place(tx, group.group_id, above, today)
        _check_group_name(tx, name, group.group_id)
        store.set_group(
            tx, group.group_id, parent_id=above.group_id if above else None, kind=kind, name=name,
            name_key=sort_key(name), starts_on=starts_on,
        )  # fmt: skip
        journal.enter(
            tx, actor.account_id, "change_group", "group", pid, now, kind=str(kind),
            parent=above.pid if above else None, starts_on=str(starts_on), renamed=name != group.name,
        )  # fmt: skip
        return store.get_group(tx, pid)


def _check_changed_start(tx: Writer, group: Group, starts_on: date, today: date) -> None:
    rules.check_start(starts_on, today)
    earliest = store.earliest_start_inside(tx, group.group_id)
    if earliest is not None and starts_on > earliest:
        raise RuleBroken("starts_after_members", field="starts_on", start=earliest)
    if group.ends_on is not None and starts_on > group.ends_on:
        raise RuleBroken("ends_before_start", field="starts_on", start=starts_on)


def _check_place(tx: Writer, group_id: int | None, parent: Group | None, today: date) -> None:
    if parent is not None:
        below = store.levels_below(tx, group_id) if group_id is not None else 0
        rules.check_parent(group_id, parent, store.ids_above(tx, parent.group_id), below, today)


def _check_group_name(tx: Writer, name: str, own_id: int | None) -> None:
    if store.open_group_named(tx, name) not in (None, own_id):
        raise RuleBroken("group_name_taken", field="name")


def end_group(db: Database, actor: Actor, now: datetime, pid: str, *, today: date, last_on: date) -> Concerned:
    """Set a group's last day; its teams and memberships end with it. Answers what that concerned.

    Raises NotFound, Conflict when it has an end already, RuleBroken while groups below it go on.
    """
    with write(db) as tx:
        group = store.get_group_for(tx, actor, pid)
        if group.ends_on is not None:
            raise Conflict("already_ended")
        rules.check_last_day(last_on, group.starts_on, today)
        concerned = store.concerned_by_end(tx, group.group_id, last_on)
        if concerned.groups_below:
            raise RuleBroken("groups_below", count=concerned.groups_below)
        latest = store.latest_start_inside(tx, group.group_id)
        if latest is not None and last_on < latest:
            raise RuleBroken("ends_before_members", field="last_on", start=latest)
        store.set_group_end(tx, group.group_id, last_on)
        store.end_inside(tx, group.group_id, last_on)
        journal.enter(
            tx, actor.account_id, "end_group", "group", pid, now, last_on=str(last_on), children=concerned.children,
            staff=concerned.staff, teams=concerned.teams,
        )  # fmt: skip
        return concerned


def reopen_group(db: Database, actor: Actor, now: datetime, pid: str, *, today: date) -> Group:
    """Take back the end of a group while its last day has not passed; what ended with it goes on as before."""
    with write(db) as tx:
        group = store.get_group_for(tx, actor, pid)
        rules.check_reopening(group.ends_on, today)
        _check_group_name(tx, group.name, group.group_id)
        if group.parent_id is not None:
            above = store.get_group_by_id(tx, group.parent_id)
            if above.ends_on is not None:
                raise RuleBroken("parent_is_over")
        store.set_group_end(tx, group.group_id, None)
        if group.ends_on is not None:
            store.reopen_inside(tx, group.group_id, group.ends_on)
        journal.enter(tx, actor.account_id, "reopen_group", "group", pid, now)
        return store.get_group(tx, pid)


# Teams


def add_team(
    db: Database, actor: Actor, now: datetime, group_pid: str, *, today: date, name: str, theme: str
) -> Team:  # fmt: skip
    """Make a team of a group from today on. Raises NotFound, RuleBroken."""
    with write(db) as tx:
        group = store.get_group_for(tx, actor, group_pid)
        return add_team_in(tx, actor.account_id, now, group, today=today, name=name, theme=theme)


def add_teams(
    db: Database, actor: Actor, now: datetime, group_pid: str, *, today: date, wanted: Sequence[tuple[str, str]]
) -> list[Team]:
    """Make several teams (name, theme) at once; a name that a colleague has made meanwhile is passed over."""
    with write(db) as tx:
        group = store.get_group_for(tx, actor, group_pid)
        known = {team.name for team in team_store.list_open_teams(tx, group.group_id, today)}
        return [
            add_team_in(tx, actor.account_id, now, group, today=today, name=name, theme=theme)
            for name, theme in wanted
            if name not in known
        ]


def add_team_in(
    tx: Writer, actor_id: int | None, now: datetime, group: Group, *, today: date, name: str, theme: str
) -> Team:
    """Make a team inside a transaction. Raises RuleBroken."""
    rules.check_open(group, today)
    _check_team(tx, group.group_id, name, theme, today, but=None)
    pid = team_store.add_team(tx, group=group, theme=theme, name=name, today=today, now=now)
    journal.enter(tx, actor_id, "add_team", "team", pid, now, group=group.pid, theme=theme)
    return team_store.get_team(tx, pid)


def change_team(
    db: Database, actor: Actor, now: datetime, pid: str, *, today: date, seen: str, name: str, theme: str
) -> Team:
    """Give a team another name or theme. Raises NotFound, Conflict, RuleBroken."""
    with write(db) as tx:
        team = team_store.get_team_for(tx, actor, pid)
        rules.check_unchanged(seen, seen_of_team(team))
        _check_team(tx, team.group_id, name, theme, today, but=team)
        team_store.set_team(tx, team.team_id, theme=theme, name=name)
        raise_version(tx, BOARD_PAGES)
        journal.enter(tx, actor.account_id, "change_team", "team", pid, now, theme=theme, renamed=name != team.name)
        return team_store.get_team(tx, pid)


def _check_team(tx: Writer, group_id: int, name: str, theme: str, today: date, *, but: Team | None) -> None:
    others = [team for team in team_store.list_open_teams(tx, group_id, today) if but is None or team.pid != but.pid]
    if name in {team.name for team in others}:
        raise RuleBroken("team_name_taken", field="name", name=name)
    if but is None and len(others) >= rules.MOST_TEAMS:
        raise RuleBroken("too_many_teams", most=rules.MOST_TEAMS)
    kept = but is not None and theme == but.theme
    if not kept and theme not in {one.key for one in queries.theme_choices(tx)}:
        raise RuleBroken("no_such_theme", field="theme")


def end_team(db: Database, actor: Actor, now: datetime, pid: str, *, today: date, last_on: date) -> Concerned:
    """Set a team's last day. Its children stay in the group without a team; who serves only it stops serving."""
    with write(db) as tx:
        team = team_store.get_team_for(tx, actor, pid)
        group = store.get_group_by_id(tx, team.group_id)
        if team.ends_on not in (None, group.ends_on):
            raise Conflict("already_ended")
        rules.check_last_day(last_on, team.starts_on, today)
        concerned = team_store.concerned_by_team_end(tx, team.team_id, last_on)
        team_store.end_team(tx, team.team_id, last_on)
        journal.enter(
            tx, actor.account_id, "end_team", "team", pid, now, last_on=str(last_on), children=concerned.children,
            staff=concerned.staff,
        )  # fmt: skip
        return concerned


def reopen_team(db: Database, actor: Actor, now: datetime, pid: str, *, today: date) -> Team:
    """Take back the end of a team while its last day has not passed."""
    with write(db) as tx:
        team = team_store.get_team_for(tx, actor, pid)
        group = store.get_group_by_id(tx, team.group_id)
        rules.check_reopening(None if team.ends_on == group.ends_on else team.ends_on, today)
        if team.ends_on is not None:
            team_store.reopen_team(tx, team.team_id, team.ends_on, group)
        journal.enter(tx, actor.account_id, "reopen_team", "team", pid, now)
        return team_store.get_team(tx, pid)

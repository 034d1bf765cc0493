"""What one group's page shows, by who looks: names to everybody, children only to the group's own people (R6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cfc_groups.access import Actor, may
from cfc_groups.db import Reader
from cfc_groups.groups import permissions, rules, store, tree_queries
from cfc_groups.groups.models import Face, Group, ServiceRow, TeamLine


@dataclass(frozen=True, slots=True)
class TeamOnPage:
    """A team with those of its children who are shown; `line` is None for children without a team."""

    line: TeamLine | None
    children: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group as the actor may see it."""

    group: Group
    above: Group | None
    below: tuple[Group, ...]
    teams: tuple[TeamOnPage, ...]
    staff: tuple[ServiceRow, ...]
    faces_after: str | None
    shows_children: bool
    manages_group: bool
    manages_teams: bool
    reads_members: bool
    runs: bool

    @property
    def more_below(self) -> bool:
        """Whether more groups stand below than are shown."""
        return len(self.below) > tree_queries.GROUPS_ON_A_PAGE


def group_page(db: Reader, actor: Actor, today: date, pid: str, *, after: str | None) -> GroupPage:
    """Gather the page in at most six statements. Raises NotFound."""
    group = store.get_group(db, pid)
    above = store.get_group_by_id(db, group.parent_id) if group.parent_id is not None else None
    runs = rules.is_active(group.starts_on, group.ends_on, today)
    inside = actor.reaches_group(group.group_id)
    shows = runs and rules.sees_children(actor, group.group_id)
    lines = tree_queries.teams_of(db, [group.group_id], today)
    only = _only_teams(actor, lines)
    faces, faces_after = tree_queries.faces(db, group, today, after=after, team_ids=only) if shows else ([], None)
    works = inside and may(actor, permissions.MANAGE_TEAMS, today)
    return GroupPage(
        group=group, above=above, teams=_teams(lines, faces), faces_after=faces_after, shows_children=shows,
        below=tuple(tree_queries.groups_below(db, group, today, coming=may(actor, permissions.MANAGE_GROUPS, today))),
        staff=tuple(tree_queries.staff_of(db, group, today)) if inside else (),
        manages_group=may(actor, permissions.MANAGE_GROUPS, today), manages_teams=works,
        reads_members=inside and may(actor, permissions.READ_MEMBERS, today), runs=runs,
    )  # fmt: skip


def _only_teams(actor: Actor, lines: list[TeamLine]) -> frozenset[int] | None:
    """A mentor who serves teams of the group sees their children; one who serves the whole group sees all of it."""
    served = actor.reach.team_ids & {line.team.team_id for line in lines}
    return served if served and rules.sees_team_only(actor) else None


def _teams(lines: list[TeamLine], faces: list[Face]) -> tuple[TeamOnPage, ...]:
    known = {line.team.team_id for line in lines}
    teams = [
        TeamOnPage(line, tuple(face for face in faces if face.team_id == line.team.team_id)) for line in lines
    ]
    alone = tuple(face for face in faces if face.team_id not in known)
    return (*teams, TeamOnPage(None, alone)) if alone else tuple(teams)

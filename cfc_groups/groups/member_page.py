"""What the staff's pages about children show: the list within reach, and one child."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cfc_groups.access import Actor, AgeBand, may
from cfc_groups.accounts import rules as ages
from cfc_groups.accounts import store as people
from cfc_groups.accounts.models import Account
from cfc_groups.db import Reader
from cfc_groups.errors import NotFound
from cfc_groups.groups import member_queries, member_store, permissions, rules, sections, store, tree_queries
from cfc_groups.groups.models import Group, MemberFilter, MemberRow, PastPlace, Reachable, TeamLine
from cfc_groups.groups.sections import MemberCell, MemberColumn
from cfc_groups.sealing import Sealer

NO_TEAM = "none"


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of the list: rows, the columns of other rooms, and what the list can be narrowed to."""

    wanted: MemberFilter
    rows: tuple[MemberRow, ...]
    after: str | None
    ages: Mapping[int, AgeBand]
    columns: tuple[tuple[MemberColumn, Mapping[int, MemberCell]], ...]
    groups: tuple[Group, ...]
    group: Group | None
    teams: tuple[TeamLine, ...]
    team: str
    manages: bool

    @property
    def filtered(self) -> bool:
        """Whether the list is narrowed in any way."""
        return bool(self.group or self.team or self.wanted.words)


def list_page(
    db: Reader, sealer: Sealer, actor: Actor, today: date, *, group: str, team: str, words: str, after: str | None
) -> ListPage:
    """Gather a page of the list. Raises NotFound for a group or team that is not within reach (R92, R93)."""
    groups = tree_queries.group_choices(db, today, actor)
    chosen = next((one for one in groups if one.pid == group), None)
    if group and chosen is None:
        chosen = store.get_group_for(db, actor, group)
    teams = tree_queries.teams_of(db, [chosen.group_id], today) if chosen else []
    wanted = MemberFilter(chosen.group_id if chosen else None, _team_id(teams, team) if chosen else None, words)
    rows, next_after = member_queries.members(db, actor, today, wanted, after=after)
    account_ids = [row.account_id for row in rows]
    columns = [(column, column.load(db, account_ids, today)) for column in sections.member_columns(actor, today)]
    return ListPage(
        wanted=wanted, rows=tuple(rows), after=next_after, columns=tuple(columns), groups=tuple(groups), group=chosen,
        ages={row.account_id: band for row in rows if (band := _band(sealer, row.birth_month, today))},
        teams=tuple(teams), team=team if chosen else "", manages=may(actor, permissions.MANAGE_MEMBERS, today),
    )  # fmt: skip


def _team_id(teams: list[TeamLine], pid: str) -> int | None:
    if not pid:
        return None
    if pid == NO_TEAM:
        return 0
    found = next((line.team.team_id for line in teams if line.team.pid == pid), None)
    if found is None:
        raise NotFound()
    return found


def _band(sealer: Sealer, birth_month: bytes | None, today: date) -> AgeBand | None:
    return ages.age_band(sealer.open(birth_month, people.BIRTH_MONTH), today) if birth_month else None


@dataclass(frozen=True, slots=True)
class PlaceOnPage:
    """One row of a child's history; `open_here`: it counts, and the actor may change it."""

    place: PastPlace
    is_open: bool
    can_change: bool
    leaves: bool


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A child as the staff of its group see it: no real name, no number to call (R31)."""

    child: Account
    band: AgeBand | None
    places: tuple[PlaceOnPage, ...]
    contact: Reachable | None


def member_page(db: Reader, sealer: Sealer, actor: Actor, today: date, pid: str) -> MemberPage:
    """Gather a child's page. Raises NotFound unless the child is in a group within reach, today or later (R92)."""
    child = people.get_account(db, pid)
    places = member_store.history_of_child(db, child.account_id) if child.is_child else []
    if not any(_within_reach(actor, place, today) for place in places):
        raise NotFound()
    months = people.birth_months(db, sealer, [child.account_id])
    band = ages.age_band(months[child.account_id], today) if child.account_id in months else None
    shown = [place for place in places if actor.reaches_group(place.group_id)]
    manages = may(actor, permissions.MANAGE_MEMBERS, today)
    return MemberPage(
        child, band, tuple(_place_on_page(place, today, manages) for place in shown),
        member_queries.reachable(db, child.account_id),
    )  # fmt: skip


def _within_reach(actor: Actor, place: PastPlace, today: date) -> bool:
    """Coordinators also find who has left; others only who belongs to their group now or later."""
    return actor.alliance_wide or (actor.reaches_group(place.group_id) and not rules.is_over(place.ends_on, today))


def _place_on_page(place: PastPlace, today: date, manages: bool) -> PlaceOnPage:
    is_open = not rules.is_over(place.ends_on, today)
    leaves = is_open and place.ends_on not in (None, place.group_ends_on)
    return PlaceOnPage(place, is_open, manages and is_open, leaves)

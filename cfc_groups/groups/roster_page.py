"""A dry run as its page shows it: a summary, and the rows in slices, so that twenty thousand of them stay readable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cfc_groups.groups.models import Theme
from cfc_groups.groups.roster_dry_run import DryRun, Known
from cfc_groups.groups.roster_models import CheckedRow, Outcome, RosterCheck, RosterField
from cfc_groups.groups.theme_guess import guess_theme

ROWS_SHOWN = 200
TEAMS_OFFERED = 200


class Slice(StrEnum):
    """Which rows are shown."""

    ALL = "all"
    REFUSED = "refused"
    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    WARNED = "warned"


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of the dry run. `changed` names the fields that would change, never what they hold today (R31)."""

    row: CheckedRow
    number: str
    name: str
    birth_month: str
    team: str
    changed: tuple[RosterField, ...]
    comes_back: bool


@dataclass(frozen=True, slots=True)
class MissingTeam:
    """A team that rows name and the group does not have, with the theme that its name speaks of."""

    position: int
    name: str
    theme: str


@dataclass(frozen=True, slots=True)
class RosterPage:
    """What the page of a dry run shows; `after` is the row that the next slice begins after."""

    run: DryRun
    shown: Slice
    counts: Mapping[Slice, int]
    rows: tuple[RowShown, ...]
    after: int | None
    missing_teams: tuple[MissingTeam, ...]

    @property
    def refused(self) -> int:
        """How many rows cannot be taken."""
        return self.counts[Slice.REFUSED]

    @property
    def something_to_take(self) -> bool:
        """Whether a child would come in or change."""
        return bool(self.counts[Slice.NEW] or self.counts[Slice.UPDATE])


def roster_page(run: DryRun, themes: Sequence[Theme], shown: str | None, after: int) -> RosterPage:
    """Cut one slice out of a dry run. Without a wish, rows that need a person come first."""
    counts = _counts(run.check)
    chosen = Slice(shown) if shown in set(Slice) else Slice.REFUSED if counts[Slice.REFUSED] else Slice.ALL
    rows = [row for row in run.check.rows if _fits(row, chosen) and row.row_number > after]
    cut = rows[:ROWS_SHOWN]
    among = frozenset(theme.key for theme in themes)
    missing = [
        MissingTeam(position, name, guess_theme(name, among=among))
        for position, name in enumerate(run.check.missing_teams[:TEAMS_OFFERED])
    ]
    return RosterPage(
        run, chosen, counts, tuple(_shown(row, run.check) for row in cut),
        cut[-1].row_number if len(rows) > ROWS_SHOWN else None, tuple(missing),
    )  # fmt: skip


def _counts(check: RosterCheck) -> dict[Slice, int]:
    outcomes = Counter(row.outcome for row in check.rows)
    warned = sum(1 for row in check.rows if row.warnings)
    return {
        Slice.ALL: len(check.rows), Slice.WARNED: warned,
        **{Slice(outcome.value): outcomes[outcome] for outcome in Outcome},
    }  # fmt: skip


def _fits(row: CheckedRow, shown: Slice) -> bool:
    if shown is Slice.ALL:
        return True
    return bool(row.warnings) if shown is Slice.WARNED else row.outcome == Outcome(shown.value)


def _shown(row: CheckedRow, check: RosterCheck) -> RowShown:
    known = row.existing.account_ref if row.existing else None
    comes_back = isinstance(known, Known) and known.membership is None
    if row.member is not None:
        member, changed = row.member, tuple(change.field for change in row.changes)
        return RowShown(
            row, member.member_number, member.name, member.birth_month, member.team, changed, comes_back
        )
    fields = [column.use for column in check.columns if column.use is not None]
    typed = dict(zip(fields, row.raw, strict=False))
    return RowShown(
        row, typed.get(RosterField.MEMBER_NUMBER, ""), typed.get(RosterField.NAME, ""),
        typed.get(RosterField.BIRTH_MONTH, ""), typed.get(RosterField.TEAM, ""), (), comes_back,
    )  # fmt: skip

"""The dry run of a roster: what would become of every row. Pure: time is an argument, nothing is changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cfc_groups.groups.roster_cells import (
    VOCABULARY,
    Reading,
    plain_text,
    read_birth_month,
    read_email,
    read_member_number,
    read_person_name,
    read_phone,
    read_relation,
    read_team,
    shown,
    team_key,
)
from cfc_groups.groups.roster_columns import Layout, Line, find_layout, member_lines
from cfc_groups.groups.roster_models import (
    CheckedRow,
    ExistingMember,
    FieldChange,
    Outcome,
    RosterCheck,
    RosterField,
    RosterMember,
    RosterRefusal,
    RosterRefused,
    Trouble,
    TroubleCode,
)
from cfc_groups.tables.models import Table

_COMPARED = tuple(field for field in RosterField if field is not RosterField.MEMBER_NUMBER)
_ROWS_NAMED = 10


@dataclass(frozen=True, slots=True)
class _ReadLine:
    row_number: int
    readings: Mapping[RosterField, Reading]
    raw: tuple[str, ...]

    def text(self, field: RosterField) -> str:
        reading = self.readings.get(field)
        return reading.text if reading else ""

    @property
    def number(self) -> str:
        """The member number when it can be read, else empty."""
        reading = self.readings[RosterField.MEMBER_NUMBER]
        return "" if reading.trouble else reading.text


def check_roster(
    table: Table, *, today: date, teams: Mapping[str, int], existing: Sequence[ExistingMember]
) -> RosterCheck:
    """What would become of each row of the table; nothing is changed anywhere.

    `today` is the date in the site's time zone (for ages), `teams` the group's teams by name with their ids,
    `existing` the members to compare with (by member number; and by name and birth month for likely twins).
    Raises RosterRefused when the table as a whole is no roster.
    """
    layout = find_layout(table)
    lines, left_out = member_lines(table, layout)
    if not lines:
        raise RosterRefused(RosterRefusal.NO_MEMBERS, {"sheet": shown(table.sheet)})
    used = layout.fields_in_file_order()
    read_lines = [_read_line(line, used, today) for line in lines]
    checker = _Checker(layout, _TeamNames(teams), existing, read_lines)
    rows = tuple(checker.check(line) for line in read_lines)
    rows = _with_twins(rows, existing)
    return RosterCheck(layout.columns, rows, tuple(checker.missing_teams.values()), _file_troubles(table, left_out))


def may_take(check: RosterCheck, ticked_away: Collection[int]) -> bool:
    """All or nothing: every refused row has been ticked away by its number, and something is left to take."""
    refused = {row.row_number for row in check.rows_with(Outcome.REFUSED)}
    something = any(row.outcome in (Outcome.NEW, Outcome.UPDATE) for row in check.rows)
    return something and refused <= set(ticked_away)


def _read_line(line: Line, used: Sequence[RosterField], today: date) -> _ReadLine:
    cell = line.cells.get
    readings = {
        RosterField.MEMBER_NUMBER: read_member_number(cell(RosterField.MEMBER_NUMBER)),
        RosterField.NAME: read_person_name(cell(RosterField.NAME)),
        RosterField.BIRTH_MONTH: read_birth_month(cell(RosterField.BIRTH_MONTH), today),
        RosterField.TEAM: read_team(cell(RosterField.TEAM)),
        RosterField.GUARDIAN: read_person_name(cell(RosterField.GUARDIAN)),
        RosterField.RELATION: read_relation(cell(RosterField.RELATION)),
        RosterField.PHONE: read_phone(cell(RosterField.PHONE)),
        RosterField.EMAIL: read_email(cell(RosterField.EMAIL)),
    }
    raw = tuple(_raw(line, field, readings[field]) for field in used)
    return _ReadLine(line.row_number, readings, raw)


def _raw(line: Line, field: RosterField, reading: Reading) -> str:
    """The cell as typed, but no id card number, and no birthday where the month is understood (R25)."""
    understood_birth = field is RosterField.BIRTH_MONTH and reading.trouble in _BIRTH_UNDERSTOOD
    if understood_birth or reading.trouble is TroubleCode.CELL_ID_CARD:
        return reading.text
    value = line.cells.get(field)
    return value[:1_000] if isinstance(value, str) else plain_text(value)


_BIRTH_UNDERSTOOD = (None, TroubleCode.BIRTH_IN_FUTURE, TroubleCode.TOO_YOUNG, TroubleCode.TOO_OLD)


class _TeamNames:
    """Finds a team by its name, also with or without the word "team" at its end if that is unmistakable."""

    def __init__(self, teams: Mapping[str, int]) -> None:
        self._endings = sorted((team_key(ending) for ending in VOCABULARY["teams"]["endings"]), key=len, reverse=True)
        self._exact = {team_key(name): (name, team_id) for name, team_id in teams.items()}
        self._found: dict[str, tuple[str, int] | None] = {}
        self._stems: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for name, team_id in teams.items():
            self._stems[self._stem(name)].append((name, team_id))

    def find(self, written: str) -> tuple[str, int] | None:
        if written not in self._found:
            self._found[written] = self._look_up(written)
        return self._found[written]

    def _look_up(self, written: str) -> tuple[str, int] | None:
        exact = self._exact.get(team_key(written))
        if exact:
            return exact
        alike = self._stems.get(self._stem(written), [])
        return alike[0] if len(alike) == 1 else None

    def _stem(self, name: str) -> str:
        key = team_key(name)
        ending = next((each for each in self._endings if key.endswith(each) and len(key) > len(each)), "")
        return key.removesuffix(ending)


class _Checker:
    """Holds what rows are compared with while they are checked one by one."""

    def __init__(
        self,
        layout: Layout,
        teams: _TeamNames,
        existing: Iterable[ExistingMember],
        lines: Sequence[_ReadLine],
    ) -> None:
        self._headers = {field: layout.header_of(field) for field in RosterField}
        self._teams = teams
        self._existing = {read_member_number(member.member_number).text: member for member in existing}
        counts = Counter(line.number for line in lines if line.number)
        self._rows_of_repeated: defaultdict[str, list[int]] = defaultdict(list)
        for line in lines:
            if counts[line.number] > 1:
                self._rows_of_repeated[line.number].append(line.row_number)
        self.missing_teams: dict[str, str] = {}

    def check(self, line: _ReadLine) -> CheckedRow:
        troubles = [
            self._trouble(line, field, reading.trouble, **{"read": shown(reading.text), **reading.facts})
            for field, reading in line.readings.items()
            if reading.trouble
        ]
        team = self._check_team(line, troubles)
        before = self._existing.get(line.number) if line.number else None
        self._check_number(line, before, troubles)
        if troubles or team is None:
            return CheckedRow(line.row_number, Outcome.REFUSED, None, tuple(troubles), (), line.raw)
        member = _member(line, team, before)
        changes = _changes(before, member) if before else ()
        outcome = Outcome.NEW if before is None else Outcome.UPDATE if changes else Outcome.UNCHANGED
        return CheckedRow(line.row_number, outcome, member, (), (), line.raw, before, changes)

    def _check_team(self, line: _ReadLine, troubles: list[Trouble]) -> tuple[str, int] | None:
        reading = line.readings[RosterField.TEAM]
        if reading.trouble:
            return None
        team = self._teams.find(reading.text)
        if team is None:
            self.missing_teams.setdefault(team_key(reading.text), reading.text)
            troubles.append(
                self._trouble(line, RosterField.TEAM, TroubleCode.TEAM_UNKNOWN, read=reading.text, team=reading.text)
            )
        return team

    def _check_number(self, line: _ReadLine, before: ExistingMember | None, troubles: list[Trouble]) -> None:
        column, read = RosterField.MEMBER_NUMBER, shown(line.number)
        repeated = self._rows_of_repeated.get(line.number)
        if repeated:
            rows = ", ".join(map(str, repeated[:_ROWS_NAMED]))
            troubles.append(self._trouble(line, column, TroubleCode.NUMBER_TWICE, read=read, rows=rows))
        # With another name and another birth month it is another child, who must not come into
        # somebody's account, badge and consents.
        if before and _is_another_child(line, before):
            troubles.append(self._trouble(line, column, TroubleCode.NUMBER_OF_ANOTHER, read=read))

    def _trouble(self, line: _ReadLine, field: RosterField, code: TroubleCode, **facts: str) -> Trouble:
        return Trouble(code, field, {"row": str(line.row_number), "header": self._headers[field], **facts})


def _is_another_child(line: _ReadLine, before: ExistingMember) -> bool:
    name, birth = line.readings[RosterField.NAME], line.readings[RosterField.BIRTH_MONTH]
    if name.trouble or birth.trouble:
        return False
    return _name_key(name.text) != _name_key(before.name) and birth.text != before.birth_month


def _member(line: _ReadLine, team: tuple[str, int], before: ExistingMember | None) -> RosterMember:
    """An empty optional cell changes nothing: what is known already stays."""
    return RosterMember(
        member_number=line.number,
        name=line.text(RosterField.NAME),
        birth_month=line.text(RosterField.BIRTH_MONTH),
        team=team[0],
        team_id=team[1],
        guardian=line.text(RosterField.GUARDIAN),
        relation=line.text(RosterField.RELATION) or (before.relation if before else ""),
        phone=line.text(RosterField.PHONE),
        email=line.text(RosterField.EMAIL) or (before.email if before else ""),
    )


def _changes(before: ExistingMember, after: RosterMember) -> tuple[FieldChange, ...]:
    pairs = ((field, getattr(before, field), getattr(after, field)) for field in _COMPARED)
    return tuple(FieldChange(field, old, new) for field, old, new in pairs if old != new)


def _name_key(name: str) -> str:
    return plain_text(name).replace(" ", "").casefold()


def _with_twins(rows: Sequence[CheckedRow], existing: Iterable[ExistingMember]) -> tuple[CheckedRow, ...]:
    """Same name and birth month under another number: flagged, never merged, never refused."""
    among_members: defaultdict[tuple[str, str], list[ExistingMember]] = defaultdict(list)
    for known in existing:
        among_members[_name_key(known.name), known.birth_month].append(known)
    in_file: defaultdict[tuple[str, str], list[CheckedRow]] = defaultdict(list)
    for row in rows:
        if row.member:
            in_file[_name_key(row.member.name), row.member.birth_month].append(row)
    return tuple(_flagged(row, in_file, among_members) for row in rows)


def _flagged(
    row: CheckedRow,
    in_file: Mapping[tuple[str, str], list[CheckedRow]],
    among_members: Mapping[tuple[str, str], list[ExistingMember]],
) -> CheckedRow:
    member = row.member
    if member is None or row.outcome is Outcome.UNCHANGED:
        return row
    key = _name_key(member.name), member.birth_month
    warnings = []
    others = [str(other.row_number) for other in in_file.get(key, ()) if other is not row][:_ROWS_NAMED]
    if others:
        warnings.append(_twin_warning(TroubleCode.TWIN_IN_FILE, row, member, rows=", ".join(others)))
    known = [each for each in among_members.get(key, ()) if each is not row.existing]
    if known:
        facts = {"number": shown(known[0].member_number), "team": shown(known[0].team)}
        warnings.append(_twin_warning(TroubleCode.TWIN_AMONG_MEMBERS, row, member, **facts))
    return replace(row, warnings=tuple(warnings)) if warnings else row


def _twin_warning(code: TroubleCode, row: CheckedRow, member: RosterMember, **facts: str) -> Trouble:
    read = f"{shown(member.name)}, {member.birth_month}"
    return Trouble(code, RosterField.NAME, {"row": str(row.row_number), "read": read, **facts})


def _file_troubles(table: Table, left_out: Sequence[tuple[int, str]]) -> tuple[Trouble, ...]:
    troubles = []
    if table.other_sheets:
        sheets = ", ".join(map(shown, table.other_sheets[:_ROWS_NAMED]))
        troubles.append(Trouble(TroubleCode.OTHER_SHEETS, None, {"sheet": shown(table.sheet), "sheets": sheets}))
    if left_out:
        rows = ", ".join(str(number) for number, _ in left_out[:_ROWS_NAMED])
        facts = {"rows": rows, "count": str(len(left_out)), "read": left_out[0][1]}
        troubles.append(Trouble(TroubleCode.ROWS_LEFT_OUT, None, facts))
    return tuple(troubles)

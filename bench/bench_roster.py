"""A roster of 20,000 rows in Excel, read and checked: budget 5 s and 300 MiB (performance.md).

    python -m bench.bench_roster [rows]

Prints JSON: seconds of each part, the largest memory of this process and of the reading process (MiB).
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

from cfc_groups.groups.roster_models import ExistingMember, Outcome
from cfc_groups.groups.roster_rules import check_roster
from cfc_groups.tables.reading import read_table
from cfc_groups.tables.writing import write_xlsx

TODAY = date(2026, 11, 21)
HEADER = ("No.", "Member number", "Name", "Sex", "Birth month", "Team", "Guardian", "Relation", "Phone", "E-mail")
TEAMS = {f"Team {number}": number for number in range(1, 701)}
BUDGET_SECONDS = 5
HAN = [chr(0x4E00 + step * 7) for step in range(900)]


def roster_row(number: int) -> tuple[Any, ...]:
    name = HAN[number % 100] + HAN[number % 887] + HAN[number // 887]
    birth = f"{2012 + number % 8}/{number % 12 + 1}"
    team = f"Team {number % 700 + 1}"
    return (number, f"GCT{number:06}", name, "f", birth, team, name[0] + HAN[3], HAN[9], 13_900_000_000 + number, None)


def timed(what: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    answer = what()
    return answer, round(time.perf_counter() - start, 3)


def peak_mebibytes() -> dict[str, int]:
    try:
        resource: Any = import_module("resource")
    except ImportError:
        return {}
    who = {"this_process": resource.RUSAGE_SELF, "reading_process": resource.RUSAGE_CHILDREN}
    return {name: resource.getrusage(which).ru_maxrss // 1024 for name, which in who.items()}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    rows = [roster_row(number) for number in range(count)]
    content = write_xlsx(HEADER, rows, sheet="roster", text_columns={"Member number"})
    table, reading = timed(lambda: read_table(content, "roster.xlsx", max_rows=count + 1))
    first, checking = timed(lambda: check_roster(table, today=TODAY, teams=TEAMS, existing=()))
    members = [row.member for row in first.rows if row.member]
    known = [
        ExistingMember(m.member_number, m.name, m.birth_month, m.team, m.guardian, m.relation, m.phone, m.email)
        for m in members
    ]
    again, checking_again = timed(lambda: check_roster(table, today=TODAY, teams=TEAMS, existing=known))
    figures = {
        "rows": count,
        "file_kib": len(content) // 1024,
        "new": len(first.rows_with(Outcome.NEW)),
        "unchanged_when_sent_again": len(again.rows_with(Outcome.UNCHANGED)),
        "seconds": {"reading": reading, "checking": checking, "checking_again": checking_again},
        "budget_seconds": BUDGET_SECONDS,
        "within_budget": reading + max(checking, checking_again) <= BUDGET_SECONDS,
        "peak_mebibytes": peak_mebibytes(),
    }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()

"""Lines of a report: what was measured, against which budget; printed as a table and kept as JSON."""

import json
import os
import platform
import sqlite3
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.client import tool

RESULTS = Path(__file__).resolve().parent / "results"


@dataclass(frozen=True)
class Line:
    """One measure. `value` is what the budget speaks of: a ratio, seconds or bytes."""

    what: str
    measured: str
    value: float
    budget: str
    within: bool | None


def at_least(what: str, value: float, least: float, measured: str) -> Line:
    """A ratio to the floor that should be at least so much."""
    return Line(what, measured, value, f"≥ {least:.0%}", value >= least)


def at_most(what: str, value: float, most: float, measured: str, budget: str) -> Line:
    """A value (seconds, bytes, a multiple) that should be at most so much; `budget` says it for people."""
    return Line(what, measured, value, budget, value <= most)


def only_told(what: str, value: float, measured: str) -> Line:
    """A figure without a budget."""
    return Line(what, measured, value, "", None)


def print_table(lines: Sequence[Line]) -> None:
    """Print the lines in columns."""
    rows = [("what", "measured", "budget", ""), *((x.what, x.measured, x.budget, _verdict(x)) for x in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3])


def keep(lines: Sequence[Line], options: dict[str, object]) -> Path:
    """Write the lines to a JSON file named by the moment (UTC), with what is needed to read them later."""
    RESULTS.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    document = {
        "measured_at": now.isoformat(timespec="seconds"),
        "commit": _commit(),
        "machine": {"cores": os.cpu_count(), "system": platform.platform(), "load": os.getloadavg()},
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "client": tool(),
        "options": options,
        "lines": [asdict(line) for line in lines],
    }
    file = RESULTS / f"{now:%Y%m%dT%H%M%SZ}.json"
    file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return file


def _verdict(line: Line) -> str:
    return {True: "ok", False: "OVER BUDGET", None: ""}[line.within]


def _commit() -> str | None:
    command = ["git", "describe", "--always", "--dirty"]
    done = subprocess.run(command, cwd=RESULTS.parent, capture_output=True, text=True, check=False)  # noqa: S607
    return done.stdout.strip() or None

"""The project's own source as the house rules read it."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "cfc_groups"
TEMPLATES = ROOT / "templates"

# Lower rooms first; what is lower never imports what is higher (docs/map.md).
ROOMS = (
    "accounts", "groups", "badges", "school_calendar", "reminders", "safety", "moderation", "places", "board", "home",
)  # fmt: skip
ROOTS = {"__init__.py", "cli.py", "server.py"}


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def room_of(file: Path) -> str | None:
    """The feature folder that a module belongs to, or None for the platform."""
    first = file.relative_to(PACKAGE).parts[0]
    return first if first in ROOMS else None


@lru_cache(maxsize=2048)
def tree(file: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(file.read_text(encoding="utf-8"))


def imported(file: Path) -> set[str]:
    """The full names of all modules that a module imports, `from a import b` counted as a and a.b."""
    names: set[str] = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def shown(file: Path) -> str:
    """A path as a failing rule names it."""
    return str(file.relative_to(ROOT))

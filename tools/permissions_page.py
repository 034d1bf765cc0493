"""Write docs/permissions.md from the one table in code; a house test compares the two.

    python -m tools.permissions_page
"""

from __future__ import annotations

import importlib
from pathlib import Path

from cfc_groups import FEATURES
from cfc_groups.access import PERMISSIONS, Permission, Role, Scope

FILE = Path(__file__).parent.parent / "docs" / "permissions.md"

INTRODUCTION = """# Who may do what

Made from the permission table in the code (`cfc_groups/<room>/permissions.py`); run `make docs` after a change.
A view names its permission and is closed without one. The letters say how far it reaches: **O** own ·
**Oc** own child · **T** own team · **G** own group · **A** the whole alliance · **As** what is assigned ·
**P** what was published · **–** no.
ᵛ adults need a record check of the last 365 days (R43) · ᶜ the secret is asked for again when it is older than five
minutes (R87) · ᵒ protection officers only.

"""

LETTERS = {
    Scope.NONE: "–", Scope.OWN: "O", Scope.OWN_CHILD: "Oc", Scope.TEAM: "T", Scope.GROUP: "G", Scope.ALLIANCE: "A",
    Scope.ASSIGNED: "As", Scope.PUBLISHED: "P",
}  # fmt: skip


def page() -> str:
    """The whole page."""
    importlib.import_module("cfc_groups.web")  # the platform's own row
    for room in FEATURES:
        importlib.import_module(f"cfc_groups.{room}.permissions")
    head = ["permission", *(role.value for role in Role), "visitors"]
    rows = [head, ["---"] * len(head), *(_row(PERMISSIONS[name]) for name in sorted(PERMISSIONS))]
    return INTRODUCTION + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _row(permission: Permission) -> list[str]:
    marks = "ᵛ" * permission.vetted + "ᶜ" * permission.confirmed + "ᵒ" * permission.officer
    letters = [LETTERS[permission.scope(role)] for role in Role]
    return [f"`{permission.name}` {marks}".strip(), *letters, "P" if permission.public else "–"]


if __name__ == "__main__":
    FILE.write_text(page(), encoding="utf-8")

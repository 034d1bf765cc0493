"""The documents say what is there: every requirement cited, every setting, every permission, every room."""

from __future__ import annotations

import re

from cfc_groups.config import KNOWN
from tests.house.source import PACKAGE, ROOMS, ROOT

DOCS = ROOT / "docs"
TEXTS = [
    file
    for folder in ("cfc_groups", "templates", "tests", "static/js", "tools", "bench", "docs")
    for file in (ROOT / folder).rglob("*")
    if file.suffix in (".py", ".html", ".js", ".md", ".css", ".po", ".toml")
]


def test_every_requirement_that_is_cited_stands_in_the_safeguarding_page() -> None:
    cited: set[str] = set()
    for file in TEXTS:
        if file != DOCS / "safeguarding.md":
            cited |= set(re.findall(r"\bR(?:[1-9]\d?|10\d)\b", file.read_text(encoding="utf-8")))
    explained = set(re.findall(r"\bR(?:[1-9]\d?|10\d)\b", (DOCS / "safeguarding.md").read_text(encoding="utf-8")))
    assert not sorted(cited - explained)


def test_every_setting_is_explained() -> None:
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert not [name for name in KNOWN if name not in page]
    assert not [name for name in re.findall(r"CFC_[A-Z_]+", page) if name not in KNOWN]


def test_every_permission_stands_in_the_table() -> None:
    from tools.permissions_page import page

    assert (DOCS / "permissions.md").read_text(encoding="utf-8") == page(), "run `make docs`"


def test_the_map_names_every_room() -> None:
    page = (DOCS / "map.md").read_text(encoding="utf-8")
    assert not [room for room in ROOMS if f"`{room}/`" not in page]


def test_links_between_documents_lead_somewhere() -> None:
    wrong = []
    for file in [ROOT / "README.md", *ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", file.read_text(encoding="utf-8")):
            if not (file.parent / target).exists():
                wrong.append(f"{file.relative_to(ROOT)} -> {target}")
    assert not wrong


def test_modules_stay_small_enough_to_read() -> None:
    """A prompt to look: nobody reads a module of more than 300 lines."""
    long = [
        f"{file.relative_to(ROOT)}: {count}"
        for file in PACKAGE.rglob("*.py")
        if (count := len(file.read_text(encoding="utf-8").splitlines())) > 300
    ]
    assert not long

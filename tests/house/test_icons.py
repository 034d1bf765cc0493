"""Every icon and every picture that a page names is there."""

from __future__ import annotations

import re

from flask import Flask

from cfc_groups import my_page
from cfc_groups.drawings import ICONS
from tests.house.source import ROOT, TEMPLATES

SPRITE = (ROOT / "static" / "img" / "sprite.svg").read_text(encoding="utf-8")


def test_every_icon_is_in_the_sprite() -> None:
    assert not [name for name in ICONS if f'id="{name}"' not in SPRITE]


def test_every_icon_that_a_template_names_exists() -> None:
    used = {
        (file.name, name)
        for file in TEMPLATES.rglob("*.html")
        for name in re.findall(r"\bicon\(\s*\"([a-z-]+)\"", file.read_text(encoding="utf-8"))
    }
    assert not sorted(one for one in used if one[1] not in ICONS)


def test_every_icon_of_navigation_and_cards_exists(app: Flask) -> None:
    entries = app.extensions["site"].navigation
    assert not [entry.icon for entry in entries if entry.icon not in ICONS]
    assert not [card.icon for card in my_page.CARDS.values() if card.icon not in ICONS]


def test_every_file_that_a_template_names_exists() -> None:
    named = {
        path
        for file in TEMPLATES.rglob("*.html")
        for path in re.findall(r"asset\(\s*[\"']([^\"']+\.[a-z0-9]+)[\"']\s*\)", file.read_text(encoding="utf-8"))
    }
    assert not sorted(path for path in named if not (ROOT / "static" / path).exists())


def test_pictures_from_elsewhere_have_their_licence_beside_them() -> None:
    texts = [file.read_text(encoding="utf-8") for file in (ROOT / "static" / "img").glob("LICEN*")]
    assert any("ISC" in text for text in texts)
    assert any("MIT" in text for text in texts)

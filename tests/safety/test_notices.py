"""The texts that families sign and children read: complete, short enough, never changed once used."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from cfc_groups.access import AgeBand
from cfc_groups.safety import notices
from cfc_groups.safety.models import Purpose
from tests.house.source import ROOT

FOLDER = Path(notices.__file__).parent
VERSIONS = sorted(folder.name for folder in FOLDER.iterdir() if (folder / "zh_Hans.toml").exists())
LANGUAGES = list(notices.LANGUAGES)
BANDS = [band.value for band in AgeBand]
BLOCKS = ["purposes", "way_and_scope", "storage", "safeguards", "refusing", "complaint", "correct_and_delete"]

# A version that was used is never edited: its hash stands here. A changed text is a new folder and a new line (R16).
HASHES = tomllib.loads((Path(__file__).parents[1] / "data" / "notice_hashes.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("version", VERSIONS)
def test_a_version_that_was_used_is_never_edited(version: str) -> None:
    """R16: the hash in a record of consent must go on fitting the text."""
    assert HASHES[version] == notices.find_notice(version).hash, "make a new version instead of editing a signed one"


def test_the_version_that_counts_exists() -> None:
    assert VERSIONS[-1] == notices.CURRENT
    assert notices.current().short_hash == HASHES[notices.CURRENT][:12]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("version", VERSIONS)
def test_the_notice_has_every_block_that_the_law_names(version: str, language: str) -> None:
    """R14: purpose, way and scope, storage, safeguards, refusing, complaints, correcting and deleting."""
    text = notices.texts(version, language)
    assert [block["key"] for block in text["blocks"]] == BLOCKS
    assert all(block["heading"] and block["text"] for block in text["blocks"])
    assert "{officer}" in text["blocks"][5]["text"] and "{reach}" in text["blocks"][5]["text"]  # R35
    assert list(text["purposes"]) == [purpose.value for purpose in Purpose]
    assert all(one["name"] and one["sentence"] and one["if_no"] for one in text["purposes"].values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("version", VERSIONS)
def test_the_child_is_asked_in_words_for_each_age(version: str, language: str) -> None:
    """R17, R107."""
    asked = notices.texts(version, language)["child"]
    assert list(asked) == [purpose.value for purpose in Purpose]
    for one in asked.values():
        assert (ROOT / "static" / one["picture"]).exists()
        assert all(one[band]["question"] and one[band]["meaning"] for band in BANDS)


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"[。？！；]", text) if one]


@pytest.mark.parametrize(("band", "most"), [("6-8", 15), ("9-11", 25)])
def test_sentences_for_young_children_are_short(band: str, most: int) -> None:
    """R106, on what a child is asked and what it reads about its data."""
    said = [
        one[band][key]
        for one in notices.texts(notices.CURRENT, "zh_Hans")["child"].values()
        for key in ("question", "meaning")
    ]
    said += [
        sentence for part in notices.privacy("zh_Hans")[band] for sentence in (part["heading"], *part["sentences"])
    ]
    assert [one for text in said for one in sentences(text) if len(one) > most] == []


@pytest.mark.parametrize(("band", "most"), [("6-8", 150), ("9-11", 400), ("12-15", 900)])
def test_each_age_has_its_own_short_privacy_page(band: str, most: int) -> None:
    """R107: at most 150, 400 and 900 characters; English needs about three letters for one character."""
    for language, factor in (("zh_Hans", 1), ("en", 3)):
        parts = notices.privacy(language)[band]
        length = sum(len(part["heading"]) + sum(map(len, part["sentences"])) for part in parts)
        assert length <= most * factor
        assert all((ROOT / "static" / part["picture"]).exists() for part in parts)


def test_both_languages_say_the_same_things() -> None:
    chinese, english = (notices.privacy(language) for language in LANGUAGES)
    for band in BANDS:
        assert [part["picture"] for part in chinese[band]] == [part["picture"] for part in english[band]]
        assert [len(part["sentences"]) for part in chinese[band]] == [len(part["sentences"]) for part in english[band]]

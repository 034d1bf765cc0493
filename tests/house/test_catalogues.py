"""Chinese is complete, nothing in it is fuzzy or obsolete; English is the source and complete by construction."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale, gettext

from tests.house.source import PACKAGE
from tools import catalogues


def test_no_sentence_is_without_its_chinese() -> None:
    assert not catalogues.missing_messages()


def test_no_chinese_sentence_is_left_over() -> None:
    assert not catalogues.obsolete_messages()


CATALOGUES = sorted((PACKAGE / "translations" / "zh_Hans").glob("*.po"))


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.name)
def test_nothing_in_a_catalogue_is_fuzzy(file: Path) -> None:
    assert "#, fuzzy" not in file.read_text(encoding="utf-8")


def test_the_site_speaks_chinese_first_and_english_when_asked(app: Flask) -> None:
    client = app.test_client()
    assert 'lang="zh-Hans"' in client.get("/").get_data(as_text=True)
    client.get("/language/en?next=/")
    assert 'lang="en"' in client.get("/").get_data(as_text=True)
    client.get("/language/xx?next=/")
    assert 'lang="en"' in client.get("/").get_data(as_text=True), "an unknown language changes nothing"
    with app.app_context(), force_locale("zh_Hans"):
        assert gettext("We cannot find this page") != "We cannot find this page"

"""The comparison of what the site says with what its catalogues can say."""

from pathlib import Path

import pytest

from tools import catalogues


@pytest.fixture
def small_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of one feature with one module, one template and one catalogue."""
    code = tmp_path / "cfc_groups" / "board"
    templates = tmp_path / "templates" / "board"
    translations = tmp_path / "cfc_groups" / "translations" / "zh_Hans"
    for folder in (code, templates, translations):
        folder.mkdir(parents=True)
    (code / "words.py").write_text(
        '_("Known"); lazy_gettext("Lazy")\n'
        'ngettext("%(num)s child", "%(num)s children", n); pgettext("verb", "Post")\n',
        "utf-8",
    )
    (templates / "list.html").write_text("<h1>{{ _('Board') }}</h1>\n{% trans %}Two{% endtrans %}\n", "utf-8")
    (translations / "board.po").write_text(
        'msgid "Known"\nmsgstr "zhidao"\n\nmsgid "Nobody says this"\nmsgstr "meiren"\n', "utf-8"
    )
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "PYTHON_SOURCES", (tmp_path / "cfc_groups",))
    monkeypatch.setattr(catalogues, "TEMPLATE_SOURCES", (tmp_path / "templates",))
    monkeypatch.setattr(catalogues, "list_catalogues", lambda: [translations / "board.po"])
    return tmp_path


@pytest.mark.usefixtures("small_site")
def test_every_way_of_saying_a_sentence_is_found_missing_with_its_place() -> None:
    missing = {(one.context, one.sources): one.places for one in catalogues.missing_messages()}
    assert missing == {
        (None, ("Lazy",)): ("cfc_groups/board/words.py:1",),
        (None, ("%(num)s child", "%(num)s children")): ("cfc_groups/board/words.py:2",),
        ("verb", ("Post",)): ("cfc_groups/board/words.py:2",),
        (None, ("Board",)): ("templates/board/list.html:1",),
        (None, ("Two",)): ("templates/board/list.html:2",),
    }
    assert {one.feature for one in catalogues.missing_messages()} == {"board"}


@pytest.mark.usefixtures("small_site")
def test_an_entry_that_no_page_says_any_more_is_obsolete() -> None:
    assert [entry.sources for entry in catalogues.obsolete_messages()] == [("Nobody says this",)]


def test_a_template_that_cannot_be_read_is_an_error_not_an_empty_one(small_site: Path) -> None:
    (small_site / "templates" / "board" / "broken.html").write_text("{% if %}", "utf-8")
    with pytest.raises(Exception, match="Expected an expression"):
        catalogues.missing_messages()

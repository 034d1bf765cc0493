"""The step between the hand-kept catalogues and what people read: what it refuses, what it lets through."""

import gettext
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from tools.compile_catalogues import compile_entries, find_troubles, read_catalogue


def catalogue(folder: Path, text: str, name: str = "board") -> Path:
    path = folder / f"{name}.po"
    path.write_text(text, "utf-8")
    return path


def test_compiled_catalogue_answers_plain_plural_and_context_messages(tmp_path: Path) -> None:
    path = catalogue(
        tmp_path,
        'msgid "Hello %(name)s"\nmsgstr "%(name)s,"\n" ni hao"\n\n'
        'msgid "one child"\nmsgid_plural "%(num)s children"\nmsgstr[0] "%(num)s ge haizi"\n\n'
        'msgctxt "verb"\nmsgid "Post"\nmsgstr "fa"\n\n#~ msgid "Gone"\n#~ msgstr "meiyou"\n',
    )
    entries = read_catalogue(path)
    assert find_troubles(entries) == []
    compiled = tmp_path / "LC_MESSAGES" / "messages.mo"
    compile_entries(entries, compiled)
    with compiled.open("rb") as file:
        chinese = gettext.GNUTranslations(file)
    assert chinese.gettext("Hello %(name)s") == "%(name)s, ni hao"
    assert [chinese.ngettext("one child", "%(num)s children", number) for number in (1, 2)] == [
        "%(num)s ge haizi",
        "%(num)s ge haizi",
    ]
    assert chinese.pgettext("verb", "Post") == "fa"
    assert chinese.gettext("Gone") == "Gone"
    assert list(compiled.parent.iterdir()) == [compiled], "nothing half-written stays behind"


@pytest.mark.parametrize(
    ("entry", "trouble"),
    [
        ('#, fuzzy\nmsgid "Board"\nmsgstr "ban"\n', "is marked fuzzy"),
        ('msgid "Board"\nmsgstr ""\n', "has no translation"),
        ('msgid "Board"\nmsgstr "  "\n', "has no translation"),
        ('msgid "one"\nmsgid_plural "%(num)s"\nmsgstr[0] ""\n', "has no translation"),
        ('msgid "For %(name)s"\nmsgstr "%(nome)s"\n', "has other placeholders than the source (name)"),
        ('msgid "For %(name)s"\nmsgstr "\uff05(name)s"\n', "has other placeholders than the source (name)"),
        ('msgid "Board"\nmsgstr "100 %s"\n', "has other placeholders than the source (none)"),
    ],
)
def test_an_entry_that_would_show_something_wrong_is_told_with_its_place(
    tmp_path: Path, entry: str, trouble: str
) -> None:
    (told,) = find_troubles(read_catalogue(catalogue(tmp_path, entry)))
    assert trouble in told
    assert "board.po:" in told


def test_a_percent_sign_that_is_no_placeholder_is_let_through(tmp_path: Path) -> None:
    entry = 'msgid "100 % of %(place)s"\nmsgstr "%(place)s 100 %, 100%%"\n'
    assert find_troubles(read_catalogue(catalogue(tmp_path, entry))) == []


def test_two_features_may_not_translate_one_sentence_differently(tmp_path: Path) -> None:
    board = read_catalogue(catalogue(tmp_path, 'msgid "Back"\nmsgstr "fanhui"\n', "board"))
    groups = read_catalogue(catalogue(tmp_path, 'msgid "Back"\nmsgstr "huiqu"\n', "groups"))
    assert find_troubles(board + board) == []
    (told,) = find_troubles(board + groups)
    assert "groups.po:1" in told
    assert "board.po:1" in told


def test_one_file_may_not_translate_a_sentence_twice_differently(tmp_path: Path) -> None:
    path = catalogue(tmp_path, 'msgid "Back"\nmsgstr "fanhui"\n\nmsgid "Back"\nmsgstr "huiqu"\n')
    assert len(find_troubles(read_catalogue(path))) == 1


@pytest.mark.parametrize(
    "broken", ['msgid "Back\nmsgstr "fanhui"\n', "msgid Back\n", 'msgstr "a" "b"\n', "nonsense\n"]
)
def test_a_line_that_is_not_of_a_catalogue_is_refused(tmp_path: Path, broken: str) -> None:
    with pytest.raises(PoFileError):
        read_catalogue(catalogue(tmp_path, broken))

"""Compare what the site says with what the catalogues can say: missing and obsolete messages.

Used by `make catalogues` and by the house test, which fails on either.

    python -m tools.catalogues
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file

from tools.compile_catalogues import ROOT, Entry, list_catalogues, read_catalogue

Extractor = Callable[..., Any]

PYTHON_SOURCES = (ROOT / "cfc_groups",)
TEMPLATE_SOURCES = (ROOT / "templates",)
TEMPLATE_ENDINGS = (".html", ".txt", ".xml", ".svg", ".md")

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
# As create_app sets up Jinja; otherwise sentences of {% trans %} would come out with other line breaks.
# A template that cannot be read is an error, not an empty one.
TEMPLATE_OPTIONS = {
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "newstyle_gettext": "true",
    "silent": "false",
}


@dataclass(frozen=True)
class Sentence:
    """One sentence of the source: what gettext looks it up by, and where it stands (`path:line`)."""

    context: str | None
    sources: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def feature(self) -> str:
        """The feature whose catalogue should hold it: the folder that it is first found in."""
        parts = Path(self.places[0].rsplit(":", 1)[0]).parts
        return parts[1] if len(parts) > 2 else "platform"


def list_sentences() -> list[Sentence]:
    """Every sentence marked for translation in code and templates, each once, sorted by its first place."""
    places: dict[tuple[str | None, tuple[str, ...]], list[str]] = defaultdict(list)
    for path, method in _source_files():
        relative = path.relative_to(ROOT).as_posix()
        options = TEMPLATE_OPTIONS if method == "jinja2" else {}
        extractor: Extractor | str = _jinja_extractor() if method == "jinja2" else method
        found = extract_from_file(extractor, path, keywords=KEYWORDS, options=options)
        for line, message, _comments, context in found:
            sources = message if isinstance(message, tuple) else (message,)
            places[context, sources].append(f"{relative}:{line}")
    sentences = [Sentence(context, sources, tuple(where)) for (context, sources), where in places.items()]
    return sorted(sentences, key=lambda sentence: sentence.places)


def list_entries() -> list[Entry]:
    """Every entry of every catalogue of the language."""
    return [entry for path in list_catalogues() for entry in read_catalogue(path)]


def missing_messages() -> list[Sentence]:
    """Sentences of the source that no catalogue translates, or not with the same plural."""
    translated = {(entry.context, entry.sources) for entry in list_entries()}
    return [
        sentence for sentence in list_sentences() if (sentence.context, sentence.sources) not in translated
    ]


def obsolete_messages() -> list[Entry]:
    """Entries of the catalogues that stand for no sentence of the source any more."""
    used = {(sentence.context, sentence.sources) for sentence in list_sentences()}
    return [entry for entry in list_entries() if (entry.context, entry.sources) not in used]


def main() -> int:
    """Print both lists, the missing ones as entries to be filled in. Exit status 0 when both are empty."""
    missing, obsolete = missing_messages(), obsolete_messages()
    for feature in sorted({sentence.feature for sentence in missing}):
        print(f"\n# Missing in {feature}.po\n")
        for sentence in missing:
            if sentence.feature == feature:
                print(_as_entry(sentence))
    if obsolete:
        print("\n# Obsolete\n")
    for entry in obsolete:
        print(f"{entry.place}: {entry.sources[0]!r}")
    print(f"\n{len(missing)} missing, {len(obsolete)} obsolete.")
    return 1 if missing or obsolete else 0


def _source_files() -> Iterator[tuple[Path, str]]:
    for folder in PYTHON_SOURCES:
        yield from ((path, "python") for path in sorted(folder.rglob("*.py")))
    for folder in TEMPLATE_SOURCES:
        paths = sorted(path for path in folder.rglob("*") if path.suffix in TEMPLATE_ENDINGS)
        yield from ((path, "jinja2") for path in paths)


def _jinja_extractor() -> Extractor:
    from jinja2.ext import babel_extract

    return babel_extract


def _as_entry(sentence: Sentence) -> str:
    lines = [f"#: {place}" for place in sentence.places]
    if sentence.context is not None:
        lines.append(f"msgctxt {_quoted(sentence.context)}")
    lines.append(f"msgid {_quoted(sentence.sources[0])}")
    if len(sentence.sources) > 1:
        lines.append(f"msgid_plural {_quoted(sentence.sources[1])}")
        lines.append('msgstr[0] ""')
    else:
        lines.append('msgstr ""')
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


if __name__ == "__main__":
    sys.exit(main())

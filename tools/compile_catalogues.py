"""Merge the hand-kept catalogues of one language and compile them into the one file that the site reads.

Every feature keeps its own `cfc_groups/translations/zh_Hans/<feature>.po`; `make compile` turns all of them
into `zh_Hans/LC_MESSAGES/messages.mo`. An entry that would show a person a wrong or half sentence stops that.
Needs only what the site itself needs (Babel).

    python -m tools.compile_catalogues
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, PoFileParser

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = Locale.parse("zh_Hans")
CATALOGUES = ROOT / "cfc_groups" / "translations" / "zh_Hans"
COMPILED = CATALOGUES / "LC_MESSAGES" / "messages.mo"

# What a line looks like. Babel's reader takes one without its closing quote, and cuts off a character.
LINE = re.compile(r'\s*|#.*|((msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d+\])\s+)?"([^"\\]|\\.)*"\s*')
PLACEHOLDER = re.compile(r"%\((\w+)\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]|%([a-zA-Z])")


@dataclass(frozen=True)
class Entry:
    """One message of one catalogue file. `texts` has one text, or one for each plural form."""

    path: Path
    line: int
    context: str | None
    sources: tuple[str, ...]
    texts: tuple[str, ...]
    fuzzy: bool

    @property
    def key(self) -> tuple[str | None, str]:
        """What gettext looks a message up by: its context and its (singular) source sentence."""
        return self.context, self.sources[0]

    @property
    def place(self) -> str:
        """Where the entry stands, as `file:line`."""
        path = self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else self.path
        return f"{path}:{self.line}"


class _EveryEntry(Catalog):
    """Keeps every entry as it was read; Babel's own catalogue drops the second of two with one msgid."""

    def __init__(self) -> None:
        super().__init__(locale=LANGUAGE)
        self.read: list[Message] = []

    def __setitem__(self, key: object, message: Message) -> None:
        self.read.append(message)


def read_catalogue(path: Path) -> list[Entry]:
    """Read all entries of one .po file, without its header. Raises PoFileError where the file is not one."""
    catalogue = _EveryEntry()
    lines = path.read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        if not LINE.fullmatch(line):
            raise PoFileError("not a line of a catalogue", catalogue, line, number)
    PoFileParser(catalogue, ignore_obsolete=True, abort_invalid=True).parse(lines)
    return [_entry(path, message) for message in catalogue.read if message.id]


def list_catalogues(folder: Path = CATALOGUES) -> list[Path]:
    """All .po files of the language, in the order of their names."""
    return sorted(folder.glob("*.po"))


def find_troubles(entries: Iterable[Entry]) -> list[str]:
    """What stands in the way of compiling: fuzzy, empty or contradicting entries, wrong placeholders."""
    troubles: list[str] = []
    first: dict[tuple[str | None, str], Entry] = {}
    for entry in entries:
        troubles += [f"{entry.place}: {trouble}: {entry.sources[0]!r}" for trouble in _troubles_of(entry)]
        earlier = first.setdefault(entry.key, entry)
        if earlier.texts != entry.texts or earlier.sources != entry.sources:
            troubles.append(f"{entry.place}: says something else than {earlier.place}: {entry.sources[0]!r}")
    return troubles


def compile_entries(entries: Iterable[Entry], compiled: Path = COMPILED) -> None:
    """Write the compiled catalogue; a reader sees the old file or the new one, never half of it."""
    merged = Catalog(locale=LANGUAGE, domain="messages", fuzzy=False)
    for entry in sorted(entries, key=lambda entry: (entry.context or "", entry.sources)):
        plural = len(entry.sources) > 1
        merged.add(
            entry.sources if plural else entry.sources[0],
            entry.texts if plural else entry.texts[0],
            context=entry.context,
        )
    compiled.parent.mkdir(parents=True, exist_ok=True)
    unfinished = compiled.with_suffix(f".{os.getpid()}.tmp")
    with unfinished.open("wb") as file:
        write_mo(file, merged)
    unfinished.replace(compiled)


def main() -> int:
    """Compile, or say what is wrong and leave the old file alone. Exit status 0 or 1."""
    entries: list[Entry] = []
    troubles: list[str] = []
    for path in list_catalogues():
        try:
            entries += read_catalogue(path)
        except (PoFileError, UnicodeDecodeError) as error:
            where = f":{error.lineno + 1}" if isinstance(error, PoFileError) else ""
            troubles.append(f"{path.relative_to(ROOT)}{where}: cannot be read: {error}")
    troubles += find_troubles(entries)
    if troubles:
        print("\n".join(troubles), file=sys.stderr)
        print(f"{len(troubles)} troubles in the catalogues; nothing was compiled.", file=sys.stderr)
        return 1
    compile_entries(entries)
    print(f"Compiled {len({entry.key for entry in entries})} messages of {LANGUAGE}.")
    return 0


def _entry(path: Path, message: Message) -> Entry:
    return Entry(
        path=path,
        line=message.lineno or 0,
        context=message.context,
        sources=_texts(message.id),
        texts=_texts(message.string),
        fuzzy=message.fuzzy,
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(part) for part in value) if isinstance(value, list | tuple) else (str(value or ""),)


def _troubles_of(entry: Entry) -> Iterator[str]:
    if entry.fuzzy:
        yield "is marked fuzzy"
    forms = LANGUAGE_PLURALS if len(entry.sources) > 1 else 1
    if len(entry.texts) != forms or not all(text.strip() for text in entry.texts):
        yield "has no translation"
        return
    # A plural counts ("3 children") where its singular may not ("one child"): the last source has them all.
    expected = _placeholders(entry.sources[-1])
    if any(_placeholders(text) != expected for text in entry.texts):
        yield f"has other placeholders than the source ({', '.join(expected) or 'none'})"


def _placeholders(text: str) -> list[str]:
    return sorted({match[1] or match[0] for match in PLACEHOLDER.finditer(text.replace("%%", ""))})


LANGUAGE_PLURALS = Catalog(locale=LANGUAGE).num_plurals

if __name__ == "__main__":
    sys.exit(main())

"""The consent notice as it is read and signed: versioned text files, one folder a version, never edited once used.

A record of consent keeps the version and the hash of the text (R16), so what was agreed to can be shown years later.
A changed text is a new folder and a new CURRENT; every guardian and child is then asked again.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CURRENT = "2026-1"
LANGUAGES = ("zh_Hans", "en")

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Notice:
    """One version of the notice."""

    version: str
    hash: str

    @property
    def short_hash(self) -> str:
        """The first letters of the hash, as they stand at the foot of the paper."""
        return self.hash[:12]


@cache
def find_notice(version: str) -> Notice:
    """The notice of a version with the SHA-256 of its texts in all languages. Raises FileNotFoundError."""
    digest = hashlib.sha256()
    for language in LANGUAGES:
        # Line ends as they are on every system, so that a checkout on Windows has the same hash.
        digest.update((_FOLDER / version / f"{language}.toml").read_bytes().replace(b"\r\n", b"\n"))
    return Notice(version, digest.hexdigest())


def current() -> Notice:
    """The notice that counts today."""
    return find_notice(CURRENT)


@cache
def texts(version: str, language: str) -> dict[str, Any]:
    """The text of a notice in a language, parsed; another language than ours gets the Chinese one."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    return tomllib.loads((_FOLDER / version / f"{known}.toml").read_text(encoding="utf-8"))


@cache
def privacy(language: str) -> dict[str, list[dict[str, Any]]]:
    """What a child reads about its data, by age band: parts of picture, heading and sentences (R107)."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    bands: dict[str, list[dict[str, Any]]] = tomllib.loads(
        (_FOLDER / f"privacy.{known}.toml").read_text(encoding="utf-8")
    )["band"]
    return bands

"""The kinds of what can be told, with their sentences. Higher rooms add theirs when they register."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext
from flask_babel.speaklater import LazyString

from cfc_groups.reminders.models import Notice


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice: its sentence with %(names)s for the facts, and an icon of the sprite.

    at_once: it answers the recipient's own deed, so a child hears of it at night too (R52 is about adults' deeds).
    """

    sentence: LazyString
    icon: str = "bell"
    at_once: bool = False


KINDS: dict[str, Kind] = {}


def add_kind(name: str, sentence: LazyString, *, icon: str = "bell", at_once: bool = False) -> None:
    """Give a kind its sentence; the same name again replaces it (as when a second site is built in one process)."""
    KINDS[name] = Kind(sentence, icon, at_once)


def is_at_once(name: str) -> bool:
    """Whether a kind does not wait for the morning; an unknown kind waits."""
    kind = KINDS.get(name)
    return kind is not None and kind.at_once


def sentence_of(notice: Notice) -> str:
    """What the recipient reads; a kind or fact that is not known any more gives a general sentence."""
    kind = KINDS.get(notice.kind)
    if kind is None:
        return gettext("There is something new for you.")
    try:
        return str(kind.sentence) % notice.facts if notice.facts else str(kind.sentence)
    except (KeyError, TypeError, ValueError):
        return gettext("There is something new for you.")


def icon_of(notice: Notice) -> str:
    """The icon beside the sentence."""
    kind = KINDS.get(notice.kind)
    return kind.icon if kind is not None else "bell"

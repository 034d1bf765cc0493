"""Parts of a person's page that belong to higher rooms (the groups that somebody serves, say)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from cfc_groups.access import Actor
from cfc_groups.accounts.models import Account
from cfc_groups.db import Reader


@dataclass(frozen=True, slots=True)
class PersonSection:
    """A part of the page `/people/<pid>`: a template below templates/ that finds `section.values`."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)


SectionMaker = Callable[[Reader, Actor, Account], PersonSection | None]

_makers: list[SectionMaker] = []


def add_person_section(maker: SectionMaker) -> None:
    """Show `maker(db, actor, account)` on every adult's page; None shows nothing. At most two statements each."""
    if maker not in _makers:
        _makers.append(maker)


def person_sections(db: Reader, actor: Actor, account: Account) -> list[PersonSection]:
    """The sections of a person's page, in the order of registration."""
    made = (maker(db, actor, account) for maker in _makers)
    return [section for section in made if section is not None]

"""What higher rooms hang on the pages of groups and members: they register once (in their register())."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel.speaklater import LazyString

from cfc_groups.access import Actor, Permission, may
from cfc_groups.accounts.models import Account
from cfc_groups.db import Reader


@dataclass(frozen=True, slots=True)
class MemberCell:
    """What a column says of one child. `kind`: "", good, wait or bad; `icon` carries it for who sees no colour."""

    label: str
    kind: str = ""
    icon: str = ""
    url: str = ""


ColumnLoader = Callable[[Reader, Sequence[int], date], Mapping[int, MemberCell]]


@dataclass(frozen=True, slots=True)
class MemberColumn:
    """A column of the staff's list of members; who may not see it does not get it."""

    label: LazyString
    load: ColumnLoader
    permission: Permission
    order: int = 50


@dataclass(frozen=True, slots=True)
class MemberSection:
    """A part of a child's page: a template below templates/ that finds `section.values` and `child`."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)


SectionMaker = Callable[[Reader, Actor, Account, date], MemberSection | None]


@dataclass(frozen=True, slots=True)
class GroupLink:
    """Something that can be done for a group: a button on its page, and after a roster came in if `after_roster`.

    `address(group_pid)` tells where to; `words` are the button's.
    """

    words: LazyString
    icon: str
    permission: Permission
    address: Callable[[str], str]
    order: int = 50
    after_roster: bool = False


_columns: list[MemberColumn] = []
_makers: list[SectionMaker] = []
_links: list[GroupLink] = []


def add_member_column(column: MemberColumn) -> None:
    """Show a column in the list of members. `load(db, account_ids, today)`: one statement, however many ids."""
    if column not in _columns:
        _columns.append(column)
        _columns.sort(key=lambda one: one.order)


def add_member_section(maker: SectionMaker) -> None:
    """Show `maker(db, actor, child, today)` on every child's page; None shows nothing. One statement, two at most."""
    if maker not in _makers:
        _makers.append(maker)


def add_group_link(link: GroupLink) -> None:
    """Show a button on the pages of groups."""
    if link not in _links:
        _links.append(link)
        _links.sort(key=lambda one: one.order)


def member_columns(actor: Actor, today: date) -> list[MemberColumn]:
    """The columns that an actor may see, in their order."""
    return [column for column in _columns if may(actor, column.permission, today)]


def member_sections(db: Reader, actor: Actor, child: Account, today: date) -> list[MemberSection]:
    """The sections of a child's page, in the order of registration."""
    made = (maker(db, actor, child, today) for maker in _makers)
    return [section for section in made if section is not None]


def group_links(actor: Actor, today: date, *, after_roster: bool = False) -> list[GroupLink]:
    """The buttons that an actor may press, in their order."""
    return [one for one in _links if may(actor, one.permission, today) and (one.after_roster or not after_roster)]

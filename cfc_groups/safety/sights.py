"""Who can see a child's words, told from the permission table itself, so that the page cannot say anything else (R22).

Each permission that lets somebody read what a child wrote, or something about the child, has its sentence here; a
test fails when a new permission stands in neither list.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from cfc_groups.access import PERMISSIONS, Permission, Role, Scope

# What can be seen, in the order of the page. The key is the permission's name.
WHAT: dict[str, LazyString] = {
    "write_post": lazy_gettext("notes that are not finished"),
    "read_own_posts": lazy_gettext("notes on their way, with every version and decision"),
    "read_board": lazy_gettext("notes that are public, with nickname and drawn picture"),
    "read_group_posts": lazy_gettext("notes for the group"),
    "see_queue": lazy_gettext("notes that wait for a teacher"),
    "see_consents": lazy_gettext("what family and child said yes or no to"),
    "handle_signals": lazy_gettext("words that sound like danger, so that they can help"),
}

# Permissions that show nothing that a child wrote or answered, or nothing beyond a row above.
NOTHING_MORE: frozenset[str] = frozenset(
    {
        "open_page", "own_account", "own_sign_in", "say_not_me", "manage_people", "change_people", "read_groups",
        "manage_groups", "manage_teams", "assign_staff", "manage_members", "import_roster", "read_inbox",
        "record_consents", "give_own_yes", "change_hotlines", "change_protection_contact", "withdraw_post",
        "read_school_calendar", "change_school_calendar", "read_places", "keep_places", "see_own_page", "read_group",
        "read_members", "decide_item", "read_badges", "issue_badges", "say_hello",
    }
)  # fmt: skip

WHO: dict[Role, LazyString] = {
    Role.CHILD: lazy_gettext("Other children"),
    Role.GUARDIAN: lazy_gettext("Your family"),
    Role.MENTOR: lazy_gettext("Mentors"),
    Role.TEACHER: lazy_gettext("Teachers"),
    Role.COORDINATOR: lazy_gettext("Coordinators"),
    Role.DEPARTMENT: lazy_gettext("Departments"),
}

WHOSE: dict[Scope, LazyString] = {
    Scope.OWN: lazy_gettext("only their own"),
    Scope.OWN_CHILD: lazy_gettext("only of their own child"),
    Scope.TEAM: lazy_gettext("of their team"),
    Scope.GROUP: lazy_gettext("of their group"),
    Scope.ALLIANCE: lazy_gettext("of all groups"),
    Scope.ASSIGNED: lazy_gettext("only what is given to them"),
    Scope.PUBLISHED: lazy_gettext("only what is public"),
}


@dataclass(frozen=True, slots=True)
class Sight:
    """One thing that somebody can see, and whose."""

    what: LazyString
    whose: LazyString | None
    officer: bool
    vetted: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody on the page, with all that they can see; nothing is an answer too."""

    role: Role | None
    name: LazyString
    sights: list[Sight]


def readers() -> list[Reader]:
    """Everybody on the page, from the table as it is now."""
    rows = [(PERMISSIONS[name], what) for name, what in WHAT.items() if name in PERMISSIONS]
    own = [(row, what) for row, what in rows if row.scope(Role.CHILD) is Scope.OWN]
    others = [(row, what) for row, what in rows if row.scope(Role.CHILD) is not Scope.OWN]
    public = [Sight(what, None, False, False) for row, what in rows if row.public]
    return [
        Reader(None, lazy_gettext("You yourself"), [Sight(what, None, False, False) for _, what in own]),
        *(Reader(role, name, _sights(others, role)) for role, name in WHO.items()),
        Reader(None, lazy_gettext("Everybody, also without signing in"), public),
    ]


def _sights(rows: list[tuple[Permission, LazyString]], role: Role) -> list[Sight]:
    around_children = role in (Role.MENTOR, Role.TEACHER, Role.COORDINATOR)
    return [
        Sight(what, WHOSE[row.scope(role)], row.officer, row.vetted and around_children)
        for row, what in rows
        if row.scope(role) is not Scope.NONE and not row.public
    ]

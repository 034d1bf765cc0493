"""Every address as every role: what the permission table says is what happens, and what is foreign is not found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.routing import Rule

from cfc_groups.access import Permission, Role, Scope
from tests.support.crawl import fingerprints
from tests.support.demo import Demo
from tests.support.pages import PageClient
from tests.support.world import World

ARGUMENTS = {"pid": "AAAAAAAAAAAA", "text": "2026-11-23", "code": "en", "token": "A" * 22, "purpose": "account"}
VETTED_ROLES = (Role.MENTOR, Role.TEACHER, Role.COORDINATOR)


@dataclass(frozen=True)
class Visitor:
    """Somebody at the door: a role (None: nobody signed in), a current record check or not, an officer or not."""

    name: str
    role: Role | None
    vetted: bool = True
    officer: bool = False


VISITORS = [
    Visitor("visitor", None), *(Visitor(str(role), role) for role in Role),
    *(Visitor(f"{role} without record check", role, vetted=False) for role in VETTED_ROLES),
    *(Visitor(f"{role}, officer", role, officer=True) for role in VETTED_ROLES),
]  # fmt: skip


def rules_of(app: Flask) -> Iterator[tuple[Rule, Permission]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            yield rule, app.view_functions[rule.endpoint].access_mark  # type: ignore[attr-defined]


def address_of(rule: Rule, **arguments: str) -> str:
    """The rule's address with something harmless in each place."""
    known = {**ARGUMENTS, **arguments}
    parts = rule.rule.split("<")
    return parts[0] + "".join(known[part.split(">")[0]] + part.split(">")[1] for part in parts[1:])


def may_come_in(somebody: Visitor, mark: Permission) -> bool:
    """The permission table read anew (R91), not by the code that enforces it."""
    if mark.public:
        return True
    if somebody.role is None or mark.reach.get(somebody.role, Scope.NONE) is Scope.NONE:
        return False
    if mark.officer and not somebody.officer:
        return False
    return somebody.vetted or not mark.vetted or somebody.role not in VETTED_ROLES


def person_of(world: World, somebody: Visitor, group_id: int) -> PageClient:
    client = PageClient(world.app)
    if somebody.role is None:
        return client
    if somebody.role is Role.CHILD:
        return world.sign_in(client, world.child(group_id))
    vetted_days_ago = 30 if somebody.vetted else 366
    adult = world.adult(somebody.role, group_id, vetted_days_ago=vetted_days_ago, officer=somebody.officer)
    return world.sign_in(client, adult)


@pytest.mark.parametrize("somebody", VISITORS, ids=lambda one: one.name)
def test_the_table_is_what_happens_at_every_address(world: World, app: Flask, somebody: Visitor) -> None:
    """R91, R43, R94. Who may not come in is sent to the door or refused; a form without the token changes nothing."""
    client = person_of(world, somebody, world.group())
    before, wrong = fingerprints(world.database), []
    for rule, mark in rules_of(app):
        inside = may_come_in(somebody, mark)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            address = address_of(rule)
            answer = client.flask.open(address, method=method)
            expected = expected_answers(somebody, mark, method, inside)
            if answer.status_code not in expected:
                wrong.append(f"{method} {address}: {answer.status_code} instead of {sorted(expected)}")
            if not inside and answer.status_code == 303 and not answer.location.startswith("/sign-in"):
                wrong.append(f"{method} {address}: sent to {answer.location}")
    assert not wrong, "\n".join(wrong)
    changed = {name for name, print_ in fingerprints(world.database).items() if before[name] != print_}
    assert not changed, f"{changed} changed without a token"


def expected_answers(somebody: Visitor, mark: Permission, method: str, inside: bool) -> set[int]:
    """Which answers fit: past the door a page, a way on, or nothing at that address; a POST stops at its token."""
    if inside:
        return {400} if method == "POST" else {200, 303, 404}
    if somebody.role is None and method == "GET":
        return {303}
    return {403}


# What stands at the address of each room's things, as a child or a teacher of Cuiyuan finds them belonging to others.
FOREIGN = {
    "/badges/<pid>": "SELECT pid FROM accounts WHERE display_name = '会飞的小狐狸'",
    "/board/<pid>": "SELECT posts.pid FROM posts JOIN accounts ON account_id = author_id"
    " WHERE posts.state = 'waiting' AND display_name = '亮晶晶的刺猬'",
    "/board/drafts/<pid>": "SELECT post_drafts.pid FROM post_drafts JOIN accounts ON account_id = author_id"
    " WHERE display_name = '画画的鹦鹉'",
    "/consents/<pid>": "SELECT pid FROM accounts WHERE display_name = '会飞的小狐狸'",
    "/consents/form/<pid>": "SELECT pid FROM accounts WHERE display_name = '会飞的小狐狸'",
    "/groups/<pid>": "SELECT pid FROM groups WHERE kind = 'city'",
    "/inbox/<pid>": "SELECT notifications.pid FROM notifications JOIN accounts ON account_id = recipient_id"
    " WHERE display_name = '追公交的小马' LIMIT 1",
    "/members/<pid>": "SELECT pid FROM accounts WHERE display_name = '会飞的小狐狸'",
    "/members/import/<pid>": "SELECT pid FROM roster_uploads",
    "/moderation/<pid>": "SELECT moderation_items.pid FROM moderation_items JOIN groups USING (group_id)"
    " WHERE groups.kind = 'city' AND state = 'waiting' LIMIT 1",
    "/people/<pid>": "SELECT pid FROM accounts WHERE user_name = 'wei.coordinator'",
    "/places/<pid>": "SELECT pid FROM places LIMIT 1",
    "/protection/<pid>": "SELECT pid FROM danger_signals WHERE closed_at IS NULL LIMIT 1",
    "/school-calendar/terms/<pid>": "SELECT pid FROM school_terms LIMIT 1",
    "/services/<pid>": "SELECT memberships.pid FROM memberships JOIN groups USING (group_id)"
    " WHERE groups.kind = 'city' AND memberships.kind = 'staff' LIMIT 1",
    "/teams/<pid>": "SELECT teams.pid FROM teams JOIN groups USING (group_id) WHERE groups.kind = 'city' LIMIT 1",
}  # fmt: skip


def foreign_pid(demo: Demo, rule: Rule) -> str:
    """Something real that belongs to others; a new room names its own above."""
    stem = rule.rule.split("<pid>")[0] + "<pid>"
    assert stem in FOREIGN, f"name something foreign for {stem}"
    return str(demo.database.value(FOREIGN[stem]) or ARGUMENTS["pid"])


@pytest.mark.parametrize("user_name", [None, "meng.teacher", "jian.mentor", "health.department"])
def test_what_belongs_to_others_is_not_found_and_stays_as_it_is(demo: Demo, user_name: str | None) -> None:
    """R92: a real but foreign address answers as if nothing were there, to a child and to each kind of adult."""
    client = demo.client()
    login = demo.login_of_child("圆脸仓鼠") if user_name is None else next(
        row for row in demo.logins if row["user_name"] == user_name
    )  # fmt: skip
    demo.come_in(client, login)
    token = client.token()
    before, wrong = fingerprints(demo.database), []
    for rule, mark in rules_of(demo.app):
        if "<pid>" not in rule.rule:
            continue
        address = address_of(rule, pid=foreign_pid(demo, rule))
        inside = mark.public or mark.reach.get(Role(login["role"]), Scope.NONE) is not Scope.NONE
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            form = {"csrf_token": token, "answer": "yes", "sure": "1"} if method == "POST" else None
            answer = client.flask.open(address, method=method, data=form)
            expected = {404} if inside and not mark.officer else {403}
            if rule.rule == "/groups/<pid>":  # names and teams are for everybody, children's faces are not
                expected = {200}
                assert "/img/avatars/fox.svg" not in answer.text and "/members/" not in answer.text
            if answer.status_code not in expected:
                wrong.append(f"{method} {address}: {answer.status_code} instead of {sorted(expected)}")
    assert not wrong, "\n".join(wrong)
    changed = {name for name, print_ in fingerprints(demo.database).items() if before[name] != print_}
    assert not changed, changed

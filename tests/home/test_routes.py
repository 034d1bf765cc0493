"""The front page for whoever comes by, and everybody's own page within its budget."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.pages import PageClient
from tests.support.world import World


def test_a_visitor_reads_what_this_is_and_finds_both_doors(client: PageClient) -> None:
    page = client.get("/")
    assert page.heading == "从一米的高度看城市"
    assert "/sign-in/badge" in page.links()
    assert "/sign-in" in page.links()
    assert "/board" in page.links()
    assert not page.find("input", name="csrf_token"), "nothing of a session stands on a page that is kept"


def test_who_is_signed_in_goes_on_to_the_own_page(client: PageClient, world: World) -> None:
    child = world.child(world.group())
    page = world.sign_in(client, child).get("/")
    assert page.address == "/me"
    assert child.name in page.heading


def test_a_visitor_is_asked_to_sign_in_before_the_own_page(client: PageClient) -> None:
    assert client.get("/me").address.startswith("/sign-in")


@pytest.mark.parametrize("role", ["child", "mentor", "teacher", "coordinator", "department"])
def test_everybodys_own_page_takes_at_most_eight_statements(
    client: PageClient, world: World, count_sql: Any, role: str
) -> None:
    """The budget of signed-in pages: eight statements, session and reach among them."""
    group = world.group()
    team = world.team(group)
    somebody = world.child(group, team) if role == "child" else world.adult(
        role, None if role in ("coordinator", "department") else group, officer=role == "teacher"
    )  # fmt: skip
    world.sign_in(client, somebody)
    client.get("/me")
    with count_sql() as statements:
        page = client.get("/me")
    assert page.status == 200
    assert len(statements) <= 8, statements


def test_search_engines_are_asked_to_stay_away(client: PageClient) -> None:
    """R1, R6: nothing is found by strangers' searching."""
    assert "Disallow: /" in client.get("/robots.txt").response.get_data(as_text=True)
    assert client.get("/").find("meta", name="robots")[0].attributes["content"] == "noindex"


def test_a_coordinator_without_recent_record_check_still_reaches_the_page_of_people(
    client: PageClient, world: World
) -> None:
    """R43: somebody must be able to enter the new date; children's pages stay closed meanwhile."""
    late = world.coordinator(vetted_days_ago=366)
    world.sign_in(client, late)
    assert client.get("/people").status == 200
    closed = client.get("/members")
    assert closed.status == 403
    assert "从业" in closed.text or "记录查询" in closed.text or "查询" in closed.text

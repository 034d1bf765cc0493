"""The page "who can see my words" says what the permission table says, and nothing can be forgotten (R22)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from cfc_groups.access import PERMISSIONS, Role, Scope
from cfc_groups.safety import sights
from tests.support.pages import Page, PageClient


def card(page: Page, name: str) -> str:
    """What stands under one reader's name."""
    (found,) = [one.text for one in page.find("section") if one.all("h2") and one.all("h2")[0].text == name]
    return found


def test_every_permission_is_told_or_said_to_show_nothing_more(client: PageClient) -> None:
    """A new permission fails here until somebody has thought about what it lets people see of a child's words."""
    assert set(PERMISSIONS) == set(sights.WHAT) | sights.NOTHING_MORE
    assert not set(sights.WHAT) & sights.NOTHING_MORE


def test_what_shows_nothing_more_of_a_child_really_opens_no_waiting_words(client: PageClient) -> None:
    """Whoever may decide must be able to see the queue: deciding shows nothing beyond that row."""
    decide, see = PERMISSIONS["decide_item"], PERMISSIONS["see_queue"]
    assert all(decide.scope(role) in (see.scope(role), Scope.NONE) for role in Role)


@pytest.fixture
def changed_permission() -> Iterator[None]:
    """Departments may read what is for a group only, for as long as a test lasts."""
    row = PERMISSIONS["read_group_posts"]
    PERMISSIONS["read_group_posts"] = dataclasses.replace(row, reach={**row.reach, Role.DEPARTMENT: Scope.ASSIGNED})
    yield
    PERMISSIONS["read_group_posts"] = row


def test_the_page_tells_what_each_may_see(client: PageClient) -> None:
    page = client.get("/privacy/who")
    assert "还没写完的留言" in card(page, "你自己")
    for other in ("别的小朋友", "你的家长", "导师", "老师", "协调员", "部门", "所有人，不登录也能看"):
        assert "还没写完的留言" not in card(page, other)
    assert "等老师看的留言 (自己观察团的)" in card(page, "老师")
    assert "听起来有危险的话，好来帮忙 (所有观察团的) 只有其中的保护专员。" in card(page, "老师")
    assert "等老师看的留言" not in card(page, "导师") + card(page, "部门") + card(page, "别的小朋友")
    assert "公开的留言" in card(page, "所有人，不登录也能看")


def test_departments_and_families_see_nothing_that_is_not_public(client: PageClient) -> None:
    page = client.get("/privacy/who")
    assert card(page, "部门") == "部门 只有大家都能看到的。"
    assert card(page, "你的家长") == "你的家长 只有大家都能看到的。"


def test_a_changed_permission_changes_the_page(client: PageClient, changed_permission: None) -> None:
    """R22."""
    assert "给团里看的留言 (只有交给他的)" in card(client.get("/privacy/who"), "部门")


def test_the_way_to_the_page_stands_on_every_page_of_a_child(client: PageClient) -> None:
    """R22: the footer leads to the privacy page, the privacy page to this one."""
    assert "/privacy" in client.get("/help").links()
    assert "/privacy/who" in client.get("/privacy").links()
    assert "/privacy/who" in client.get("/privacy?for=6-8").links()

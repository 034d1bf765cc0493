"""Closed by default: every view carries a mark, and what the table says is what happens (R91)."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from cfc_groups.access import PERMISSIONS, Permission
from tests.support.pages import PageClient

# Views that visitors may open. Adding one here is a decision about children's safety.
OPEN_VIEWS = {
    "accounts.invitation", "accounts.invitation_again", "accounts.invitation_code", "accounts.invitation_done",
    "accounts.sign_in", "accounts.sign_out", "badges.sign_in", "board.index",
    "board.read", "home.favicon", "home.front", "home.health", "home.robots", "i18n.choose_language", "safety.help",
    "safety.privacy", "safety.who",
}  # fmt: skip


def test_every_view_names_its_permission(app: Flask) -> None:
    without = [
        name for name, view in app.view_functions.items()
        if name != "static" and not isinstance(getattr(view, "access_mark", None), Permission)
    ]  # fmt: skip
    assert not without


def test_every_mark_stands_in_the_table(app: Flask) -> None:
    strange = [
        name for name, view in app.view_functions.items()
        if name != "static" and PERMISSIONS.get(view.access_mark.name) is not view.access_mark  # type: ignore[attr-defined]
    ]  # fmt: skip
    assert not strange


def test_visitors_may_open_exactly_these_views(app: Flask) -> None:
    open_views = {
        name for name, view in app.view_functions.items() if name != "static" and view.access_mark.public  # type: ignore[attr-defined]
    }
    assert open_views == OPEN_VIEWS


def test_a_view_without_a_mark_answers_403(app: Flask, new_client: Callable[[], PageClient]) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    page = new_client().get("/forgotten")
    assert page.status == 403
    assert "secret" not in page.html


def test_a_view_that_takes_posts_is_never_cached_for_visitors(app: Flask) -> None:
    """R94: GET never changes anything, so changing views take POST only or beside GET."""
    for rule in app.url_map.iter_rules():
        assert not (rule.methods or set()) & {"PUT", "PATCH", "DELETE"}, rule

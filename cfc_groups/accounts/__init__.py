"""People who can sign in: adults, children, guardians; sessions; second factor; invitations."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask


def register(app: Flask) -> None:
    """Load who is signed in from the session; hang the pages and the clearing up."""
    from flask_babel import lazy_gettext

    from cfc_groups import scheduler, web
    from cfc_groups.accounts import (
        cards,
        invitation_routes,
        login,
        own_routes,
        people_routes,
        permissions,
        rules,
        sweeps,
    )
    from cfc_groups.accounts.routes import blueprint

    for pages in (own_routes, invitation_routes, people_routes):
        assert pages.blueprint is blueprint  # noqa: S101 - they hang their views on it
    app.extensions["site"].load_actor = login.load_actor
    app.register_blueprint(blueprint)
    label = lazy_gettext("People")
    web.add_navigation(
        app,
        web.NavigationEntry(
            "accounts.people",
            label,
            "people",
            permissions.MANAGE_PEOPLE,
            70,
            for_children=False,
            for_visitors=False,
        ),  # fmt: skip
    )
    cards.register()
    app.context_processor(lambda: {"idle_seconds": rules.idle_seconds(web.actor())})
    scheduler.add_sweep("close_old_sessions", timedelta(minutes=5), sweeps.close_old_sessions)

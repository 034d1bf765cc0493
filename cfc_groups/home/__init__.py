"""The front page, everybody's own page, and the health check."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Hang the pages and their places in the navigation."""
    from flask_babel import lazy_gettext

    from cfc_groups import web
    from cfc_groups.home import permissions, routes

    app.register_blueprint(routes.blueprint)
    web.add_navigation(
        app,
        web.NavigationEntry(
            "home.me", lazy_gettext("My page"), "me", permissions.SEE_OWN_PAGE, 10, for_visitors=False
        ),
    )

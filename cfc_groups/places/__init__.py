"""Places of the city that people speak about."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Add the list of places and its words to the site."""
    from flask_babel import lazy_gettext

    from cfc_groups import web
    from cfc_groups.places import permissions, routes, words  # noqa: F401 - words register themselves

    app.register_blueprint(routes.blueprint)
    web.add_navigation(
        app,
        web.NavigationEntry(
            "places.index", lazy_gettext("Places"), "place", permissions.READ_PLACES, 80, for_children=False,
            for_visitors=False,
        ),
    )  # fmt: skip

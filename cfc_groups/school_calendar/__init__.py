"""School days, terms, public holidays with their moved workdays, and class hours."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Add the calendar's pages and words to the site."""
    from flask_babel import lazy_gettext

    from cfc_groups import web
    from cfc_groups.school_calendar import permissions, routes, words  # noqa: F401 - words register themselves

    app.register_blueprint(routes.blueprint)
    web.add_navigation(
        app,
        web.NavigationEntry(
            "school_calendar.month", lazy_gettext("School calendar"), "calendar",
            permissions.READ_CALENDAR, 85, for_children=False, for_visitors=False,
        ),
    )  # fmt: skip

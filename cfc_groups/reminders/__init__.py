"""What people are told inside the site: each thing exactly once, children never at night (R52)."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask


def register(app: Flask) -> None:
    """Add the inbox, its place in the navigation and the sweep that forgets old notices."""
    from flask_babel.speaklater import LazyString

    from cfc_groups import scheduler, web
    from cfc_groups.reminders import actions, navigation, permissions, routes

    app.register_blueprint(routes.blueprint)
    web.add_navigation(
        app,
        web.NavigationEntry(
            "reminders.inbox", LazyString(navigation.inbox_label), "bell", permissions.READ_INBOX, 70,
            for_visitors=False,
        ),
    )  # fmt: skip
    scheduler.add_sweep("forget_old_notices", timedelta(days=1), actions.forget_old_notices)

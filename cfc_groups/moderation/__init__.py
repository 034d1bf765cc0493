"""One queue for everything that children write: kinds, claims, decisions with reasons, kind words."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Hang the desk, its place in the navigation, its card, and the sweep that tells what has waited too long."""
    from datetime import timedelta

    from flask_babel import lazy_gettext

    from cfc_groups import my_page, scheduler, web
    from cfc_groups.moderation import actions, card, permissions, routes

    app.register_blueprint(routes.blueprint)
    web.add_navigation(
        app,
        web.NavigationEntry(
            "moderation.desk", lazy_gettext("Moderation"), "moderation", permissions.SEE_QUEUE, 20,
            for_children=False, for_visitors=False,
        ),
    )  # fmt: skip
    my_page.add_card(card.QUEUE_CARD)
    scheduler.add_sweep("tell_of_late_ones", timedelta(minutes=30), actions.tell_of_late_ones)

"""Consents, the child's own yes, privacy in plain words, signals of danger and who protects; detectors of both."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages, their places, the kinds of notices, the cards of people's own pages and the sweep."""
    from cfc_groups import scheduler
    from cfc_groups.safety import joints, protection, routes

    app.register_blueprint(routes.blueprint)
    zone = app.extensions["site"].settings.time_zone
    scheduler.add_sweep(
        "tell_officers_again", timedelta(minutes=5), lambda db, now: protection.tell_again(db, now, zone)
    )
    joints.join(app)

"""Children come in by badge and picture PIN; their teachers make, print and close badges."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask


def register(app: Flask) -> None:
    """Hang the pages, what stands on the pages of groups and members, the card and the clearing up."""
    from cfc_groups import scheduler
    from cfc_groups.badges import actions, sections, staff_routes  # noqa: F401 - hangs its views on the blueprint
    from cfc_groups.badges.routes import blueprint

    app.register_blueprint(blueprint)
    sections.register()
    scheduler.add_sweep("close_old_badges", timedelta(hours=1), actions.close_old_badges)

"""The alliance's groups and teams, the dated memberships of children and staff, and the import of rosters."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Tell accounts how far people reach."""
    from cfc_groups.accounts import login
    from cfc_groups.groups import routes, store, words  # noqa: F401 - words register themselves

    login.set_reach_loader(store.reach_of)
    app.register_blueprint(routes.blueprint)

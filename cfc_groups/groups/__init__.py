"""The alliance's groups and teams, the dated memberships of children and staff, and the import of rosters."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask


def register(app: Flask) -> None:
    """Tell accounts how far people reach; add the pages, their places in the navigation, and the sweep of rosters."""
    from flask_babel import lazy_gettext

    from cfc_groups import scheduler, web
    from cfc_groups.accounts import login
    from cfc_groups.accounts.sections import add_person_section
    from cfc_groups.groups import (
        member_routes,  # noqa: F401 - adds its views to the blueprint
        permissions,
        roster_actions,
        roster_routes,  # noqa: F401 - adds its views to the blueprint
        routes,
        staff_routes,
        store,
    )

    login.set_reach_loader(store.reach_of)
    app.register_blueprint(routes.blueprint)
    add_person_section(staff_routes.services_section)
    web.add_navigation(
        app,
        web.NavigationEntry(
            "groups.index", lazy_gettext("Groups"), "groups", permissions.READ_GROUPS, 40, for_visitors=False
        ),
    )
    web.add_navigation(
        app,
        web.NavigationEntry(
            "groups.members", lazy_gettext("Members"), "member", permissions.READ_MEMBERS, 45, for_children=False,
            for_visitors=False,
        ),
    )  # fmt: skip
    scheduler.add_sweep("groups.rosters", timedelta(hours=1), roster_actions.sweep_uploads)

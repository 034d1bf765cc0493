"""The one-metre message board: children write in small steps, teachers decide, the group and the city read."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Add the board to the site: pages, the kind for the moderators, what it listens to, what it tells."""
    from flask_babel import lazy_gettext, lazy_pgettext

    from cfc_groups import my_page, web
    from cfc_groups.board import cards, draft_routes, moderated, permissions, post_actions, routes  # noqa: F401 - adds views
    from cfc_groups.moderation.kinds import register_kind
    from cfc_groups.places.hooks import on_change as on_place_change
    from cfc_groups.reminders.words import add_kind
    from cfc_groups.safety import consents
    from cfc_groups.safety.hooks import on_outcome

    app.register_blueprint(routes.blueprint)
    web.add_navigation(
        app,
        web.NavigationEntry("board.index", lazy_pgettext("navigation", "Board"), "board", permissions.READ_BOARD, 20),
    )
    web.add_navigation(
        app,
        web.NavigationEntry(
            "board.my_ideas", lazy_pgettext("navigation", "My ideas"), "wish", permissions.READ_OWN_POSTS, 30,
            for_visitors=False, for_staff=False,
        ),
    )  # fmt: skip
    my_page.add_card(cards.CARD)
    register_kind(moderated.KIND)
    consents.on_change(post_actions.on_consent_change)
    on_outcome(post_actions.KIND, post_actions.on_outcome)
    on_place_change(post_actions.on_place_change)
    add_kind("post_published", lazy_gettext("Your idea “%(title)s” is on the board now."), icon="publish")
    add_kind("post_returned", lazy_gettext("Your idea “%(title)s” came back. Change it a little."), icon="edit")
    add_kind("post_refused", lazy_gettext("A teacher has read “%(title)s”. See what comes next."), icon="note")

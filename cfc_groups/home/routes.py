"""Front page, own page, health check, and the word to search engines."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, url_for

from cfc_groups import __version__, instance, my_page, web
from cfc_groups.access import access
from cfc_groups.board import queries as board
from cfc_groups.home import permissions
from cfc_groups.pagecache import kept_for_visitors

blueprint = Blueprint("home", __name__)

NOTES_ON_FRONT_PAGE = 6


@blueprint.get("/")
@web.open_page
@kept_for_visitors("board")
def front() -> str | Response:
    """What this is, for whoever comes by; who is signed in goes on to the own page."""
    if web.actor() is not None:
        return web.see_other(url_for("home.me"))
    return render_template("home/front.html", notes=board.latest_public(web.db(), NOTES_ON_FRONT_PAGE))


@blueprint.get("/me")
@access(permissions.SEE_OWN_PAGE)
def me() -> str:
    """What waits for this person today: a card from each room that has something to say."""
    actor = web.signed_in()
    cards = my_page.cards_for(web.db(), actor, web.now())
    return render_template("home/me_child.html" if actor.is_child else "home/me_staff.html", cards=cards)


@blueprint.get("/healthz")
@web.open_page
def health() -> tuple[Response, int]:
    """Version, schema and whether the database answers; for whoever watches the machine."""
    well = instance.database_answers(web.db())
    schema = instance.schema_version(web.db()) if well else "unknown"
    answer = jsonify(version=__version__, schema=schema, database="ok" if well else "unreachable")
    return answer, 200 if well else 503


@blueprint.get("/robots.txt")
@web.open_page
def robots() -> Response:
    """Search engines are asked to stay away (safety by default; R1, R6)."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")


@blueprint.get("/favicon.ico")
@web.open_page
def favicon() -> Response:
    """Old browsers ask here for the site's sign."""
    return web.see_other(url_for("static", filename="img/favicon.png"))

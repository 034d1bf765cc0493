"""The list of places, and its pages to add, change, end and reopen one."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cfc_groups import web
from cfc_groups.access import access, may
from cfc_groups.formkit import clean_line
from cfc_groups.places import actions, permissions, queries, store, words
from cfc_groups.places.forms import PlaceForm

blueprint = Blueprint("places", __name__, url_prefix="/places")

Answer = Response | str | tuple[str, int]


@blueprint.get("")
@access(permissions.READ_PLACES)
def index() -> Answer:
    """Places by name, to search and to filter by district; those that ended on a page of their own."""
    search, ended = clean_line(request.args.get("q")), "ended" in request.args
    district, after = request.args.get("district") or None, request.args.get("after")
    page = queries.place_page(web.db(), district=district, search=search, ended=ended, after=after)

    def address(after: str | None) -> str:
        chosen = {"q": search or None, "district": district, "ended": "" if ended else None}
        return url_for(".index", after=after, **chosen)  # type: ignore[arg-type]

    return render_template(
        "places/index.html", page=page, search=search, district=district, ended=ended, words=words,
        districts=queries.district_choices(web.db()), more_url=address(page.after) if page.after else None,
        start_url=address(None) if after else None, may_keep=may(web.actor(), permissions.KEEP_PLACES, web.today()),
    )  # fmt: skip


@blueprint.route("/new", methods=["GET", "POST"])
@access(permissions.KEEP_PLACES)
def new_place() -> Answer:
    """Add a place."""
    form = PlaceForm()
    if form.validate_on_submit():
        done = form.carry_out(lambda: actions.add_place(web.db(), web.signed_in(), web.now(), **form.values()))
        if done is not None:
            web.tell(_("Thank you, “%(name)s” is on the list.", name=done.name))
            return web.see_other(url_for(".index"))
    page = render_template("places/place.html", form=form, place=None, districts=queries.district_choices(web.db()))
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/<pid>", methods=["GET", "POST"])
@access(permissions.KEEP_PLACES)
def place(pid: str) -> Answer:
    """Change a place."""
    known = store.get_place(web.db(), pid)
    form = PlaceForm(obj=known)
    if form.validate_on_submit():
        done = form.carry_out(lambda: actions.change_place(web.db(), web.signed_in(), web.now(), pid, **form.values()))
        if done is not None:
            web.tell(_("Thank you, “%(name)s” is changed.", name=done.name))
            return web.see_other(url_for(".index"))
    page = render_template("places/place.html", form=form, place=known, districts=queries.district_choices(web.db()))
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/<pid>/end")
@access(permissions.KEEP_PLACES)
def end_place(pid: str) -> Answer:
    """No longer offer a place."""
    ended = actions.end_place(web.db(), web.signed_in(), web.now(), pid, today=web.today())
    web.tell(_("“%(name)s” is no longer offered. What was written about it stays.", name=ended.name))
    return web.see_other(url_for(".index"))


@blueprint.post("/<pid>/reopening")
@access(permissions.KEEP_PLACES)
def reopen_place(pid: str) -> Answer:
    """Offer an ended place again."""
    back = actions.reopen_place(web.db(), web.signed_in(), web.now(), pid)
    web.tell(_("“%(name)s” is offered again.", name=back.name))
    return web.see_other(url_for(".index"))

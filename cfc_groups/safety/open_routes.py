"""What everybody may read: privacy for each age, who can see my words, help; and the coordinator's pages beside it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cfc_groups import web
from cfc_groups.access import AgeBand, access
from cfc_groups.safety import actions, notices, permissions, queries, sights, signal_queries
from cfc_groups.safety.blueprint import blueprint
from cfc_groups.safety.forms import HotlinesForm, ProtectionContactForm
from cfc_groups.safety.models import Purpose

Page = Response | str | tuple[str, int]

ADULTS = "adults"
VERSIONS = (*(band.value for band in AgeBand), ADULTS)


@dataclass(frozen=True, slots=True)
class Tab:
    """One version of the privacy page."""

    label: str
    url: str
    current: bool
    icon: str | None = None


@blueprint.get("/privacy")
@web.open_page
def privacy() -> Page:
    """What we know about you: for the reader's age, the other versions one click away (R107)."""
    version = _version()
    names = {"6-8": _("6–8 years"), "9-11": _("9–11 years"), "12-15": _("12–15 years"), ADULTS: _("Adults")}
    tabs = [Tab(names[one], f"{url_for('.privacy')}?for={one}", one == version) for one in VERSIONS]
    shared = {"tabs": tabs, "contact": queries.protection_contact(web.db()), "version": version}
    if version == ADULTS:
        texts = notices.texts(notices.CURRENT, web.language())
        return render_template(
            "safety/privacy_adults.html", texts=texts, purposes=list(Purpose), notice=notices.current(), **shared
        )
    parts = notices.privacy(web.language())[version]
    return render_template("safety/privacy.html", parts=parts, **shared)


def _version() -> str:
    asked = request.args.get("for", "")
    if asked in VERSIONS:
        return asked
    actor = web.actor()
    return actor.age_band.value if actor and actor.age_band else ADULTS


@blueprint.get("/privacy/who")
@web.open_page
def who() -> Page:
    """Who can see my words, made from the permission table (R22)."""
    return render_template("safety/who.html", readers=sights.readers())


@blueprint.get("/help")
@web.open_page
def help() -> Page:  # noqa: A001 - the word that every page's footer uses
    """Whom to talk to and which numbers help at once. (The button that calls somebody comes with a later step.)"""
    return render_template(
        "safety/help.html", hotlines=queries.hotlines(web.db()), contact=queries.protection_contact(web.db())
    )


@blueprint.route("/hotlines", methods=["GET", "POST"])
@access(permissions.CHANGE_HOTLINES)
def hotlines() -> Page:
    """A coordinator keeps the list of hotlines and says when each was checked."""
    current = queries.hotlines(web.db())
    rows = [{"number": one.number, "label": one.label, "checked_on": one.checked_on} for one in current]
    form = HotlinesForm(data={"hotlines": [*rows, {}]})
    if form.validate_on_submit():
        done = form.carry_out(lambda: actions.set_hotlines(
            web.db(), web.signed_in(), web.now(), web.today(), form.rows()
        ))  # fmt: skip
        if done is not None:
            web.tell(_("Thank you, the list of hotlines is kept."))
            return web.see_other(url_for(".hotlines"))
    return render_template("safety/hotlines.html", form=form), 422 if form.is_submitted() else 200


@blueprint.route("/protection-officers", methods=["GET", "POST"])
@access(permissions.CHANGE_PROTECTION_CONTACT)
def protection_officers() -> Page:
    """A coordinator sees whether two officers can act and whether somebody waits, and keeps the contact (R35)."""
    form = ProtectionContactForm(obj=queries.protection_contact(web.db()))
    if form.validate_on_submit():
        done = form.carry_out(lambda: actions.set_protection_contact(
            web.db(), web.signed_in(), web.now(), form.contact()
        ))  # fmt: skip
        if done is not None:
            web.tell(_("Thank you, everybody can read now how to reach the protection officers."))
            return web.see_other(url_for(".protection_officers"))
    page = render_template(
        "safety/protection_officers.html", form=form, officers=queries.officer_names(web.db(), web.today()),
        waiting=signal_queries.unseen(web.db()), fewest=queries.FEWEST_OFFICERS,
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200

"""Signals of danger, for protection officers only (R62): the list, one signal with its words, seen, closed."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cfc_groups import web
from cfc_groups.access import access
from cfc_groups.safety import actions, permissions, queries, signal_queries, words
from cfc_groups.safety.blueprint import blueprint
from cfc_groups.safety.forms import CloseForm
from cfc_groups.safety.models import Outcome

Page = Response | str | tuple[str, int]


@blueprint.get("/protection")
@access(permissions.HANDLE_SIGNALS)
def protection() -> Page:
    """Who waits, the oldest first, and what was closed last; no words yet."""
    return render_template(
        "safety/protection.html", waiting=signal_queries.list_open(web.db()),
        closed=signal_queries.list_closed(web.db()), few_officers=queries.officers_missing(web.db(), web.today()),
    )  # fmt: skip


@blueprint.route("/protection/<pid>", methods=["GET", "POST"])
@access(permissions.HANDLE_SIGNALS)
def signal(pid: str) -> Page:
    """One signal with its words; an officer closes it here."""
    form = CloseForm()
    if form.validate_on_submit():
        done = form.carry_out(lambda: actions.close_signal(
            web.db(), web.sealer(), web.signed_in(), web.now(), pid, Outcome(form.outcome.data), form.note.data or ""
        ))  # fmt: skip
        if done is not None:
            web.tell(_("Thank you. This is closed; what was done is written down."))
            return web.see_other(url_for(".protection"))
    opened = signal_queries.open_signal(web.db(), web.sealer(), pid)
    page = render_template(
        "safety/signal.html", form=form, signal=opened.signal, opened=opened, words=words,
        hotlines=queries.hotlines(web.db()),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/protection/<pid>/seen")
@access(permissions.HANDLE_SIGNALS)
def seen(pid: str) -> Page:
    """An officer has seen it and takes care."""
    if actions.see_signal(web.db(), web.sealer(), web.signed_in(), web.now(), pid):
        web.tell(_("Thank you. Your colleagues see that you take care of it."))
    else:
        web.tell(_("Somebody is looking after this already."), "note")
    return web.see_other(url_for(".signal", pid=pid))

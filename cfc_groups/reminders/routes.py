"""The inbox. Reading it changes nothing; opening a notice is a form of one button (R94)."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cfc_groups import web
from cfc_groups.access import access
from cfc_groups.reminders import actions, permissions, queries, words

blueprint = Blueprint("reminders", __name__, url_prefix="/inbox")


@blueprint.get("")
@access(permissions.READ_INBOX)
def inbox() -> str:
    """What the person was told, newest first."""
    before = request.args.get("before")
    page = queries.inbox_page(web.db(), web.signed_in().account_id, web.now(), before=before)
    return render_template(
        "reminders/inbox.html", page=page, words=words, newer_url=url_for(".inbox") if before else None,
        older_url=url_for(".inbox", before=page.older) if page.older else None,
    )  # fmt: skip


@blueprint.post("/<pid>/opening")
@access(permissions.READ_INBOX)
def open_notice(pid: str) -> Response:
    """Note that a notice is read and go where it leads."""
    address = actions.open_notice(web.db(), web.signed_in(), web.now(), pid)
    return web.see_other(web.safe_address(address, url_for(".inbox")))


@blueprint.post("/reading")
@access(permissions.READ_INBOX)
def read_all() -> Response:
    """Note that everything that was shown is read."""
    actions.read_all(web.db(), web.signed_in(), web.now(), request.form.get("newest", ""))
    web.tell(_("Everything is marked as read."))
    return web.see_other(url_for(".inbox"))

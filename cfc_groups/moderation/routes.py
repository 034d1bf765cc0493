"""The moderation desk. Looking changes nothing; claiming and deciding are small forms (R94)."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cfc_groups import web
from cfc_groups.access import access
from cfc_groups.moderation import actions, pages, permissions, queries, rules, words
from cfc_groups.moderation.forms import DecisionForm, Forms, forms_for
from cfc_groups.moderation.models import Item, ItemState
from cfc_groups.moderation.pages import Desk
from cfc_groups.moderation.rules import outcome_named

blueprint = Blueprint("moderation", __name__, url_prefix="/moderation")

Answer = str | tuple[str, int] | Response


@blueprint.get("")
@access(permissions.SEE_QUEUE)
def desk() -> Answer:
    """The queue, and the oldest note that nobody else looks at."""
    after = request.args.get("after")
    found = pages.open_desk(web.db(), web.sealer(), web.signed_in(), web.now(), web.today(), after=after)
    return _desk_page(found, after)


@blueprint.get("/<pid>")
@access(permissions.DECIDE_ITEM)
def item(pid: str) -> Answer:
    """One note: to decide, or, once it is settled, who decided and when."""
    found = queries.get_item_for(web.db(), web.signed_in(), pid, web.today())
    return _item_page(found)


@blueprint.post("/<pid>/claim")
@access(permissions.DECIDE_ITEM)
def claim(pid: str) -> Answer:
    """Tell the others that one looks at a note; the desk's script asks with `quiet` and goes on asking."""
    actions.claim(web.db(), web.signed_in(), web.now(), web.today(), pid)
    if request.form.get("quiet"):
        return Response(status=204)
    web.tell(_("It is yours for ten minutes. Your colleagues see that you are looking."))
    return web.see_other(url_for(".item", pid=pid))


@blueprint.post("/<pid>/leaving")
@access(permissions.DECIDE_ITEM)
def leave(pid: str) -> Answer:
    """Leave a note to the colleagues and go on to another one, or home: opening this one would claim it again."""
    actions.leave(web.db(), web.signed_in(), web.today(), pid)
    web.tell(_("Thank you. A colleague will look at it."), "note")
    other = _next_pid(pid) or _next_pid("")
    return web.see_other(url_for(".item", pid=other) if other and other != pid else url_for("home.me"))


@blueprint.post("/<pid>/decision")
@access(permissions.DECIDE_ITEM)
def decide(pid: str) -> Answer:
    """Publish, return or refuse, and go on to the next note."""
    found = queries.get_item_for(web.db(), web.signed_in(), pid, web.today())
    outcome = outcome_named(request.form.get("outcome"))
    forms = forms_for(outcome, version=found.version_number, suggested=rules.suggested_reason(found.flags))
    form = forms[outcome]
    if form.validate_on_submit():
        done = form.carry_out(lambda: actions.decide(
            web.db(), web.signed_in(), web.now(), web.today(), pid, version_number=form.version.data or 0,
            outcome=outcome, reason=form.chosen_reason(), words=form.words.data or "",
            not_personal=form.not_personal.data,
        ))  # fmt: skip
        if done is not None:
            web.tell(words.done_words(outcome, found.headline))
            return web.see_other(_next_url(pid))
    return _item_page(queries.get_item_for(web.db(), web.signed_in(), pid, web.today()), forms, form)


def _item_page(item: Item, forms: Forms | None = None, sent: DecisionForm | None = None) -> Answer:
    after = request.args.get("after")
    if item.is_open:
        found = pages.open_note(
            web.db(), web.sealer(), web.signed_in(), web.now(), web.today(), item, after=after
        )  # fmt: skip
        return _desk_page(found, after, forms, sent)
    note = pages.read_note(web.db(), web.sealer(), item, web.today()) if item.state is ItemState.DECIDED else None
    page = render_template("moderation/settled.html", note=note, words=words, sent=sent, next_url=_next_url(item.pid))
    return page, sent.status if sent else 200


def _desk_page(found: Desk, after: str | None, forms: Forms | None = None, sent: DecisionForm | None = None) -> Answer:
    note = found.note
    if note is not None and forms is None:
        forms = forms_for(None, version=note.item.version_number, suggested=note.suggested)
    page = render_template(
        "moderation/desk.html", desk=found, note=note, forms=forms, sent=sent, words=words, after=after,
        taken=note is not None and note.item.held_by_other(web.signed_in().account_id, web.now()),
        mine=note is not None and note.item.claimed_by_me(web.signed_in().account_id, web.now()),
    )  # fmt: skip
    return page, sent.status if sent else 200


def _next_url(pid: str) -> str:
    found = _next_pid(pid)
    return url_for(".item", pid=found) if found else url_for(".desk")


def _next_pid(pid: str) -> str | None:
    return queries.next_item(web.db(), web.signed_in(), web.now(), web.today(), after=pid)

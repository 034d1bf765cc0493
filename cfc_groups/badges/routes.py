"""Children come in: one address for every small step, so that it works without scripts (safety.md 5, path A)."""

from __future__ import annotations

import random

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cfc_groups import web
from cfc_groups.access import access
from cfc_groups.accounts import login
from cfc_groups.badges import hooks, permissions, queries, rules, sign_in_actions, words
from cfc_groups.badges.forms import BadgeForm
from cfc_groups.badges.models import GRIDS, Entry, Step, StepKind
from cfc_groups.drawings import Drawing, find_pin_picture
from cfc_groups.limits_by_address import address
from cfc_groups.words import REFUSALS

blueprint = Blueprint("badges", __name__)

MOST_PICTURES = 8
PAGES = {
    StepKind.PICTURES: ("badges/pictures.html", 200),
    StepKind.CHOOSE: ("badges/choose.html", 200),
    StepKind.LOOK: ("badges/look.html", 200),
    StepKind.REMEMBER: ("badges/pictures.html", 200),
    StepKind.REST: ("badges/rest.html", 429),
    StepKind.ASLEEP: ("badges/asleep.html", 422),
    StepKind.TOO_LATE: ("badges/too_late.html", 422),
}


@blueprint.route("/sign-in/badge", methods=["GET", "POST"])
@web.open_page
def sign_in() -> ResponseReturnValue:
    """A badge and its pictures open the door; every step posts to this address."""
    form = BadgeForm()
    if form.validate_on_submit():
        entry = _entry(form.badge_code.data or "")
        step = form.carry_out(
            lambda: sign_in_actions.take_step(web.db(), web.sealer(), web.now(), web.today(), address(), entry)
        )
        if step is not None:
            return _show(step, entry)
    return render_template("badges/sign_in.html", form=form), 422 if form.is_submitted() else 200


def _entry(badge_code: str) -> Entry:
    pictures = request.form.getlist("picture")[:MOST_PICTURES]
    if "back" in request.form:
        pictures = pictures[:-1]
    row = request.form.get("row", "")
    return Entry(
        badge_code, tuple(pictures), request.form.get("deal", "")[:40], int(row) if row in ("0", "1", "2") else None,
        "ready" in request.form,
    )  # fmt: skip


def _show(step: Step, entry: Entry) -> Response:
    if step.kind is StepKind.IN:
        login.remember(step.token)
        return web.see_other(url_for("badges.hello", next=_asked_for()))
    template, status = PAGES[step.kind]
    grid = list(GRIDS.get(step.size, ()))
    random.SystemRandom().shuffle(grid)  # anew on each page: fingers leave no pattern on the glass
    page = render_template(
        template, step=step, badge_code=entry.badge_code, trouble=REFUSALS[step.trouble] if step.trouble else "",
        grid=_drawings(grid), rows=[_drawings(row) for row in step.rows], minutes=rules.whole_minutes(step.seconds),
        again_url=url_for("badges.sign_in", next=request.args.get("next")),
    )  # fmt: skip
    response = make_response(page, 422 if step.trouble else status)
    if step.seconds:
        response.headers["Retry-After"] = str(step.seconds)
    return response


def _drawings(keys: tuple[str, ...] | list[str]) -> list[Drawing]:
    return [drawing for key in keys if (drawing := find_pin_picture(key)) is not None]


def _asked_for() -> str:
    return web.safe_address(request.args.get("next"), url_for("home.me"))


@blueprint.get("/sign-in/badge/hello")
@access(permissions.SAY_HELLO)
def hello() -> str:
    """Who came in, large; when it was here last; "not me?"; and the way on."""
    actor, zone = web.signed_in(), web.site().settings.time_zone
    earlier = queries.last_visit(web.db(), actor.account_id, actor.session_id)
    first = hooks.page_first(web.db(), actor.account_id, web.now())
    return render_template(
        "badges/hello.html", on_url=url_for(first, next=_asked_for()) if first else _asked_for(),
        last_time=words.last_time(earlier.astimezone(zone) if earlier else None, web.now().astimezone(zone)),
    )  # fmt: skip

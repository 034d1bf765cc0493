"""Signing in and out, giving the password once more, and "this is not me"."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cfc_groups import web
from cfc_groups.access import access
from cfc_groups.accounts import hooks, limits, login, own_actions, permissions, rules, sign_in_actions
from cfc_groups.accounts.forms import ConfirmForm, SignInForm
from cfc_groups.limits_by_address import address

blueprint = Blueprint("accounts", __name__)

HOME = "/me"
BADGE_DOOR = "badges.sign_in"


@blueprint.route("/sign-in", methods=["GET", "POST"])
@web.open_page
def sign_in() -> ResponseReturnValue:
    """Adults come in here; children have their badge."""
    asked_for = web.safe_address(request.args.get("next"), HOME)
    if web.actor() is not None:
        return web.see_other(asked_for)
    form = SignInForm()
    if form.validate_on_submit():
        attempt = _attempt(sign_in_actions.PATH, rules.fold_user_name(form.user_name.data or ""))
        token = form.carry_out(
            lambda: sign_in_actions.sign_in(
                web.db(), web.sealer(), web.now(), attempt, user_name=form.user_name.data or "",
                password=form.password.data or "", code=form.code.data or "",
            )
        )  # fmt: skip
        if token is not None:
            login.remember(token)
            return web.see_other(asked_for)
    page = render_template("accounts/sign_in.html", form=form, on_the_way=asked_for != HOME)
    return page, 422 if form.is_submitted() else 200


def _attempt(path: str, account: str) -> limits.Attempt:
    keys = limits.limit_keys(web.sealer(), path=path, account=account, address=address())
    return limits.begin_attempt(web.db(), web.now(), keys=keys)


@blueprint.post("/sign-out")
@web.open_page
def sign_out() -> ResponseReturnValue:
    """End this device's session and clear what the browser kept of it (R86); children go back to the badges."""
    was = web.actor()
    login.forget(web.now())
    door = BADGE_DOOR if was is not None and was.is_child else "accounts.sign_in"
    return _with_clear_site_data(web.see_other(url_for(door)))


@blueprint.post("/stay")
@access(permissions.OWN_ACCOUNT)
def stay() -> ResponseReturnValue:
    """ "I am still here": the request itself keeps the session from ending (R85). For the script of the warning."""
    return Response(status=204)


def _with_clear_site_data(response: Response) -> Response:
    # The cookie is emptied by the session itself; the chosen language stays.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@blueprint.route("/not-me", methods=["GET", "POST"])
@access(permissions.NOT_ME)
def not_me() -> ResponseReturnValue:
    """Somebody else is signed in here: every session of that child ends, and its teachers are told."""
    if request.method == "GET":
        return render_template("accounts/not_me.html")
    own_actions.say_not_me(web.db(), web.signed_in(), web.now())
    login.forget(web.now())
    web.tell(_("Thank you for telling us. Now come in with your own badge."))
    return _with_clear_site_data(web.see_other(url_for(BADGE_DOOR)))


@blueprint.route("/confirm", methods=["GET", "POST"])
@access(permissions.OWN_ACCOUNT)
def confirm() -> ResponseReturnValue:
    """The password once more, before a step that needs it (R87)."""
    actor = web.signed_in()
    asked_for = web.safe_address(request.args.get("next"), HOME)
    if actor.is_child:
        endpoint = hooks.child_confirmation() or abort(404)
        return web.see_other(url_for(endpoint, next=asked_for))
    form = ConfirmForm()
    if form.validate_on_submit():
        attempt = _attempt("confirm", str(actor.account_id))
        password = form.password.data or ""
        if form.carry_out(lambda: sign_in_actions.confirm(web.db(), web.now(), attempt, actor, password=password)):
            return web.see_other(asked_for)
    page = render_template("accounts/confirm.html", form=form, back_url=asked_for)
    return page, 422 if form.is_submitted() else 200

"""The way in for an invited adult: user name and password, codes on the phone, one-time codes. In three small steps."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from cfc_groups import web
from cfc_groups.accounts import invitation_actions, second_factor
from cfc_groups.accounts.forms import ChooseSignInForm, CodeForm
from cfc_groups.accounts.models import ChosenSignIn, InvitationStep
from cfc_groups.accounts.own_routes import codes_page, set_up_values
from cfc_groups.accounts.routes import blueprint
from cfc_groups.accounts.words import role_label


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
@web.open_page
def invitation(token: str) -> ResponseReturnValue:
    """The first step: user name and password."""
    invited = invitation_actions.open_invitation(web.db(), token, web.now())
    if invited.step is InvitationStep.SECOND_FACTOR:
        return web.see_other(url_for("accounts.invitation_code", token=token))
    form = ChooseSignInForm()
    if form.validate_on_submit():
        chosen = _chosen(form, needs_codes=invited.needs_codes)
        alliance = web.site().facts.get("alliance_name", "")
        if form.carry_out(lambda: invitation_actions.choose_sign_in(web.db(), token, web.now(), chosen, alliance)):
            step = "accounts.invitation_code" if chosen.with_codes else "accounts.invitation_done"
            return web.see_other(url_for(step, token=token if chosen.with_codes else None))
    page = render_template(
        "accounts/invitation.html", form=form, invited=invited, role=role_label(invited.account.role)
    )
    return page, 422 if form.is_submitted() else 200


def _chosen(form: ChooseSignInForm, *, needs_codes: bool) -> ChosenSignIn:
    with_codes = needs_codes or bool(form.with_codes.data)
    return ChosenSignIn(form.user_name.data or "", form.password.data or "", with_codes, form.display_name.data or "")


@blueprint.route("/invitation/<token>/code", methods=["GET", "POST"])
@web.open_page
def invitation_code(token: str) -> ResponseReturnValue:
    """The second step: the phone learns to make codes; the third, ten printed codes, is its answer."""
    invited = invitation_actions.open_invitation(web.db(), token, web.now())
    if invited.step is InvitationStep.SIGN_IN:
        return web.see_other(url_for("accounts.invitation", token=token))
    form = CodeForm()
    secret = second_factor.proposed_secret(web.sealer(), token)
    if form.validate_on_submit():
        codes = form.carry_out(
            lambda: invitation_actions.finish_with_second_factor(
                web.db(), web.sealer(), token, web.now(), secret=secret, code=form.code.data or ""
            )
        )
        if codes is not None:
            waits = invited.account.invited_by is not None
            return codes_page(codes, next_url=url_for("accounts.sign_in"), waits=waits)
    values = set_up_values(secret, invited.account.user_name or "")
    page = render_template("accounts/invitation_code.html", form=form, token=token, **values)
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/invitation/<token>/again")
@web.open_page
def invitation_again(token: str) -> ResponseReturnValue:
    """Back to the first step, with another user name or password."""
    invitation_actions.choose_again(web.db(), token, web.now())
    return web.see_other(url_for("accounts.invitation", token=token))


@blueprint.get("/invitation/done")
@web.open_page
def invitation_done() -> ResponseReturnValue:
    """For who goes without codes: what happens next."""
    return render_template("accounts/invitation_done.html")

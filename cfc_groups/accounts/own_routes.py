"""The own page of an adult: devices, password, codes. Every step asks for a fresh password (R87)."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cfc_groups import qr, web
from cfc_groups.access import access
from cfc_groups.accounts import login, own_actions, permissions, second_factor, sign_in_store, store
from cfc_groups.accounts.forms import CodeForm, NewPasswordForm
from cfc_groups.accounts.routes import blueprint
from cfc_groups.accounts.words import role_label

FEW_CODES = 3


@blueprint.get("/account")
@access(permissions.OWN_SIGN_IN)
def own_page() -> ResponseReturnValue:
    """How I sign in, and where I am signed in."""
    actor = web.signed_in()
    return render_template(
        "accounts/own_page.html", account=store.find_account_by_id(web.db(), actor.account_id),
        sessions=sign_in_store.open_sessions(web.db(), actor.account_id), this_session=actor.session_id,
        codes_left=sign_in_store.unused_codes(web.db(), actor.account_id), few_codes=FEW_CODES,
        role=role_label(actor.role),
    )  # fmt: skip


@blueprint.route("/account/password", methods=["GET", "POST"])
@access(permissions.OWN_SIGN_IN)
def own_password() -> ResponseReturnValue:
    """Choose a new password; all other devices are signed out."""
    form = NewPasswordForm()
    if form.validate_on_submit():
        alliance = web.site().facts.get("alliance_name", "")
        token = form.carry_out(
            lambda: own_actions.change_password(
                web.db(), web.signed_in(), web.now(), form.password.data or "", alliance
            )
        )
        if token is not None:
            login.remember(token)
            web.tell(_("The new password counts from now on. All other devices are signed out."))
            return web.see_other(url_for("accounts.own_page"))
    page = render_template("accounts/own_password.html", form=form)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/account/second-factor", methods=["GET", "POST"])
@access(permissions.OWN_SIGN_IN)
def own_second_factor() -> ResponseReturnValue:
    """Set up the codes on a phone (again); new one-time codes are shown once."""
    actor, form = web.signed_in(), CodeForm()
    account = store.find_account_by_id(web.db(), actor.account_id)
    before = sign_in_store.sealed_totp(web.db(), actor.account_id).hex()
    secret = second_factor.proposed_secret(web.sealer(), f"{login.device_token()}:{before}")
    if form.validate_on_submit():
        codes = form.carry_out(
            lambda: own_actions.set_up_second_factor(
                web.db(), web.sealer(), actor, web.now(), secret=secret, code=form.code.data or ""
            )
        )
        if codes is not None:
            return codes_page(codes, next_url=url_for("accounts.own_page"))
    user_name = (account.user_name if account else None) or actor.display_name
    page = render_template("accounts/own_second_factor.html", form=form, **set_up_values(secret, user_name))
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/account/codes")
@access(permissions.OWN_SIGN_IN)
def own_codes() -> ResponseReturnValue:
    """Ten new one-time codes; the old ones no longer count."""
    codes = own_actions.renew_codes(web.db(), web.sealer(), web.signed_in(), web.now())
    return codes_page(codes, next_url=url_for("accounts.own_page"))


@blueprint.post("/account/sign-out-elsewhere")
@access(permissions.OWN_SIGN_IN)
def sign_out_elsewhere() -> ResponseReturnValue:
    """End my sessions on all other devices."""
    own_actions.end_other_sessions(web.db(), web.signed_in(), web.now())
    web.tell(_("You are signed out on all other devices."))
    return web.see_other(url_for("accounts.own_page"))


def set_up_values(secret: str, user_name: str) -> dict[str, object]:
    """What the set-up part of a page shows: the QR and the key to type."""
    issuer = web.site().facts.get("alliance_name") or _("Children's observation group")
    address = second_factor.set_up_address(secret, user_name=user_name, issuer=issuer)
    return {"qr": qr.svg(address, scale=4), "typed_key": second_factor.in_fours(secret)}


def codes_page(codes: list[str], *, next_url: str, waits: bool = False) -> str:
    """The page that shows ten one-time codes, this once; it answers a POST, so no browser keeps it."""
    return render_template("accounts/one_time_codes.html", codes=codes, next_url=next_url, waits=waits)

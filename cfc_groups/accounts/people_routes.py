"""A coordinator's pages about adults: the list, somebody new, one person."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cfc_groups import qr, web
from cfc_groups.access import access, refusal, vetting_is_current
from cfc_groups.accounts import (
    invitation_actions,
    people_actions,
    permissions,
    queries,
    rules,
    sections,
    sign_in_store,
    store,
    words,
)
from cfc_groups.accounts.forms import PersonForm, VettingForm
from cfc_groups.accounts.models import ADULT_ROLES, VETTED_ROLES, AccountState, Invitation, NewPerson
from cfc_groups.accounts.routes import blueprint
from cfc_groups.formkit import clean_line

_FRESH = "fresh_invitation"
_LISTED_STATES = tuple(AccountState)


@blueprint.get("/people")
@access(permissions.MANAGE_PEOPLE)
def people() -> ResponseReturnValue:
    """All adults, with what needs looking after on top."""
    wanted = _wanted()
    page = queries.people(web.db(), wanted, request.args.get("after"))
    kept: dict[str, Any] = {"role": wanted.role, "state": wanted.state, "q": wanted.words or None}
    older = url_for("accounts.people", after=page.next_after, **kept) if page.next_after else None
    return render_template(
        "accounts/people.html", people=page.people, wanted=wanted, older_url=older,
        first_url=url_for("accounts.people", **kept) if request.args.get("after") else None,
        checks=queries.due_checks(web.db(), web.today()), officers=queries.officers(web.db()),
        roles=[(role, words.role_label(role)) for role in ADULT_ROLES],
        states=[(state, words.state_label(state)) for state in AccountState], words=words,
        check_ends_on=queries.check_ends_on, soon=web.today() + queries.WARN_BEFORE,
    )  # fmt: skip


def _wanted() -> queries.PeopleFilter:
    roles = {role.value: role for role in ADULT_ROLES}
    states = {state.value: state for state in AccountState}
    return queries.PeopleFilter(
        roles.get(request.args.get("role", "")), states.get(request.args.get("state", "")),
        clean_line(request.args.get("q"))[:40],
    )  # fmt: skip


@blueprint.route("/people/new", methods=["GET", "POST"])
@access(permissions.MANAGE_PEOPLE)
def new_person() -> ResponseReturnValue:
    """Invite an adult: write down who it is, get a link to hand over."""
    form = PersonForm()
    if form.validate_on_submit():
        person = NewPerson(
            form.chosen_role, form.display_name.data or "", form.affiliation.data or "", form.vetted_on.day,
            bool(form.officer.data),
        )  # fmt: skip
        invitation = form.carry_out(
            lambda: invitation_actions.invite_person(web.db(), web.signed_in(), web.now(), web.today(), person)
        )
        if invitation is not None:
            return _show_link(invitation)
    page = render_template("accounts/new_person.html", form=form)
    return page, 422 if form.is_submitted() else 200


def _show_link(invitation: Invitation) -> ResponseReturnValue:
    # Only the hash is kept; the link travels once, in the coordinator's own cookie, to the page that shows it.
    session[_FRESH] = [invitation.pid, invitation.token]
    return web.see_other(url_for("accounts.invitation_letter", pid=invitation.pid))


@blueprint.get("/people/<pid>/invitation")
@access(permissions.MANAGE_PEOPLE)
def invitation_letter(pid: str) -> ResponseReturnValue:
    """The link with its QR, to print or to show; it is shown once."""
    account = store.get_adult(web.db(), pid)
    fresh_pid, token = session.pop(_FRESH, (None, None))
    link = url_for("accounts.invitation", token=token, _external=True) if fresh_pid == pid else None
    return render_template(
        "accounts/invitation_letter.html", account=account, name=words.person_label(account.display_name),
        link=link, qr=qr.svg(link) if link else None,
        expires_at=sign_in_store.invitation_expires_at(web.db(), account.account_id),
    )  # fmt: skip


@blueprint.get("/people/<pid>")
@access(permissions.MANAGE_PEOPLE)
def person(pid: str) -> ResponseReturnValue:
    """One adult: state, record check, tasks, and what a coordinator can do."""
    return _person_page(pid, VettingForm())


def _person_page(pid: str, vetting_form: VettingForm) -> str:
    actor = web.signed_in()
    account = store.get_adult(web.db(), pid)
    helpers = (account.invited_by, account.activated_by, account.vetting_recorded_by)
    stale = refusal(actor, permissions.CHANGE_PEOPLE, web.today(), web.now()) is not None
    return render_template(
        "accounts/person.html", account=account, name=words.person_label(account.display_name), words=words,
        is_self=account.account_id == actor.account_id, names=queries.display_names(web.db(), helpers),
        expires_at=sign_in_store.invitation_expires_at(web.db(), account.account_id),
        may_activate=rules.may_activate(account, actor.account_id) is None,
        needs_vetting=account.role in VETTED_ROLES, ends_on=queries.check_ends_on(account),
        vetting_current=vetting_is_current(account.vetted_on, web.today()),
        vetting_form=vetting_form, needs_confirmation=stale,
        confirm_url=url_for("accounts.confirm", next=url_for("accounts.person", pid=pid)),
        sections=sections.person_sections(web.db(), actor, account),
    )  # fmt: skip


@blueprint.post("/people/<pid>/vetting")
@access(permissions.MANAGE_PEOPLE)
def vetting(pid: str) -> ResponseReturnValue:
    """The day of a new record check."""
    form = VettingForm()
    if form.validate_on_submit() and form.carry_out(
        lambda: people_actions.record_vetting(
            web.db(), web.signed_in(), web.now(), web.today(), pid, form.vetted_on.day or web.today()
        )
    ):
        web.tell(_("The day of the record check is written down."))
        return web.see_other(url_for("accounts.person", pid=pid))
    return _person_page(pid, form), 422


@blueprint.post("/people/<pid>/activation")
@access(permissions.CHANGE_PEOPLE)
def activation(pid: str) -> ResponseReturnValue:
    """The second person opens the account (R42)."""
    people_actions.activate_person(web.db(), web.signed_in(), web.now(), pid)
    web.tell(_("Thank you. This person can sign in now."))
    return web.see_other(url_for("accounts.person", pid=pid))


@blueprint.post("/people/<pid>/suspension")
@access(permissions.CHANGE_PEOPLE)
def suspension(pid: str) -> ResponseReturnValue:
    """Close the account at once (R51)."""
    people_actions.suspend_person(web.db(), web.signed_in(), web.now(), pid)
    web.tell(_("The account is closed, and this person is signed out everywhere."))
    return web.see_other(url_for("accounts.person", pid=pid))


@blueprint.post("/people/<pid>/reopening")
@access(permissions.CHANGE_PEOPLE)
def reopening(pid: str) -> ResponseReturnValue:
    """Open a suspended account again."""
    people_actions.reopen_person(web.db(), web.signed_in(), web.now(), pid)
    web.tell(_("The account is open again."))
    return web.see_other(url_for("accounts.person", pid=pid))


@blueprint.post("/people/<pid>/officer")
@access(permissions.CHANGE_PEOPLE)
def officer(pid: str) -> ResponseReturnValue:
    """Name a protection officer (R40)."""
    people_actions.name_officer(web.db(), web.signed_in(), web.now(), pid)
    web.tell(_("This person is a protection officer now."))
    return web.see_other(url_for("accounts.person", pid=pid))


@blueprint.post("/people/<pid>/officer/end")
@access(permissions.CHANGE_PEOPLE)
def officer_end(pid: str) -> ResponseReturnValue:
    """Release a protection officer."""
    people_actions.release_officer(web.db(), web.signed_in(), web.now(), pid)
    web.tell(_("This person is no protection officer any more."))
    return web.see_other(url_for("accounts.person", pid=pid))


@blueprint.post("/people/<pid>/invitation")
@access(permissions.MANAGE_PEOPLE)
def invitation_renewal(pid: str) -> ResponseReturnValue:
    """A new link instead of the old one."""
    return _show_link(invitation_actions.renew_invitation(web.db(), web.signed_in(), web.now(), pid))


@blueprint.post("/people/<pid>/withdrawal")
@access(permissions.MANAGE_PEOPLE)
def invitation_withdrawal(pid: str) -> ResponseReturnValue:
    """Take the invitation back."""
    invitation_actions.withdraw_invitation(web.db(), web.signed_in(), web.now(), pid)
    web.tell(_("The invitation is taken back; its link does not open any more."))
    return web.see_other(url_for("accounts.people"))


@blueprint.post("/people/<pid>/new-start")
@access(permissions.CHANGE_PEOPLE)
def new_start(pid: str) -> ResponseReturnValue:
    """Password or phone is lost: a new link, and a second person activates again."""
    return _show_link(invitation_actions.start_over(web.db(), web.signed_in(), web.now(), pid))

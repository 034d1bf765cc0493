"""Pages about the adults who serve groups: bring somebody in, let somebody go, and a part of a person's page."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cfc_groups import web
from cfc_groups.access import Actor, access, may
from cfc_groups.accounts.models import Account
from cfc_groups.accounts.sections import PersonSection
from cfc_groups.accounts.words import role_label
from cfc_groups.db import Reader
from cfc_groups.formkit import clean_line
from cfc_groups.groups import member_actions, permissions, rules, store, team_store, tree_queries
from cfc_groups.groups.forms import EndServiceForm, ServiceForm
from cfc_groups.groups.models import Adult
from cfc_groups.groups.routes import blueprint

SECTION = "groups/_services.html"


@blueprint.route("/groups/<pid>/staff/new", methods=["GET", "POST"])
@access(permissions.ASSIGN_STAFF)
def new_service(pid: str) -> ResponseReturnValue:
    """Let an adult serve the group or one of its teams."""
    group = store.get_group_for(web.db(), web.signed_in(), pid)
    words = clean_line(request.args.get("q"))[:40]
    adults = tree_queries.adults_to_ask(web.db(), words)
    form = ServiceForm(data={"person": request.args.get("person"), "team": request.args.get("team", "")})
    form.offer(adults, team_store.list_open_teams(web.db(), group.group_id, web.today()), _described)
    if not form.is_submitted():
        form.starts_on.set_day(max(web.today(), group.starts_on))
    if form.validate_on_submit() and (starts_on := form.starts_on.day):
        done = form.carry_out(lambda: member_actions.assign_staff(
            web.db(), web.signed_in(), web.now(), pid, today=web.today(), person=form.person.data or "",
            team=form.team.data or None, starts_on=starts_on, ends_on=form.ends_on.day,
        ))  # fmt: skip
        if done is not None:
            web.tell(_("Thank you. %(name)s serves the group now.", name=done.display_name))
            return web.see_other(url_for(".group", pid=pid))
    page = render_template(
        "groups/service_form.html", form=form, group=group, words=words,
        many=len(adults) >= tree_queries.ADULTS_OFFERED,
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _described(adult: Adult) -> str:
    known = [adult.name or _("(has not opened the link yet)"), role_label(adult.role), adult.affiliation]
    return " · ".join(part for part in known if part)


@blueprint.route("/services/<pid>/end", methods=["GET", "POST"])
@access(permissions.ASSIGN_STAFF)
def end_service(pid: str) -> ResponseReturnValue:
    """Let an adult's service end on a day, or at once."""
    member_actions.service_for(web.db(), web.signed_in(), pid)
    service = tree_queries.service(web.db(), pid)
    form = EndServiceForm()
    if not form.is_submitted():
        form.last_on.set_day(web.today())
    if form.validate_on_submit():
        last_on = None if form.when.data == "at_once" else form.last_on.day or web.today()
        done = form.carry_out(
            lambda: member_actions.end_service(
                web.db(), web.signed_in(), web.now(), pid, today=web.today(), last_on=last_on
            )
        )
        if done is not None:
            web.tell(_("Thank you, the last day is written down."))
            group = store.get_group_by_id(web.db(), done.group_id)
            return web.see_other(url_for(".group", pid=group.pid))
    page = render_template("groups/end_service.html", form=form, service=service)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/services/new")
@access(permissions.MANAGE_GROUPS)
def choose_group() -> ResponseReturnValue:
    """From a person's page: choose the group that the person shall serve."""
    if request.args.get("group"):
        group = store.get_group(web.db(), request.args["group"])
        return web.see_other(url_for(".new_service", pid=group.pid, person=request.args.get("person")))
    groups = tree_queries.group_choices(web.db(), web.today(), web.signed_in())
    return render_template("groups/choose_group.html", groups=groups, person=request.args.get("person", ""))


def services_section(db: Reader, actor: Actor, account: Account) -> PersonSection | None:
    """The groups that an adult serves, on the page about the person."""
    if account.role not in rules.SERVING_ROLES:
        return None
    services = tree_queries.services_of(db, account.account_id)
    open_ones = [one for one in services if not rules.is_over(one.ends_on, web.today())]
    return PersonSection(
        SECTION,
        {
            "services": open_ones, "past": [one for one in services if rules.is_over(one.ends_on, web.today())],
            "person": account.pid, "may_assign": may(actor, permissions.MANAGE_GROUPS, web.today()),
        },
    )  # fmt: skip

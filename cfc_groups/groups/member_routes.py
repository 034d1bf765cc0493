"""The staff's pages about children: the list, one child, taking in by hand, moving, leaving, a list for handing out."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cfc_groups import web
from cfc_groups.access import access
from cfc_groups.errors import NotFound
from cfc_groups.formkit import half_width
from cfc_groups.groups import (
    member_actions,
    member_queries,
    permissions,
    rules,
    sections,
    store,
    team_store,
    tree_queries,
)
from cfc_groups.groups.forms import EndForm, MemberForm, MoveForm
from cfc_groups.groups.member_page import list_page, member_page
from cfc_groups.groups.roster_dry_run import get_upload
from cfc_groups.groups.routes import blueprint, status_of


@blueprint.get("/members")
@access(permissions.READ_MEMBERS)
def members() -> ResponseReturnValue:
    """The children within reach, by nickname."""
    page = list_page(
        web.db(), web.sealer(), web.signed_in(), web.today(), group=request.args.get("group", ""),
        team=request.args.get("team", ""), words=half_width(request.args.get("q"))[:40],
        after=request.args.get("after"),
    )  # fmt: skip
    kept: dict[str, Any] = {
        "group": page.group.pid if page.group else None, "team": page.team or None, "q": page.wanted.words or None,
    }  # fmt: skip
    return render_template(
        "groups/members.html", page=page, kept=kept, paged=bool(request.args.get("after")),
        first_url=url_for(".members", **kept) if request.args.get("after") else None,
        older_url=url_for(".members", after=page.after, **kept) if page.after else None,
    )  # fmt: skip


@blueprint.get("/members/<pid>")
@access(permissions.READ_MEMBERS)
def member(pid: str) -> ResponseReturnValue:
    """One child: where it belongs and has belonged, and what other rooms know."""
    page = member_page(web.db(), web.sealer(), web.signed_in(), web.today(), pid)
    return render_template(
        "groups/member.html", page=page, child=page.child,
        sections=sections.member_sections(web.db(), web.signed_in(), page.child, web.today()),
    )  # fmt: skip


@blueprint.route("/members/new", methods=["GET", "POST"])
@access(permissions.MANAGE_MEMBERS)
def new_member() -> ResponseReturnValue:
    """Take one child in by hand."""
    group_pid = request.args.get("group")
    if not group_pid:
        return choose_group_for("groups.new_member", _("Which group does the child come into?"))
    group = store.get_group_for(web.db(), web.signed_in(), group_pid)
    rules.check_open(group, web.today())
    form = MemberForm(web.today(), team_store.list_open_teams(web.db(), group.group_id, web.today()))
    if form.validate_on_submit():
        done = form.carry_out(lambda: member_actions.add_member(
            web.db(), web.sealer(), web.signed_in(), web.now(), group.pid, today=web.today(), member=form.member(),
            team=form.team.data or None, twin_ok=bool(form.twin_ok.data),
        ))  # fmt: skip
        if done is not None:
            web.tell(_("Welcome. The child is called “%(name)s” here.", name=done.display_name))
            return web.see_other(url_for(".member", pid=done.pid))
    page = render_template("groups/new_member.html", form=form, group=group)
    return page, 422 if form.is_submitted() else 200


def choose_group_for(endpoint: str, question: str) -> ResponseReturnValue:
    """Ask which of the groups within reach is meant; with only one there is nothing to ask."""
    groups = tree_queries.group_choices(web.db(), web.today(), web.signed_in())
    if len(groups) == 1:
        return web.see_other(url_for(endpoint, group=groups[0].pid))
    return render_template("groups/pick_group.html", groups=groups, question=question, action=url_for(endpoint))


@blueprint.route("/members/<pid>/move", methods=["GET", "POST"])
@access(permissions.MANAGE_MEMBERS)
def move_member(pid: str) -> ResponseReturnValue:
    """From today on a child belongs to another team, or to another group within reach."""
    child, membership, here = member_actions.child_in_group(
        web.db(), web.signed_in(), pid, request.args.get("group", ""), web.today()
    )
    to = request.args.get("to")
    target = store.get_group_for(web.db(), web.signed_in(), to) if to else here
    teams = team_store.list_open_teams(web.db(), target.group_id, web.today())
    now_in = next((team.pid for team in teams if team.team_id == membership.team_id), "")
    form = MoveForm(data={"member_number": membership.member_number, "team": now_in})
    form.offer(teams)
    if form.validate_on_submit():
        done = form.carry_out(lambda: member_actions.move_member(
            web.db(), web.signed_in(), web.now(), pid, today=web.today(), from_group=here.pid, to_group=target.pid,
            team=form.team.data or None, member_number=form.member_number.data or "",
        ))  # fmt: skip
        if done is not None:
            web.tell(_("Thank you. From today on the child belongs there."))
            return web.see_other(url_for(".member", pid=pid))
    groups = tree_queries.group_choices(web.db(), web.today(), web.signed_in())
    page = render_template(
        "groups/move_member.html", form=form, child=child, here=here, target=target,
        groups=[one for one in groups if one.group_id != target.group_id],
    )  # fmt: skip
    return page, status_of(form)


@blueprint.route("/members/<pid>/leave", methods=["GET", "POST"])
@access(permissions.MANAGE_MEMBERS)
def leave_group(pid: str) -> ResponseReturnValue:
    """Write down a child's last day in a group."""
    group_pid = request.args.get("group", "")
    child, membership, group = member_actions.child_in_group(
        web.db(), web.signed_in(), pid, group_pid, web.today()
    )
    form = EndForm()
    if not form.is_submitted():
        form.last_on.set_day(max(web.today(), membership.starts_on))
    if form.validate_on_submit() and (last_on := form.last_on.day):
        done = form.carry_out(lambda: member_actions.leave_group(
            web.db(), web.signed_in(), web.now(), pid, today=web.today(), from_group=group_pid, last_on=last_on
        ))  # fmt: skip
        if done is not None:
            web.tell(_("Thank you, the last day is written down."))
            gone = last_on < web.today()
            return web.see_other(url_for(".members", group=group_pid) if gone else url_for(".member", pid=pid))
    return render_template("groups/leave_group.html", form=form, child=child, group=group), status_of(form)


@blueprint.post("/members/<pid>/staying")
@access(permissions.MANAGE_MEMBERS)
def stay_in_group(pid: str) -> ResponseReturnValue:
    """Take a child's last day back."""
    group_pid = request.args.get("group", "")
    member_actions.stay_in_group(web.db(), web.signed_in(), web.now(), pid, today=web.today(), from_group=group_pid)
    web.tell(_("The child stays in the group."))
    return web.see_other(url_for(".member", pid=pid))


@blueprint.get("/members/hand-out")
@access(permissions.READ_MEMBERS)
def hand_out() -> ResponseReturnValue:
    """A list on paper: member number and nickname, so that badges reach the right child without a name on a screen."""
    group = store.get_group_for(web.db(), web.signed_in(), request.args.get("group", ""))
    teams = team_store.list_open_teams(web.db(), group.group_id, web.today())
    team = next((one for one in teams if one.pid == request.args.get("team")), None)
    upload = get_upload(web.db(), web.signed_in(), request.args["roster"]) if request.args.get("roster") else None
    if upload is not None and upload.group_id != group.group_id:
        raise NotFound()
    rows = member_queries.hand_out_rows(
        web.db(), group.group_id, web.today(), team_id=team.team_id if team else None,
        made_at=upload.taken_at if upload else None,
    )  # fmt: skip
    return render_template("groups/hand_out.html", rows=rows, group=group, team=team, only_new=upload is not None)

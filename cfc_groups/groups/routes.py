"""Pages of groups and teams: the tree, one group, making, changing, ending, reopening."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from cfc_groups import web
from cfc_groups.access import access, may
from cfc_groups.groups import actions, permissions, queries, rules, sections, store, team_store, tree_queries, words
from cfc_groups.groups.forms import ChangeForm, EndForm, GroupForm, TeamForm
from cfc_groups.groups.group_page import group_page
from cfc_groups.groups.models import Concerned, Group, GroupKind, Team

blueprint = Blueprint("groups", __name__)


def status_of(form: ChangeForm) -> int:
    """200 for a page that is opened, 422 or 409 for one that comes back."""
    return form.status if form.is_submitted() else 200


@blueprint.get("/groups")
@access(permissions.READ_GROUPS)
def index() -> ResponseReturnValue:
    """The tree of groups with their teams; everybody who is signed in may read the names."""
    manages = may(web.actor(), permissions.MANAGE_GROUPS, web.today())
    under = store.get_group(web.db(), request.args["under"]) if request.args.get("under") else None
    branches, after = tree_queries.tree(
        web.db(), web.today(), under=under, after=request.args.get("after"), coming=manages
    )
    return render_template(
        "groups/index.html", branches=branches, under=under, words=words, manages=manages,
        own=web.signed_in().reach.group_ids, paged=bool(request.args.get("after")),
        older_url=url_for(".index", after=after, under=under.pid if under else None) if after else None,
    )  # fmt: skip


@blueprint.get("/groups/ended")
@access(permissions.MANAGE_GROUPS)
def ended() -> ResponseReturnValue:
    """Groups that are over."""
    groups, after = tree_queries.ended_groups(web.db(), web.today(), request.args.get("after"))
    older = url_for(".ended", after=after) if after else None
    return render_template("groups/ended.html", groups=groups, words=words, older_url=older)


@blueprint.get("/groups/<pid>")
@access(permissions.READ_GROUP)
def group(pid: str) -> ResponseReturnValue:
    """One group: its teams; to its own people also its children and who serves it."""
    page = group_page(web.db(), web.signed_in(), web.today(), pid, after=request.args.get("after"))
    return render_template(
        "groups/group.html", page=page, group=page.group, words=words,
        links=sections.group_links(web.signed_in(), web.today()) if page.runs else [],
        older_url=url_for(".group", pid=pid, after=page.faces_after) if page.faces_after else None,
    )  # fmt: skip


@blueprint.route("/groups/new", methods=["GET", "POST"])
@access(permissions.MANAGE_GROUPS)
def new_group() -> ResponseReturnValue:
    """Make a group."""
    form = GroupForm(data={"kind": "school", "parent": request.args.get("parent", "")})
    form.offer_parents(tree_queries.group_choices(web.db(), web.today(), web.signed_in()))
    if not form.is_submitted():
        form.starts_on.set_day(web.today())
    if form.validate_on_submit():
        done = form.carry_out(lambda: actions.add_group(
            web.db(), web.signed_in(), web.now(), today=web.today(), **_entered(form)
        ))  # fmt: skip
        if done is not None:
            web.tell(_("The group “%(name)s” is made. Next: its teams and its members.", name=done.name))
            return web.see_other(url_for(".group", pid=done.pid))
    return render_template("groups/group_form.html", form=form, group=None), status_of(form)


@blueprint.route("/groups/<pid>/change", methods=["GET", "POST"])
@access(permissions.MANAGE_GROUPS)
def change_group(pid: str) -> ResponseReturnValue:
    """Rename a group or give it another place."""
    known = store.get_group_for(web.db(), web.signed_in(), pid)
    above = store.get_group_by_id(web.db(), known.parent_id).pid if known.parent_id else ""
    form = GroupForm(data={"name": known.name, "kind": str(known.kind), "parent": above})
    choices = tree_queries.group_choices(web.db(), web.today(), web.signed_in())
    form.offer_parents(one for one in choices if one.pid != pid)
    if not form.is_submitted():
        form.starts_on.set_day(known.starts_on)
        form.seen.data = actions.seen_of_group(known)
    if form.validate_on_submit():
        done = form.carry_out(lambda: actions.change_group(
            web.db(), web.signed_in(), web.now(), pid, today=web.today(), seen=form.seen.data or "", **_entered(form)
        ))  # fmt: skip
        if done is not None:
            web.tell(_("Thank you, the group is changed."))
            return web.see_other(url_for(".group", pid=pid))
        if form.status == 409:
            form.seen.data = actions.seen_of_group(known)
    return render_template("groups/group_form.html", form=form, group=known), status_of(form)


def _entered(form: GroupForm) -> dict[str, Any]:
    return {
        "name": form.name.data, "kind": GroupKind(form.kind.data), "parent": form.parent.data or None,
        "starts_on": form.starts_on.day,
    }  # fmt: skip


@blueprint.route("/groups/<pid>/end", methods=["GET", "POST"])
@access(permissions.MANAGE_GROUPS)
def end_group(pid: str) -> ResponseReturnValue:
    """Choose a group's last day, seeing whom it concerns."""
    known = store.get_group_for(web.db(), web.signed_in(), pid)
    form = EndForm()
    if not form.is_submitted():
        form.last_on.set_day(web.today())
    if form.validate_on_submit() and (last_on := form.last_on.day):
        done = form.carry_out(
            lambda: actions.end_group(web.db(), web.signed_in(), web.now(), pid, today=web.today(), last_on=last_on)
        )
        if done is not None:
            web.tell(_("The group has its last day. Until then you can take it back here."))
            return web.see_other(url_for(".group", pid=pid))
    concerned = store.concerned_by_end(web.db(), known.group_id, web.today())
    return _end_page(form, known.name, concerned, url_for(".group", pid=pid), group=known)


def _end_page(
    form: EndForm, name: str, concerned: Concerned, back_url: str, *, group: Group | None = None,
    team: Team | None = None,
) -> ResponseReturnValue:  # fmt: skip
    page = render_template(
        "groups/end.html", form=form, name=name, concerned=concerned, back_url=back_url, group=group, team=team,
        children=ngettext("%(num)s child", "%(num)s children", concerned.children),
        adults=ngettext("%(num)s adult", "%(num)s adults", concerned.staff),
        teams=ngettext("%(num)s team", "%(num)s teams", concerned.teams),
    )  # fmt: skip
    return page, status_of(form)


@blueprint.post("/groups/<pid>/reopening")
@access(permissions.MANAGE_GROUPS)
def reopen_group(pid: str) -> ResponseReturnValue:
    """Take the end of a group back."""
    actions.reopen_group(web.db(), web.signed_in(), web.now(), pid, today=web.today())
    web.tell(_("The group goes on, with everybody who was in it."))
    return web.see_other(url_for(".group", pid=pid))


# Teams


@blueprint.route("/groups/<pid>/teams/new", methods=["GET", "POST"])
@access(permissions.MANAGE_TEAMS)
def new_team(pid: str) -> ResponseReturnValue:
    """Make a team."""
    known = store.get_group_for(web.db(), web.signed_in(), pid)
    rules.check_open(known, web.today())
    form = TeamForm()
    _offer_themes(form)
    if form.validate_on_submit():
        done = form.carry_out(lambda: actions.add_team(
            web.db(), web.signed_in(), web.now(), pid, today=web.today(), name=form.name.data or "",
            theme=form.theme.data,
        ))  # fmt: skip
        if done is not None:
            web.tell(_("The team “%(name)s” is made.", name=done.name))
            return web.see_other(url_for(".group", pid=pid))
    return _team_page(form, known, None)


@blueprint.route("/teams/<pid>/change", methods=["GET", "POST"])
@access(permissions.MANAGE_TEAMS)
def change_team(pid: str) -> ResponseReturnValue:
    """Give a team another name or theme."""
    team = team_store.get_team_for(web.db(), web.signed_in(), pid)
    known = store.get_group_by_id(web.db(), team.group_id)
    form = TeamForm(data={"name": team.name, "theme": team.theme})
    _offer_themes(form)
    if not form.is_submitted():
        form.seen.data = actions.seen_of_team(team)
    if form.validate_on_submit():
        done = form.carry_out(lambda: actions.change_team(
            web.db(), web.signed_in(), web.now(), pid, today=web.today(), seen=form.seen.data or "",
            name=form.name.data or "", theme=form.theme.data,
        ))  # fmt: skip
        if done is not None:
            web.tell(_("Thank you, the team is changed."))
            return web.see_other(url_for(".group", pid=known.pid))
        if form.status == 409:
            form.seen.data = actions.seen_of_team(team)
    return _team_page(form, known, team)


def _offer_themes(form: TeamForm) -> None:
    form.theme.choices = [(theme.key, words.theme_label(theme)) for theme in queries.theme_choices(web.db())]


def _team_page(form: TeamForm, group: Group, team: Team | None) -> ResponseReturnValue:
    pictures = {theme.key: f"img/themes/{theme.icon}.svg" for theme in queries.theme_choices(web.db())}
    page = render_template("groups/team_form.html", form=form, group=group, team=team, pictures=pictures)
    return page, status_of(form)


@blueprint.route("/teams/<pid>/end", methods=["GET", "POST"])
@access(permissions.MANAGE_TEAMS)
def end_team(pid: str) -> ResponseReturnValue:
    """Choose a team's last day, seeing whom it concerns."""
    team = team_store.get_team_for(web.db(), web.signed_in(), pid)
    group_pid = store.get_group_by_id(web.db(), team.group_id).pid
    form = EndForm()
    if not form.is_submitted():
        form.last_on.set_day(web.today())
    if form.validate_on_submit() and (last_on := form.last_on.day):
        done = form.carry_out(
            lambda: actions.end_team(web.db(), web.signed_in(), web.now(), pid, today=web.today(), last_on=last_on)
        )
        if done is not None:
            web.tell(_("The team has its last day. Until then you can take it back here."))
            return web.see_other(url_for(".group", pid=group_pid))
    concerned = team_store.concerned_by_team_end(web.db(), team.team_id, web.today())
    return _end_page(form, team.name, concerned, url_for(".group", pid=group_pid), team=team)


@blueprint.post("/teams/<pid>/reopening")
@access(permissions.MANAGE_TEAMS)
def reopen_team(pid: str) -> ResponseReturnValue:
    """Take the end of a team back."""
    team = actions.reopen_team(web.db(), web.signed_in(), web.now(), pid, today=web.today())
    web.tell(_("The team goes on."))
    return web.see_other(url_for(".group", pid=store.get_group_by_id(web.db(), team.group_id).pid))

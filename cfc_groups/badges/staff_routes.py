"""Pages of teachers and coordinators: who has a badge, making, printing and closing badges."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cfc_groups import qr, web
from cfc_groups.access import access, refusal
from cfc_groups.badges import actions, permissions, queries, rules, words
from cfc_groups.badges.models import ChildBadge, Sheet
from cfc_groups.badges.routes import blueprint
from cfc_groups.config import is_loopback
from cfc_groups.errors import NotFound
from cfc_groups.formkit import Form
from cfc_groups.groups import store as groups

BADGES_ON_A_SHEET = 8


@blueprint.get("/badges")
@access(permissions.READ_BADGES)
def index() -> ResponseReturnValue:
    """The groups within reach, or the children of one of them with their badges."""
    if request.args.get("group"):
        return _group_page(request.args["group"])
    found, older = queries.groups_with_badges(
        web.db(), web.signed_in(), web.now(), web.today(), request.args.get("after")
    )
    if len(found) == 1 and older is None and not request.args.get("after"):
        return web.see_other(url_for("badges.index", group=found[0].pid))
    return render_template(
        "badges/groups.html", groups=found, older_url=url_for("badges.index", after=older) if older else None,
        first_url=url_for("badges.index") if request.args.get("after") else None,
    )  # fmt: skip


def _group_page(group_pid: str) -> str:
    group = groups.get_group_for(web.db(), web.signed_in(), group_pid)
    team, only_without = request.args.get("team") or None, request.args.get("show") == "without"
    children, after = queries.children_of_group(
        web.db(), group.group_id, web.now(), web.today(), team_pid=team, only_without=only_without,
        after=request.args.get("after"),
    )  # fmt: skip
    kept: dict[str, Any] = {"group": group.pid, "team": team, "show": "without" if only_without else None}
    return render_template(
        "badges/group.html", group=group, children=children, team=team, only_without=only_without, words=words,
        teams=queries.teams_of_group(web.db(), group.group_id, web.today()), working=rules.WORKING,
        older_url=url_for("badges.index", after=after, **kept) if after else None,
        first_url=url_for("badges.index", **kept) if request.args.get("after") else None,
        confirm_url=_confirm_url(url_for("badges.index", **kept)),
    )  # fmt: skip


def _confirm_url(back: str) -> str | None:
    """Where to give the password once more first, or None when it was given within five minutes (R87)."""
    stale = refusal(web.signed_in(), permissions.ISSUE_BADGES, web.today(), web.now()) == "confirm_again"
    return url_for("accounts.confirm", next=back) if stale else None


@blueprint.post("/badges/sheet")
@access(permissions.ISSUE_BADGES)
def sheet() -> ResponseReturnValue:
    """Make what is missing and show it to be printed, this once; it answers a POST, so no browser keeps it."""
    pids, replace = request.form.getlist("child"), "replace" in request.form
    back = url_for("badges.index", group=request.form.get("group") or None)
    if replace and pids and "sure" not in request.form:
        return _ask_first(pids, back)
    form = Form()
    made = form.carry_out(
        lambda: actions.make_sheet(
            web.db(), web.sealer(), web.signed_in(), web.now(), web.today(), pids, replace=replace
        )
    )
    if made is not None and made.badges:
        return _print_page(made, back)
    if made is not None:
        web.tell(_("All of these children have a badge in use, so nothing was made."), "note")
    return _back_with_troubles(form, back)


def _back_with_troubles(form: Form, back: str) -> ResponseReturnValue:
    for trouble in form.troubles:
        web.tell(trouble, "problem")
    return web.see_other(back)


def _ask_first(pids: list[str], back: str) -> str:
    children = _within_reach(pids)
    return render_template("badges/replace.html", children=children, back_url=back, group=request.form.get("group"))


def _print_page(made: Sheet, back: str) -> str:
    door = url_for("badges.sign_in", _external=True)
    badges = [(badge, qr.svg(f"{door}#{badge.secrets.qr}", fitting=True)) for badge in made.badges]
    pages = [badges[first : first + BADGES_ON_A_SHEET] for first in range(0, len(badges), BADGES_ON_A_SHEET)]
    return render_template(
        "badges/sheet.html", pages=pages, left_out=made.left_out, back_url=back, in_fours=rules.in_fours,
        door=door.split("://", 1)[-1], only_here=is_loopback(request.host.rsplit(":", 1)[0].strip("[]")),
    )  # fmt: skip


def _within_reach(pids: list[str]) -> list[ChildBadge]:
    children = queries.children_within_reach(web.db(), web.signed_in(), web.now(), web.today(), pids)
    if {child.pid for child in children} != set(pids):
        raise NotFound()
    return children


@blueprint.get("/badges/<pid>")
@access(permissions.READ_BADGES)
def child(pid: str) -> str:
    """One child's badge: how it stands, what can be done, the badges before."""
    found = _within_reach([pid])[0]
    return render_template(
        "badges/child.html", child=found, words=words, history=queries.badges_of_child(web.db(), found.account_id),
        works=found.state in rules.WORKING, confirm_url=_confirm_url(url_for("badges.child", pid=pid)),
    )  # fmt: skip


@blueprint.post("/badges/<pid>/loss")
@access(permissions.ISSUE_BADGES)
def loss(pid: str) -> ResponseReturnValue:
    """The badge is lost: it opens nothing any more."""
    form = Form()
    if form.carry_out(lambda: actions.void_badge(web.db(), web.signed_in(), web.now(), web.today(), pid)):
        web.tell(_("The lost badge opens nothing any more. You can make a new one now."))
    return _back_with_troubles(form, url_for("badges.child", pid=pid))


@blueprint.post("/badges/<pid>/new-pictures")
@access(permissions.ISSUE_BADGES)
def new_pictures(pid: str) -> ResponseReturnValue:
    """The child forgot its pictures and chooses anew."""
    form = Form()
    if form.carry_out(
        lambda: actions.reset_pictures(web.db(), web.sealer(), web.signed_in(), web.now(), web.today(), pid)
    ):
        web.tell(_("The child chooses new pictures when it next comes in with its badge, within three days."))
    return _back_with_troubles(form, url_for("badges.child", pid=pid))

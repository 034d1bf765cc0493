"""Taking a roster in: a file, a look at what would happen, a yes; the template and the failed rows to download."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from cfc_groups import web
from cfc_groups.access import access
from cfc_groups.groups import actions, permissions, queries, roster_actions, roster_words, rules, sections, store, words
from cfc_groups.groups.forms import MissingTeamsForm, RosterFileForm, TakeRosterForm
from cfc_groups.groups.member_routes import choose_group_for
from cfc_groups.groups.roster_dry_run import dry_run, get_upload, with_twins_elsewhere
from cfc_groups.groups.roster_models import RosterField
from cfc_groups.groups.roster_page import Slice, roster_page
from cfc_groups.groups.routes import blueprint, status_of
from cfc_groups.tables.writing import write_xlsx

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Phones, numbers and months stay as they are typed; a spreadsheet would take zeros away and make days of months.
TEXT_FIELDS = (RosterField.MEMBER_NUMBER, RosterField.BIRTH_MONTH, RosterField.PHONE)


@blueprint.route("/members/import", methods=["GET", "POST"])
@access(permissions.IMPORT_ROSTER)
@web.takes_upload
def send_roster() -> ResponseReturnValue:
    """Choose the file with a group's members."""
    if not request.args.get("group"):
        return choose_group_for("groups.send_roster", _("Which group do the members come into?"))
    group = store.get_group_for(web.db(), web.signed_in(), request.args["group"])
    rules.check_open(group, web.today())
    form = RosterFileForm()
    if form.validate_on_submit():
        content, name = form.file()
        done = form.carry_out(lambda: roster_actions.keep_roster(
            web.db(), web.sealer(), web.signed_in(), web.now(), group.pid, today=web.today(), content=content,
            file_name=name,
        ))  # fmt: skip
        if done is not None:
            return web.see_other(url_for(".roster", pid=done))
    page = render_template("groups/send_roster.html", form=form, group=group, columns=roster_words.FIELDS)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/members/import/template")
@access(permissions.IMPORT_ROSTER)
def roster_template() -> ResponseReturnValue:
    """An empty roster with one example row, which the import leaves out."""
    content = write_xlsx(
        roster_words.roster_template_columns(), [roster_words.roster_template_example()], sheet=_("Members"),
        text_columns={str(roster_words.FIELDS[field]) for field in TEXT_FIELDS},
    )  # fmt: skip
    return _download(content, "roster-template.xlsx")


@blueprint.get("/members/import/<pid>")
@access(permissions.IMPORT_ROSTER)
def roster(pid: str) -> ResponseReturnValue:
    """What would happen with a roster that waits; after it was taken, what has happened."""
    upload = get_upload(web.db(), web.signed_in(), pid)
    if upload.taken_at is not None:
        group = store.get_group_by_id(web.db(), upload.group_id)
        links = sections.group_links(web.signed_in(), web.today(), after_roster=True)
        return render_template("groups/roster_taken.html", upload=upload, group=group, links=links)
    return _dry_run_page(pid, TakeRosterForm())


def _dry_run_page(pid: str, form: TakeRosterForm) -> ResponseReturnValue:
    run = dry_run(web.db(), web.sealer(), web.signed_in(), pid, web.today())
    run = with_twins_elsewhere(web.db(), web.sealer(), web.signed_in(), run, web.today())
    themes = queries.theme_choices(web.db())
    after = request.args.get("after", "0")
    page = roster_page(run, themes, request.args.get("show"), int(after) if after.isdecimal() else 0)
    ticked = set(form.left_out.data or ()) if form.is_submitted() else set()
    if not form.is_submitted() or form.status == 409:
        form.seen.data = run.seen
    answer = render_template(
        "groups/roster.html", page=page, run=run, group=run.state.group, form=form, ticked=ticked,
        teams_form=MissingTeamsForm(), themes=[words.shown_theme(theme) for theme in themes], slices=Slice,
        roster_words=roster_words,
    )  # fmt: skip
    return answer, status_of(form)


@blueprint.post("/members/import/<pid>/teams")
@access(permissions.IMPORT_ROSTER)
def make_missing_teams(pid: str) -> ResponseReturnValue:
    """Make the teams that a roster names and the group does not have."""
    run = dry_run(web.db(), web.sealer(), web.signed_in(), pid, web.today())
    names = run.check.missing_teams
    form = MissingTeamsForm()
    wanted = [
        (names[position], request.form.get(f"theme-{position}", ""))
        for position in form.make.data or () if 0 <= position < len(names)
    ]  # fmt: skip
    made = form.carry_out(lambda: actions.add_teams(
        web.db(), web.signed_in(), web.now(), run.state.group.pid, today=web.today(), wanted=wanted
    ))  # fmt: skip
    for sentence in form.troubles:
        web.tell(sentence, "problem")
    if made:
        web.tell(_("Teams made: %(names)s.", names=_(", ").join(team.name for team in made)))
    return web.see_other(url_for(".roster", pid=pid))


@blueprint.post("/members/import/<pid>/taking")
@access(permissions.IMPORT_ROSTER)
def take_roster(pid: str) -> ResponseReturnValue:
    """Take a roster whole, or not at all."""
    form = TakeRosterForm()
    if form.validate_on_submit():
        done = form.carry_out(lambda: roster_actions.take_roster(
            web.db(), web.sealer(), web.signed_in(), web.now(), pid, today=web.today(), seen=form.seen.data or "",
            left_out=form.left_out.data or (), leave_out_all=bool(form.leave_out_all.data),
        ))  # fmt: skip
        if done is not None:
            return web.see_other(url_for(".roster", pid=pid))
    return _dry_run_page(pid, form)


@blueprint.post("/members/import/<pid>/cancelling")
@access(permissions.IMPORT_ROSTER)
def cancel_roster(pid: str) -> ResponseReturnValue:
    """Throw a roster away without taking anything."""
    group = roster_actions.cancel_roster(web.db(), web.signed_in(), pid)
    web.tell(_("The list is thrown away; nothing was taken from it."))
    return web.see_other(url_for(".group", pid=group.pid))


@blueprint.get("/members/import/<pid>/refused")
@access(permissions.IMPORT_ROSTER)
def refused_rows(pid: str) -> ResponseReturnValue:
    """The rows that cannot be taken, as they were typed, with the reason beside each."""
    run = dry_run(web.db(), web.sealer(), web.signed_in(), pid, web.today())
    columns, rows = roster_words.refused_rows_table(run.check)
    content = write_xlsx(columns, rows, sheet=_("Please mend"), text_columns=set(columns))
    return _download(content, "rows-to-mend.xlsx")


def _download(content: bytes, name: str) -> Response:
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=WORKBOOK, headers=headers)

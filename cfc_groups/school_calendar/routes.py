"""The calendar's pages: a month to read, and a day, the terms and the class hours to change."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cfc_groups import web
from cfc_groups.access import access, may
from cfc_groups.school_calendar import actions, permissions, queries, rules, store, words
from cfc_groups.school_calendar.forms import WEEKDAYS, ClassHoursForm, DayForm, TermForm
from cfc_groups.school_calendar.models import Day, DayKind
from cfc_groups.school_calendar.month import month_after, month_page
from cfc_groups.school_calendar.rules import SchoolCalendar

blueprint = Blueprint("school_calendar", __name__, url_prefix="/school-calendar")

Answer = Response | str | tuple[str, int]


@blueprint.get("")
@access(permissions.READ_CALENDAR)
def month() -> Answer:
    """A month as a table, the terms and the class hours."""
    asked = request.args.get("month", "")
    found = rules.read_month(asked, web.today())
    first = found or web.today().replace(day=1)
    page = month_page(_calendar(first, month_after(first)), first, web.today())
    return render_template(
        "school_calendar/month.html", page=page, words=words, unknown_month=bool(asked) and found is None,
        may_change=may(web.actor(), permissions.CHANGE_CALENDAR, web.today()),
    )  # fmt: skip


@blueprint.route("/days/<text>", methods=["GET", "POST"])
@access(permissions.CHANGE_CALENDAR)
def day(text: str) -> Answer:
    """One day: what it is and why; say what it should be."""
    chosen = rules.read_day(text, web.today())
    correction = store.find_correction(web.db(), chosen)
    form = DayForm(obj=correction)
    if form.validate_on_submit():
        kind, label = DayKind(form.kind.data), form.label.data or ""
        done = form.carry_out(lambda: actions.correct_day(
            web.db(), web.signed_in(), web.now(), chosen, kind=kind, label=label, today=web.today()
        ))  # fmt: skip
        if done is not None:
            web.tell(_("Thank you, the day is set."))
            return web.see_other(url_for(".month", month=rules.month_text(chosen)))
    shown = _calendar(chosen, chosen).day(chosen)
    page = render_template(
        "school_calendar/day.html", form=form, day=shown, correction=correction, words=words,
        month_url=url_for(".month", month=rules.month_text(chosen)),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/days/<text>/undo")
@access(permissions.CHANGE_CALENDAR)
def undo_day(text: str) -> Answer:
    """Take a correction back."""
    chosen = rules.read_day(text, web.today())
    actions.undo_correction(web.db(), web.signed_in(), web.now(), chosen)
    web.tell(_("The correction is taken back; the usual list counts again."))
    return web.see_other(url_for(".month", month=rules.month_text(chosen)))


@blueprint.route("/terms/new", methods=["GET", "POST"])
@access(permissions.CHANGE_CALENDAR)
def new_term() -> Answer:
    """Enter a term."""
    form = TermForm()
    if form.validate_on_submit():
        done = form.carry_out(lambda: actions.add_term(
            web.db(), web.signed_in(), web.now(), today=web.today(), **form.values()
        ))  # fmt: skip
        if done is not None:
            web.tell(_("Thank you, the term is entered."))
            return web.see_other(url_for(".month", month=rules.month_text(done.starts_on)))
    page = render_template("school_calendar/term.html", form=form, term=None)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/terms/<pid>", methods=["GET", "POST"])
@access(permissions.CHANGE_CALENDAR)
def term(pid: str) -> Answer:
    """Change a term, or end it early by its last day."""
    known = store.get_term(web.db(), pid)
    form = TermForm(obj=known)
    if form.validate_on_submit():
        done = form.carry_out(lambda: actions.change_term(
            web.db(), web.signed_in(), web.now(), pid, today=web.today(), **form.values()
        ))  # fmt: skip
        if done is not None:
            web.tell(_("Thank you, the term is changed."))
            return web.see_other(url_for(".month", month=rules.month_text(done.starts_on)))
    page = render_template("school_calendar/term.html", form=form, term=known)
    return page, 422 if form.is_submitted() else 200


@blueprint.post("/terms/<pid>/removal")
@access(permissions.CHANGE_CALENDAR)
def remove_term(pid: str) -> Answer:
    """Take out a term entered by mistake."""
    removed = actions.remove_term(web.db(), web.signed_in(), web.now(), pid)
    web.tell(_("The term “%(name)s” is taken out.", name=removed.name))
    return web.see_other(url_for(".month", month=rules.month_text(removed.starts_on)))


@blueprint.route("/class-hours", methods=["GET", "POST"])
@access(permissions.CHANGE_CALENDAR)
def class_hours() -> Answer:
    """The lessons of the week."""
    known = rules.write_week(_calendar(web.today(), web.today()).class_hours)
    form = ClassHoursForm(data={f"weekday_{number}": known[number - 1] for number in WEEKDAYS})
    form.name_weekdays(words.weekday_names())
    if form.validate_on_submit():
        done = form.carry_out(lambda: actions.set_class_hours(
            web.db(), web.signed_in(), web.now(), rules.read_week(form.texts(), field="weekday_")
        ))  # fmt: skip
        if done is not None:
            web.tell(_("Thank you, the class hours are set."))
            return web.see_other(url_for(".month"))
    page = render_template("school_calendar/class_hours.html", form=form, weekdays=WEEKDAYS)
    return page, 422 if form.is_submitted() else 200


def _calendar(first: Day, last: Day) -> SchoolCalendar:
    return queries.calendar(web.db(), first, last, zone=web.site().settings.time_zone)

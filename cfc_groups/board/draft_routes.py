"""The composer: who will read it, then five small steps, each kept by itself, then sending."""

from __future__ import annotations

from flask import abort, make_response, render_template, request, url_for
from flask_babel import gettext as _

from cfc_groups import web
from cfc_groups.access import access
from cfc_groups.accounts import store as accounts
from cfc_groups.board import composing, draft_actions, draft_store, permissions, post_actions, queries, rules, store
from cfc_groups.board.forms import (
    ELSEWHERE,
    ConfirmForm,
    PlaceForm,
    SawForm,
    SendForm,
    StartForm,
    TitleForm,
    WishForm,
)
from cfc_groups.board.models import Draft, Step
from cfc_groups.board.routes import Answer, blueprint
from cfc_groups.errors import NotFound
from cfc_groups.formkit import clean_line, clean_words
from cfc_groups.groups import queries as groups
from cfc_groups.groups.words import theme_label
from cfc_groups.i18n import clock_time
from cfc_groups.safety import queries as safety
from cfc_groups.safety.models import PostingState


@blueprint.route("/board/new", methods=["GET", "POST"])
@access(permissions.WRITE_POST)
def new() -> Answer:
    """Before writing: who will read it and what can happen (R68), or kindly what is still missing (R12, R17)."""
    actor = web.signed_in()
    form = StartForm()
    if form.validate_on_submit():
        zone = web.site().settings.time_zone
        draft = form.carry_out(lambda: draft_actions.start_draft(web.db(), actor, web.now(), zone=zone))
        if draft is not None:
            return web.see_other(composing.step_url(draft.pid, Step.PLACE))
    state = safety.may_post(web.db(), actor.account_id, web.now())
    if state is not PostingState.OK:
        return render_template("board/not_yet.html", state=state)
    if groups.team_of_child(web.db(), actor.account_id, web.today()) is None:
        return render_template("board/not_yet.html", state=None)
    drafts = queries.my_drafts(web.db(), actor.account_id)
    page = render_template("board/new.html", form=form, drafts=drafts, most_drafts=rules.MOST_DRAFTS)
    return page, 422 if form.is_submitted() else 200


def _open(pid: str) -> Draft:
    """The actor's own draft; who goes back to one that was sent is shown the post."""
    draft = draft_store.find_draft(web.db(), web.signed_in().account_id, pid)
    if draft is not None:
        return draft
    post = store.find_post(web.db(), pid)
    if post is None or post.author_id != web.signed_in().account_id:
        raise NotFound()
    if request.method == "GET":
        abort(web.see_other(url_for(".read", pid=pid)))
    return draft_actions.get_draft(web.db(), web.signed_in(), pid)


@blueprint.route("/board/drafts/<pid>/place", methods=["GET", "POST"])
@access(permissions.WRITE_POST)
def place(pid: str) -> Answer:
    """Step 1: where was it? A place of the list, or none of these; never a home (R9)."""
    draft = _open(pid)
    search = clean_line(request.args.get("q"))
    form = PlaceForm(place=draft.place.pid if draft.place else None)
    places = composing.place_list(web.db(), draft, search)
    form.offer([(one.pid, one.label) for one in places])
    if form.validate_on_submit():
        done = form.carry_out(
            lambda: draft_actions.set_place(web.db(), web.signed_in(), web.now(), pid, form.place_pid)
        )
        if done is not None:
            return web.see_other(composing.url_after(done, Step.PLACE))
    pictures = {one.pid: one.picture for one in places} | {ELSEWHERE: composing.picture("other")}
    return _page("board/place.html", Step.PLACE, draft, form, search=search, pictures=pictures)


@blueprint.route("/board/drafts/<pid>/saw", methods=["GET", "POST"])
@access(permissions.WRITE_POST)
def saw(pid: str) -> Answer:
    """Step 2: what I saw."""
    return _text_step(Step.SAW, _open(pid), SawForm)


@blueprint.route("/board/drafts/<pid>/wish", methods=["GET", "POST"])
@access(permissions.WRITE_POST)
def wish(pid: str) -> Answer:
    """Step 3: what I wish."""
    return _text_step(Step.WISH, _open(pid), WishForm)


def _text_step(step: Step, draft: Draft, form_class: type[SawForm] | type[WishForm]) -> Answer:
    form = form_class(obj=draft)
    if form.validate_on_submit():
        text = form[step.value].data
        done = form.carry_out(
            lambda: draft_actions.set_text(web.db(), web.signed_in(), web.now(), draft.pid, step, text)
        )
        if done is not None:
            return web.see_other(composing.url_after(done, step))
    return _page("board/text.html", step, draft, form, text_field=form[step.value])


@blueprint.route("/board/drafts/<pid>/title", methods=["GET", "POST"])
@access(permissions.WRITE_POST)
def title(pid: str) -> Answer:
    """Step 4: a title, and what it is about; the team's theme is proposed."""
    draft = _open(pid)
    form = TitleForm(obj=draft)
    themes = groups.theme_choices(web.db())
    form.offer([(one.key, theme_label(one)) for one in themes])
    if form.validate_on_submit():
        done = form.carry_out(lambda: draft_actions.set_title(
            web.db(), web.signed_in(), web.now(), pid, form.title.data or "", form.theme.data or ""
        ))  # fmt: skip
        if done is not None:
            return web.see_other(composing.url_after(done, Step.TITLE))
    return _page("board/title.html", Step.TITLE, draft, form, pictures=composing.theme_pictures(themes))


@blueprint.route("/board/drafts/<pid>/check", methods=["GET", "POST"])
@access(permissions.WRITE_POST)
def check(pid: str) -> Answer:
    """Step 5: look at everything again, with hints for personal data (R61); send."""
    actor, now = web.signed_in(), web.now()
    form = SendForm()
    if form.validate_on_submit():
        zone = web.site().settings.time_zone
        done = post_actions.send_draft(web.db(), web.sealer(), actor, now, pid, audience=form.chosen, zone=zone)
        if done.again:
            web.tell(_("You have sent this idea already. It is here, once."), "note")
        return web.see_other(url_for(".sent", pid=pid))
    draft = _open(pid)
    missing = rules.missing_step(draft)
    if missing is not None:
        return web.see_other(composing.step_url(pid, missing))
    if not form.is_submitted():
        form.choose(draft.audience)
    names = accounts.real_names(web.db(), web.sealer(), [actor.account_id])
    parts = composing.checked_parts(draft, list(names.values()))
    theme = next((theme_label(one) for one in groups.theme_choices(web.db()) if one.key == draft.theme), "")
    return _page(
        "board/check.html", Step.CHECK, draft, form, parts=parts, send_anyway=composing.send_label(parts),
        may_publish=safety.may_publish(web.db(), actor.account_id, now), theme_label=theme,
    )  # fmt: skip


def _page(template: str, step: Step, draft: Draft, form: object, **more: object) -> Answer:
    steps = composing.step_links(draft, step)
    page = render_template(template, draft=draft, form=form, steps=steps, step=step, **more)
    return page, 422 if request.method == "POST" else 200


@blueprint.post("/board/drafts/<pid>/saving")
@access(permissions.WRITE_POST)
def save(pid: str) -> Answer:
    """Keep what is being typed (composer.js asks every 20 seconds); answers the sentence to show."""
    step = next((one for one in (Step.SAW, Step.WISH, Step.TITLE) if one.value in request.form), None)
    if step is None:
        raise NotFound()
    clean = clean_line if step is Step.TITLE else clean_words
    text = clean(request.form[step.value])
    draft_actions.keep_text(web.db(), web.signed_in(), web.now(), pid, step, text)
    answer = make_response(_("Saved at %(time)s", time=clock_time(web.now())))
    answer.mimetype = "text/plain"
    return answer


@blueprint.route("/board/drafts/<pid>/removal", methods=["GET", "POST"])
@access(permissions.WRITE_POST)
def discard(pid: str) -> Answer:
    """Throw a draft away, after a page that asks."""
    draft = _open(pid)
    form = ConfirmForm()
    if form.validate_on_submit():
        done = form.carry_out(lambda: draft_actions.remove_draft(web.db(), web.signed_in(), web.now(), pid))
        if done is not None:
            web.tell(_("The draft is thrown away."))
            return web.see_other(url_for(".my_ideas"))
    return render_template("board/discard.html", draft=draft, form=form), 422 if form.is_submitted() else 200

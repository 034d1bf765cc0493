"""Consents: the teacher's list, recording a paper, the form to print; and the child's own yes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cfc_groups import web
from cfc_groups.access import Actor, access
from cfc_groups.errors import NotFound
from cfc_groups.safety import (
    actions,
    consent_queries,
    notices,
    open_routes,  # noqa: F401 - its views hang on the same blueprint
    permissions,
    protection_routes,  # noqa: F401 - its views hang on the same blueprint
    queries,
    rules,
    store,
    words,
)
from cfc_groups.safety.blueprint import blueprint
from cfc_groups.safety.forms import OwnAnswerForm, PaperForm
from cfc_groups.safety.models import Answer, ChildState, ConsentState, GroupChoice, ListedChild, Purpose, Standing

__all__ = ["blueprint"]

Page = Response | str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the teacher's list."""

    child: ListedChild
    state: ConsentState
    child_state: ChildState


@blueprint.get("/consents")
@access(permissions.SEE_CONSENTS)
def consents() -> Page:
    """Whose paper is there: the children within reach, by nickname; one group or only what is missing if asked."""
    actor = web.signed_in()
    groups = consent_queries.group_choices(web.db(), actor, web.today())
    chosen = _chosen_group(groups, request.args.get("group", ""))
    only_missing = request.args.get("show") == "missing"
    children = consent_queries.list_children(
        web.db(), _group_ids(actor, chosen), web.today(), notice_version=notices.CURRENT,
        after=request.args.get("after") or None, paper_needed=only_missing,
    )  # fmt: skip
    shown = children[: consent_queries.PAGE]
    older = shown[-1].pid if len(children) > len(shown) else None
    standings = store.standings(web.db(), [child.child_id for child in shown])
    rows = [_row(child, standings[child.child_id]) for child in shown]
    return render_template(
        "safety/consents.html", rows=rows, groups=groups, chosen=chosen, only_missing=only_missing, after=older,
        first_page=not request.args.get("after"), words=words, few_officers=_few_officers(actor),
    )  # fmt: skip


def _few_officers(actor: Actor) -> bool:
    return actor.alliance_wide and queries.officers_missing(web.db(), web.today())


def _chosen_group(groups: list[GroupChoice], pid: str) -> GroupChoice | None:
    if not pid:
        return None
    for group in groups:
        if group.pid == pid:
            return group
    raise NotFound()


def _group_ids(actor: Actor, chosen: GroupChoice | None) -> list[int] | None:
    """The groups to list: the chosen one, else all within reach (None: the whole alliance)."""
    if chosen is not None:
        return [chosen.group_id]
    return None if actor.alliance_wide else sorted(actor.reach.group_ids)


def _row(child: ListedChild, standing: Standing) -> Row:
    return Row(child, rules.consent_state(standing, notices.CURRENT), rules.child_state(standing, notices.CURRENT))


@blueprint.route("/consents/<pid>", methods=["GET", "POST"])
@access(permissions.RECORD_CONSENTS)
def record_consent(pid: str) -> Page:
    """One child: what was answered until now, and a new paper to copy."""
    child = consent_queries.get_child_for(web.db(), web.signed_in(), pid, web.today())
    texts = notices.texts(notices.CURRENT, web.language())
    form = PaperForm()
    form.name_purposes(texts["purposes"], notices.CURRENT)
    if form.validate_on_submit():
        done = form.carry_out(lambda: actions.record_consents(
            web.db(), web.sealer(), web.signed_in(), web.now(), web.today(), pid, form.paper()
        ))  # fmt: skip
        if done is not None:
            web.tell(_("Thank you, the answers for %(name)s are recorded and count from now on.", name=child.nickname))
            return web.see_other(_after_recording(child))
    standing = queries.standing(web.db(), child.child_id)
    page = render_template(
        "safety/record_consent.html", form=form, child=child, row=_row(child, standing), standing=standing,
        history=consent_queries.history(web.db(), child.child_id), texts=texts, words=words, purposes=list(Purpose),
        notice=notices.current(),
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _after_recording(child: ListedChild) -> str:
    """Stay with the child, or go on to the next one of its group whose paper is needed."""
    if request.form.get("then") != "next":
        return url_for(".record_consent", pid=child.pid)
    for after in (child.pid, None):
        following = consent_queries.list_children(
            web.db(), [child.group_id], web.today(), notice_version=notices.CURRENT, after=after, paper_needed=True,
            most=1,
        )  # fmt: skip
        if following:
            return url_for(".record_consent", pid=following[0].pid)
    web.tell(_("No paper of this group is missing any more."))
    return url_for(".consents", group=child.group_pid)


@blueprint.get("/consents/form/<pid>")
@access(permissions.SEE_CONSENTS)
def print_form(pid: str) -> Page:
    """The consent form for one child, to print."""
    child = consent_queries.get_child_for(web.db(), web.signed_in(), pid, web.today())
    return _paper_forms([child], url_for(".record_consent", pid=pid))


@blueprint.get("/consents/forms")
@access(permissions.SEE_CONSENTS)
def print_forms() -> Page:
    """The consent forms of a group, one sheet a child; with `show=missing` only for whom a paper is needed."""
    actor = web.signed_in()
    groups = consent_queries.group_choices(web.db(), actor, web.today())
    chosen = _chosen_group(groups, request.args.get("group", "-"))
    children = consent_queries.list_children(
        web.db(), _group_ids(actor, chosen), web.today(), notice_version=notices.CURRENT,
        paper_needed=request.args.get("show") == "missing", most=consent_queries.MOST_ON_PAPER,
    )  # fmt: skip
    return _paper_forms(children, url_for(".consents", group=request.args.get("group")))


def _paper_forms(children: list[ListedChild], back_url: str) -> str:
    texts = notices.texts(notices.CURRENT, web.language())
    return render_template(
        "safety/paper_forms.html", children=children, texts=texts, notice=notices.current(), purposes=list(Purpose),
        contact=queries.protection_contact(web.db()), relations=words.RELATIONS, back_url=back_url,
    )  # fmt: skip


@blueprint.get("/my-yes")
@access(permissions.GIVE_OWN_YES)
def my_yes() -> Page:
    """The child is asked one thing at a time in words for its age; afterwards it sees and changes all its answers."""
    actor = web.signed_in()
    standing = queries.standing(web.db(), actor.account_id)
    asked = rules.questions_for_child(standing, notices.CURRENT)
    question = rules.next_question(standing, notices.CURRENT)
    go_on = web.safe_address(request.args.get("next"), url_for("home.me"))
    shared: dict[str, Any] = {
        "go_on": go_on, "next_address": request.args.get("next"), "standing": standing, "form": OwnAnswerForm(),
        "texts": _own_texts(actor), "asked": asked, "words": words,
    }  # fmt: skip
    if question is not None:
        return render_template("safety/my_yes_question.html", question=question, **shared)
    refused = [purpose for purpose in Purpose if purpose not in asked]
    return render_template("safety/my_yes.html", refused=refused, **shared)


def _own_texts(actor: Actor) -> dict[str, dict[str, str]]:
    """Question, meaning and picture of each purpose for the child's age."""
    band = actor.age_band.value if actor.age_band else "9-11"
    asked = notices.texts(notices.CURRENT, web.language())["child"]
    return {purpose: {"picture": one["picture"], **one[band]} for purpose, one in asked.items()}


@blueprint.post("/my-yes/<purpose>")
@access(permissions.GIVE_OWN_YES)
def answer_own_yes(purpose: str) -> Page:
    """The child's yes or no: one press either way, and it counts at once (R15, R17)."""
    if purpose not in list(Purpose):
        raise NotFound()
    form = OwnAnswerForm()
    if not form.validate_on_submit():
        raise NotFound("my_yes_unknown_answer")
    actions.answer_own(web.db(), web.signed_in(), web.now(), Purpose(purpose), Answer(form.answer.data or ""))
    if queries.needs_assent(web.db(), web.signed_in().account_id):
        return web.see_other(url_for(".my_yes", next=request.args.get("next")))
    web.tell(_("Thank you, we will do as you say."))
    return web.see_other(url_for(".my_yes", next=request.args.get("next")))

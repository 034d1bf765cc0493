"""The board to read, one's own ideas, and taking an idea back. Writing stands in draft_routes.py."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from cfc_groups import web
from cfc_groups.access import AgeBand, access, may
from cfc_groups.board import draft_actions, permissions, post_actions, queries, rules, store
from cfc_groups.board.forms import ConfirmForm
from cfc_groups.board.listing import board_listing
from cfc_groups.board.models import Post, PostState
from cfc_groups.board.own_page import own_page
from cfc_groups.errors import NotFound
from cfc_groups.pagecache import kept_for_visitors
from cfc_groups.safety import queries as safety

blueprint = Blueprint("board", __name__)

Answer = Response | str | tuple[str, int]


def sees_group_posts() -> bool:
    """Whether this request's actor may read posts that are for a group only."""
    return may(web.actor(), permissions.READ_GROUP_POSTS, web.today())


@blueprint.get("/board")
@access(permissions.READ_BOARD)
@kept_for_visitors(post_actions.TOPIC)
def index() -> Answer:
    """The one-metre message board: notes by theme and by word, the newest first."""
    listing = board_listing(web.db(), web.actor(), request.args, group_posts=sees_group_posts())
    return render_template("board/index.html", board=listing)


@blueprint.get("/board/<pid>")
@access(permissions.READ_BOARD)
@kept_for_visitors(post_actions.TOPIC)
def read(pid: str) -> Answer:
    """One post: its author sees everything about it, others only what is published for them (R53)."""
    actor = web.actor()
    mine = store.find_post(web.db(), pid) if actor is not None and actor.is_child else None
    if actor is not None and mine is not None and mine.author_id == actor.account_id:
        return _own(mine)
    post = queries.find_published(web.db(), pid)
    if post is None or not rules.may_read(
        actor, group_id=post.group_id, team_id=post.team_id, is_public=post.is_public, group_posts=sees_group_posts()
    ):
        raise NotFound()
    return render_template("board/post.html", post=post, shown=rules.shown)


def _own(post: Post) -> str:
    actor = web.signed_in()
    page = own_page(web.db(), post, actor.age_band or AgeBand.MIDDLE, now=web.now(), today=web.today())
    hotlines = safety.hotlines(web.db()) if post.state is PostState.ESCALATED else []
    return render_template("board/own_post.html", page=page, post=post, hotlines=hotlines, shown=rules.shown)


@blueprint.get("/board/<pid>/sent")
@access(permissions.READ_OWN_POSTS)
def sent(pid: str) -> Answer:
    """Thanks after sending; after words of danger the help box, at once (R62)."""
    post = _mine(pid)
    hotlines = safety.hotlines(web.db()) if post.state is PostState.ESCALATED else []
    return render_template("board/sent.html", post=post, hotlines=hotlines)


@blueprint.post("/board/<pid>/revision")
@access(permissions.WRITE_POST)
def revise(pid: str) -> Answer:
    """Change an idea that came back: a draft with its last words."""
    zone = web.site().settings.time_zone
    draft = draft_actions.revise_post(web.db(), web.signed_in(), web.now(), pid, zone=zone)
    return web.see_other(url_for(".check", pid=draft.pid))


@blueprint.route("/board/<pid>/withdrawal", methods=["GET", "POST"])
@access(permissions.WITHDRAW_POST)
def withdraw(pid: str) -> Answer:
    """Take an idea back (R64): what happens then, and one button."""
    post = _mine(pid)
    form = ConfirmForm()
    if form.validate_on_submit():
        done = form.carry_out(lambda: post_actions.withdraw_post(web.db(), web.signed_in(), web.now(), pid))
        if done is not None:
            web.tell(_("You have taken your idea back. Nobody else can read it any more."))
            return web.see_other(url_for(".read", pid=pid))
    if post.state is PostState.WITHDRAWN:
        return web.see_other(url_for(".read", pid=pid))
    title = store.get_words(web.db(), post.post_id, post.current_version)[0].title
    page = render_template("board/withdraw.html", post=post, post_title=title, form=form)
    return page, 422 if form.is_submitted() else 200


def _mine(pid: str) -> Post:
    post = store.find_post(web.db(), pid)
    if post is None or post.author_id != web.signed_in().account_id:
        raise NotFound()
    return post


@blueprint.get("/my-ideas")
@access(permissions.READ_OWN_POSTS)
def my_ideas() -> Answer:
    """A child's own drafts and ideas, each with its state in words."""
    actor = web.signed_in()
    before = request.args.get("before") or None
    drafts = [] if before else queries.my_drafts(web.db(), actor.account_id)
    page = queries.my_ideas(web.db(), actor.account_id, before)
    older = None if page.older is None else url_for(".my_ideas", before=page.older)
    return render_template("board/my_ideas.html", drafts=drafts, page=page, older_url=older)

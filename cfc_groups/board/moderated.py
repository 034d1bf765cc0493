"""A post as the moderation desk sees it: its words part by part, its versions, its place and theme."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext

from cfc_groups.board import post_actions, store
from cfc_groups.board.models import Audience, Version
from cfc_groups.db import Reader
from cfc_groups.errors import NotFound
from cfc_groups.groups.words import theme_label
from cfc_groups.moderation import models as desk
from cfc_groups.moderation.kinds import Kind


def load_content(db: Reader, post_id: int, version_number: int) -> desk.Content:
    """One version of a post with all versions before it; two statements. Raises NotFound."""
    post = store.find_post_by_id(db, post_id)
    versions = [one for one in store.list_versions(db, post_id) if one.number <= version_number]
    if post is None or not versions or versions[-1].number != version_number:
        raise NotFound()
    newest = versions[-1]
    readers = gettext("everybody") if post.audience is Audience.PUBLIC else gettext("the group only")
    return desk.Content(
        title=newest.words.title, parts=_parts(newest), place=newest.place_name or "",
        theme=theme_label(newest.theme),
        versions=tuple(desk.Version(one.number, one.written_at, _parts(one)) for one in versions),
        facts=((gettext("Wants to be read by"), readers),),
    )  # fmt: skip


def _parts(version: Version) -> tuple[desk.Part, ...]:
    return (
        desk.Part("title", gettext("Title"), version.words.title),
        desk.Part("saw", gettext("What I saw"), version.words.saw),
        desk.Part("wish", gettext("What I wish"), version.words.wish),
    )


KIND = Kind(
    name=post_actions.KIND, label=lazy_gettext("Note on the board"), load=load_content,
    on_decision=post_actions.on_decision,
)  # fmt: skip

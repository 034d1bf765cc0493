"""A post as the desk gets it: words part by part, versions up to the one asked for, nothing about the child."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from cfc_groups.board import draft_actions, moderated
from cfc_groups.board.models import Audience, Step
from cfc_groups.errors import NotFound
from cfc_groups.moderation.kinds import get_kind
from cfc_groups.school_calendar.rules import SITE_ZONE
from tests.board.story import Story
from tests.support.pages import PageClient


def revised(story: Story) -> str:
    """An idea in its second version."""
    pid = story.returned(title="洗手台", saw="高", wish="矮")
    draft_actions.revise_post(story.database, story.actor(story.child), story.clock(), pid, zone=SITE_ZONE)
    draft_actions.set_text(story.database, story.actor(story.child), story.clock(), pid, Step.SAW, "洗手台到我的脖子")
    story.send(pid)
    return pid


def test_the_desk_gets_the_version_it_asks_for_and_those_before(app: Flask, story: Story) -> None:
    post_id = story.post(revised(story)).post_id
    with app.test_request_context():
        second = moderated.load_content(story.database, post_id, 2)
        first = moderated.load_content(story.database, post_id, 1)
    assert [part.key for part in second.parts] == ["title", "saw", "wish"]
    assert second.parts[1].text == "洗手台到我的脖子" and [one.number for one in second.versions] == [1, 2]
    assert first.parts[1].text == "高" and [one.number for one in first.versions] == [1]
    assert second.theme == "公园游乐" and second.place == ""


def test_the_desk_reads_it_in_two_statements(app: Flask, story: Story, count_sql: Callable[[], object]) -> None:
    post_id = story.post(revised(story)).post_id
    with app.test_request_context(), count_sql() as statements:  # type: ignore[attr-defined]
        moderated.load_content(story.database, post_id, 2)
    assert len(statements) == 2


@pytest.mark.parametrize(("audience", "says"), [(Audience.GROUP, "只给本团"), (Audience.PUBLIC, "所有人")])
def test_the_desk_reads_who_should_read_it(app: Flask, story: Story, audience: Audience, says: str) -> None:
    post_id = story.post(story.sent(audience=audience)).post_id
    with app.test_request_context():
        assert says in dict(moderated.load_content(story.database, post_id, 1).facts).values()


@pytest.mark.parametrize("version", [0, 2, 99])
def test_a_version_that_is_not_there_is_not_found(app: Flask, story: Story, version: int) -> None:
    post_id = story.post(story.sent()).post_id
    with app.test_request_context(), pytest.raises(NotFound):
        moderated.load_content(story.database, post_id, version)


def test_posts_are_a_kind_of_the_one_queue(app: Flask) -> None:
    assert get_kind("post") is moderated.KIND


def test_a_teacher_finds_the_idea_on_the_desk_with_its_place_marked(
    story: Story, new_client: Callable[[], PageClient]
) -> None:
    story.sent(title="灯坏了", saw="打我电话13900001000。")
    page = story.world.sign_in(new_client(), story.teacher).get("/moderation")
    assert page.status == 200 and "灯坏了" in page.main
    assert any("13900001000" in mark.text for mark in page.find("mark"))

"""The desk as teachers use it, without a script."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.moderation.conftest import Story
from tests.support.pages import PageClient
from tests.support.slips import Slips
from tests.support.world import World

PHONE = "我够不着。打我妈妈电话13912345678吧。"


@pytest.fixture
def teacher(world: World, client: PageClient, story: Story) -> PageClient:
    """Teacher Chen at her desk."""
    world.sign_in(client, story.teacher)
    client.get("/language/en?next=/moderation")
    return client


def test_the_desk_shows_the_oldest_note(teacher: PageClient, slips: Slips, story: Story, now: datetime) -> None:
    slips.send(story.child, story.group_id, now - timedelta(hours=3), title="矮书架")
    slips.send(story.child, story.group_id, now - timedelta(hours=27), title="公交车的扶手")
    page = teacher.get("/moderation")
    assert page.status == 200
    assert page.find("h2")[0].text == "公交车的扶手"
    assert "2 notes wait for you · the oldest for 1 day 3 hours" in page.text
    assert "more than a day" in page.find(class_="queue")[0].text
    assert "公园小队" in page.text
    assert "慢慢的蜗牛" in page.text

"""The desk with the board's posts on it: the kind that it was built for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from cfc_groups.board import post_actions
from cfc_groups.board.models import Audience
from cfc_groups.clock import stamp
from cfc_groups.db import Database, write
from cfc_groups.ids import new_pid
from cfc_groups.safety.models import Outcome as SignalOutcome
from cfc_groups.school_calendar.rules import SITE_ZONE
from cfc_groups.sealing import Sealer
from tests.conftest import ToldClock
from tests.moderation.conftest import Story
from tests.moderation.test_routes import decide
from tests.support.pages import PageClient
from tests.support.world import World


@pytest.fixture
def send(database: Database, sealer: Sealer, story: Story) -> Callable[..., str]:
    """A child writes an idea and sends it; answers its public id."""

    def sent(now: datetime, saw: str = "我踮着脚也够不着水龙头。", title: str = "洗手台太高了") -> str:
        pid = new_pid()
        with write(database) as tx:
            tx.insert(
                "post_drafts", pid=pid, author_id=story.child.account_id, step="check", theme="parks", title=title,
                saw=saw, wish="做一个矮一点的。", made_at=stamp(now), saved_at=stamp(now),
            )  # fmt: skip
            post_actions.send_draft_in(
                tx, sealer, story.child.account_id, now, pid, audience=Audience.PUBLIC, zone=SITE_ZONE
            )
        return pid

    return sent


@pytest.fixture
def teacher(world: World, client: PageClient, story: Story) -> PageClient:
    """Teacher Chen, reading English."""
    world.sign_in(client, story.teacher)
    client.get("/language/en?next=/me")
    return client


def item_of(database: Database, post_pid: str) -> str:
    """The newest item of a post."""
    return str(database.value(
        "SELECT moderation_items.pid FROM moderation_items JOIN posts ON post_id = object_id AND kind = 'post'"
        " WHERE posts.pid = ? ORDER BY version_number DESC LIMIT 1", (post_pid,),
    ))  # fmt: skip


def test_a_post_lies_on_the_desk_with_all_its_parts(
    teacher: PageClient, send: Callable[..., str], now: datetime
) -> None:
    send(now)
    page = teacher.get("/moderation")
    assert page.find("h2", id="note-title")[0].text == "洗手台太高了"
    assert [one.text for one in page.find(class_="desk-words")] == ["我踮着脚也够不着水龙头。", "做一个矮一点的。"]
    assert "everybody" in page.find("aside", class_="desk-side")[0].text


def test_the_child_reads_on_its_page_what_the_desk_promised(
    teacher: PageClient, new_client: Callable[[], PageClient], send: Callable[..., str], world: World, story: Story,
    database: Database, now: datetime,
) -> None:  # fmt: skip
    """R56: what, why, by whom (role), how it goes on; in the words that the moderator saw."""
    pid = send(now)
    page = teacher.get("/moderation")
    promised = [one for one in page.find("small") if one.text.startswith("Thank you for writing. We would like")][0]
    decide(teacher, item_of(database, pid), "return", reason="empty", words="你站在哪一边呀？")
    child = world.sign_in(new_client(), story.child)
    child.get("/language/en?next=/me")
    text = child.get(f"/board/{pid}").text
    for said in (promised.text, "你站在哪一边呀？", "a teacher of your group", "Change it and send it again"):
        assert said in text
    assert "陈老师" not in text


def test_a_misread_cry_for_help_comes_to_the_desk_without_a_mark(
    teacher: PageClient, send: Callable[..., str], database: Database, now: datetime
) -> None:
    """R62: hidden while officers look, an ordinary note afterwards."""
    pid = send(now, saw="作业多得我不想活了")
    assert teacher.get(f"/moderation/{item_of(database, pid)}").status == 404
    post_id = int(str(database.value("SELECT post_id FROM posts WHERE pid = ?", (pid,))))
    with write(database) as tx:
        post_actions.on_outcome(tx, post_id, SignalOutcome.BACK_TO_REVIEW, now)
    page = teacher.get("/moderation")
    assert "作业多得我不想活了" in page.text
    assert not page.find("mark")


def test_the_desk_with_posts_keeps_its_budget(
    teacher: PageClient, send: Callable[..., str], database: Database, clock: ToldClock, now: datetime,
    count_sql: Callable[[], Any],
) -> None:  # fmt: skip
    """performance.md: at most eight statements, whatever waits."""
    first = send(now - timedelta(hours=1))
    counts = []
    for more in range(2):
        for address in ("/moderation", f"/moderation/{item_of(database, first)}"):
            teacher.get(address)
            with count_sql() as statements:
                assert teacher.get(address).status == 200
            counts.append(len(statements))
        for _ in range(5 if not more else 0):
            send(now)
    assert counts[:2] == counts[2:]
    assert max(counts) <= 8, counts

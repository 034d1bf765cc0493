"""Versions cannot be changed, the index follows the board, and every list walks down an index."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime

import pytest

from cfc_groups.board import queries, store
from cfc_groups.board.models import CITY, Query, Shelf
from cfc_groups.db import Database, write
from cfc_groups.moderation.models import Outcome
from tests.board.story import Story

OWN_TABLES = r"SCAN (posts|post_versions|post_drafts|accounts|groups|teams|places|memberships|moderation_items)\b"


def plan(database: Database, sql: str, parameters: object) -> str:
    rows = database.rows(f"EXPLAIN QUERY PLAN {sql}", parameters)  # type: ignore[arg-type]
    return "\n".join(row["detail"] for row in rows)


SHELVES = {"city": CITY, "group": Shelf(group_id=1), "team": Shelf(team_id=1)}


@pytest.mark.parametrize("shelf", SHELVES)
@pytest.mark.parametrize("theme", [None, "parks"])
@pytest.mark.parametrize("phrases", [(), ("公 园",)])
def test_every_list_of_notes_is_one_walk_down_an_index(
    database: Database, shelf: str, theme: str | None, phrases: tuple[str, ...]
) -> None:
    query = Query(SHELVES[shelf], theme, phrases, "some-pid")
    found = plan(database, queries.notes_statement(query), queries.notes_parameters(query, 21))
    assert not re.search(OWN_TABLES, found), found
    assert "TEMP B-TREE" not in found, found
    assert ("VIRTUAL TABLE INDEX" in found) is bool(phrases)
    if not phrases:
        assert "SEARCH posts USING INDEX posts_" in found and "board_order<?" in found, found


@pytest.mark.parametrize("before", [None, "some-pid"])
def test_ones_own_ideas_are_one_walk_down_an_index(database: Database, before: str | None) -> None:
    found = plan_of(database, lambda: queries.my_ideas(database, 1, before))
    assert "posts_by_author" in found and not re.search(OWN_TABLES, found) and "TEMP B-TREE" not in found, found


def plan_of(database: Database, read: object) -> str:
    """The plans of every statement that a query runs; what the search index asks itself begins with `--`."""
    statements: list[str] = []
    database.tables  # noqa: B018 - read once, before we listen
    database.connection.set_trace_callback(statements.append)
    read()  # type: ignore[operator]
    database.connection.set_trace_callback(None)
    asked = [one for one in statements if one.split()[0] in ("SELECT", "UPDATE", "INSERT", "DELETE")]
    assert asked
    return "\n".join(plan(database, one, ()) for one in asked)


READS = {
    "board page": lambda db: queries.board_page(db, Query(Shelf(group_id=1), "parks", ("公 园",), "x")),
    "latest": lambda db: queries.latest_public(db, 6),
    "published": lambda db: queries.find_published(db, "x"),
    "my latest": lambda db: queries.my_latest(db, 1, 3),
    "my drafts": lambda db: queries.my_drafts(db, 1),
    "shelf names": lambda db: queries.shelf_names(db, [Shelf(1), Shelf(team_id=2), CITY]),
    "versions": lambda db: store.list_versions(db, 1),
    "posts of a day": lambda db: store.count_posts_since(db, 1, datetime(2026, 1, 1, tzinfo=UTC)),
}


@pytest.mark.parametrize("read", READS)
def test_nothing_that_a_page_reads_scans_a_table(database: Database, read: str) -> None:
    found = plan_of(database, lambda: READS[read](database))
    assert not re.search(OWN_TABLES, found), found


def test_what_follows_a_consent_finds_the_childs_posts_by_an_index(database: Database) -> None:
    def change() -> None:
        with write(database) as tx:
            store.set_public_of_author(tx, 1, True)

    assert "posts_by_author" in plan_of(database, change)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE post_versions SET saw = 'something else'", "UPDATE post_versions SET title = title",
        "DELETE FROM post_versions", "UPDATE post_versions SET number = 7",
    ],
)  # fmt: skip
def test_nobody_can_change_or_remove_a_childs_words(story: Story, sql: str) -> None:
    """R54: the database itself refuses."""
    story.sent()
    with pytest.raises(sqlite3.IntegrityError), write(story.database) as tx:
        tx.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE posts SET is_public = 1", "UPDATE posts SET state = 'published'", "UPDATE posts SET state = 'draft'",
        "UPDATE posts SET published_at = '2026-01-01T00:00:00.000Z'", "UPDATE posts SET audience = 'nobody'",
        "UPDATE posts SET state = 'withdrawn'",
    ],
)  # fmt: skip
def test_the_database_refuses_a_post_that_makes_no_sense(story: Story, sql: str) -> None:
    story.sent()
    with pytest.raises(sqlite3.IntegrityError), write(story.database) as tx:
        tx.execute(sql)


def hits(story: Story, word: str) -> list[str]:
    return [note.pid for note in queries.board_page(story.database, Query(phrases=(" ".join(word),))).notes]


def test_only_what_is_on_the_board_is_in_the_index(story: Story) -> None:
    waiting = story.sent(saw="滑梯太陡了")
    assert story.count("post_search") == 0
    story.decide(waiting, Outcome.PUBLISH)
    assert hits(story, "滑梯") == [waiting]
    with write(story.database) as tx:
        from cfc_groups.board.post_actions import hide_post_in

        hide_post_in(tx, story.post(waiting).post_id, None, story.clock())
    assert hits(story, "滑梯") == [] and story.count("post_search") == 0


def test_a_post_that_comes_back_keeps_its_place_and_is_found_once(story: Story) -> None:
    pid = story.published(saw="滑梯太陡了")
    before = story.post(pid)
    with write(story.database) as tx:
        from cfc_groups.board.post_actions import hide_post_in

        hide_post_in(tx, before.post_id, None, story.clock())
    story.later(days=1)
    with write(story.database) as tx:
        store.set_published(tx, story.post(pid), 1, is_public=True, now=story.clock())
    after = story.post(pid)
    assert (after.board_order, after.published_at) == (before.board_order, before.published_at)
    assert hits(story, "滑梯") == [pid]


def test_posts_of_the_same_millisecond_have_an_order(story: Story) -> None:
    pids = [story.published(story.world.child(story.group, story.team)) for _ in range(5)]
    assert [note.pid for note in queries.latest_public(story.database, 10)] == list(reversed(pids))


def test_five_lists_read_as_fast_with_many_rows_as_with_few(story: Story, count_sql: object) -> None:
    """One statement each, however many rows."""
    story.published()
    counts = []
    for _round in range(2):
        with count_sql() as statements:  # type: ignore[operator]
            queries.board_page(story.database, Query())
            queries.board_page(story.database, Query(Shelf(story.group), "parks", ("公 园",)))
            queries.my_ideas(story.database, story.child.account_id, None)
        counts.append(len(statements))
        for _ in range(5):
            story.published(story.world.child(story.group, story.team))
    assert counts == [3, 3]


@pytest.mark.parametrize(
    ("sql", "stale"),
    [
        ("UPDATE accounts SET display_name = '新的小狐狸' WHERE role = 'child'", True),
        ("UPDATE accounts SET avatar = 'owl' WHERE role = 'child'", True),
        ("UPDATE accounts SET display_name = '新老师' WHERE role = 'teacher'", False),
        ("UPDATE accounts SET display_name = display_name", False),
        ("UPDATE teams SET name = '新小队'", True),
        ("UPDATE themes SET label = '公园和游乐场' WHERE theme = 'parks'", True),
        ("INSERT INTO themes (theme, position, note_colour, picture) VALUES ('water', 8, 'sky', 'water')", True),
    ],
)
def test_kept_pages_are_stale_when_what_stands_beside_the_words_changes(story: Story, sql: str, stale: bool) -> None:
    """Never a page with an old nickname or team, whichever room changes it."""
    story.published()

    def version() -> object:
        return story.database.value("SELECT version FROM page_versions WHERE topic = 'board'")

    before = version()
    with write(story.database) as tx:
        tx.execute(sql)
    assert (version() != before) is stale

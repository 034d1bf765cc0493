# ruff: noqa: S608 - only constants of this room are put together; tests/house/test_sql.py watches over it
"""The rows of posts, their versions, and the search index."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from cfc_groups.board.models import Audience, Post, PostState, Version, Words
from cfc_groups.board.rules import first_order_number, order_number
from cfc_groups.board.search_rules import indexed_words
from cfc_groups.clock import parse_stamp, stamp
from cfc_groups.db import Reader, Writer
from cfc_groups.groups.models import Theme

POST_COLUMNS = (
    "posts.post_id, posts.pid, posts.author_id, posts.group_id, posts.team_id, posts.theme, posts.audience,"
    " posts.state, posts.current_version, posts.made_at, posts.submitted_at, posts.published_at, posts.board_order,"
    " posts.withdrawn_at, posts.is_public"
)
MOST_VERSIONS = 100


def post_from(row: sqlite3.Row) -> Post:
    """The post of a row with POST_COLUMNS."""
    return Post(
        row["post_id"], row["pid"], row["author_id"], row["group_id"], row["team_id"], row["theme"],
        Audience(row["audience"]), PostState(row["state"]), row["current_version"], parse_stamp(row["made_at"]),
        parse_stamp(row["submitted_at"]), _moment(row["published_at"]), row["board_order"],
        _moment(row["withdrawn_at"]), bool(row["is_public"]),
    )  # fmt: skip


def _moment(text: str | None) -> datetime | None:
    return None if text is None else parse_stamp(text)


def find_post(db: Reader, pid: str) -> Post | None:
    """The post with a public id, in whatever state."""
    row = db.row(f"SELECT {POST_COLUMNS} FROM posts WHERE pid = ?", (pid,))
    return None if row is None else post_from(row)


def find_post_by_id(db: Reader, post_id: int) -> Post | None:
    """The post with an id, in whatever state."""
    row = db.row(f"SELECT {POST_COLUMNS} FROM posts WHERE post_id = ?", (post_id,))
    return None if row is None else post_from(row)


def count_posts_since(db: Reader, author_id: int, since: datetime) -> int:
    """How many ideas a child has sent for the first time since a moment."""
    found = db.value("SELECT count(*) FROM posts WHERE author_id = ? AND made_at >= ?", (author_id, stamp(since)))
    return int(str(found))


def add_post(
    tx: Writer, *, pid: str, author_id: int, group_id: int, team_id: int | None, theme: str, place_id: int | None,
    audience: Audience, state: PostState, now: datetime,
) -> int:  # fmt: skip
    """Add a post whose first version follows; answers its id."""
    return tx.insert(
        "posts", pid=pid, author_id=author_id, group_id=group_id, team_id=team_id, theme=theme, place_id=place_id,
        audience=audience, state=state, current_version=1, made_at=stamp(now), submitted_at=stamp(now),
    )  # fmt: skip


def add_version(
    tx: Writer, post_id: int, number: int, words: Words, *, place_id: int | None, theme: str, now: datetime
) -> int:
    """Add a version of a child's words; it can never be changed (R54)."""
    return tx.insert(
        "post_versions", post_id=post_id, number=number, title=words.title, saw=words.saw, wish=words.wish,
        place_id=place_id, theme=theme, written_at=stamp(now),
    )  # fmt: skip


def set_next_version(
    tx: Writer, post_id: int, number: int, *, audience: Audience, state: PostState, now: datetime
) -> None:
    """A revised post waits again, with its new version."""
    tx.execute(
        "UPDATE posts SET current_version = ?, audience = ?, state = ?, submitted_at = ? WHERE post_id = ?",
        (number, audience, state, stamp(now), post_id),
    )


def set_state(tx: Writer, post_id: int, state: PostState) -> None:
    """Set the state of a post that is not on the board, or leaves it; its published copy goes."""
    tx.execute(
        "UPDATE posts SET state = ?, is_public = 0, title = NULL, saw = NULL, wish = NULL WHERE post_id = ?",
        (state, post_id),
    )


def set_withdrawn(tx: Writer, post_id: int, now: datetime) -> None:
    """The author takes a post back: nothing of it stays in the published copy."""
    tx.execute(
        "UPDATE posts SET state = 'withdrawn', withdrawn_at = ?, is_public = 0, title = NULL, saw = NULL, wish = NULL"
        " WHERE post_id = ?",
        (stamp(now), post_id),
    )


def set_published(tx: Writer, post: Post, version_number: int, *, is_public: bool, now: datetime) -> int:
    """Put a version on the board: the published copy, its place in the order, the search index; answers the order.

    A post that had been on the board before keeps its day and its place.
    """
    order = post.board_order if post.board_order is not None else _next_order(tx, now)
    tx.execute(
        "UPDATE posts SET state = 'published', published_at = coalesce(published_at, :at), board_order = :order_number,"
        " is_public = :is_public, title = version.title, saw = version.saw, wish = version.wish, theme = version.theme,"
        " place_id = version.place_id"
        " FROM (SELECT title, saw, wish, theme, place_id FROM post_versions"
        " WHERE post_id = :post_id AND number = :number) AS version WHERE posts.post_id = :post_id",
        {
            "at": stamp(now), "order_number": order, "is_public": int(is_public), "post_id": post.post_id,
            "number": version_number,
        },
    )  # fmt: skip
    tx.execute("INSERT INTO post_search (rowid, words) VALUES (?, ?)", (order, _published_words(tx, post.post_id)))
    return order


def _next_order(tx: Writer, now: datetime) -> int:
    first = first_order_number(now)
    last = tx.value(
        "SELECT max(board_order) FROM posts WHERE board_order >= ? AND board_order < ?", (first, first + 1_000_000)
    )
    return order_number(now, None if last is None else int(str(last)))


def remove_from_search(tx: Writer, post: Post) -> None:
    """Take a published post out of the index; must come before its published copy goes.

    A contentless index forgets a row only when it is told the very words that it was given.
    """
    if post.state is PostState.PUBLISHED:
        tx.execute(
            "INSERT INTO post_search (post_search, rowid, words) VALUES ('delete', ?, ?)",
            (post.board_order, _published_words(tx, post.post_id)),
        )


def _published_words(tx: Writer, post_id: int) -> str:
    row = tx.row("SELECT title, saw, wish, group_id, team_id, theme FROM posts WHERE post_id = ?", (post_id,))
    assert row is not None  # noqa: S101 - the caller has just written it
    return indexed_words(
        row["title"], row["saw"], row["wish"], group_id=row["group_id"], team_id=row["team_id"], theme=row["theme"]
    )


def set_public_of_author(tx: Writer, author_id: int, consented: bool) -> int:
    """Make a child's published posts public or group-only again, as their audience and the consents say (R2, R15).

    Answers how many changed.
    """
    return tx.execute(
        "UPDATE posts SET is_public = (audience = 'public' AND :consented)"
        " WHERE author_id = :author_id AND state = 'published' AND is_public <> (audience = 'public' AND :consented)",
        {"author_id": author_id, "consented": int(consented)},
    )


def get_words(db: Reader, post_id: int, number: int) -> tuple[Words, int | None, str]:
    """The words, the place and the theme of one version; for revising it."""
    row = db.row(
        "SELECT title, saw, wish, place_id, theme FROM post_versions WHERE post_id = ? AND number = ?",
        (post_id, number),
    )
    assert row is not None  # noqa: S101 - every post has its versions
    return Words(row["title"], row["saw"], row["wish"]), row["place_id"], row["theme"]


def list_versions(db: Reader, post_id: int) -> list[Version]:
    """Every version of a post, the first one first; at most 100."""
    rows = db.rows(
        "SELECT post_versions.number, post_versions.title, post_versions.saw, post_versions.wish,"
        " places.name AS place_name, post_versions.theme, themes.label, themes.note_colour, themes.picture,"
        " post_versions.written_at FROM post_versions"
        " JOIN themes ON themes.theme = post_versions.theme"
        " LEFT JOIN places ON places.place_id = post_versions.place_id"
        " WHERE post_versions.post_id = ? ORDER BY post_versions.number LIMIT ?",
        (post_id, MOST_VERSIONS),
    )
    return [
        Version(
            row["number"], Words(row["title"], row["saw"], row["wish"]), row["place_name"],
            Theme(row["theme"], row["label"], row["note_colour"], row["picture"]), parse_stamp(row["written_at"]),
        )
        for row in rows
    ]  # fmt: skip

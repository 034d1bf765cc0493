# ruff: noqa: S608 - only constants of this room are put together; tests/house/test_sql.py watches over it
"""What the board's pages read: each list is one bounded statement in the order of publication, newest first (R108)."""

from __future__ import annotations

import json
import sqlite3

from cfc_groups.board import draft_store
from cfc_groups.board.models import Audience, Draft, PostState, Query, Shelf
from cfc_groups.board.pages import BoardPage, IdeaPage, MyIdea, Note, PublishedPost
from cfc_groups.board.rules import PAGE
from cfc_groups.board.search_rules import match
from cfc_groups.clock import parse_stamp
from cfc_groups.db import Reader
from cfc_groups.groups.models import Theme

# A note of the board. Only the nickname, the avatar and the team's name tell who wrote it (R1).
NOTE_COLUMNS = (
    "posts.board_order, posts.pid, posts.title, substr(posts.saw, 1, 200) AS saw, substr(posts.wish, 1, 200) AS wish,"
    " posts.published_at, posts.theme, themes.label, themes.note_colour, themes.picture, teams.name AS team_name,"
    " accounts.display_name, accounts.avatar"
)
JOINS = (
    " JOIN themes ON themes.theme = posts.theme"
    " JOIN accounts ON accounts.account_id = posts.author_id"
    " LEFT JOIN teams ON teams.team_id = posts.team_id"
)
IN_CITY = "posts.is_public = 1"
IN_GROUP = "posts.group_id = :group_id AND posts.state = 'published'"
IN_TEAM = "posts.team_id = :team_id AND posts.state = 'published'"
OF_THEME = " AND posts.theme = :theme"
# The page begins after the note that the cursor names. Its public id tells a visitor nothing: neither the hour (R7)
# nor a number (R5). A cursor that was never on the board begins at the newest note.
AFTER_CURSOR = " < coalesce((SELECT last.board_order FROM posts AS last WHERE last.pid = :before), 9223372036854775807)"
ALL_THEMES = (
    "(SELECT json_group_array(json_array(theme, label, note_colour, picture)) FROM"
    " (SELECT theme, label, note_colour, picture FROM themes WHERE ended_on IS NULL ORDER BY position, theme LIMIT 60))"
)


def notes_statement(query: Query) -> str:
    """The statement that reads one page of notes: one walk down an index, or down the hits of the search index."""
    shelf = IN_CITY if query.shelf.is_city else IN_GROUP if query.shelf.team_id is None else IN_TEAM
    where = shelf + (OF_THEME if query.theme else "")
    if query.phrases:
        return (
            f"SELECT {NOTE_COLUMNS} FROM post_search CROSS JOIN posts ON posts.board_order = post_search.rowid{JOINS}"
            f" WHERE post_search MATCH :match AND post_search.rowid{AFTER_CURSOR} AND {where}"
            " ORDER BY post_search.rowid DESC LIMIT :most"
        )
    return (
        f"SELECT {NOTE_COLUMNS} FROM posts{JOINS} WHERE {where} AND posts.board_order{AFTER_CURSOR}"
        " ORDER BY posts.board_order DESC LIMIT :most"
    )


def page_statement(query: Query) -> str:
    """The same page, and beside each note (or beside nothing) all themes for the chips: one statement for visitors."""
    return f"SELECT {ALL_THEMES} AS all_themes, page.* FROM (SELECT 1) LEFT JOIN ({notes_statement(query)}) AS page"


def notes_parameters(query: Query, most: int) -> dict[str, object]:
    """What the statement is filled with."""
    shelf, team_only = query.shelf, query.shelf.team_id
    found = match(query.phrases, group_id=shelf.group_id, team_id=team_only, theme=query.theme)
    return {
        "group_id": shelf.group_id, "team_id": team_only, "theme": query.theme, "before": query.before, "most": most,
        "match": found,
    }  # fmt: skip


def board_page(db: Reader, query: Query) -> BoardPage:
    """A page of the board and all themes for its chips, in one statement."""
    rows = db.rows(page_statement(query), notes_parameters(query, PAGE + 1))
    themes = [Theme(*values) for values in json.loads(rows[0]["all_themes"])]
    found = sorted((row for row in rows if row["pid"] is not None), key=lambda row: -row["board_order"])
    notes = [_note(row) for row in found[:PAGE]]
    return BoardPage(themes, notes, notes[-1].pid if len(found) > PAGE else None)


def latest_public(db: Reader, limit: int) -> list[Note]:
    """The newest notes that everybody may read, for the front page; one statement."""
    query = Query()
    return [_note(row) for row in db.rows(notes_statement(query), notes_parameters(query, limit))]


def _note(row: sqlite3.Row) -> Note:
    theme = Theme(row["theme"], row["label"], row["note_colour"], row["picture"])
    return Note(
        row["pid"], row["title"], row["saw"], row["wish"], theme, row["team_name"], row["display_name"],
        row["avatar"], parse_stamp(row["published_at"]),
    )  # fmt: skip


def find_published(db: Reader, pid: str) -> PublishedPost | None:
    """A post that is on the board, for its readers; one statement. Whether they may read it is asked of the rules."""
    row = db.row(
        "SELECT posts.pid, posts.author_id, posts.group_id, posts.team_id, posts.is_public, posts.title, posts.saw,"
        " posts.wish, posts.published_at, posts.theme, themes.label, themes.note_colour, themes.picture,"
        " teams.name AS team_name, accounts.display_name, accounts.avatar, places.name AS place_name"
        f" FROM posts{JOINS} LEFT JOIN places ON places.place_id = posts.place_id"
        " WHERE posts.pid = ? AND posts.state = 'published'",
        (pid,),
    )
    if row is None:
        return None
    theme = Theme(row["theme"], row["label"], row["note_colour"], row["picture"])
    return PublishedPost(
        row["pid"], row["author_id"], row["group_id"], row["team_id"], bool(row["is_public"]), row["title"],
        row["saw"], row["wish"], theme, row["team_name"], row["display_name"], row["avatar"], row["place_name"],
        parse_stamp(row["published_at"]),
    )  # fmt: skip


IDEA_COLUMNS = (
    "posts.pid, posts.state, posts.is_public, posts.audience, posts.made_at, posts.theme, themes.label,"
    " themes.note_colour, themes.picture, post_versions.title"
)
IDEAS = (
    "posts JOIN post_versions ON post_versions.post_id = posts.post_id AND post_versions.number = posts.current_version"
    " JOIN themes ON themes.theme = posts.theme"
)


def my_ideas(db: Reader, author_id: int, before: str | None) -> IdeaPage:
    """A child's own ideas in whatever state, the newest first; one statement."""
    clause = ""
    if before is not None:
        clause = (
            " AND (posts.made_at, posts.post_id) <"
            " (SELECT last.made_at, last.post_id FROM posts AS last"
            " WHERE last.pid = :before AND last.author_id = :author_id)"
        )
    rows = db.rows(
        f"SELECT {IDEA_COLUMNS} FROM {IDEAS} WHERE posts.author_id = :author_id{clause}"
        " ORDER BY posts.made_at DESC, posts.post_id DESC LIMIT :most",
        {"author_id": author_id, "before": before, "most": PAGE + 1},
    )
    ideas = [_idea(row) for row in rows[:PAGE]]
    return IdeaPage(ideas, ideas[-1].pid if len(rows) > PAGE else None)


def my_drafts(db: Reader, author_id: int) -> list[Draft]:
    """A child's drafts, the last saved one first; one statement."""
    return draft_store.list_drafts(db, author_id)


def my_latest(db: Reader, child_id: int, limit: int) -> list[MyIdea]:
    """A child's newest ideas, for its own page; one statement."""
    rows = db.rows(
        f"SELECT {IDEA_COLUMNS} FROM {IDEAS} WHERE posts.author_id = ?"
        " ORDER BY posts.made_at DESC, posts.post_id DESC LIMIT ?",
        (child_id, limit),
    )
    return [_idea(row) for row in rows]


def _idea(row: sqlite3.Row) -> MyIdea:
    theme = Theme(row["theme"], row["label"], row["note_colour"], row["picture"])
    return MyIdea(
        row["pid"], row["title"], PostState(row["state"]), Audience(row["audience"]), bool(row["is_public"]), theme,
        parse_stamp(row["made_at"]),
    )  # fmt: skip


def shelf_names(db: Reader, shelves: list[Shelf]) -> dict[Shelf, tuple[str, str]]:
    """Public id and name of the group or team of each shelf; one statement. The city's shelf has none."""
    ids = {"groups": json.dumps([one.group_id for one in shelves if one.group_id is not None]),
           "teams": json.dumps([one.team_id for one in shelves if one.team_id is not None])}  # fmt: skip
    rows = db.rows(
        "SELECT group_id, NULL AS team_id, pid, name FROM groups"
        " WHERE group_id IN (SELECT value FROM json_each(:groups))"
        " UNION ALL SELECT NULL, team_id, pid, name FROM teams WHERE team_id IN (SELECT value FROM json_each(:teams))",
        ids,
    )
    return {Shelf(row["group_id"], row["team_id"]): (row["pid"], row["name"]) for row in rows}


def find_group_id(db: Reader, pid: str) -> int | None:
    """The group with a public id, for a coordinator who opens any group's board."""
    found = db.value("SELECT group_id FROM groups WHERE pid = ?", (pid,))
    return None if found is None else int(str(found))

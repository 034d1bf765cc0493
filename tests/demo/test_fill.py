"""The demo is Hangzhou in small (domain.md 3), told through the site's own actions."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from cfc_groups import journal
from cfc_groups.demo import fill
from cfc_groups.demo.content_files import read_lines, read_one
from tests.support.demo import Demo

ROOT = Path(__file__).parents[2]

STATES = {"waiting", "held", "escalated", "returned", "refused", "published", "withdrawn", "hidden"}


def count(demo: Demo, sql: str) -> int:
    return int(str(demo.database.value(sql)))


def test_the_alliance_has_the_shape_of_hangzhou(demo: Demo) -> None:
    """domain.md 3: 26 groups; one city group of 70 children in seven themed teams."""
    assert count(demo, "SELECT count(*) FROM groups WHERE ends_on IS NULL") == 26
    city = "(SELECT group_id FROM groups WHERE kind = 'city')"
    assert count(demo, f"SELECT count(*) FROM memberships WHERE kind = 'child' AND group_id = {city}") == 70
    assert count(demo, f"SELECT count(*) FROM teams WHERE group_id = {city}") == 7
    themes = demo.database.rows(f"SELECT DISTINCT theme FROM teams WHERE group_id = {city}")
    assert {row["theme"] for row in themes} == {
        "living", "culture", "transport", "health", "parks", "school", "safety",
    }  # fmt: skip
    in_teams = f"SELECT count(*) FROM memberships WHERE kind = 'child' AND group_id = {city} AND team_id IS NOT NULL"
    assert count(demo, in_teams) == 70


def test_every_role_of_this_version_is_there(demo: Demo) -> None:
    roles = {row["role"]: row["many"] for row in demo.database.rows(
        "SELECT role, count(*) AS many FROM accounts WHERE state = 'active' GROUP BY role")}  # fmt: skip
    assert roles["child"] == 108
    assert roles["mentor"] >= 10 and roles["teacher"] >= 5 and roles["coordinator"] >= 2 and roles["department"] >= 3
    assert count(demo, "SELECT count(*) FROM capabilities WHERE ended_at IS NULL") >= 2  # R40
    assert count(demo, "SELECT count(DISTINCT child_id) FROM guardian_contacts") == 108


def test_every_post_stands_where_its_content_says(demo: Demo) -> None:
    """Through submit, review and decision: no state is written by hand."""
    stories = read_lines("posts.jsonl")
    found = Counter((row["state"], row["title"]) for row in demo.database.rows(
        "SELECT posts.state, post_versions.title FROM posts JOIN post_versions"
        " ON post_versions.post_id = posts.post_id AND number = current_version"))  # fmt: skip
    assert found == Counter((row["state"], row["title"]) for row in stories if row["state"] != "draft")
    assert {state for state, _title in found} == STATES
    drafts = Counter(row["title"] for row in demo.database.rows("SELECT title FROM post_drafts"))
    assert drafts == Counter(row["title"] for row in stories if row["state"] == "draft")


@pytest.mark.parametrize("row", read_lines("posts.jsonl"), ids=lambda row: row["title"] or "no title")
def test_no_harmless_note_calls_an_officer(row: dict[str, str]) -> None:
    """R62: only the two children who are in danger alarm somebody; the detectors let the others pass."""
    from cfc_groups.board.findings import look_through
    from cfc_groups.board.models import PostState, Words

    state = look_through(Words(row["title"], row["saw"], row["wish"])).state
    assert (state is PostState.ESCALATED) == (row["state"] == "escalated")


def test_published_notes_are_public_only_with_all_three_yeses(demo: Demo) -> None:
    """R2, from the content: audience, guardian's consent and the child's own yes."""
    may = {row["nickname"]: row["consents"]["ideas_public"] and row["assent"] for row in read_lines("children.jsonl")}
    wanted = Counter(
        row["title"] for row in read_lines("posts.jsonl")
        if row["state"] == "published" and row["audience"] == "public" and may[row["author"]]
    )  # fmt: skip
    public = Counter(row["title"] for row in demo.database.rows("SELECT title FROM posts WHERE is_public = 1"))
    assert public == wanted
    assert sum(public.values()) > 60


def test_nothing_happens_in_the_future_or_before_the_story_begins(demo: Demo) -> None:
    began = (demo.clock.moment - fill.BEGAN_BEFORE - timedelta(days=1)).strftime("%Y-%m-%d")
    now = demo.clock.moment.strftime("%Y-%m-%dT%H:%M:%S.999Z")
    columns = [
        ("posts", "made_at"), ("posts", "published_at"), ("posts", "withdrawn_at"), ("post_versions", "written_at"),
        ("post_drafts", "saved_at"), ("moderation_items", "submitted_at"), ("decisions", "decided_at"),
        ("accounts", "made_at"), ("badges", "issued_at"), ("consents", "recorded_at"), ("assents", "answered_at"),
        ("notifications", "told_at"), ("journal", "entered_at"),
    ]  # fmt: skip
    for table, column in columns:
        wrong = count(demo, f"SELECT count(*) FROM {table} WHERE {column} < '{began}' OR {column} > '{now}'")
        assert wrong == 0, f"{table}.{column}"


def test_the_posts_were_decided_in_the_order_of_their_days(demo: Demo) -> None:
    days = [row["decided_at"] for row in demo.database.rows("SELECT decided_at FROM decisions ORDER BY decision_id")]
    assert days == sorted(days) and len(days) > 90


def test_the_journal_of_the_demo_is_whole(demo: Demo) -> None:
    """R101; it tells of every post, consent and badge."""
    assert journal.verify(demo.database) is None
    deeds = Counter(row["deed"] for row in demo.database.rows("SELECT deed FROM journal"))
    assert deeds["send_post"] >= 124 and deeds["decide_item"] >= 100 and deeds["issue_badge"] == 108
    assert deeds["record_consents"] == 104


def test_children_without_consent_are_among_them(demo: Demo) -> None:
    """R12: four guardians have not answered yet; one child has not been asked for its own yes."""
    missing = "SELECT count(*) FROM accounts WHERE role = 'child' AND account_id NOT IN (SELECT child_id FROM {})"
    assert count(demo, missing.format("consents")) == 4
    assert count(demo, missing.format("assents")) == 5


def test_no_name_phone_or_secret_lies_readable_on_the_disk(demo: Demo) -> None:
    """R26: names and contacts are sealed; passwords, codes and pictures are hashes or not kept at all."""
    demo.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    content = b"".join(file.read_bytes() for file in demo.settings.instance.rglob("site.db*"))
    children, adults = read_lines("children.jsonl"), read_lines("staff.jsonl")
    words = {one["real_name"] for one in children + adults} | {one["guardian"]["phone"] for one in children}
    words |= {one["guardian"]["email"] for one in children if one["guardian"]["email"]}
    words |= {
        value for row in demo.logins for value in (row["password"], row["totp_secret"], row["badge_code"]) if value
    }
    in_posts = "".join(row["saw"] + row["wish"] for row in read_lines("posts.jsonl"))
    found = [word for word in words if word.encode() in content and word not in in_posts]
    assert not found
    names_of_notes = {one["real_name"] for one in children if one["real_name"] in in_posts}
    assert not names_of_notes


def prepare(folder: Path) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CFC_")}
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "prepare", "--demo"], cwd=ROOT,
        env=environment | {"CFC_INSTANCE": str(folder)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def ask(folder: Path, sql: str) -> object:
    with closing(sqlite3.connect(f"file:{folder / 'site.db'}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchone()[0]


def has_begun(folder: Path) -> bool:
    """Whether the schema stands; then the filling begins, and takes some seconds."""
    try:
        return bool(ask(folder, "SELECT count(*) FROM sqlite_master WHERE name = 'post_search'"))
    except sqlite3.Error:
        return False


def test_a_killed_filling_leaves_nothing_and_is_done_again(tmp_path: Path) -> None:
    """All or nothing: whoever stops the first start half-way gets the whole demo at the next one."""
    first = prepare(tmp_path)
    while not has_begun(tmp_path) and first.poll() is None:
        time.sleep(0.02)
    first.kill()
    assert first.wait() != 0
    assert ask(tmp_path, "SELECT count(*) FROM accounts") == 0
    assert ask(tmp_path, "SELECT count(*) FROM instance_facts") == 0
    assert prepare(tmp_path).wait() == 0
    assert ask(tmp_path, "SELECT count(*) FROM posts") == 124
    assert ask(tmp_path, "SELECT value FROM instance_facts WHERE name = 'made_by'") == "demo"
    assert prepare(tmp_path).wait() == 0  # a third start adds nothing
    assert ask(tmp_path, "SELECT count(*) FROM posts") == 124


def test_the_content_holds_together() -> None:
    """Names that the content's files use of one another exist; member numbers and nicknames are given once."""
    groups = {row["key"] for row in read_one("alliance.json")["groups"]}
    teams = {(row["group"], row["name"]) for row in read_one("teams.json")}
    children, posts = read_lines("children.jsonl"), read_lines("posts.jsonl")
    places = {row["name"] for row in read_lines("places.jsonl")}
    assert {group for group, _name in teams} <= groups
    assert {(row["group"], row["team"]) for row in children if row["team"]} <= teams
    assert {row["author"] for row in posts} <= {row["nickname"] for row in children}
    assert {row["place"] for row in posts if row["place"]} <= places
    for key in ("nickname", "member_number"):
        assert len({row[key] for row in children}) == len(children)

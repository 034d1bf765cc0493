"""Every page of the demo, as everybody who can sign in: nothing secret on it, nothing breaks, nothing changes."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from cfc_groups.demo.content_files import read_lines
from tests.support.crawl import crawl, fingerprints
from tests.support.demo import Demo
from tests.support.pages import Page, PageClient

CHILDREN, ADULTS, POSTS = read_lines("children.jsonl"), read_lines("staff.jsonl"), read_lines("posts.jsonl")

# What belongs to somebody and must not be read by others (R1, R26, R31).
NAMES = {row["real_name"] for row in CHILDREN}
CONTACTS = {row["guardian"]["phone"] for row in CHILDREN} | {
    row["guardian"]["email"] for row in CHILDREN if row["guardian"]["email"]
}  # fmt: skip
NUMBERS = {row["member_number"] for row in CHILDREN}
MONTHS = {row["birth_month"] for row in CHILDREN} - {"2016-03"}  # that one is the example beside the field
ADULTS_NAMES = {row["real_name"] for row in ADULTS} - {row["display_name"] for row in ADULTS}
USER_NAMES = {row["user_name"] for row in ADULTS}

SECRETS_FOR = {
    "visitor": NAMES | CONTACTS | NUMBERS | MONTHS | ADULTS_NAMES | USER_NAMES,
    "child": NAMES | CONTACTS | NUMBERS | MONTHS | ADULTS_NAMES | USER_NAMES,
    "mentor": NAMES | CONTACTS | NUMBERS | MONTHS | ADULTS_NAMES,
    "department": NAMES | CONTACTS | NUMBERS | MONTHS | ADULTS_NAMES,
    "teacher": NAMES | CONTACTS | MONTHS | ADULTS_NAMES,
    "officer": NAMES | CONTACTS | MONTHS | ADULTS_NAMES,
    "coordinator": NAMES | CONTACTS | MONTHS,
}
LOGINS = {
    "mentor": "weng.mentor", "department": "health.department", "teacher": "pang.teacher", "officer": "chen.teacher",
    "coordinator": "wei.coordinator",
}  # fmt: skip
ROLES = sorted(SECRETS_FOR)
FEWEST_OPENED = {
    "visitor": 12, "child": 20, "mentor": 8, "department": 8, "teacher": 30, "officer": 30, "coordinator": 50,
}  # fmt: skip


def come_in(demo: Demo, who: str) -> PageClient:
    client = demo.client()
    if who == "child":
        demo.come_in(client, demo.login_of_child("圆脸仓鼠"))
    elif who != "visitor":
        demo.come_in(client, demo.login(who if who != "officer" else "teacher", user_name=LOGINS[who]))
    return client


def troubles_of(page: Page, found_on: str, who: str) -> Iterator[str]:
    """What is wrong with a page that this role got."""
    where = f"{page.address} ({page.status}, from {found_on or 'the start'})"
    if page.status not in (200, 303, 403, 404):
        yield f"{where}: status"
    if page.status == 404 and found_on:
        yield f"{where}: a link leads to nothing"
    try:
        page.check()
    except AssertionError as problem:
        yield str(problem).split("\n")[0]
    own = LOGINS.get(who, "")  # what somebody is called is no secret to herself
    content = page.response.get_data()
    yield from (f"{where}: {one}" for one in SECRETS_FOR[who] if one.encode() in content and one != own)
    is_page = page.html and page.status == 200
    if who != "visitor" and is_page and "no-store" not in page.response.headers.get("Cache-Control", ""):
        yield f"{where}: may be kept by a browser"


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
@pytest.mark.parametrize("who", ROLES)
def test_every_page_is_sound_and_keeps_its_secrets(demo: Demo, who: str, language: str) -> None:
    """R1, R5, R31, R94: each page of a role is well made, holds no canary, and opening it writes nothing.

    Well made: one heading, labels, tokens, no counting ids, no None (tests/support/pages.py checks each page).
    """
    client = come_in(demo, who)
    if language == "en":
        client.get("/language/en")
    before = fingerprints(demo.database)
    alike = 1 if language == "en" else 400 if who == "visitor" else 3
    pages = list(crawl(client, demo.app, alike=alike))
    wrong = [trouble for page, found_on in pages for trouble in troubles_of(page, found_on, who)]
    assert not wrong, "\n".join(wrong)
    changed = {name for name, print_ in fingerprints(demo.database).items() if before[name] != print_}
    assert not changed, f"opening pages changed {changed}"
    opened = len([page for page, _found_on in pages if page.status == 200])
    assert opened >= FEWEST_OPENED[who], f"{opened} of {len(pages)}"


def test_the_canaries_are_really_there(demo: Demo) -> None:
    """The crawl would find them: what is sealed in the database opens to the content's names and contacts."""
    from cfc_groups.accounts import store

    ids = [row["account_id"] for row in demo.database.rows("SELECT account_id FROM accounts WHERE role = 'child'")]
    assert set(store.real_names(demo.database, demo.sealer, ids).values()) == NAMES
    assert set(store.birth_months(demo.database, demo.sealer, ids).values()) > MONTHS
    contacts = [store.guardian_contact(demo.database, demo.sealer, one) for one in ids]
    assert {one.phone for one in contacts if one} == {row["guardian"]["phone"] for row in CHILDREN}


def test_visitors_cannot_join_two_posts_of_one_child(demo: Demo) -> None:
    """R6, R7: no link from a post to its author, no moment of the day."""
    client = demo.client()
    for page, _found_on in crawl(client, demo.app, alike=30):
        for link in page.links():
            assert not link.startswith(("/members", "/people", "/my-ideas")), page.address
            assert "author" not in urlsplit(link).query, page.address
        for time in page.find("time"):
            assert "T" not in time.attributes.get("datetime", ""), page.address


def test_children_of_other_groups_stand_on_no_page_of_a_child(demo: Demo) -> None:
    """R93: a child reads nicknames of its own group and of authors of public notes, nobody else's."""
    client = come_in(demo, "child")
    own = {row["nickname"] for row in CHILDREN if row["group"] == "cuiyuan"}
    authors = {row["author"] for row in POSTS if row["state"] == "published" and row["audience"] == "public"}
    others = {row["nickname"] for row in CHILDREN} - own - authors
    assert "圆脸仓鼠" in own and len(others) > 10
    for page, _found_on in crawl(client, demo.app, alike=60):
        assert not [name for name in others if name in page.text], page.address

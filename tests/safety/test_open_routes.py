"""What everybody may read: privacy for each age and help."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cfc_groups.safety import notices
from tests.safety.conftest import Story
from tests.support.pages import Page, PageClient


def parts_of(band: str, language: str = "zh_Hans") -> list[str]:
    return [part["heading"] for part in notices.privacy(language)[band]]


def headings(page: Page) -> list[str]:
    return [one.text for one in page.find("main")[0].all("h2")]


@pytest.mark.parametrize(("birth_month", "band"), [("2018-12", "6-8"), ("2016-10", "9-11"), ("2013-05", "12-15")])
def test_a_child_reads_the_privacy_page_of_its_age(
    story: Story, client: PageClient, birth_month: str, band: str
) -> None:
    """R107; the way to its own answers stands there too."""
    page = story.world.sign_in(client, story.world.child(story.group, birth_month=birth_month)).get("/privacy")
    assert headings(page) == parts_of(band)
    assert {"/privacy/who", "/my-yes"} <= set(page.links())


def test_the_other_versions_are_one_click_away(client: PageClient) -> None:
    """R107."""
    page = client.get("/privacy")
    assert page.heading == "我们怎样保护孩子的信息"
    for band in ("6-8", "9-11", "12-15"):
        assert f"/privacy?for={band}" in page.links()
        other = client.get(f"/privacy?for={band}")
        assert headings(other) == parts_of(band)
        assert other.find("a", aria_current="page")[0].attributes["href"] == f"/privacy?for={band}"
        assert "/privacy?for=adults" in other.links()


def test_adults_read_the_whole_notice_with_its_version(story: Story, client: PageClient) -> None:
    for browser in (client, story.world.sign_in(client, story.teacher)):
        page = browser.get("/privacy")
        text = notices.texts(notices.CURRENT, "zh_Hans")
        assert headings(page) == [block["heading"] for block in text["blocks"]]
        assert f"告知书版本 {notices.CURRENT}，校验码 {notices.current().short_hash}" in page.main


@pytest.mark.parametrize("asked", ["", "7", "<script>", "6–8", "99-100"])
def test_an_unknown_age_reads_the_usual_page(client: PageClient, asked: str) -> None:
    page = client.get("/privacy", query_string={"for": asked})
    assert page.status == 200
    assert page.heading == "我们怎样保护孩子的信息"


def test_every_version_is_there_in_english(client: PageClient) -> None:
    client.get("/language/en?next=/privacy")
    for band in ("6-8", "9-11", "12-15"):
        assert headings(client.get(f"/privacy?for={band}")) == parts_of(band, "en")
    assert client.get("/privacy").heading == "How we protect children's data"


def test_help_is_open_to_everybody_and_promises_no_button(
    story: Story, client: PageClient, new_client: Callable[[], PageClient]
) -> None:
    """R40, first part: numbers, whom to talk to, a quick way out; nothing that pretends to call somebody."""
    child = story.world.sign_in(new_client(), story.child)
    teacher = story.world.sign_in(new_client(), story.teacher)
    for browser in (client, child, teacher):
        page = browser.get("/help")
        assert page.status == 200
        for number in ("110", "12355", "12356", "12345"):
            assert page.find("a", href=f"tel:{number}")
        assert page.find("a", href="/board", data_quick_exit="")
        assert not page.find("main")[0].all("form")


def test_what_visitors_read_needs_few_statements(client: PageClient, count_sql: Callable[[], object]) -> None:
    for address in ("/privacy", "/privacy?for=6-8", "/privacy/who", "/help"):
        client.get(address)
        with count_sql() as statements:  # type: ignore[attr-defined]
            client.get(address)
        assert len(statements) <= 2, address

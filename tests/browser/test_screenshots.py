"""`make screenshots`: a picture of every page of the demo at three widths and in both languages, to be looked at."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import SIZES
from tests.browser.demo_site import PEOPLE, DemoSite, demo_site
from tests.browser.looking import NOWHERE, kind_of

LOOKS_DIFFERENT = ("home.me", "board.read", "groups.group", "moderation.desk")

pytestmark = pytest.mark.screenshots


@pytest.fixture(scope="module")
def site(browser: Any, demo_folder_of_today: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    with demo_site(browser, demo_folder_of_today, tmp_path_factory.mktemp("pages") / "demo") as found:
        yield found


@pytest.fixture(scope="module")
def pages(site: DemoSite) -> dict[str, list[tuple[str, str]]]:
    """Name and address of each page by person; a page is taken from whoever stands first and can open it."""
    known: set[object] = set()
    found: dict[str, list[tuple[str, str]]] = {}
    for who in PEOPLE:
        addresses = {kind_of(site, one): one for one in reversed(site.addresses(who))}
        new = [kind for kind in addresses if kind not in known or kind[0] in LOOKS_DIFFERENT]
        found[who] = [("-".join([kind[0].replace(".", "-"), *kind[1]]), addresses[kind]) for kind in sorted(new)]
        known |= set(addresses)
    found["visitor"].append(("no-such-page", NOWHERE))
    return found


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
@pytest.mark.parametrize("who", list(PEOPLE))
def test_every_page_is_pictured(
    site: DemoSite, pages: dict[str, list[tuple[str, str]]], who: str, language: str
) -> None:
    folder = Path(os.environ.get("SCREENSHOTS", "screenshots")) / language
    context = site.context(who, language=language)
    page = context.new_page()
    for name, address in pages[who]:
        page.goto(address)
        for width, size in SIZES.items():
            page.set_viewport_size({"width": size[0], "height": size[1]})
            file = folder / width / f"{who.replace(' ', '-')}-{name}.png"
            page.screenshot(path=file, full_page=True)
            assert file.stat().st_size > 1000
    context.close()

"""Every page of the staff, in Chromium: Chinese on a phone, English on a desktop, nothing sticking out at 320 px."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.demo_site import DemoSite, demo_site
from tests.browser.looking import DESKTOP, PHONE, kind_of, look_at


@pytest.fixture(scope="module")
def site(browser: Any, demo_folder_of_today: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    with demo_site(browser, demo_folder_of_today, tmp_path_factory.mktemp("pages") / "demo") as found:
        yield found


@pytest.fixture(scope="module")
def pages(site: DemoSite) -> dict[str, list[str]]:
    """Addresses by person; what the one before can open too is looked at once."""
    known: set[object] = set()
    found = {}
    for who in ("coordinator", "teacher", "mentor", "department"):
        addresses = {kind_of(site, one): one for one in site.addresses(who)}
        differ = ("home.me", "moderation.desk", "moderation.item", "groups.group")  # look different to each
        found[who] = [one for kind, one in addresses.items() if kind not in known or kind[0] in differ]
        known |= set(addresses)
    return found


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
@pytest.mark.parametrize("who", ["coordinator", "teacher", "mentor", "department"])
def test_pages_of_staff(site: DemoSite, pages: dict[str, list[str]], who: str, language: str) -> None:
    """R8, axe, 320 px; staff's smaller targets follow their own rule (24 px, which axe looks at)."""
    size = PHONE if language == "zh_Hans" else DESKTOP
    assert len(pages[who]) >= {"coordinator": 55, "teacher": 2}.get(who, 2)
    wrong = list(look_at(site, who, pages[who], language=language, sizes=(size,), targets=False))
    assert not wrong, "\n".join(wrong)

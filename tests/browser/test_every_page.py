"""Every page of visitors and children, in Chromium, both languages, on a phone and on a desktop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.demo_site import DemoSite, demo_site
from tests.browser.looking import DESKTOP, NOWHERE, PHONE, kind_of, look_at


@pytest.fixture(scope="module")
def site(browser: Any, demo_folder_of_today: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    with demo_site(browser, demo_folder_of_today, tmp_path_factory.mktemp("pages") / "demo") as found:
        yield found


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_pages_of_visitors(site: DemoSite, language: str) -> None:
    """R8: no request to anybody else. axe: no violation. 320 px: nothing sticks out."""
    addresses = [*site.addresses("visitor"), NOWHERE]
    assert len(addresses) >= 12
    wrong = list(look_at(site, "visitor", addresses, language=language, sizes=(PHONE, DESKTOP), targets=True))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_pages_of_children(site: DemoSite, language: str) -> None:
    """The same for children of three ages; what they tap is at least 44 px wide and high."""
    known, wrong = set(), []
    for who in ("child", "older child", "child before its yes"):
        addresses = {kind_of(site, one): one for one in reversed(site.addresses(who, alike=2))}
        new = [
            one for kind, one in addresses.items() if kind not in known or kind[0] in ("board.read", "safety.my_yes")
        ]
        known |= set(addresses)
        wrong += look_at(site, who, new, language=language, sizes=(PHONE, DESKTOP), targets=True)
    assert len(known) >= 22
    assert not wrong, "\n".join(wrong)

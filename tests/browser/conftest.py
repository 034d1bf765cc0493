"""A real server and a real browser: Granian on a free port of this computer, Debian's Chromium, axe for accessibility.

Without Chromium these tests say so in one sentence; with CFC_REQUIRE_BROWSER=1 a missing browser is a failure.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest

from cfc_groups.config import Settings
from tests.support.demo import demo_folder_of_today

__all__ = ["demo_folder_of_today"]

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SIZES = {"phone": (360, 780), "tablet": (768, 1024), "desktop": (1280, 900)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder; leave it out with a reason where there is no browser and none is demanded."""
    for item in items:
        if "tests/browser/" not in item.path.as_posix():
            continue
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None and os.environ.get("CFC_REQUIRE_BROWSER") != "1":
            item.add_marker(pytest.mark.skip(reason="no Chromium here; install Debian's package `chromium`"))


@dataclass(frozen=True)
class RunningSite:
    """A served instance."""

    address: str
    settings: Settings


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One headless Chromium for the whole run."""
    assert CHROMIUM is not None, "CFC_REQUIRE_BROWSER=1, but there is no Chromium: install Debian's package `chromium`"
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield chromium
        chromium.close()


@contextmanager
def served(settings: Settings) -> Iterator[RunningSite]:
    """The real server on an instance, until the block ends."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CFC_")}
    environment |= {"CFC_INSTANCE": str(settings.instance), "CFC_PORT": str(port)}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "app", "serve"], cwd=ROOT, env=environment,
            stdout=subprocess.DEVNULL, stderr=said,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_answering(address, process, said)
            yield RunningSite(address, settings)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture
def serve() -> Iterator[Callable[[Settings], RunningSite]]:
    """Start the real server on an instance; it is stopped after the test."""
    with ExitStack() as running:
        yield lambda settings: running.enter_context(served(settings))


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Phone, tablet and desktop, one after the other."""
    found: tuple[int, int] = SIZES[request.param]
    return found


def free_port() -> int:
    """A port that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_answering(address: str, process: subprocess.Popen[bytes], said: IO[str]) -> None:
    """Wait until the health check answers, a minute at most: other tests may keep the machine busy."""
    for _ in range(600):
        if process.poll() is not None:
            said.seek(0)
            raise AssertionError(f"the server ended with status {process.returncode}:\n{said.read()[-2000:]}")
        try:
            with urllib.request.urlopen(address + "/healthz", timeout=1):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer within a minute")


def give_session(context: Any, site: RunningSite, token: str) -> None:
    """Sign a browser in with a session token, as the sign-in page would have done."""
    from flask import Flask
    from flask.sessions import SecureCookieSessionInterface

    from cfc_groups.sealing import read_key

    signer_app = Flask("signer")
    signer_app.secret_key = read_key(site.settings.secret_key_file)
    signer = SecureCookieSessionInterface().get_signing_serializer(signer_app)
    assert signer is not None
    context.add_cookies([{"name": "session", "value": signer.dumps({"token": token}), "url": site.address}])


def assert_no_axe_violations(page: Any) -> None:
    """Accessibility rules of axe-core, all of them, on the page as it stands."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    shown = [f"{one['id']}: {one['help']} → {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found]
    assert not shown, f"{page.url}:\n" + "\n".join(shown)

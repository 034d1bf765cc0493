"""What every request passes through: limits, origin, access, headers, and errors with a way back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from cfc_groups import web
from cfc_groups.errors import Conflict, NotFound, RuleBroken, TooMany
from tests.support.pages import PageClient

OPEN_ADDRESSES = ["/", "/board", "/sign-in", "/sign-in/badge", "/privacy", "/help", "/healthz", "/nothing", "/me"]


@pytest.mark.parametrize("address", OPEN_ADDRESSES)
def test_every_answer_carries_the_security_headers(client: PageClient, address: str) -> None:
    """R95, errors and redirects included."""
    headers = client.get(address, follow=False).response.headers
    policy = headers["Content-Security-Policy"]
    for part in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
                 "form-action 'self'"):  # fmt: skip
        assert part in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert ("camera=(self)" in headers["Permissions-Policy"]) is (address == "/sign-in/badge")
    assert "Strict-Transport-Security" not in headers, "plain http on this computer"


def test_over_tls_the_cookie_is_a_host_cookie_and_browsers_stay_with_tls(app: Flask) -> None:
    """R86 and contracts: over TLS `__Host-session`, Secure; over plain http `session`."""
    answer = app.test_client().get("/sign-in", base_url="https://groups.example.org")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    plain = app.test_client().get("/sign-in").headers["Set-Cookie"]
    assert plain.startswith("session=")
    assert "Secure" not in plain


def test_a_banner_tells_when_a_site_beyond_this_computer_is_not_encrypted(app: Flask) -> None:
    words = "没有加密"
    assert words not in app.test_client().get("/", base_url="http://127.0.0.1:5000").get_data(as_text=True)
    assert words in app.test_client().get("/", base_url="http://192.168.1.20:5000").get_data(as_text=True)
    assert words not in app.test_client().get("/", base_url="https://groups.example.org").get_data(as_text=True)


def test_a_change_from_another_sites_page_is_refused(client: PageClient) -> None:
    """R94: token and origin are both asked."""
    client.get("/sign-in")
    token = client.token()
    foreign = client.post("/sign-in", {"csrf_token": token}, headers={"Origin": "https://evil.example"})
    assert foreign.status == 403
    own = client.post("/sign-in", {"csrf_token": token}, headers={"Origin": "http://localhost"})
    assert own.status in (200, 422)


def test_a_form_without_its_token_gives_the_words_back(client: PageClient) -> None:
    """An expired form loses nothing, and never shows a secret again."""
    page = client.post("/sign-in", {"wish": "一个矮矮的洗手台", "password": "geheim-geheim"}, token=False)
    assert page.status == 400
    assert "一个矮矮的洗手台" in page.text
    assert "geheim-geheim" not in page.html


@given(st.text())
def test_redirects_never_leave_the_site(text: str) -> None:
    """R98."""
    address = web.safe_address(text)
    assert address.startswith("/")
    assert not address.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "evil",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", "\\\\evil", ""],
)
def test_foreign_addresses_become_the_front_page(evil: str) -> None:
    assert web.safe_address(evil) == "/"


def test_an_address_on_the_site_is_kept() -> None:
    assert web.safe_address("/board?theme=parks") == "/board?theme=parks"


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (NotFound(), 404), (RuleBroken("no_such_code"), 422), (Conflict("no_such_code"), 409),
        (TooMany("too_many_requests", seconds=30), 429), (ZeroDivisionError("secret inside"), 500),
        (sqlite3.OperationalError("database or disk is full"), 507),
    ],
)  # fmt: skip
def test_every_trouble_has_its_page_and_never_a_trace(app: Flask, problem: Exception, status: int) -> None:
    """R98: the page tells a person what to do and nothing about the program."""

    @web.open_page
    def troubled() -> str:
        raise problem

    app.add_url_rule("/troubled", "troubled", troubled)
    page = PageClient(app).get("/troubled")
    assert page.status == status
    for word in ("Traceback", "secret inside", "sqlite", "disk is full", ".py"):
        assert word not in page.html
    assert page.find("a", href="/"), "a way back"
    if status == 429:
        assert page.response.headers["Retry-After"] == "30"


def test_a_body_that_is_too_big_has_a_page(client: PageClient) -> None:
    """R97: 256 KB for forms; nothing of the body is read into memory."""
    page = client.post("/sign-in", {"user_name": "x" * 300_000})
    assert page.status == 413
    assert "5 MB" in page.text


def test_methods_that_a_page_does_not_know_have_a_page(client: PageClient) -> None:
    assert client.post("/healthz", token=False).status in (400, 405)


def test_a_school_behind_one_address_may_ask_600_times_a_minute(app: Flask) -> None:
    """Contracts; the limit is a page, and signed-in people do not count."""
    browser = app.test_client()
    answers = [browser.get("/healthz").status_code for _ in range(601)]
    assert set(answers[:600]) == {200}
    assert answers[600] == 429
    other = app.test_client()
    assert other.get("/healthz", environ_overrides={"REMOTE_ADDR": "10.0.0.7"}).status_code == 200
    spoofed = other.get("/healthz", headers={"X-Forwarded-For": "10.9.9.9"})
    assert spoofed.status_code == 429, "a proxy's word counts only where the settings say so (R98)"


@pytest.mark.parametrize("address", ["/.git/config", "/instance/site.db", "/site.db", "/static/../site.db", "/.env"])
def test_nothing_of_the_data_folder_has_an_address(client: PageClient, address: str) -> None:
    """R102."""
    assert client.get(address).status == 404


def test_health_tells_version_schema_and_database(client: PageClient) -> None:
    answer = client.get("/healthz").response.get_json()
    assert answer["database"] == "ok"
    assert answer["schema"].startswith("s00")
    assert answer["version"].count(".") == 2


def test_text_files_of_the_design_travel_packed_and_are_kept_for_a_year(app: Flask) -> None:
    address = app.jinja_env.globals["asset"]("css/site.css")  # type: ignore[operator]
    browser = app.test_client()
    packed = browser.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    plain = browser.get(address, buffered=True)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 3
    assert "immutable" in packed.headers["Cache-Control"]


def test_the_language_is_remembered_and_the_switch_comes_back(new_client: Callable[[], PageClient]) -> None:
    client = new_client()
    client.get("/privacy")
    english = client.get("/language/en?next=/privacy")
    assert english.address == "/privacy"
    assert english.find("html")[0].attributes["lang"] == "en"
    assert client.get("/language/en?next=//evil.example").address == "/"
    assert client.get("/board").find("html")[0].attributes["lang"] == "en"

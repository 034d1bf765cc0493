"""Whatever is typed or sent: a clear sentence, nothing lost, never a trace. Through the site's real forms."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cfc_groups.formkit import clean_words
from tests.support.crawl import crawl
from tests.support.demo import Demo, come_in_by_password
from tests.support.pages import Element, Page, PageClient
from tests.support.steps import link_on, write_note

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"

HOSTILE = {
    "empty": "",
    "blank": " \t　​ ",
    "long": "长" * 20_000,
    "full-width": "ＡＢＣ１２３＠ｅｘａｍｐｌｅ．ｃｏｍ",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🇨🇳" * 5,
    "right-to-left": "\u202eمرحبا بالعالم\u202c\u2066שלום\u2069",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}${7*7}",
    "sql": "'; DROP TABLE posts; -- \" OR 1=1 /*",
    "lines": "行\r\n" * 10_000,
    "control": "a\x00b\x07c\x1b[31md\u0085e\u2028f\ufeff",
    "numbers": "-99999999999999999999999999",
    "path": "../../../../etc/passwd\\..\\..",
    "combining": "e" + "\u0301" * 300,
    "percent": "%00%ff%s%d%(name)s{0}{name!r}",
}  # fmt: skip
NEVER_GIVEN_BACK = {"password", "password_again", "new_password", "code", "badge_code", "picture"}
FINE = {200, 204, 303, 400, 404, 409, 413, 422, 429}

TYPED = {"text", "search", "password", "email", "tel", "url", "number", "date", "month"}
LEADS_OUT = ("/sign-out", "/not-me", "/language")


def typed_fields(form: Element) -> list[str]:
    """The names of the fields into which a person types."""
    inputs = [one for one in form.all("input") if one.attributes.get("type", "text").lower() in TYPED]
    return [one.attributes["name"] for one in inputs + form.all("textarea") if "name" in one.attributes]


def other_fields(form: Element) -> dict[str, str]:
    """What the form sends besides: the token, what is chosen, and the first choice where nothing is."""
    values: dict[str, str] = {}
    for one in form.all("input"):
        kind, name = one.attributes.get("type", "text").lower(), one.attributes.get("name")
        if not name or kind in TYPED or kind in ("file", "submit", "button"):
            continue
        if kind == "hidden" or "checked" in one.attributes:
            values[name] = one.attributes.get("value", "on")
        elif kind in ("radio", "checkbox"):
            values.setdefault(name, one.attributes.get("value", "on"))
    for select in form.all("select"):
        values[select.attributes["name"]] = select.all("option")[-1].attributes.get("value", "")
    return values


def forms_of(client: PageClient, demo: Demo) -> dict[tuple[str, tuple[str, ...]], tuple[str, Element]]:
    """Every form into which somebody types, once: where it is sent, and the form."""
    found = {}
    for page, _found_on in crawl(client, demo.app, alike=1):
        for form in page.find("form"):
            action = form.attributes.get("action") or page.response.request.full_path.rstrip("?")
            typed = tuple(typed_fields(form))
            if form.attributes.get("method", "get").lower() != "post" or not typed or action.startswith(LEADS_OUT):
                continue
            found.setdefault((re.sub(r"/[\w-]{12}(?=/|$)", "/*", action.split("?")[0]), typed), (action, form))
    return found


def sound(page: Page) -> Iterator[str]:
    """What is wrong with an answer."""
    if page.status not in FINE:
        yield f"status {page.status}"
    if page.response.location and not page.response.location.startswith("/"):
        yield f"leads to {page.response.location}"
    try:
        page.check()
    except AssertionError as problem:
        yield str(problem).split("\n")[0][:300]
    if "<script>alert" in page.html or "onerror=alert" in page.html.replace("&lt;img src=x onerror=alert", ""):
        yield "markup came back as markup"


def folded(text: str) -> str:
    """A text without what a form may tidy: white space, width, and signs that nobody sees."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if not sign.isspace() and unicodedata.category(sign)[0] != "C")


def kept(page: Page, name: str) -> str | None:
    """What stands in a field of this name now."""
    for one in page.find("textarea", name=name) + page.find("input", name=name):
        if one.tag == "textarea":
            return "".join(str(child) for child in one.children)
        return one.attributes.get("value", "")
    return None


def insiders(demo: Demo, who: str) -> PageClient:
    client = demo.client()
    if who == "child":
        demo.come_in(client, demo.login_of_child("画画的鹦鹉"))  # has a draft
    elif who != "visitor":
        demo.come_in(client, demo.login(who))
    return client


@pytest.mark.parametrize("who", ["visitor", "child", "teacher", "coordinator"])
def test_every_form_takes_every_text_calmly(demo: Demo, who: str) -> None:
    """The issue's list, typed into every field of every form; what was refused still stands in its field."""
    client, wrong = insiders(demo, who), []
    forms, token = forms_of(client, demo), client.token()
    assert len(forms) >= {"visitor": 2, "child": 3, "teacher": 6, "coordinator": 14}[who], sorted(forms)
    for (label, typed), (action, form) in forms.items():
        for kind, text in HOSTILE.items():
            demo.clock.moment += timedelta(seconds=2)
            fields = other_fields(form) | dict.fromkeys(typed, text) | {"csrf_token": token}
            page = client.post(action, fields, follow=False, check=False)
            wrong += [f"{label} {kind}: {trouble}" for trouble in sound(page)]
            if page.status == 422:
                lost = [name for name in typed if is_lost(page, name, text)]
                wrong += [f"{label} {kind}: {name} is lost" for name in lost]
        if who != "visitor" and client.get("/me").address != "/me":  # the form led out: come in again
            client = insiders(demo, who)
            token = client.token()
    assert not wrong, "\n".join(sorted(set(wrong)))


def is_lost(page: Page, name: str, text: str) -> bool:
    """Whether a field that is shown again does not hold what was typed any more."""
    now = kept(page, name)
    return name not in NEVER_GIVEN_BACK and now is not None and folded(now) != folded(text)


@pytest.mark.parametrize("who", ["visitor", "child", "teacher", "coordinator"])
def test_every_choice_survives_an_answer_that_was_never_offered(demo: Demo, who: str) -> None:
    """A request made by hand: strange values, none, or many where one is asked for (R92)."""
    client, wrong = insiders(demo, who), []
    forms, token = forms_of(client, demo), client.token()
    for (label, typed), (action, form) in forms.items():
        chosen = other_fields(form)
        for strange in ("", "nothing-like-this", "-1", "99999999999999999999", ["a", "b"], "\x00"):
            fields: dict[str, Any] = dict.fromkeys(chosen, strange) | dict.fromkeys(typed, "字") | {"csrf_token": token}
            page = client.post(action, fields, follow=False, check=False)
            wrong += [f"{label} {strange!r}: {trouble}" for trouble in sound(page)]
        wrong += [
            f"{label} nothing: {one}"
            for one in sound(client.post(action, {"csrf_token": token}, follow=False, check=False))
        ]
        if client.get("/me", check=False).address != "/me" and who != "visitor":
            client = insiders(demo, who)
    assert not wrong, "\n".join(sorted(set(wrong)))


ASKED = (
    "q", "theme", "before", "after", "group", "team", "show", "shelf", "next", "month", "to", "under", "for", "roster",
    "parent", "year",
)  # fmt: skip


@pytest.mark.parametrize("who", ["visitor", "child", "teacher", "coordinator"])
def test_every_address_takes_every_question_calmly(demo: Demo, who: str) -> None:
    """What stands behind the question mark is anybody's; pages answer, or say that there is nothing."""
    client, wrong = insiders(demo, who), []
    addresses = {
        page.address for page, _found_on in crawl(client, demo.app, alike=1) if page.status == 200 and page.html
    }
    texts = [HOSTILE[kind] for kind in ("blank", "markup", "sql", "control", "numbers")]
    for address in sorted(addresses - {"/sign-out"}):
        for text in [*texts, "长" * 2000, "//evil.example/", "2026-13"]:
            page = client.get(f"{address}?{urlencode(dict.fromkeys(ASKED, text))}", follow=False, check=False)
            wrong += [f"{address} {text[:20]!r}: {trouble}" for trouble in sound(page)]
            wrong += [
                f"{address}: {link}" for link in page.links() if "evil.example" in link and not link.startswith("/")
            ]
    assert not wrong, "\n".join(sorted(set(wrong)))


# The composer


@pytest.fixture
def draft(demo: Demo) -> tuple[PageClient, str]:
    """A child at the step "what I saw", and the draft's address without its step."""
    client = demo.client()
    demo.come_in(client, demo.login_of_child("会飞的小狐狸"))
    client.get("/board/new")
    client.submit()
    page = client.submit(having="place", place="none")
    assert page.address.endswith("/saw")
    return client, page.address.removesuffix("/saw")


def words_of(demo: Demo, address: str) -> str:
    return str(demo.database.value("SELECT saw FROM post_drafts WHERE pid = ?", (address.rsplit("/", 1)[-1],)))


calm = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@calm
@given(text=st.text(max_size=700))
@example(text="\ud800".encode("utf-8", "replace").decode())
@example(text="𠮷䶮" * 250)
@example(text="​‍﻿")
def test_the_composer_keeps_any_text_or_says_what_is_the_matter(
    demo: Demo, draft: tuple[PageClient, str], text: str
) -> None:
    """Kept as it was typed, but for line ends and control signs; or refused with the words still in the field."""
    client, address = draft
    client.get(f"{address}/saw")
    page = client.submit(having="saw", saw=text, follow=False)
    assert page.status in (303, 422)
    if page.status == 303:
        assert words_of(demo, address) == clean_words(text)
    else:
        assert page.find("p", class_="error") and not is_lost(page, "saw", text)


@calm
@given(body=st.binary(max_size=400))
@example(body=b"saw=%ED%A0%80%FF%00&saw=%E4%B8")
@example(body=b"\xff\xfe%%%&&&===")
def test_bytes_that_are_no_text_are_an_answer_too(draft: tuple[PageClient, str], body: bytes) -> None:
    client, address = draft
    token = client.get(f"{address}/saw").find("input", name="csrf_token")[0].attributes["value"]
    answer = client.flask.post(
        f"{address}/saw", data=b"csrf_token=" + token.encode() + b"&" + body,
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert answer.status_code in (303, 400, 422)


def test_fifty_megabytes_are_refused_and_the_saved_draft_survives(demo: Demo, draft: tuple[PageClient, str]) -> None:
    """R97; the issue: 413."""
    client, address = draft
    client.submit(having="saw", saw="滑梯很烫。")
    page = client.post(f"{address}/saw", {"saw": "大" * 17_500_000}, token=False, follow=False)
    assert page.status == 413 and page.heading
    assert words_of(demo, address) == "滑梯很烫。"
    assert send_file(client, f"{address}/saw", "saw", b"0" * 50_000_000).status == 413
    assert words_of(demo, address) == "滑梯很烫。"


def send_file(client: PageClient, address: str, field: str, content: bytes) -> Page:
    """Send a file as browsers do, without the client's own copy of it."""
    head = f'--edge\r\nContent-Disposition: form-data; name="{field}"; filename="list.csv"\r\n\r\n'
    body = head.encode() + content + b"\r\n--edge--\r\n"
    page = Page(client.flask.post(address, data=body, content_type="multipart/form-data; boundary=edge"))
    page.check()
    return page


def test_ten_thousand_lines_stay_in_the_field_with_a_sentence(demo: Demo, draft: tuple[PageClient, str]) -> None:
    client, address = draft
    page = client.submit(having="saw", saw="行\n" * 10_000, follow=False)
    assert page.status == 422 and page.find("p", class_="error")
    assert (kept(page, "saw") or "").count("行") == 10_000
    client.get(f"{address}/saw")
    page = client.submit(having="saw", saw="很长的一行字\n" * 10_000, follow=False)  # more than a form may weigh (R97)
    assert page.status == 413 and page.heading and words_of(demo, address) == ""


def test_an_idea_sent_twice_is_one_post(demo: Demo) -> None:
    client = demo.client()
    demo.come_in(client, demo.login_of_child("会飞的小狐狸"))
    page = write_note(client, place="翠苑公园", saw="滑梯很烫。", wish="请搭一个棚。", title="滑梯要遮阳")
    address, before = page.address, demo.database.value("SELECT count(*) FROM posts")
    fields = {"audience": "group", "csrf_token": page.find("input", name="csrf_token")[0].attributes["value"]}
    first, second = (client.post(address, fields) for _ in range(2))
    assert first.address == second.address and first.status == second.status == 200
    assert demo.database.value("SELECT count(*) FROM posts") == int(str(before)) + 1


def test_an_expired_form_gives_the_words_back(demo: Demo, draft: tuple[PageClient, str]) -> None:
    """Somebody signed in anew in another window: the old page's token counts no more, its words are shown."""
    client, address = draft
    page = client.post(f"{address}/saw", {"saw": "滑梯很烫，我量了。", "csrf_token": "old"}, follow=False)
    assert page.status == 400 and "滑梯很烫，我量了。" in page.main
    assert words_of(demo, address) == ""


def test_a_session_that_ended_meanwhile_gives_the_words_back(demo: Demo, draft: tuple[PageClient, str]) -> None:
    """R85: after a quarter of an hour without a touch. The words are on the page, the draft waits."""
    client, address = draft
    client.get(f"{address}/saw")
    demo.clock.moment += timedelta(minutes=16)
    page = client.submit(having="saw", saw="滑梯很烫，我量了。", follow=False)
    assert page.status in (400, 403) and "滑梯很烫，我量了。" in page.main
    demo.come_in(client, demo.login_of_child("会飞的小狐狸"))
    assert client.get(f"{address}/saw").status == 200


def test_somebody_elses_draft_is_not_there(demo: Demo, draft: tuple[PageClient, str]) -> None:
    """R92."""
    _client, address = draft
    other = demo.client()
    demo.come_in(other, demo.login_of_child("圆脸仓鼠"))
    for step in ("place", "saw", "wish", "title", "check", "removal"):
        assert other.get(f"{address}/{step}").status == 404
        assert other.post(f"{address}/{step}", {"saw": "坏话", "place": "none", "title": "坏话"}).status == 404
    assert other.post(f"{address}/saving", {"saw": "坏话"}).status == 404
    assert words_of(demo, address) == ""


# Signing in


@calm
@given(user_name=st.text(max_size=60), password=st.text(min_size=1, max_size=300), code=st.text(max_size=30))
@example(user_name="chen.teacher", password="' OR '1'='1", code="000000")
@example(user_name="CHEN.TEACHER\x00", password="x" * 300, code="١٢٣٤٥٦")
def test_no_text_opens_the_adults_door_or_breaks_it(demo: Demo, user_name: str, password: str, code: str) -> None:
    """R80, R88. The clock goes on, so that no wait stands between."""
    demo.clock.moment += timedelta(minutes=45)
    page = come_in_by_password(demo.client(), user_name, password, code)
    assert page.status in (422, 429) and page.address == "/sign-in"
    assert not page.find("input", name="password")[0].attributes.get("value"), "a password never comes back"


@calm
@given(code=st.text(max_size=80))
@example(code="ABCD-EFGH-JKMN-PQRS")
@example(code="http://localhost/sign-in/badge#AAAAAAAAAAAAAAAAAAAAAA")
def test_no_text_opens_the_childrens_door_or_breaks_it(demo: Demo, code: str) -> None:
    """R88: what looks like a badge is asked for its pictures, anything else gets a sentence."""
    demo.clock.moment += timedelta(minutes=45)
    client = demo.client()
    client.get("/sign-in/badge")
    page = client.submit(having="badge_code", badge_code=code)
    assert page.status in (200, 422, 429) and client.get("/me").address != "/me"


@calm
@given(words=st.text(max_size=80))
@example(words='" OR "')
@example(words="NEAR(公 园) AND *")
@example(words="公^园:-")
def test_no_search_breaks_the_board(demo: Demo, words: str) -> None:
    page = demo.client().get("/board", query_string={"q": words})
    assert page.status == 200


# Files


def zipped(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word_document() -> bytes:
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return zipped({"[Content_Types].xml": types.encode(), "word/document.xml": b"<w:document/>"})


FILES = {
    "a word document called a sheet": ("list.xlsx", word_document),
    "a zip bomb": ("list.xlsx", lambda: zipped({"xl/workbook.xml": b"<x/>", "xl/sheet.xml": b"0" * 150_000_000})),
    "a torn sheet": ("list.xlsx", lambda: (ROSTERS / "roster-hangzhou-70.xlsx").read_bytes()[:4000]),
    "a sheet with a password": ("list.xlsx", lambda: (ROSTERS / "locked.xlsx").read_bytes()),
    "a list in a strange encoding": ("list.csv", lambda: b"\x81\xff" + "编号,姓名\nA1,王小明".encode("utf-16-be")),
    "nothing": ("list.xlsx", lambda: b""),
    "a picture": ("list.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 500),
    "a program": ("list.csv", lambda: b"MZ\x90\x00" + bytes(range(256)) * 20),
    "a list without names": ("list.csv", lambda: "颜色,数量\n红,3\n".encode()),
}  # fmt: skip


@pytest.fixture
def roster_page(demo: Demo) -> PageClient:
    """A coordinator before the page that takes a roster."""
    client = demo.client()
    demo.come_in(client, demo.login("coordinator"))
    group = demo.database.value("SELECT pid FROM groups WHERE name = '竹里小学儿童观察团'")
    client.get(f"/members/import?group={group}")
    return client


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_roster_gets_a_sentence_beside_its_field(
    demo: Demo, roster_page: PageClient, kind: str
) -> None:
    """And nothing of it is kept."""
    name, content = FILES[kind]
    page = roster_page.submit(having="roster", roster=(io.BytesIO(content()), name))
    assert page.status == 422 and page.address == "/members/import"
    assert page.find("p", class_="error") and len(page.find("p", class_="error")[0].text) > 8
    assert demo.database.value("SELECT count(*) FROM roster_uploads") == 0


def test_a_file_of_fifty_megabytes_is_refused(demo: Demo, roster_page: PageClient) -> None:
    """R97."""
    assert roster_page.page is not None
    page = send_file(roster_page, roster_page.page.response.request.full_path, "roster", b"0" * 50_000_000)
    assert page.status == 413 and page.heading
    assert demo.database.value("SELECT count(*) FROM roster_uploads") == 0


def test_a_roster_with_hostile_cells_comes_in_as_plain_words_or_is_refused(demo: Demo, roster_page: PageClient) -> None:
    """Markup, formulas and emoji in names are refused row by row; the page shows them as text."""
    rows = ["编号,姓名,出生年月,小队,监护人,电话"]
    for number, text in enumerate(
        (HOSTILE["markup"], "=cmd|' /C calc'!A0", HOSTILE["emoji"], HOSTILE["right-to-left"])
    ):
        quoted = text.replace('"', '""')
        rows.append(f'B{number:03},"{quoted}",2016-05,,"{quoted}",13900000000')
    page = roster_page.submit(having="roster", roster=(io.BytesIO("\n".join(rows).encode()), "list.csv"))
    assert page.status == 200 and not list(sound(page)), page.main
    assert len(page.find("tr", class_="bad")) == 4
    assert link_on(page, "/refused")

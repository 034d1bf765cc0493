"""A child sends a post: the last form → 303, against a bare one-row commit through HTTP in the same run."""

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

from bench.people import Login, children, sign_in_child
from bench.report import Line, at_most, only_told
from bench.server import BenchError, Server
from bench.visitor import Form, Page, Visitor

POSTS = 60
TIMES_A_COMMIT = 5.0
STEPS = 12

WORDS: dict[str, str] = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))


def measure(site: Server, floor: Server, logins: list[Login]) -> list[Line]:
    """95th percentile of the sending step, idle site; posts and bare commits take turns."""
    bare = Visitor(floor.url)
    commits: list[float] = []
    posts: list[float] = []
    for author in _authors(site, logins):
        commits.append(bare.send("POST", "/rows", [("words", WORDS["saw"])]).seconds)
        posts.append(write_post(author).seconds)
        if len(posts) == POSTS:
            break
    post, commit = _p95(posts), _p95(commits)
    told = f"{post / commit:.1f} × ({post * 1000:.1f} ms to {commit * 1000:.1f} ms)"
    return [
        only_told("bare commit, p95", commit, f"{commit * 1000:.1f} ms"),
        at_most(
            "post sent (form → 303), p95", post / commit, TIMES_A_COMMIT, told, f"≤ {TIMES_A_COMMIT:.0f} ×"
        ),
    ]


def write_post(author: Visitor) -> Page:
    """Go through the composer's steps with words of one's own and answer the last, sending one."""
    page = author.get("/board/new")
    for _ in range(STEPS):
        sent = _fill_step(author, page)
        if sent.goes_to is None:
            raise BenchError(f"The composer's step at {page.address} was not taken; the form came back.")
        page = author.get(sent.goes_to)
        if not _composer_form(page):
            return sent
    raise BenchError("The composer has no end.")


def _authors(site: Server, logins: list[Login]) -> Iterator[Visitor]:
    """Children who may write, in turn, so that no one of them writes more than a child does."""
    visitors = [sign_in_child(site, login) for login in children(logins)[:POSTS]]
    visitors = [visitor for visitor in visitors if _composer_form(visitor.get("/board/new"))]
    while True:
        yield from visitors


def _composer_form(page: Page) -> Form | None:
    forms = [
        form for form in page.forms() if form.method == "post" and "/board/" in (form.action or page.address)
    ]
    return max(forms, key=lambda form: len(form.names), default=None)


def _fill_step(author: Visitor, page: Page) -> Page:
    form = _composer_form(page)
    if form is None:
        raise BenchError(f"{page.address} has no step of the composer.")
    values: dict[str, str | list[str]] = {name: WORDS[name] for name in form.names & set(WORDS)}
    for name in sorted({name for name, _ in form.choices}):
        choices = [value for value in form.choices_of(name) if value]
        if choices and name not in {key for key, value in form.values if value}:
            values[name] = choices[0]
    button = next((button for button in form.buttons if button[0]), None)
    return author.fill_in(page, values, button, form)


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]

"""How much a child's first page weighs: the page and everything that it loads, in bytes as they travel."""

from bench.people import Login, children, sign_in_child
from bench.report import Line, at_most, only_told
from bench.server import Server
from bench.visitor import Page

FIRST = 60 * 1024
REPEAT = 15 * 1024


def measure(site: Server, logins: list[Login]) -> list[Line]:
    """A child's own page with nothing kept from before, and again with what a browser keeps for a year."""
    child = sign_in_child(site, children(logins)[0])
    child.headers["Accept-Encoding"] = "gzip"
    page = child.get("/me")
    plain = _unpacked(page)
    parts = [child.get(path) for path in plain.resources()]
    first = sum(len(part.body) for part in [page, *parts])
    kept = [part for part in parts if "max-age=31536000" in part.headers.get("cache-control", "")]
    repeat = first - sum(len(part.body) for part in kept)
    heaviest = max(parts, key=lambda part: len(part.body), default=page)
    return [
        at_most(
            "child's first page", first, FIRST, f"{_kb(first)}, {len(parts) + 1} files", f"≤ {_kb(FIRST)}"
        ),
        at_most("child's page again", repeat, REPEAT, _kb(repeat), f"≤ {_kb(REPEAT)}"),
        only_told("heaviest file of it", len(heaviest.body), f"{_kb(len(heaviest.body))} {heaviest.address}"),
    ]


def _unpacked(page: Page) -> Page:
    if page.headers.get("content-encoding") != "gzip":
        return page
    import gzip

    return Page(page.address, page.status, page.headers, gzip.decompress(page.body), page.seconds)


def _kb(size: int) -> str:
    return f"{size / 1024:.1f} KB"

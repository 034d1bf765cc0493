"""What a careful eye looks for on any page: accessibility, width, sizes of what is tapped, strangers, script faults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.browser.demo_site import DemoSite

PHONE, DESKTOP, NARROWEST = (360, 780), (1280, 900), (320, 640)
SMALLEST_TARGET = 44
ONLY_FAULTS = {"resultTypes": ["violations"]}
NOWHERE = "/no-such-page"

# The widest thing that sticks out, and by how much. Boxes that scroll by themselves are no fault.
STICKS_OUT = """() => {
  const over = document.scrollingElement.scrollWidth - window.innerWidth;
  if (over <= 0) return null;
  let worst = ["?", 0];
  for (const one of document.body.querySelectorAll("*")) {
    const right = one.getBoundingClientRect().right;
    if (right > worst[1]) worst = [one.outerHTML.slice(0, 160), right];
  }
  return `${over} px wider than the window: ${worst[0]}`;
}"""

# What a child taps must be large enough (ui.md); a link inside a sentence is read, not aimed at (WCAG 2.5.8).
SMALL_TARGETS = """(smallest) => {
  const small = [];
  for (const one of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
    if (one.type === "hidden" || one.classList.contains("skip") || !one.checkVisibility()) continue;
    const label = one.closest("label") || (one.id && document.querySelector(`label[for="${one.id}"]`));
    const boxes = [one, ["checkbox", "radio"].includes(one.type) ? label : null].filter(Boolean)
      .map((each) => each.getBoundingClientRect());
    if (boxes.some((box) => box.width >= smallest - 0.5 && box.height >= smallest - 0.5)) continue;
    const around = one.parentElement;
    const inSentence = one.tagName === "A" && ["P", "LI", "SPAN", "DD"].includes(around.tagName)
      && around.textContent.trim().length > one.textContent.trim().length + 8;
    const size = `${Math.round(boxes[0].width)}×${Math.round(boxes[0].height)}`;
    if (!inSentence) small.push(`${size} ${one.outerHTML.slice(0, 120)}`);
  }
  return small;
}"""


def kind_of(site: DemoSite, address: str) -> tuple[str, tuple[str, ...]]:
    """The view of an address and the names of what it asks for: pages of a kind look alike."""
    parts = urlsplit(address)
    endpoint, _arguments = site.app.url_map.bind("localhost").match(parts.path, method="GET")
    return endpoint, tuple(sorted(name for name, _value in parse_qsl(parts.query)))


def look_at(
    site: DemoSite, who: str, addresses: list[str], *, language: str, sizes: tuple[tuple[int, int], ...], targets: bool
) -> Iterator[str]:
    """Open the pages one after the other; yields what is wrong with them. axe runs at each of the sizes."""
    context = site.context(who, language=language, size=PHONE)
    page = context.new_page()
    heard = listen(site, page)
    for address in addresses:
        answer = page.goto(address)
        found = [] if answer.status == 200 or address == NOWHERE else [f"status {answer.status}"]
        found += faults_of(page, sizes=sizes, targets=targets)
        yield from (f"{who} {language} {address}: {one}" for one in [*found, *heard])
        heard.clear()
    context.close()


def listen(site: DemoSite, page: Any) -> list[str]:
    """A list that fills with requests to strangers (R8), faults of scripts and what the browser refuses (R95)."""
    heard: list[str] = []
    own = (site.site.address, "data:", "blob:")

    def hear_request(request: Any) -> None:
        if not request.url.startswith(own):
            heard.append(f"asks {request.url}")

    def hear_console(line: Any) -> None:
        if line.type == "error" and NOWHERE not in line.location["url"]:
            heard.append(f"console: {line.text}")

    page.on("request", hear_request)
    page.on("console", hear_console)
    page.on("pageerror", lambda fault: heard.append(f"script fault: {fault}"))
    return heard


def faults_of(page: Any, *, sizes: tuple[tuple[int, int], ...], targets: bool) -> list[str]:
    """What is wrong with the page as it stands."""
    from axe_playwright_python.sync_playwright import Axe

    _resize(page, NARROWEST)
    sticks_out = page.evaluate(STICKS_OUT)
    found = [f"at 320 px {sticks_out}"] if sticks_out else []
    if targets:
        _resize(page, PHONE)
        found += [f"small: {one}" for one in page.evaluate(SMALL_TARGETS, SMALLEST_TARGET)]
    for size in sizes:
        _resize(page, size)
        for one in Axe().run(page, options=ONLY_FAULTS).response["violations"]:
            found.append(f"axe at {size[0]} px: {one['id']}: {[node['html'][:120] for node in one['nodes'][:2]]}")
    return found


def _resize(page: Any, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})

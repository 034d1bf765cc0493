"""What people do on the site, step by step through its forms, for the stories of journeys."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.support.pages import Element, Page, PageClient


def row_with(page: Page, text: str) -> Element:
    """The row of a table or list in which a text stands."""
    rows = [row for row in page.find("tr") + page.find("li") if text in row.text]
    assert rows, f"{text} stands in no row of {page.address}"
    return rows[-1]


def link_in(element: Element, part: str) -> str:
    """The address of the first link below an element that contains a part."""
    links = [link.attributes["href"] for link in element.all("a") if part in link.attributes.get("href", "")]
    assert links, f"no link with {part} in {element.text}"
    return links[0]


def link_on(page: Page, part: str) -> str:
    """The address of the first link on a page that contains a part."""
    return link_in(page.root, part)


def pid_in(address: str) -> str:
    """The public id at the end of an address."""
    return urlsplit(address).path.rstrip("/").rsplit("/", 1)[-1]


def first_visit(client: PageClient, badge_code: str, *, row: int = 1) -> list[str]:
    """A child comes with a new badge: takes the second of the rows it is shown, and taps it by heart."""
    client.get("/sign-in/badge")
    client.submit(having="badge_code", badge_code=badge_code)
    page = client.submit(having="row", button=str(row))
    pictures = [
        image.attributes["src"].rsplit("/", 1)[-1].split(".")[0]
        for image in page.find("ol", class_="tiles")[0].all("img")
    ]
    client.submit(having="ready", button="ready")
    for picture in pictures:
        page = client.submit(having="picture", button=picture)
    assert page.status == 200 and page.address == "/sign-in/badge/hello", page.main
    return pictures


def say_yes_to_everything(client: PageClient) -> int:
    """The child answers yes to each thing it is asked; answers how many there were."""
    asked = 0
    page = client.get("/my-yes")
    while len(page.find("input", name="answer", value="yes")) == 1:
        page = client.submit(having="answer", button="yes")  # the first form is the yes
        asked += 1
        if page.address != "/my-yes":
            break
    return asked


def write_note(
    client: PageClient, *, place: str | None, saw: str, wish: str, title: str, theme: str | None = None
) -> Page:
    """Write an idea in its five small steps; answers the last one, where everything is looked at once more."""
    client.get("/board/new")
    page = client.submit()  # the one form of the page
    assert page.address.endswith("/place"), page.main
    if place is None:
        page = client.submit(having="place", place="none")
    else:
        page = client.get(page.address, query_string={"q": place})
        tile = next(label for label in page.find("label", class_="tile") if place in label.text)
        page = client.submit(having="place", place=tile.all("input")[0].attributes["value"])
    page = client.submit(having="saw", saw=saw)
    page = client.submit(having="wish", wish=wish)
    page = client.submit(having="title", title=title, **({} if theme is None else {"theme": theme}))
    assert page.address.endswith("/check"), page.main
    return page


def decide(client: PageClient, outcome: str, *, reason: str | None = None, **fields: str) -> Page:
    """Press one of the desk's three buttons on the page that is open; the reason as chosen there."""
    assert client.page is not None
    for form in client.page.find("form"):
        chosen = form.all("input", name="outcome")
        if chosen and chosen[0].attributes["value"] == outcome:
            values = {
                one.attributes["name"]: one.attributes.get("value", "") for one in form.all("input", type="hidden")
            }
            if reason is not None:
                assert form.all("input", name="reason", value=reason), f"{reason} is not offered for {outcome}"
                values["reason"] = reason
            return client.post(form.attributes["action"], values | fields)
    raise AssertionError(f"{outcome} is not offered on {client.page.address}")

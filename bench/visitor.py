"""A visitor of the site, like a browser without JavaScript: cookies, links, forms sent as they stand."""

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from bench.server import BenchError

Pair = tuple[str, str]


@dataclass
class Form:
    """A form of a page: where it goes, what it would send as it stands, and what may be chosen."""

    action: str
    method: str = "get"
    values: list[Pair] = field(default_factory=list)
    choices: list[Pair] = field(default_factory=list)
    buttons: list[Pair] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        """Names of all its fields."""
        return {name for name, _ in [*self.values, *self.choices, *self.buttons]}

    def choices_of(self, name: str) -> list[str]:
        """What may be chosen under one name, in the page's order."""
        return [value for key, value in self.choices if key == name]


@dataclass(frozen=True)
class Page:
    """An answer: `address` is its path on the site, `seconds` how long it took."""

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float

    @property
    def goes_to(self) -> str | None:
        """The path it sends on to, if it does."""
        location = self.headers.get("location")
        return urljoin(self.address, location) if location else None

    def forms(self) -> list[Form]:
        """All forms of the page."""
        return _read(self).forms

    def resources(self) -> list[str]:
        """Paths of what a browser loads with the page: styles, scripts, pictures, icons; each once."""
        return list(
            dict.fromkeys(urljoin(self.address, path).split("#")[0] for path in _read(self).resources)
        )


class Visitor:
    """Keeps one connection and its cookies. Raises BenchError for an answer of 400 or more."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        self.headers = dict(headers or {})
        self.cookies: dict[str, str] = {}

    @property
    def cookie_header(self) -> dict[str, str]:
        """The cookies as a request carries them, for a load on this visitor's behalf."""
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def get(self, path: str) -> Page:
        """Open a page and go on to where it sends."""
        page = self.send("GET", path)
        for _ in range(5):
            if page.goes_to is None:
                return page
            page = self.send("GET", page.goes_to)
        raise BenchError(f"{path} sends round in circles.")

    def fill_in(
        self, page: Page, values: Mapping[str, str | list[str]], button: Pair | None = None, form: Form | None = None
    ) -> Page:
        """Send the form of a page that has the given fields (or the one given), with what it holds already.

        Answers what came, without going on to the next page. Raises BenchError when no form has all fields.
        """
        wanted = set(values) | ({button[0]} if button else set())
        fitting = (one for one in page.forms() if one.method == "post" and wanted <= one.names)
        form = form or next(fitting, None)
        if form is None:
            seen = [sorted(form.names) for form in page.forms()]
            raise BenchError(f"{page.address} has no form with {sorted(wanted)}; its forms have {seen}.")
        pairs = [pair for pair in form.values if pair[0] not in values]
        for name, given in values.items():
            pairs += [(name, value) for value in ([given] if isinstance(given, str) else given)]
        if button:
            pairs.append(button)
        return self.send("POST", urljoin(page.address, form.action), pairs)

    def send(self, method: str, path: str, pairs: list[Pair] | None = None) -> Page:
        """One request and its answer."""
        headers = self.headers | (self.cookie_header if self.cookies else {})
        if pairs is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        words = urlencode(pairs) if pairs is not None else None
        try:
            self.connection.request(method, path, words, headers)
            answer = self.connection.getresponse()
        except http.client.RemoteDisconnected:  # the server closes connections that were quiet for half a minute
            self.connection.close()
            started = time.perf_counter()
            self.connection.request(method, path, words, headers)
            answer = self.connection.getresponse()
        body = answer.read()
        seconds = time.perf_counter() - started
        for line in answer.headers.get_all("set-cookie", []):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        if answer.status >= 400:
            raise BenchError(f"{method} {path} answered {answer.status}.")
        return Page(path, answer.status, {k.lower(): v for k, v in answer.headers.items()}, body, seconds)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


class _Reader(HTMLParser):
    """Collects forms and resources."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.resources: list[str] = []
        self.form: Form | None = None
        self.textarea: str | None = None
        self.select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        if tag == "link" and {"stylesheet", "icon"} & set(got.get("rel", "").split()):
            self.resources.append(got.get("href", ""))
        elif tag in ("img", "script") and got.get("src"):
            self.resources.append(got["src"])
        elif tag == "use" and not got.get("href", "#").startswith("#"):
            self.resources.append(got["href"])
        elif tag == "form":
            self.form = Form(got.get("action", ""), got.get("method", "get").lower())
            self.forms.append(self.form)
        elif self.form is not None:
            self._take_field(self.form, tag, got)

    def _take_field(self, form: Form, tag: str, got: dict[str, str]) -> None:
        name, value = got.get("name", ""), got.get("value", "")
        kind = got.get("type", "text")
        if tag == "button" or (tag == "input" and kind in ("submit", "image")):
            form.buttons.append((name, value))
        elif tag == "input" and kind in ("radio", "checkbox"):
            form.choices.append((name, value or "on"))
            if "checked" in got:
                form.values.append((name, value or "on"))
        elif tag == "input" and name and kind != "file":
            form.values.append((name, value))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select is not None:
            form.choices.append((self.select, value))
            if "selected" in got:
                form.values.append((self.select, value))
        elif tag == "textarea":
            self.textarea = name
            form.values.append((name, ""))

    def handle_data(self, data: str) -> None:
        if self.textarea is not None and self.form is not None:
            name, value = self.form.values[-1]
            self.form.values[-1] = (name, value + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None


def _read(page: Page) -> _Reader:
    reader = _Reader()
    reader.feed(page.body.decode("utf-8", errors="replace"))
    return reader

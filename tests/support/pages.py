"""A client that behaves like a careful browser: it checks every page it gets and fills forms as a person would."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.test import TestResponse

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PLACE = "http://localhost"


@dataclass
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text a person reads, white space folded."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> list[str]:
        if self.tag in ("script", "style", "template"):
            return []
        parts: list[str] = []
        for child in self.children:
            parts += [child] if isinstance(child, str) else [" ", *child._texts(), " "]
        return parts

    def all(self, tag: str | None = None, **attributes: str) -> list[Element]:
        """All elements below with this tag and these attributes (`class_` for class, `_` for `-`)."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                if child.fits(tag, attributes):
                    found.append(child)
                found += child.all(tag, **attributes)
        return found

    def fits(self, tag: str | None, attributes: dict[str, str]) -> bool:
        """Whether this element has the tag and the attributes."""
        if tag is not None and self.tag != tag:
            return False
        for name, value in attributes.items():
            own = self.attributes.get(name.rstrip("_").replace("_", "-"))
            if own is None or (value not in own.split() if name == "class_" else own != value):
                return False
        return True


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root", {})
        self.open = self.root
        self.troubles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.children.append(Element(tag, {name: value or "" for name, value in attrs}, self.open))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open.tag != tag:
            self.troubles.append(f"</{tag}> closes <{self.open.tag}>")
            return
        self.open = self.open.parent or self.root

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


class Page:
    """An answer of the site, parsed."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.address = response.request.path
        self.html = response.get_data(as_text=True) if _is_html(response) else ""
        builder = _Builder()
        builder.feed(self.html)
        self.root = builder.root
        self.troubles = builder.troubles

    @cached_property
    def elements(self) -> list[Element]:
        """Every element, in the order of the page."""
        return self.root.all()

    @property
    def text(self) -> str:
        """Everything a person reads on the page."""
        bodies = self.root.all("body")
        return bodies[0].text if bodies else self.root.text

    @property
    def main(self) -> str:
        """What a person reads in the main part."""
        mains = self.root.all("main")
        return mains[0].text if mains else self.text

    @property
    def heading(self) -> str:
        """The text of the one h1."""
        return self.root.all("h1")[0].text

    def find(self, tag: str | None = None, **attributes: str) -> list[Element]:
        """Elements by tag and attributes."""
        return [one for one in self.elements if one.fits(tag, attributes)]

    def links(self) -> list[str]:
        """Every address that a link leads to."""
        return [link.attributes["href"] for link in self.find("a") if "href" in link.attributes]

    def form(self, *, action: str | None = None, having: str | None = None) -> Element:
        """The form with this action or with a field of this name; else the page's first form in main."""
        forms = self.find("form")
        for form in forms:
            if action is not None and urlsplit(form.attributes.get("action", self.address)).path != action:
                continue
            if having is not None and not [one for one in form.all() if one.attributes.get("name") == having]:
                continue
            if action is None and having is None and not _inside(form, "main"):
                continue
            return form
        raise AssertionError(f"no such form on {self.address}: action={action} having={having}; {self.main[:300]}")

    def check(self) -> None:
        """Assert what must hold on every page of the site."""
        if not self.html or 300 <= self.status < 400:  # a redirect's body is the server's, nobody reads it
            return
        where = f"{self.address} ({self.status})"
        assert not self.troubles, f"{where}: markup: {self.troubles[:3]}"
        assert len(self.find("h1")) == 1, f"{where}: {len(self.find('h1'))} h1"
        assert self.find("html")[0].attributes.get("lang"), f"{where}: no language"
        assert self.find("title")[0].text, f"{where}: no title"
        ids = Counter(one.attributes["id"] for one in self.elements if one.attributes.get("id"))
        assert not [name for name, count in ids.items() if count > 1], f"{where}: ids twice: {ids.most_common(2)}"
        for image in self.find("img"):
            assert "alt" in image.attributes, f"{where}: picture without alt: {image.attributes}"
        for form in self.find("form"):
            _check_form(form, where)
        labelled = {label.attributes.get("for") for label in self.find("label")}
        for control in self.find("input") + self.find("select") + self.find("textarea"):
            _check_label(control, where, ids.keys(), labelled)
        for script in self.find("script"):
            assert script.attributes.get("src"), f"{where}: inline script (R95)"
        for element in self.elements:
            assert "style" not in element.attributes, f"{where}: inline style on {element.tag} (R95)"
            assert not [name for name in element.attributes if name.startswith("on")], f"{where}: on… attribute (R95)"
        for word in (r"\bNone\b", r"\bUndefined\b", r"Traceback", r"<Markup", r"LazyString"):
            assert not re.search(word, self.find("body")[0].text), f"{where}: {word} on the page"
        for link in self.links():
            assert not re.search(r"/\d+(/|$|\?)", urlsplit(link).path), f"{where}: counting id in {link} (R5)"


def _is_html(response: TestResponse) -> bool:
    return response.mimetype == "text/html"


def _inside(element: Element, tag: str) -> bool:
    above = element.parent
    while above is not None:
        if above.tag == tag:
            return True
        above = above.parent
    return False


def _check_form(form: Element, where: str) -> None:
    if form.attributes.get("method", "get").lower() == "post":
        names = [one.attributes.get("name") for one in form.all("input")]
        assert "csrf_token" in names, f"{where}: form without token {form.attributes} (R94)"
    assert form.all("button") or form.all("input", type="submit"), f"{where}: form without button"


def _check_label(control: Element, where: str, ids: Set[str], labelled: Set[str | None]) -> None:
    kind = control.attributes.get("type", "")
    if kind in ("hidden", "submit", "button") or "aria-label" in control.attributes:
        return
    labelled_by = control.attributes.get("aria-labelledby")
    if labelled_by and set(labelled_by.split()) <= ids:
        return
    own = control.attributes.get("id")
    named = own in labelled if own else False
    assert named or _inside(control, "label"), f"{where}: control without label: {control.attributes}"
    described = control.attributes.get("aria-describedby", "")
    assert set(described.split()) <= ids, f"{where}: describedby points nowhere: {described}"


class PageClient:
    """Gets pages, follows redirects, submits forms with all their fields, checks each page on the way."""

    def __init__(self, app: Flask) -> None:
        self.flask = app.test_client()
        self.page: Page | None = None

    def get(self, address: str, *, follow: bool = True, check: bool = True, **named: Any) -> Page:
        """Open an address; redirects are followed."""
        return self._take(self.flask.get(address, follow_redirects=follow, **named), check)

    def post(self, address: str, fields: dict[str, Any] | None = None, *, follow: bool = True, check: bool = True,
             token: bool = True, **named: Any) -> Page:  # fmt: skip
        """Send fields as they are (a request made by hand); the session's token is added unless told not to."""
        fields = dict(fields or {})
        if token:
            fields.setdefault("csrf_token", self.token())
        return self._take(self.flask.post(address, data=fields, follow_redirects=follow, **named), check)

    def submit(
        self, *, action: str | None = None, having: str | None = None, button: str | None = None,
        follow: bool = True, check: bool = True, without: tuple[str, ...] = (), **fields: Any,
    ) -> Page:  # fmt: skip
        """Fill the current page's form and send it; `button` is the value (or text) of the button to press."""
        assert self.page is not None, "open a page first"
        form = self.page.form(action=action, having=having)
        values = _filled(form, fields, button)
        for name in without:
            values.pop(name, None)
        target = urljoin(self.page.response.request.url, form.attributes.get("action") or "")
        path = target[len(PLACE) :] if target.startswith(PLACE) else target
        method = form.attributes.get("method", "get").lower()
        if method == "get":
            return self.get(path, query_string=values, follow=follow, check=check)
        kind = {"content_type": "multipart/form-data"} if "multipart" in form.attributes.get("enctype", "") else {}
        return self._take(self.flask.post(path, data=values, follow_redirects=follow, **kind), check)

    def token(self) -> str:
        """The token of this client's session, taken from a page that has a form."""
        for address in ("/sign-in", None):
            page = Page(self.flask.get(address)) if address else self.page
            if page is None:
                continue
            tokens = page.find("input", name="csrf_token")
            if tokens:
                return tokens[0].attributes["value"]
        me = Page(self.flask.get("/me"))
        tokens = me.find("input", name="csrf_token")
        assert tokens, "no page with a token"
        return tokens[0].attributes["value"]

    def _take(self, response: TestResponse, check: bool) -> Page:
        page = Page(response)
        if check:
            page.check()
        self.page = page
        return page


def _filled(form: Element, fields: dict[str, Any], button: str | None) -> dict[str, Any]:
    values: dict[str, Any] = {}

    def put(name: str, value: str) -> None:
        if name in values:
            values[name] = [*values[name], value] if isinstance(values[name], list) else [values[name], value]
        else:
            values[name] = value

    for control in form.all():
        name, kind = control.attributes.get("name"), control.attributes.get("type", "text").lower()
        if not name or "disabled" in control.attributes:
            continue
        if control.tag == "textarea":
            put(name, "".join(str(child) for child in control.children).removeprefix("\n"))
        elif control.tag == "select":
            options = control.all("option")
            chosen = [one for one in options if "selected" in one.attributes] or options[:1]
            for one in chosen:
                put(name, one.attributes.get("value", one.text))
        elif control.tag == "input" and kind in ("checkbox", "radio"):
            if "checked" in control.attributes:
                put(name, control.attributes.get("value", "on"))
        elif control.tag == "input" and kind not in ("submit", "button", "file", "image"):
            put(name, control.attributes.get("value", ""))
    for one in form.all("button"):
        matches = button is not None and button in (one.attributes.get("value"), one.text, one.attributes.get("name"))
        if matches and one.attributes.get("name"):
            put(one.attributes["name"], one.attributes.get("value", ""))
    values.update(fields)
    return {name: value for name, value in values.items() if value is not None}

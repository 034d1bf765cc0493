"""Every error is a page with a sentence and a way back; what somebody typed is given back to them, never lost."""

from __future__ import annotations

import logging
import re
import sqlite3

from flask import Flask, current_app, g, render_template, request, url_for
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from cfc_groups import web
from cfc_groups.access import Permission, Role, Scope
from cfc_groups.errors import NotAllowed, Refusal, TooMany
from cfc_groups.words import sentence

log = logging.getLogger("cfc_groups")

# What must not come back on a page, because it is a secret and not a text.
SECRETS = {"csrf_token", "user_name", "password", "password_again", "code", "badge_code", "picture", "token"}
# What a page keeps for itself in hidden fields: nobody typed it.
BOOKKEEPING = {"seen", "version", "newest"}

# What was chosen from a list (a public id, the key of a theme) is no text either.
_KEY = re.compile(r"[a-z0-9_]{1,20}|[A-Za-z0-9_-]{12}", re.ASCII)


def titles() -> dict[int, tuple[str, str]]:
    """Heading and sentence of each error page in the request's language."""
    return {
        400: (
            gettext("This page waited too long"),
            gettext("Your words are safe below. Please go back and send them once more."),
        ),
        403: (gettext("This door is closed"), gettext("This page is for other people in the group.")),
        404: (
            gettext("We cannot find this page"),
            gettext("We looked everywhere, but there is nothing at this address for you."),
        ),
        405: (gettext("This does not work this way"), gettext("Please go back and use the button on the page.")),
        409: (
            gettext("Somebody was quicker"),
            gettext("This has changed in the meantime. Please look at it again."),
        ),
        413: (
            gettext("This is too big"),
            gettext("A file may be 5 MB at most. What you had saved before is still there."),
        ),
        422: (gettext("Something is missing"), gettext("Please look at it again and correct it.")),
        429: (gettext("Let us take a short break"), gettext("That was very fast. Please try again in a minute.")),
        500: (
            gettext("Something went wrong here"),
            gettext("It is our mistake, not yours. Please go back and try again in a little while."),
        ),
        507: (
            gettext("There is no room left"),
            gettext("The computer's disk is full. Nothing was lost; please tell your coordinator and try again later."),
        ),
    }


def error_page(
    status: int, text: str | None = None, *, title: str | None = None, way_back: tuple[str, str] | None = None
) -> tuple[str, int]:
    """Render the page of an error with a way back and whatever the person had typed."""
    known = titles().get(status, titles()[500] if status >= 500 else titles()[404])
    address, label = way_back or (_way_back(), gettext("Go back"))
    page = render_template(
        "errors/page.html", status=status, title=title or known[0], sentence=text or known[1], way_back_url=address,
        way_back_label=label, kept_words=_kept_words(status),
    )  # fmt: skip
    return page, status


def _way_back() -> str:
    referrer = request.referrer or ""
    if referrer.startswith(request.host_url):
        return web.safe_address(referrer[len(request.host_url) - 1 :])
    return "/"


def _kept_words(status: int) -> str:
    """The texts of the form that was sent, except secrets; nothing for a body that was too big to read."""
    if request.method != "POST" or status == 413:
        return ""
    try:
        texts = [value.strip() for name, value in request.form.items() if name not in SECRETS | BOOKKEEPING]
    except HTTPException:
        return ""
    return "\n\n".join(text for text in texts if len(text) > 3 and not _KEY.fullmatch(text))


def _refused(problem: Refusal) -> tuple[str, int] | Response:
    if isinstance(problem, NotAllowed) and problem.code in ("sign_in_needed", "confirm_again"):
        return _ask_who_it_is(problem)
    page, status = error_page(problem.status, sentence(problem))
    if isinstance(problem, TooMany):
        return Response(page, status, {"Retry-After": str(problem.seconds)}, mimetype="text/html")
    return page, status


def _ask_who_it_is(problem: Refusal) -> tuple[str, int] | Response:
    view = current_app.view_functions.get(request.endpoint or "")
    mark: Permission | None = getattr(view, "access_mark", None)
    for_children = mark is not None and mark.scope(Role.CHILD) is not Scope.NONE
    door = "accounts.confirm" if problem.code == "confirm_again" else (
        "badges.sign_in" if for_children else "accounts.sign_in"
    )  # fmt: skip
    here = request.full_path.rstrip("?") if request.method == "GET" else _way_back()
    address = url_for(door, next=here)
    if request.method in ("GET", "HEAD"):
        return web.see_other(address)
    return error_page(403, sentence(problem), way_back=(address, gettext("Sign in")))


def _http_error(problem: HTTPException) -> tuple[str, int] | Response:
    if problem.code is not None and 300 <= problem.code < 400:
        return problem.get_response()
    return error_page(problem.code or 500)


def _expired_form(problem: CSRFError) -> tuple[str, int]:
    return error_page(400)


def _fault(problem: Exception) -> tuple[str, int]:
    """A fault of the program, or of the disk: logged with its trace, shown without (R98)."""
    g.actor = g.get("actor")  # an error page asks the database nothing more
    if isinstance(problem, sqlite3.OperationalError) and "full" in str(problem):
        log.error("the disk is full: %s", problem)
        return error_page(507)
    log.exception("fault on %s %s", request.method, request.path)
    try:
        return error_page(500)
    except Exception:  # the page itself fails: plain words are better than nothing
        log.exception("fault on the error page")
        return "<!doctype html><title>500</title><h1>500</h1>", 500


def register(app: Flask) -> None:
    """Hang every error on its page."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)



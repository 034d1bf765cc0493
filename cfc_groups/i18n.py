"""Languages: simplified Chinese for most, English beside it; the choice is remembered in a cookie of its own.

Source strings are English, so English is complete by construction; Chinese stands in one catalogue a feature.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from babel.support import Translations
from flask import Blueprint, Flask, g, has_request_context, request, url_for
from flask_babel import Babel, format_date, get_locale, get_translations, gettext, ngettext
from werkzeug.wrappers import Response

from cfc_groups import web
from cfc_groups.clock import date_in

LANGUAGES = {"zh_Hans": ("zh-Hans", "中文"), "en": ("en", "English")}
DEFAULT = "zh_Hans"
COOKIE = "language"

blueprint = Blueprint("i18n", __name__)


@dataclass(frozen=True, slots=True)
class Language:
    """One entry of the language switch."""

    code: str
    html: str
    label: str
    url: str
    current: bool


def chosen_language() -> str:
    """The language of this request: the remembered one, else Chinese."""
    if not has_request_context():
        return DEFAULT
    choice = request.cookies.get(COOKIE, DEFAULT)
    return choice if choice in LANGUAGES else DEFAULT


def html_language() -> str:
    """The language of this request as HTML names it (BCP 47)."""
    return LANGUAGES[chosen_language()][0]


def languages() -> list[Language]:
    """The switch that stands on every page; each link comes back to the page it stood on."""
    here = request.full_path.rstrip("?") if request.method == "GET" else "/"
    current = chosen_language()
    return [
        Language(code, html, label, url_for("i18n.choose_language", code=code, next=here), code == current)
        for code, (html, label) in LANGUAGES.items()
    ]


@blueprint.get("/language/<code>")
@web.open_page
def choose_language(code: str) -> Response:
    """Remember a language for a year and go back to where the switch was pressed."""
    response = web.see_other(web.safe_address(request.args.get("next")))
    if code in LANGUAGES:
        response.set_cookie(
            COOKIE, code, max_age=365 * 24 * 3600, httponly=True, samesite="Lax", secure=request.is_secure
        )
    return response


def long_day(day: date | datetime | None) -> str:
    """2026年6月1日, or 1 June 2026; a moment is turned into the site's own day first (R7)."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = date_in(day, web.site().settings.time_zone)
    return format_date(day, "y年M月d日" if str(get_locale()).startswith("zh") else "d MMMM y", rebase=False)


def exact_moment(moment: datetime | None) -> str:
    """2026年6月1日 09:41 in the site's time zone; for staff and for one's own things, never for visitors (R7)."""
    if moment is None:
        return ""
    return f"{long_day(moment)} {moment.astimezone(web.site().settings.time_zone):%H:%M}"


def clock_time(moment: datetime) -> str:
    """09:41 in the site's time zone."""
    return f"{moment.astimezone(web.site().settings.time_zone):%H:%M}"


def few(count: int) -> str:
    """A count of children as the public may read it: below ten it is 'a few children' (contracts)."""
    if count < 10:
        return gettext("a few children")
    return ngettext("%(num)s child", "%(num)s children", count)


def _translations() -> Translations:
    """This request's catalogue, looked up once: a page says some two hundred sentences."""
    if "translations" not in g:
        g.translations = get_translations()
    found: Translations = g.translations
    return found


def register(app: Flask) -> None:
    """Set up gettext and the filters for days and moments."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(Path(__file__).parent / "translations")
    Babel(app, locale_selector=chosen_language, timezone_selector=lambda: str(web.site().settings.time_zone))
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda sentence: _translations().ugettext(sentence),
        lambda one, many, count: _translations().ungettext(one, many, count),
        newstyle=True,
        pgettext=lambda context, sentence: _translations().upgettext(context, sentence),
        npgettext=lambda context, one, many, count: _translations().unpgettext(context, one, many, count),
    )
    app.register_blueprint(blueprint)
    app.jinja_env.filters.update(long_day=long_day, exact_moment=exact_moment, clock_time=clock_time, few=few)

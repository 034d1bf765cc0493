"""The names that every template may use, besides the ones that its view gives it."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext

from cfc_groups import web
from cfc_groups.i18n import html_language, languages


def _names() -> dict[str, object]:
    site = web.site()
    return {
        "actor": web.actor(),
        "alliance_name": site.facts.get("alliance_name") or gettext("Children's observation group"),
        "html_lang": html_language(),
        "languages": languages(),
        "navigation": web.navigation(),
        "plain_http_banner": web.is_plain_beyond_here(),
        "today": web.today(),
    }


def register(app: Flask) -> None:
    """Offer the names to every template."""
    app.context_processor(_names)

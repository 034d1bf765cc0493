"""The children's observation group site: settings, database, sign-in, access, features, errors, commands."""

from __future__ import annotations

import importlib
from datetime import timedelta
from pathlib import Path

from flask import Flask

from cfc_groups.clock import Clock, system_clock
from cfc_groups.config import Settings, SettingsError

__version__ = "0.1.0"

# Lower rooms first: what stands left never imports what stands right of it (docs/map.md).
FEATURES = (
    "accounts", "groups", "badges", "school_calendar", "reminders", "safety", "moderation", "places", "board", "home",
)  # fmt: skip

ROOT = Path(__file__).parent.parent


def create_app(settings: Settings, *, clock: Clock = system_clock) -> Flask:
    """Build the site for an instance. Touches no network and starts no thread; raises SettingsError.

    The instance may be empty (the commands `prepare` and `init` fill it); a database without its key is refused.
    """
    from flask_wtf import CSRFProtect

    from cfc_groups import assets, cli, error_pages, i18n, instance, outbox, page_context, scheduler, sessions, web
    from cfc_groups.db import Database
    from cfc_groups.pagecache import KeptPages

    app = Flask("cfc_groups", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.update(WTF_CSRF_TIME_LIMIT=None, MAX_FORM_MEMORY_SIZE=web.FORM_LIMIT, TEMPLATES_AUTO_RELOAD=False)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.session_interface = sessions.CookieSessions()
    instance.load_secret_key(app, settings)
    app.extensions["site"] = web.Site(settings, Database(settings.database_file), clock, KeptPages())
    if settings.trusted_proxies:
        from werkzeug.middleware.proxy_fix import ProxyFix

        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    i18n.register(app)
    web.register(app)
    CSRFProtect(app)
    error_pages.register(app)
    assets.register(app)
    page_context.register(app)
    scheduler.add_sweep("deliver_outbox", timedelta(minutes=1), outbox.deliver_due)
    for name in FEATURES:
        importlib.import_module(f"cfc_groups.{name}").register(app)
    cli.register(app)
    return app


__all__ = ["FEATURES", "SettingsError", "__version__", "create_app"]

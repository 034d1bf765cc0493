"""The signed cookie: it carries the CSRF token, waiting messages and a random session token, and nothing about anybody.

Whether a token still counts is asked of the `sessions` table (accounts), so that signing out really ends it (R84).
Over TLS the cookie is `__Host-session` and Secure, over plain http on a school's own network it is `session` (R86).
"""

from __future__ import annotations

from flask import Flask, has_request_context, request
from flask.sessions import SecureCookieSessionInterface


class CookieSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, named and secured by how the request came in."""

    def get_cookie_name(self, app: Flask) -> str:
        """`__Host-session` over TLS, else `session`."""
        return "__Host-session" if self.get_cookie_secure(app) else "session"

    def get_cookie_secure(self, app: Flask) -> bool:
        """Secure exactly when the request came over TLS."""
        return has_request_context() and request.is_secure

    def get_cookie_samesite(self, app: Flask) -> str:
        """Other sites' forms never carry the cookie."""
        return "Lax"

"""Security headers on every answer, errors included (R86, R95)."""

from __future__ import annotations

from flask import Response, g, request

CONTENT_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
NO_SENSORS = "geolocation=(), microphone=(), camera=()"
BADGE_SENSORS = "geolocation=(), microphone=(), camera=(self)"


def add_headers(response: Response) -> Response:
    """Add what keeps pages from being framed, sniffed, cached with somebody's words, or leaking addresses."""
    headers = response.headers
    headers["Content-Security-Policy"] = CONTENT_POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = BADGE_SENSORS if request.path == "/sign-in/badge" else NO_SENSORS
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint == "static":
        if "v" in request.args and response.status_code in (200, 304):
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
    elif g.get("actor") is not None or request.method != "GET" or request.path.startswith("/sign-in"):
        headers["Cache-Control"] = "no-store"
    else:
        headers.setdefault("Cache-Control", "no-cache")
    return response

"""Visitors' requests a minute an address: 600, because a whole school may share one (contracts; R97).

Counted in the memory of each server process by the `limits` engine; sign-in failures are counted in the database
instead (accounts). Only an instance made for the bench may switch this off.
"""

from __future__ import annotations

from flask import current_app, request, session
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from cfc_groups import web
from cfc_groups.errors import TooMany

VISITORS = RateLimitItemPerMinute(600)


def address() -> str:
    """The client's address; a proxy's word for it is taken only where CFC_TRUSTED_PROXIES says so (R98)."""
    return request.remote_addr or "unknown"


def check_address() -> None:
    """Raise TooMany when this address asked for more than 600 pages in this minute. Signed-in people do not count."""
    if request.endpoint == "static" or "token" in session or web.site().facts.get("bench") == "1":
        return
    limiter = current_app.extensions.get("address_limiter")
    if limiter is None:
        limiter = current_app.extensions["address_limiter"] = FixedWindowRateLimiter(MemoryStorage())
    if not limiter.hit(VISITORS, address()):
        raise TooMany("too_many_requests", seconds=60)

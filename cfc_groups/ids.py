"""Public ids: random, never counters, so that nobody can walk through persons or unpublished things (R5)."""

from __future__ import annotations

import secrets


def new_pid() -> str:
    """A new public id: 72 random bits, twelve characters, safe in an address."""
    return secrets.token_urlsafe(9)

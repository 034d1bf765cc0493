"""One queue for everything that children write: kinds, claims, decisions with reasons, kind words."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Add the room to the site."""
    from cfc_groups.moderation import words  # noqa: F401 - words register themselves

"""Consents, the child's own yes, privacy in plain words, signals of danger and who protects; detectors of both."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Add the room to the site."""

"""Journeys are told on the demo alliance, which is filled once."""

from __future__ import annotations

from tests.support.demo import demo, demo_folder

__all__ = ["demo", "demo_folder"]

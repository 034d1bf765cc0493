"""The demo is filled once for all tests."""

from __future__ import annotations

from tests.support.demo import demo, demo_folder

__all__ = ["demo", "demo_folder"]

"""Rooms register by name: a second site in one process (a forked worker, a test) finds everything once."""

from __future__ import annotations

from flask import Flask

from cfc_groups import create_app, my_page, scheduler
from cfc_groups.accounts import sections as person_sections
from cfc_groups.config import Settings
from cfc_groups.groups import sections as member_sections


def _sizes() -> dict[str, int]:
    return {
        "cards": len(my_page.CARDS),
        "sweeps": len(scheduler.SWEEPS),
        "columns": len(member_sections._columns),
        "links": len(member_sections._links),
        "member sections": len(member_sections._makers),
        "person sections": len(person_sections._makers),
    }


def test_a_second_site_in_one_process_doubles_nothing(app: Flask, settings: Settings) -> None:
    """The server forks its workers from a process that has registered already."""
    before = _sizes()
    second = create_app(settings)
    assert _sizes() == before
    assert len(second.extensions["site"].navigation) == len(app.extensions["site"].navigation)
    second.extensions["site"].database.close()

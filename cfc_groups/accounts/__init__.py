"""People who can sign in: adults, children, guardians; sessions; second factor; invitations."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Load who is signed in from the session."""
    from cfc_groups.accounts import login

    app.extensions["site"].load_actor = login.load_actor

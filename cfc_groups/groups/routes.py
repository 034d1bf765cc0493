"""Pages of groups, teams and members."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("groups", __name__)

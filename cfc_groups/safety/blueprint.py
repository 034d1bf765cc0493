"""The blueprint that this room's route modules share."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("safety", __name__)

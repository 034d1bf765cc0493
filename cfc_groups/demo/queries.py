"""What the list of the demo's sign-ins reads."""

from __future__ import annotations

from cfc_groups.db import Reader


def first_badges(db: Reader) -> dict[str, int]:
    """Badges that still count and whose child kept the pictures it was given: fingerprint of the code → pictures.

    Badge and pictures of the demo were written in the same moment; who chose anew, or got a new badge, has secrets
    that nobody can print.
    """
    rows = db.rows(
        "SELECT badges.code_fingerprint, picture_pins.pictures FROM badges"
        " JOIN picture_pins ON picture_pins.account_id = badges.account_id"
        " WHERE badges.ended_at IS NULL AND picture_pins.chosen_at = badges.issued_at LIMIT 1000"
    )
    return {row["code_fingerprint"]: row["pictures"] for row in rows}

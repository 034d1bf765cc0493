"""How to sign in to the demo as each role: all of it as rows, or one of each as a friendly table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pyotp

from cfc_groups.access import Role
from cfc_groups.badges import codes
from cfc_groups.badges.rules import in_fours
from cfc_groups.db import Database
from cfc_groups.demo import queries, secrets_of_demo
from cfc_groups.demo.content_files import read_lines, read_one
from cfc_groups.demo.people import has_second_factor
from cfc_groups.sealing import Sealer

ROLES_SHOWN = (Role.CHILD, Role.TEACHER, Role.COORDINATOR, Role.MENTOR, Role.DEPARTMENT)


def as_rows(db: Database, sealer: Sealer) -> list[dict[str, Any]]:
    """One row a person: role, group, user_name, password, totp_secret, badge_code, picture_pin (None where unused).

    Passwords are those of the first day; who changed one in the demo knows the new one. Children who chose other
    pictures or were given another badge since are left out.
    """
    groups = {row["key"]: row["name"] for row in read_one("alliance.json")["groups"]}
    return [*_adults(sealer, groups), *_children(db, sealer, groups)]


def _adults(sealer: Sealer, groups: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "role": row["role"],
            "group": groups.get(row["group"] or ""),
            "user_name": row["user_name"],
            "password": secrets_of_demo.password_of(sealer, row["user_name"]),
            "totp_secret": secrets_of_demo.totp_secret_of(sealer, row["user_name"]) if has_second_factor(row) else None,
            "badge_code": None,
            "picture_pin": None,
        }
        for row in read_lines("staff.jsonl")
    ]


def _children(db: Database, sealer: Sealer, groups: dict[str, str]) -> list[dict[str, Any]]:
    in_use = queries.first_badges(db)
    rows = []
    for row in read_lines("children.jsonl"):
        code = secrets_of_demo.badge_code_of(sealer, row["member_number"])
        pictures = in_use.get(codes.typed_fingerprint(sealer, code))
        if pictures is not None:
            rows.append(
                {
                    "role": Role.CHILD.value,
                    "group": groups[row["group"]],
                    "user_name": None,
                    "password": None,
                    "totp_secret": None,
                    "badge_code": code,
                    "picture_pin": secrets_of_demo.pictures_of(sealer, row["member_number"], pictures),
                }
            )
    return rows


def as_text(db: Database, sealer: Sealer, now: datetime) -> str:
    """Where to go and one sign-in a role, for whoever has just started the demo. `now`: for the current codes."""
    rows = as_rows(db, sealer)
    lines = ["", "This is the demo alliance; everybody in it is invented. Sign in as", ""]
    for role in ROLES_SHOWN:
        row = next((one for one in rows if one["role"] == role), None)
        if row is not None:
            lines += [f"  {role.value}", *(f"    {line}" for line in _way_in(row, now))]
    lines += ["", "A code counts for half a minute, and once. These lines with new codes, and everybody as JSON:"]
    lines += ["  .venv/bin/flask --app app demo-logins --short", "  .venv/bin/flask --app app demo-logins", ""]
    return "\n".join(lines)


def _way_in(row: dict[str, Any], now: datetime) -> list[str]:
    if row["role"] == Role.CHILD:
        pictures = ", then ".join(key.replace("-", " ") for key in row["picture_pin"])
        return ["/sign-in/badge", f"badge {in_fours(row['badge_code'])}", f"pictures: {pictures}"]
    lines = ["/sign-in", f"user name {row['user_name']}", f"password {row['password']}"]
    if row["totp_secret"]:
        secret = row["totp_secret"]
        lines.append(f"code from an app with the secret {secret} (now: {pyotp.TOTP(secret).at(now)})")
    return lines

"""The demo's people at the bench: who they are, and how they sign in."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pyotp

from bench.server import BenchError, Server, run_site
from bench.visitor import Visitor


@dataclass(frozen=True)
class Login:
    """One row of `flask --app app demo-logins`."""

    role: str
    group: str | None
    user_name: str | None
    password: str | None
    totp_secret: str | None
    badge_code: str | None
    picture_pin: list[str]


def list_logins(instance: Path) -> list[Login]:
    """Everybody of the demo who can sign in."""
    return [
        Login(
            role=row["role"],
            group=row["group"],
            user_name=row["user_name"],
            password=row["password"],
            totp_secret=row["totp_secret"],
            badge_code=row["badge_code"],
            picture_pin=_pictures(row["picture_pin"]),
        )
        for row in json.loads(run_site(instance, "demo-logins"))
    ]


def children(logins: list[Login]) -> list[Login]:
    """The children among them who have a badge and a picture PIN."""
    return [login for login in logins if login.role == "child" and login.badge_code and login.picture_pin]


def sign_in_child(server: Server, login: Login) -> Visitor:
    """By badge code and pictures, as the forms ask for them."""
    visitor = Visitor(server.url)
    page = visitor.get("/sign-in/badge")
    values: dict[str, str | list[str]] = {"badge_code": login.badge_code or ""}
    both = any({"badge_code", "picture"} <= form.names for form in page.forms())
    if both:
        values["picture"] = login.picture_pin
    page = visitor.fill_in(page, values)
    if not both:
        page = visitor.get(page.goes_to) if page.goes_to else page
        page = visitor.fill_in(page, {"picture": login.picture_pin})
    return _signed_in(visitor, page.status, f"the child of {login.group}")


def sign_in_adult(server: Server, login: Login) -> Visitor:
    """By user name, password and, where the account has one, a code of this moment."""
    visitor = Visitor(server.url)
    page = visitor.get("/sign-in")
    values: dict[str, str | list[str]] = {
        "user_name": login.user_name or "",
        "password": login.password or "",
    }
    code = pyotp.TOTP(login.totp_secret).now() if login.totp_secret else None
    both = any({"user_name", "code"} <= form.names for form in page.forms())
    if both and code:
        values["code"] = code
    page = visitor.fill_in(page, values)
    if code and not both:
        page = visitor.get(page.goes_to) if page.goes_to else page
        page = visitor.fill_in(page, {"code": code})
    return _signed_in(visitor, page.status, f"{login.role} {login.user_name}")


def _signed_in(visitor: Visitor, status: int, who: str) -> Visitor:
    if status != 303:
        raise BenchError(f"{who} could not sign in (the form came back with {status}).")
    return visitor


def _pictures(value: str | list[str] | None) -> list[str]:
    return value if isinstance(value, list) else re.split(r"[\s,]+", value) if value else []

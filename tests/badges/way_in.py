"""A child with a badge in its hand, and its way in step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cfc_groups.access import Actor, Reach, Role
from tests.support.pages import Page, PageClient
from tests.support.world import Person

DOOR = "/sign-in/badge"
THREE = ("apple", "fish", "key")
FOUR = ("apple", "fish", "key", "bell")


@dataclass(frozen=True)
class Holder:
    """A child with a badge; `pictures` is empty while it has chosen none."""

    child: Person
    qr: str
    typed: str
    pictures: tuple[str, ...]


def try_pictures(client: PageClient, code: str, pictures: tuple[str, ...], *, follow: bool = False) -> Page:
    """Send badge and pictures at once."""
    return client.post(DOOR, {"badge_code": code, "picture": list(pictures)}, follow=follow)


def tap(client: PageClient, *pictures: str) -> Page:
    """Tap pictures one after the other, each on the page that came last."""
    page = None
    for key in pictures:
        page = client.submit(having="picture", button=key)
    assert page is not None
    return page


def actor_of(person: Person, role: Role, now: datetime, *group_ids: int) -> Actor:
    """An adult who signed in just now and reaches these groups."""
    return Actor(
        account_id=person.account_id, pid=person.pid, role=role, display_name=person.name, avatar="owl", session_id=0,
        signed_in_at=now, confirmed_at=now, reach=Reach(frozenset(group_ids)),
    )  # fmt: skip

"""Builds the people and groups of a test's story through the site's own actions, and signs them in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from flask import Flask

from cfc_groups.clock import date_in, stamp
from cfc_groups.db import Database, write
from cfc_groups.ids import new_pid
from cfc_groups.sealing import Sealer

if TYPE_CHECKING:
    from tests.support.pages import PageClient


class Person:
    """Somebody in the story."""

    def __init__(self, account_id: int, pid: str, name: str, role: str) -> None:
        self.account_id = account_id
        self.pid = pid
        self.name = name
        self.role = role


class World:
    """Everything that a story needs to stand on; each method adds one thing and answers it."""

    def __init__(self, app: Flask, database: Database, sealer: Sealer, clock: Callable[[], datetime]) -> None:
        self.app = app
        self.database = database
        self.sealer = sealer
        self.clock = clock
        self._count = 0

    @property
    def today(self) -> date:
        """The story's day."""
        return date_in(self.clock(), self.app.extensions["site"].settings.time_zone)

    def _next(self) -> int:
        self._count += 1
        return self._count

    def group(self, name: str | None = None, *, kind: str = "school", parent: int | None = None) -> int:
        """A group that exists since a year."""
        name = name or f"观察团{self._next()}"
        with write(self.database) as tx:
            return tx.insert(
                "groups", pid=new_pid(), parent_id=parent, kind=kind, name=name, name_key=name,
                starts_on=str(self.today - timedelta(days=365)), made_at=stamp(self.clock()),
            )  # fmt: skip

    def team(self, group_id: int, name: str | None = None, *, theme: str = "parks") -> int:
        """A team of a group."""
        with write(self.database) as tx:
            return tx.insert(
                "teams", pid=new_pid(), group_id=group_id, theme=theme, name=name or f"小队{self._next()}",
                starts_on=str(self.today - timedelta(days=365)), made_at=stamp(self.clock()),
            )  # fmt: skip

    def child(
        self, group_id: int | None = None, team_id: int | None = None, *, nickname: str | None = None,
        real_name: str = "韦博文", birth_month: str = "2016-10", consents: bool = True,
    ) -> Person:  # fmt: skip
        """A child with a membership; with all consents and its own yes unless told otherwise."""
        from cfc_groups.accounts import actions as accounts

        nickname = nickname or f"会飞的小狐狸{self._next()}"
        with write(self.database) as tx:
            account_id = accounts.add_child_in(
                tx, self.sealer, real_name=real_name, birth_month=birth_month, nickname=nickname, avatar="fox",
                now=self.clock(),
            )  # fmt: skip
            if group_id is not None:
                tx.insert(
                    "memberships", account_id=account_id, group_id=group_id, team_id=team_id, kind="child",
                    member_number=f"M{self._next():04d}", starts_on=str(self.today - timedelta(days=100)),
                    made_at=stamp(self.clock()),
                )  # fmt: skip
        child = self._person(account_id)
        if consents:
            self.consent(child)
        return child

    def consent(self, child: Person, *, answers: dict[str, str] | None = None, assent: bool = True) -> None:
        """The guardian's answers on paper (all yes unless told otherwise) and the child's own yes."""
        from cfc_groups.safety import consents

        teacher = self.adult("teacher")
        consents.record_for_story(
            self.database, self.sealer, child.account_id, recorded_by=teacher.account_id, now=self.clock(),
            answers=answers or {}, assent=assent,
        )  # fmt: skip

    def adult(
        self, role: str, group_id: int | None = None, *, team_id: int | None = None, name: str | None = None,
        vetted_days_ago: int | None = 30, officer: bool = False,
    ) -> Person:  # fmt: skip
        """An active adult of a role, serving a group if one is given."""
        name = name or f"老师{self._next()}"
        vetted_on = None if vetted_days_ago is None else str(self.today - timedelta(days=vetted_days_ago))
        with write(self.database) as tx:
            account_id = tx.insert(
                "accounts", pid=new_pid(), role=role, state="active", display_name=name, display_name_key=name,
                avatar="owl", user_name=f"adult{self._next()}", vetted_on=vetted_on, made_at=stamp(self.clock()),
            )  # fmt: skip
            if group_id is not None:
                tx.insert(
                    "memberships", account_id=account_id, group_id=group_id, team_id=team_id, kind="staff",
                    starts_on=str(self.today - timedelta(days=100)), made_at=stamp(self.clock()),
                )  # fmt: skip
            if officer:
                tx.insert("capabilities", account_id=account_id, capability="officer", given_at=stamp(self.clock()))
        return self._person(account_id)

    def teacher(self, group_id: int | None = None, **named: object) -> Person:
        """A vetted teacher."""
        return self.adult("teacher", group_id, **named)  # type: ignore[arg-type]

    def coordinator(self, **named: object) -> Person:
        """A vetted coordinator."""
        return self.adult("coordinator", **named)  # type: ignore[arg-type]

    def place(self, name: str = "翠苑公园", kind: str = "park") -> int:
        """A place of the city."""
        from cfc_groups.places import actions as places
        from cfc_groups.places.models import PlaceKind

        with write(self.database) as tx:
            return places.add_place_in(tx, self.clock(), name=name, kind=PlaceKind(kind)).place_id

    def sign_in(self, client: PageClient, person: Person) -> PageClient:
        """Open a session for somebody, as signing in does, and put its cookie into the client."""
        from cfc_groups.accounts import actions as accounts

        path = "badge" if person.role == "child" else "password"
        token = accounts.open_session(self.database, person.account_id, path, self.clock())
        with client.flask.session_transaction() as cookie:
            cookie.clear()
            cookie["token"] = token
        return client

    def _person(self, account_id: int) -> Person:
        row = self.database.row("SELECT pid, display_name, role FROM accounts WHERE account_id = ?", (account_id,))
        assert row is not None
        return Person(account_id, row["pid"], row["display_name"], row["role"])

"""Rows about people: what lies sealed on the disk, and that no query walks through a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from cfc_groups.access import Role
from cfc_groups.accounts import actions, queries, sign_in_store, store, sweeps
from cfc_groups.accounts.models import AccountState, GuardianContact
from cfc_groups.config import Settings
from cfc_groups.db import Database, write
from cfc_groups.errors import NotFound, RuleBroken
from cfc_groups.sealing import Sealer
from tests.support.world import World

CANARIES = ("柯南瑞", "13800138000", "canary@example.org", "2016-10")


@pytest.fixture
def child(database: Database, sealer: Sealer, now: datetime) -> int:
    """A child with a guardian whom one can reach."""
    with write(database) as tx:
        account_id = actions.add_child_in(
            tx, sealer, real_name="柯南瑞", birth_month="2016-10", nickname="爱笑的小狐狸", avatar="fox", now=now
        )
        actions.set_guardian_contact_in(
            tx, sealer, account_id, name="柯南瑞的妈妈", relation="妈妈", phone="13800138000",
            email="canary@example.org", now=now,
        )  # fmt: skip
    return account_id


def test_no_name_contact_or_birth_month_lies_readable_on_the_disk(
    child: int, database: Database, settings: Settings
) -> None:
    """R26: the raw bytes of database and write-ahead log hold no canary."""
    for file in settings.instance.glob("site.db*"):
        content = file.read_bytes()
        for canary in CANARIES:
            assert canary.encode() not in content, (file.name, canary)


def test_sealed_columns_come_back_with_the_key_and_do_not_open_elsewhere(
    child: int, database: Database, sealer: Sealer
) -> None:
    assert store.real_names(database, sealer, [child, 999]) == {child: "柯南瑞"}
    assert store.birth_months(database, sealer, [child]) == {child: "2016-10"}
    contact = GuardianContact("柯南瑞的妈妈", "妈妈", "13800138000", "canary@example.org")
    assert store.guardian_contact(database, sealer, child) == contact
    sealed = database.value("SELECT real_name FROM accounts WHERE account_id = ?", (child,))
    assert isinstance(sealed, bytes)
    with pytest.raises(InvalidTag):
        sealer.open(sealed, store.BIRTH_MONTH)


def test_names_of_many_children_take_one_statement(
    world: World, database: Database, sealer: Sealer, count_sql: Callable[[], Any]
) -> None:
    children = [world.child(consents=False).account_id for _ in range(12)]
    with count_sql() as statements:
        names = store.real_names(database, sealer, children)
    assert len(names) == 12
    assert len(statements) == 1


def test_changing_a_contact_ends_the_old_one_and_the_same_again_changes_nothing(
    child: int, database: Database, sealer: Sealer, now: datetime
) -> None:
    def change(phone: str) -> bool:
        with write(database) as tx:
            return actions.set_guardian_contact_in(
                tx, sealer, child, name="爸爸", relation="爸爸", phone=phone, email="", now=now
            )

    assert change("1") is True
    assert change("1") is False
    assert change("2") is True
    found = store.guardian_contact(database, sealer, child)
    assert found is not None and (found.phone, found.email) == ("2", "")
    assert database.value("SELECT COUNT(*) FROM guardian_contacts WHERE ended_at IS NULL") == 1
    assert store.guardian_contact(database, sealer, 999) is None


def test_changing_a_childs_identity_says_whether_it_changed(child: int, database: Database, sealer: Sealer) -> None:
    def change(name: str, month: str) -> bool:
        with write(database) as tx:
            return actions.change_child_identity_in(tx, sealer, child, real_name=name, birth_month=month)

    assert change("柯南瑞", "2016-10") is False
    assert change("柯南锐", "2016-09") is True
    assert store.real_names(database, sealer, [child]) == {child: "柯南锐"}
    with pytest.raises(RuleBroken, match="birth_month_wrong"):
        change("柯南锐", "2016-13")
    with write(database) as tx, pytest.raises(NotFound):
        actions.change_child_identity_in(tx, sealer, 999, real_name="x", birth_month="2016-10")


def test_child_accounts_have_a_nickname_key_and_no_user_name(child: int, database: Database) -> None:
    account = store.find_account_by_id(database, child)
    assert account is not None
    assert (account.role, account.state, account.user_name) == (Role.CHILD, AccountState.ACTIVE, None)
    assert store.get_account(database, account.pid) == account
    assert store.taken_nicknames(database) == {"爱笑的小狐狸"}
    with pytest.raises(NotFound):
        store.get_adult(database, account.pid)
    with pytest.raises(NotFound):
        store.get_account(database, "nobody")


def test_child_needs_a_drawn_avatar(database: Database, sealer: Sealer, now: datetime) -> None:
    with write(database) as tx, pytest.raises(ValueError, match="avatar"):
        actions.add_child_in(
            tx, sealer, real_name="x", birth_month="2016-10", nickname="y", avatar="../etc/passwd", now=now
        )


def test_ended_child_is_signed_out(child: int, database: Database, now: datetime) -> None:
    actions.open_session(database, child, "badge", now)
    with write(database) as tx:
        assert actions.end_child_in(tx, child, None, now) is True
        assert actions.end_child_in(tx, child, None, now) is False
    assert sign_in_store.open_sessions(database, child) == []


PLANS = {
    "session": (
        lambda db, now: sign_in_store.find_session(db, "x"),
        "USING INDEX sqlite_autoindex_sessions",
    ),
    "credentials": (lambda db, now: sign_in_store.find_credentials(db, "x"), "USING INDEX sqlite_autoindex_accounts"),
    "failures": (
        lambda db, now: sign_in_store.failures(db, "site", now, most=30),
        "USING COVERING INDEX sign_in_failures_by_key",
    ),
    "open sessions": (lambda db, now: sign_in_store.open_sessions(db, 1), "USING INDEX sessions_open_by_account"),
    "invitation": (lambda db, now: sign_in_store.find_invitation(db, "x", now), "USING INDEX sqlite_autoindex_invit"),
    "people": (lambda db, now: queries.people(db, queries.PeopleFilter()), "USING INDEX adults_by_name"),
    "people of a role": (
        lambda db, now: queries.people(db, queries.PeopleFilter(Role.MENTOR, AccountState.ACTIVE, "li"), "pid"),
        "USING INDEX adults_by_name",
    ),
    "checks": (lambda db, now: queries.due_checks(db, now.date()), "USING INDEX adults_by_vetting"),
    "waiting": (lambda db, now: queries.waiting_for(db, 1), "USING INDEX accounts_by_role"),
    "officers": (lambda db, now: queries.officers(db), "USING INDEX capabilities_by_kind"),
    "contact": (
        lambda db, now: store.guardian_contact(db, None, 1),  # type: ignore[arg-type]
        "USING INDEX guardian_contacts_by_child",
    ),
    "names": (lambda db, now: queries.display_names(db, [1, 2]), "USING INTEGER PRIMARY KEY"),
}


@pytest.mark.parametrize("name", PLANS)
def test_no_query_walks_through_a_table(
    name: str, database: Database, now: datetime, count_sql: Callable[[], Any]
) -> None:
    ask, index = PLANS[name]
    with count_sql() as statements:
        ask(database, now)
    (statement,) = statements
    plan = [row["detail"] for row in database.rows("EXPLAIN QUERY PLAN " + statement)]
    assert any(index in step for step in plan), plan
    for step in plan:
        walks = step.startswith("SCAN") and not any(part in step for part in ("USING", "json_each", "(subquery"))
        assert not walks, plan
        assert "TEMP B-TREE" not in step or name in ("open sessions",), plan


def test_sweep_ends_old_sessions_and_forgets_old_rows(
    child: int, database: Database, now: datetime, world: World
) -> None:
    """R27, R85: what is over is closed, what need not be kept goes; a second run does nothing."""
    teacher = world.teacher().account_id
    for account_id, path in ((child, "badge"), (teacher, "password")):
        actions.open_session(database, account_id, path, now)
    with write(database) as tx:
        sign_in_store.add_failure(tx, "site", now)
    assert sweeps.close_old_sessions(database, now + timedelta(minutes=14)) == 0
    assert sweeps.close_old_sessions(database, now + timedelta(minutes=16)) == 1  # the child's
    assert sweeps.close_old_sessions(database, now + timedelta(minutes=31)) == 1  # the teacher's
    assert sweeps.close_old_sessions(database, now + timedelta(minutes=31)) == 0
    assert database.value("SELECT COUNT(*) FROM sign_in_failures") == 1
    sweeps.close_old_sessions(database, now + timedelta(hours=25))
    assert database.value("SELECT COUNT(*) FROM sign_in_failures") == 0
    assert database.value("SELECT COUNT(*) FROM sessions") == 2
    sweeps.close_old_sessions(database, now + timedelta(days=31))
    assert database.value("SELECT COUNT(*) FROM sessions") == 0

"""Failures at signing in: counted in the database, with a clock that is told (R80, R81)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from cfc_groups.accounts import hooks, limits
from cfc_groups.accounts.limits import LimitKeys
from cfc_groups.db import Database, Writer, write
from cfc_groups.errors import TooMany
from cfc_groups.sealing import Sealer

SECOND = timedelta(seconds=1)


@pytest.fixture
def keys(sealer: Sealer) -> LimitKeys:
    """Li signs in with a password at the school's address."""
    return limits.limit_keys(sealer, path="password", account="li", address="203.0.113.7")


def fail(database: Database, now: datetime, keys: LimitKeys, times: int = 1) -> None:
    with write(database) as tx:
        for _ in range(times):
            limits.record_failure(tx, now, keys=keys)


def wait(database: Database, now: datetime, keys: LimitKeys) -> int:
    """How many seconds are left to wait; 0 when the door is open."""
    try:
        limits.check(database, now, keys=keys)
    except TooMany as problem:
        return problem.seconds
    return 0


def test_each_failure_from_the_fifth_on_doubles_the_wait(database: Database, now: datetime, keys: LimitKeys) -> None:
    """R80: 30 s, 1, 2, 4, 8, then 15 minutes."""
    fail(database, now, keys, 4)
    assert wait(database, now, keys) == 0
    waits = []
    for _ in range(7):
        fail(database, now, keys)
        waits.append(wait(database, now, keys))
        now += timedelta(seconds=waits[-1])
        assert wait(database, now - SECOND, keys) == 1
        assert wait(database, now, keys) == 0
    assert waits == [30, 60, 120, 240, 480, 900, 900]


def test_a_pause_does_not_begin_anew_but_a_day_does(database: Database, now: datetime, keys: LimitKeys) -> None:
    fail(database, now, keys, 5)
    later = now + timedelta(hours=3)
    fail(database, later, keys)
    assert wait(database, later, keys) == 60
    assert wait(database, later + timedelta(hours=25), keys) == 0
    fail(database, later + timedelta(hours=25), keys)
    assert wait(database, later + timedelta(hours=25), keys) == 0


def test_waits_survive_a_restart(database: Database, now: datetime, keys: LimitKeys) -> None:
    """R80: the counters are in the file, not in the process."""
    fail(database, now, keys, 6)
    again = Database(database.file)
    assert wait(again, now, keys) == 60
    again.close()


def test_failures_on_one_path_leave_the_other_paths_open(
    database: Database, now: datetime, keys: LimitKeys, sealer: Sealer
) -> None:
    """R81: a classmate who tries words cannot lock the badge."""
    fail(database, now, keys, 20)
    badge = limits.limit_keys(sealer, path="badge", account="li", address="203.0.113.7")
    other = limits.limit_keys(sealer, path="password", account="wang", address="203.0.113.7")
    assert wait(database, now, keys) > 0
    assert wait(database, now, badge) == 0
    assert wait(database, now, other) == 0


def test_an_address_rests_ten_minutes_after_thirty_failures_in_ten(
    database: Database, now: datetime, sealer: Sealer
) -> None:
    """R80: thirty different accounts at one address; another address is not touched."""
    for number in range(30):
        one = limits.limit_keys(sealer, path="password", account=f"child{number}", address="203.0.113.7")
        fail(database, now + number * SECOND, one)
    later = now + 30 * SECOND
    here = limits.limit_keys(sealer, path="password", account="new", address="203.0.113.7")
    elsewhere = limits.limit_keys(sealer, path="password", account="new", address="203.0.113.8")
    assert wait(database, later, here) == 599
    assert wait(database, later + timedelta(seconds=599), here) == 0
    assert wait(database, later, elsewhere) == 0


def test_thirty_failures_over_a_morning_do_not_close_an_address(
    database: Database, now: datetime, sealer: Sealer
) -> None:
    for number in range(40):
        one = limits.limit_keys(sealer, path="password", account=f"child{number}", address="203.0.113.7")
        fail(database, now + number * timedelta(minutes=1), one)
        assert wait(database, now + number * timedelta(minutes=1), one) == 0


@pytest.fixture
def alarms() -> Iterator[list[datetime]]:
    """What the officers' room is told."""
    heard: list[datetime] = []

    def listen(tx: Writer, now: datetime) -> None:
        heard.append(now)

    hooks.on_many_failures(listen)
    yield heard
    hooks._many_failures.remove(listen)


def test_the_whole_site_alarms_once_at_three_hundred_and_waits_four_times_as_long(
    database: Database, now: datetime, sealer: Sealer, alarms: list[datetime]
) -> None:
    """R80: 300 in ten minutes, from many addresses."""
    for number in range(310):
        one = limits.limit_keys(sealer, path="password", account=f"a{number}", address=f"10.0.{number}.1")
        fail(database, now, one)
    assert alarms == [now]
    assert database.value("SELECT COUNT(*) FROM journal WHERE deed = 'note_many_failures'") == 1
    li = limits.limit_keys(sealer, path="password", account="li", address="203.0.113.7")
    assert wait(database, now, li) == 0  # who never failed does not wait
    fail(database, now, li, 5)
    assert wait(database, now, li) == 4 * 30
    assert wait(database, now + timedelta(minutes=11), li) == 0


def test_success_forgets_the_accounts_failures_but_not_the_addresss(
    database: Database, now: datetime, keys: LimitKeys
) -> None:
    fail(database, now, keys, 4)
    attempt = limits.begin_attempt(database, now, keys=keys)
    assert database.value("SELECT COUNT(*) FROM sign_in_failures") == 15
    with write(database) as tx:
        limits.succeed(tx, attempt)
    assert database.value("SELECT COUNT(*) FROM sign_in_failures WHERE limit_key = ?", (keys.account,)) == 0
    assert database.value("SELECT COUNT(*) FROM sign_in_failures WHERE limit_key = ?", (keys.address,)) == 4
    assert database.value("SELECT COUNT(*) FROM sign_in_failures WHERE limit_key = 'site'") == 4


def test_tries_that_run_side_by_side_are_counted_before_they_are_checked(
    database: Database, now: datetime, keys: LimitKeys
) -> None:
    """A hundred tries at once get no further than five."""
    begun = 0
    with pytest.raises(TooMany):
        for _ in range(100):
            limits.begin_attempt(database, now, keys=keys)
            begun += 1
    assert begun == 5


def test_no_name_or_address_is_stored_readable(database: Database, now: datetime, keys: LimitKeys) -> None:
    fail(database, now, keys)
    stored = [row["limit_key"] for row in database.rows("SELECT limit_key FROM sign_in_failures")]
    assert len(stored) == 3
    assert not [key for key in stored if "203.0.113.7" in key or ":li" in key]


def test_the_sentence_says_how_long_in_seconds_or_minutes(database: Database, now: datetime, keys: LimitKeys) -> None:
    fail(database, now, keys, 5)
    with pytest.raises(TooMany) as short:
        limits.check(database, now, keys=keys)
    assert (short.value.code, short.value.seconds) == ("sign_in_wait_seconds", 30)
    fail(database, now, keys, 5)
    with pytest.raises(TooMany) as long:
        limits.check(database, now, keys=keys)
    assert (long.value.code, long.value.facts["minutes"]) == ("sign_in_wait_minutes", 15)

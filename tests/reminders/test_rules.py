"""R52: between 21:00 and 07:00 no adult's deed reaches a child."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfc_groups.reminders import rules

SHANGHAI = ZoneInfo("Asia/Shanghai")
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
zones = st.sampled_from([SHANGHAI, ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")])


def at(hour: int, minute: int = 0, second: int = 0, *, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=SHANGHAI).astimezone(UTC)


@pytest.mark.parametrize(
    ("told", "there"),
    [
        (at(20, 59, 59), at(20, 59, 59)),
        (at(21), at(7, day=24)),
        (at(21, 30), at(7, day=24)),
        (at(0), at(7)),
        (at(6, 59, 59), at(7)),
        (at(7), at(7)),
        (at(12), at(12)),
    ],
)
def test_what_may_wait_waits_for_the_morning(told: datetime, there: datetime) -> None:
    assert rules.visible_from(told, SHANGHAI, may_wait=True) == there


@given(moments, zones)
def test_nothing_that_may_wait_arrives_at_night_and_nothing_waits_longer_than_a_night(
    told: datetime, zone: ZoneInfo
) -> None:
    there = rules.visible_from(told, zone, may_wait=True)
    assert time(7) <= there.astimezone(zone).time() < time(21)
    assert timedelta(0) <= there - told <= timedelta(hours=11)
    assert rules.visible_from(there, zone, may_wait=True) == there


@given(moments, zones)
def test_what_may_not_wait_is_there_at_once(told: datetime, zone: ZoneInfo) -> None:
    assert rules.visible_from(told, zone, may_wait=False) == told

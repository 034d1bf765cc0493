"""Stamps sort as time does, whatever the zone they came from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from cfc_groups.clock import date_in, parse_stamp, stamp

moments = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1),
    timezones=st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours))),
)  # fmt: skip


@given(moments, moments)
def test_text_order_is_time_order(one: datetime, other: datetime) -> None:
    if one - other >= timedelta(milliseconds=1):
        assert stamp(one) > stamp(other)
    assert abs(parse_stamp(stamp(one)) - one) < timedelta(milliseconds=1)


def test_the_day_changes_at_midnight_in_shanghai() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    assert date_in(datetime(2026, 11, 22, 15, 59, tzinfo=UTC), zone) == date(2026, 11, 22)
    assert date_in(datetime(2026, 11, 22, 16, 0, tzinfo=UTC), zone) == date(2026, 11, 23)

"""The calendar of a time-of-use tariff."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami.time_of_use import Season, Slot, TimeOfUse

LONDON = ZoneInfo("Europe/London")
WINTER = Season(
    "winter", frozenset({11, 12, 1, 2, 3}), (Slot(time(7), time(10), 3), Slot(time(16), time(20), 3), Slot(time(10), time(16), 2))
)
SUMMER = Season("summer", frozenset({6, 7, 8}), (Slot(time(12), time(18), 2),))
CALENDAR = TimeOfUse(LONDON, ("off-peak", "shoulder", "peak"), (WINTER, SUMMER), holidays=frozenset({date(2026, 1, 1)}))


@pytest.mark.parametrize(
    ("start", "period"),
    [
        pytest.param(datetime(2026, 1, 5, 6, 30, tzinfo=UTC), 1, id="before the first slot"),
        pytest.param(datetime(2026, 1, 5, 7, 0, tzinfo=UTC), 3, id="a slot's start belongs to it"),
        pytest.param(datetime(2026, 1, 5, 10, 0, tzinfo=UTC), 2, id="a slot's end belongs to the next"),
        pytest.param(datetime(2026, 1, 5, 20, 0, tzinfo=UTC), 1, id="after the last slot"),
        pytest.param(datetime(2026, 1, 1, 17, 0, tzinfo=UTC), 1, id="a holiday"),
        pytest.param(datetime(2026, 1, 10, 17, 0, tzinfo=UTC), 1, id="a Saturday"),
        pytest.param(datetime(2026, 1, 11, 17, 0, tzinfo=UTC), 1, id="a Sunday"),
        pytest.param(datetime(2026, 4, 6, 17, 0, tzinfo=UTC), 1, id="a month without a season"),
        pytest.param(datetime(2026, 7, 6, 11, 0, tzinfo=UTC), 2, id="noon by the local clock"),
        pytest.param(datetime(2026, 7, 6, 17, 0, tzinfo=UTC), 1, id="six in the evening by the local clock"),
    ],
)
def test_period_follows_season_weekday_and_local_clock(start: datetime, period: int) -> None:
    """What counts is the local time at which an interval starts."""
    assert CALENDAR.period_at(start) == period


def test_weekend_is_a_local_one() -> None:
    """Late on Friday in UTC is Saturday already further east."""
    athens = TimeOfUse(ZoneInfo("Europe/Athens"), ("low", "high"), (Season("all", frozenset(range(1, 13)), (Slot(time(0), time(23), 2),)),))

    assert athens.period_at(datetime(2026, 1, 9, 21, 30, tzinfo=UTC)) == 1
    assert athens.period_at(datetime(2026, 1, 8, 22, 30, tzinfo=UTC)) == 2
    assert athens.period_at(datetime(2026, 1, 9, 22, 30, tzinfo=UTC)) == 1


def test_periods_count_from_one() -> None:
    """Period 0 is kept for all day."""
    assert CALENDAR.periods == (1, 2, 3)


@given(st.integers(0, 130_000).map(lambda hours: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=hours)))
def test_every_moment_has_a_period(at: datetime) -> None:
    """No hour of no year is left without a price."""
    assert CALENDAR.period_at(at) in CALENDAR.periods

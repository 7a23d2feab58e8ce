"""The calendar that MDMS and CIS share."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from harness.calendar import OFF_PEAK, PEAK, SHOULDER, calendar

LONDON = ZoneInfo("Europe/London")
WINTER_WEDNESDAY, SUMMER_WEDNESDAY = "2026-01-14", "2026-07-15"
CALENDAR = calendar(LONDON)


@pytest.mark.parametrize(
    ("day", "periods"),
    [
        (WINTER_WEDNESDAY, {7: OFF_PEAK, 16: SHOULDER, 20: PEAK, 22: SHOULDER, 24: OFF_PEAK}),
        (SUMMER_WEDNESDAY, {7: OFF_PEAK, 17: SHOULDER, 20: PEAK, 24: OFF_PEAK}),
        ("2026-01-17", {24: OFF_PEAK}),
        ("2026-12-25", {24: OFF_PEAK}),
        ("2026-04-06", {24: OFF_PEAK}),
        ("2026-01-02", {7: OFF_PEAK, 16: SHOULDER, 20: PEAK, 22: SHOULDER, 24: OFF_PEAK}),
    ],
)
def test_hours_of_a_day_belong_to_their_periods(day: str, periods: dict[int, int]) -> None:
    """Winter, summer, a Saturday, Christmas, Easter Monday, a holiday in Scotland alone; periods: until which hour, then which."""
    found = [CALENDAR.period_at(datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=LONDON)) for hour in range(24)]

    assert found == [next(period for until, period in periods.items() if hour < until) for hour in range(24)]


@pytest.mark.parametrize(("last_winter_hour", "first_summer_hour"), [("2026-03-31T16:00", "2026-04-01T16:00")])
def test_season_changes_with_the_month(last_winter_hour: str, first_summer_hour: str) -> None:
    """Four in the afternoon is peak until the end of March."""
    hours = [datetime.fromisoformat(text).replace(tzinfo=LONDON) for text in (last_winter_hour, first_summer_hour)]

    assert [CALENDAR.period_at(hour) for hour in hours] == [PEAK, SHOULDER]


def test_holidays_reach_over_all_years_that_readings_may_be_of() -> None:
    """A recording of ten years ago, a simulation of ten years ahead."""
    assert {year for year in range(2010, 2041) if datetime(year, 12, 25, tzinfo=LONDON).date() in CALENDAR.holidays} == set(
        range(2010, 2041)
    )

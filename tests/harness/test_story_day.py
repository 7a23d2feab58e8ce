"""The day on which a story is told where the world's clock rules."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ami import days
from ami.errors import NotTestedError
from harness import story_day
from harness.calendar import calendar
from harness.story_day import DAYS_OF_A_STORY, recent

ZONE = ZoneInfo("Europe/London")
CALENDAR = calendar(ZONE)
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("day", "months", "told"),
    [
        (date(2026, 3, 3), 0, date(2026, 10, 27)),
        (date(2026, 3, 29), 0, date(2026, 3, 29)),
        (date(2027, 10, 31), 0, date(2026, 10, 25)),
        (date(2026, 3, 1), 1, date(2026, 3, 1)),
        (date(2027, 12, 1), 4, date(2023, 12, 1)),
    ],
    ids=["a Tuesday in winter", "the clocks go forward", "the clocks go back", "a month", "a leap day"],
)
def test_day_is_the_latest_that_is_alike(day: date, months: int, told: date) -> None:
    """In weekday, season, holidays and length; or in its place in the year, leap days included."""
    assert recent(day, months, TODAY, CALENDAR) == told


@settings(max_examples=25, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.dates(date(2026, 6, 1), date(2030, 12, 31)))
def test_story_of_days_is_over_by_today_and_as_long(day: date, today: date) -> None:
    """Whatever day it is told of, and whenever."""
    told = recent(day, 0, today, CALENDAR)
    asked, found = (days.day_span(each, ZONE) for each in (day, told))

    assert told + timedelta(days=DAYS_OF_A_STORY) <= today
    assert (told.weekday(), found.end - found.start) == (day.weekday(), asked.end - asked.start)


def test_day_that_has_no_like_is_not_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    """A leap day, in a year without one."""
    monkeypatch.setattr(story_day, "OLDEST", 1)

    with pytest.raises(NotTestedError, match="no day like it"):
        recent(date(2028, 2, 29), 1, TODAY, CALENDAR)

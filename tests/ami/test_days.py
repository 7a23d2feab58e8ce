"""Local days: two of them a year are an hour short or long."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami import days
from ami.messages import Span

LONDON = ZoneInfo("Europe/London")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(("day", "half_hours"), [(date(2026, 3, 1), 48), (SPRING, 46), (AUTUMN, 50)])
def test_day_has_as_many_half_hours_as_it_lasts(day: date, half_hours: int) -> None:
    """46 when the clock goes forward, 50 when it goes back."""
    assert len(list(days.interval_ends(days.day_span(day, LONDON), 30))) == half_hours


def test_day_starts_and_ends_at_local_midnight() -> None:
    """The spring day starts in winter time and ends in summer time."""
    assert days.day_span(SPRING, LONDON) == Span(datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 3, 29, 23, tzinfo=UTC))


def test_interval_is_named_by_its_end() -> None:
    """The first end is one interval after the start, the last is the end of the span."""
    span = days.day_span(AUTUMN, LONDON)
    ends = list(days.interval_ends(span, 30))

    assert (ends[0] - span.start, ends[-1]) == (timedelta(minutes=30), span.end)


def test_part_of_an_interval_is_none() -> None:
    """Only whole intervals lie within a span."""
    start = datetime(2026, 3, 1, tzinfo=UTC)

    assert list(days.interval_ends(Span(start, start + timedelta(minutes=50)), 30)) == [start + timedelta(minutes=30)]


def test_hour_that_comes_twice_means_the_first() -> None:
    """Half past one on the autumn day is still summer time."""
    assert days.moment(AUTUMN, time(1, 30), LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_midnight_belongs_to_the_day_that_it_starts() -> None:
    """The last interval of a day ends on the next one."""
    end = days.day_span(SPRING, LONDON).end

    assert days.local_day(end, LONDON) == SPRING + timedelta(days=1)
    assert days.local_day(end - timedelta(seconds=1), LONDON) == SPRING


def test_several_days_are_one_span() -> None:
    """A week over the clock change is an hour short."""
    span = days.days_span(date(2026, 3, 23), date(2026, 3, 30), LONDON)

    assert span.end - span.start == timedelta(days=7, hours=-1)


@given(st.dates(date(2000, 1, 1), date(2035, 12, 31)), st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "UTC"]))
def test_days_follow_each_other_without_gap_or_overlap(day: date, zone: str) -> None:
    """One day's end is the next day's start, in every zone, and its intervals are evenly spaced."""
    here = ZoneInfo(zone)
    span = days.day_span(day, here)
    ends = [span.start, *days.interval_ends(span, 30)]

    assert span.end == days.day_span(day + timedelta(days=1), here).start
    assert {later - earlier for earlier, later in pairwise(ends)} == {timedelta(minutes=30)}
    assert {days.local_day(end - timedelta(minutes=30), here) for end in ends[1:]} == {day}

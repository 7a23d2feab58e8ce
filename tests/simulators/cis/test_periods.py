"""Which time a bill may claim."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, starmap
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami.days import days_span
from ami.messages import Span
from simulators.cis.periods import common, days_charged, month_before, next_cycle, next_morning, unclaimed

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SPANS = st.tuples(st.integers(0, 50), st.integers(1, 30)).map(
    lambda pair: Span(NOON + timedelta(hours=pair[0]), NOON + timedelta(hours=pair[0] + pair[1]))
)


def covered(spans: list[Span]) -> list[datetime]:
    """The hours in spans, an hour as often as it is covered."""
    return [span.start + timedelta(hours=hour) for span in spans for hour in range(int((span.end - span.start) / timedelta(hours=1)))]


@given(SPANS, st.lists(SPANS, max_size=6))
def test_unclaimed_is_what_nobody_claims(wanted: Span, claimed: list[Span]) -> None:
    """Every hour that was wanted is either claimed or left, and none is both or twice."""
    left = covered(unclaimed(wanted, claimed))

    assert len(left) == len(set(left))
    assert set(left) == set(covered([wanted])) - set(covered(claimed))


@given(SPANS, SPANS)
def test_common_time(one: Span, other: Span) -> None:
    """Two spans share exactly the hours that are in both."""
    shared = common(one, other)
    assert set(covered([shared] if shared else [])) == set(covered([one])) & set(covered([other]))


@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), min_size=2, max_size=8, unique=True).map(sorted), st.integers(0, 23))
def test_bills_end_to_end_charge_each_day_once(days: list[date], hour: int) -> None:
    """The days of consecutive bills add up, wherever in a day one ends and the next begins."""
    cuts = [days_span(day, day, LONDON).start + timedelta(hours=hour) for day in days]
    spans = list(starmap(Span, pairwise(cuts)))

    assert sum(days_charged(span, LONDON) for span in spans) == days_charged(Span(cuts[0], cuts[-1]), LONDON)


def test_bill_within_a_day_charges_none() -> None:
    """The midnight that the day is charged at belongs to the bill before or after."""
    assert days_charged(Span(NOON, NOON + timedelta(hours=6)), LONDON) == 0
    assert days_charged(Span(NOON, NOON + timedelta(hours=12)), LONDON) == 1


def test_month_with_a_clock_change() -> None:
    """March in London has 31 days, and 743 hours."""
    march = month_before(datetime(2026, 4, 1, 7, tzinfo=UTC), LONDON)

    assert days_charged(march, LONDON) == 31
    assert march.end - march.start == timedelta(hours=743)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-01T07:59:00+00:00", "2026-03-01T08:00:00+00:00"),
        ("2026-03-01T08:00:00+00:00", "2026-04-01T07:00:00+00:00"),
        ("2026-12-31T23:30:00+00:00", "2027-01-01T08:00:00+00:00"),
        ("2028-02-29T12:00:00+00:00", "2028-03-01T08:00:00+00:00"),
    ],
)
def test_cycle_is_on_the_first_at_eight(now: str, expected: str) -> None:
    """Bills on cycle are made on the first of each month at eight, local time."""
    assert next_cycle(datetime.fromisoformat(now), LONDON) == datetime.fromisoformat(expected)


def test_next_morning_after_the_clock_changed() -> None:
    """Eight in the morning is an hour earlier in UTC once summer time holds."""
    assert next_morning(datetime(2026, 3, 28, 8, tzinfo=UTC), LONDON) == datetime(2026, 3, 29, 7, tzinfo=UTC)

"""What the record keeps of the meters' truth."""

from dataclasses import replace
from datetime import datetime, timedelta

from ami.reading_type import FORWARD, REVERSE
from harness.curves import MOST_INTERVALS, MOST_METERS, curves
from harness.measured import Measured
from harness.truth import Comparison, Difference, Interval, Verdict
from tests.harness.books import START

HALF_HOUR = timedelta(minutes=30)


def measured(*wh: int) -> Measured:
    """A meter that took so much, half-hour by half-hour, and fed in 7 Wh each time."""
    ends = [START + number * HALF_HOUR for number in range(1, len(wh) + 1)]
    values = {Interval(FORWARD, end): value for end, value in zip(ends, wh, strict=True)} | {Interval(REVERSE, end): 7 for end in ends}
    return Measured(30, values, {}, (), None, None)


def compared(meter: str, *differences: Difference) -> Comparison:
    """What somebody holds of a meter."""
    return Comparison(meter, "head_end", None, 100, differences)


def lost(end: datetime) -> Difference:
    """An interval that is not there."""
    return Difference(end, 100, None, Verdict.LOST)


def test_last_intervals_of_energy_taken_are_kept() -> None:
    """What is fed in would stand at the same moments."""
    [curve] = curves({"M": measured(*range(MOST_INTERVALS + 2))}, [compared("M")])

    assert curve["wh"] == list(range(2, MOST_INTERVALS + 2))
    assert curve["first_end"] == "2026-03-03T01:30:00Z"


def test_meters_that_somebody_holds_otherwise_come_first() -> None:
    """Nobody asks for the others."""
    meters = [f"M-{number}" for number in range(MOST_METERS + 3)]
    truth = dict.fromkeys([*meters, "nobody compares it"], measured(1))

    kept = [curve["meter"] for curve in curves(truth, [*map(compared, meters), compared("M-14", lost(START))])]

    assert kept == ["M-14", *meters[: MOST_METERS - 1]]


def test_only_what_was_collected_is_kept() -> None:
    """The rest was never held against anything."""
    collected = replace(measured(1, 2, 3, 4), collected_from=START + HALF_HOUR, collected_until=START + 3 * HALF_HOUR)

    [curve] = curves({"M": collected}, [compared("M")])

    assert curve["wh"] == [2, 3]

"""A meter whose clock is wrong: its intervals are stamped wrong, its energy is not lost."""

from datetime import UTC, datetime, timedelta

import pytest

from ami.messages import Span
from ami.reading_type import FORWARD
from simulators.meter import Meter, Order, Readout
from simulators.meter.readout import read_span
from simulators.profiles.seeded import constant

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def meter(minutes: int = 30, wh: int = 600, *, at: datetime = NOON, register_wh: int = 0, digits: int = 6) -> Meter:
    """A meter with the same Wh in every interval."""
    return Meter(Order("M-1", minutes, constant(wh, minutes), at, register_wh=register_wh, register_digits=digits))


def told(of: Meter, hours: int, *, at: datetime = NOON) -> Readout:
    """What it tells of so many hours from `at` on, when they have passed."""
    readout = read_span(of, Span(at, at + hours * HOUR), (), at + hours * HOUR)
    assert readout is not None
    return readout


def test_fast_clock_ends_its_intervals_too_early() -> None:
    """Ten minutes fast, an interval that should hold thirty minutes holds twenty; the truth is not touched."""
    of = meter()
    of.set_clock(600, NOON)

    assert told(of, 1).flows[0].wh == (400, 600)
    assert of.measured_wh(FORWARD, NOON + HOUR) == [600, 600]


@pytest.mark.parametrize("offset_s", [-7_200, -600, -1, 1, 600, 7_200])
def test_clock_that_is_set_right_loses_no_energy(offset_s: int) -> None:
    """Set wrong at noon and right at two, all intervals together still are what the register counted."""
    of = meter()
    of.set_clock(offset_s, NOON)
    of.set_clock(0, NOON + 2 * HOUR)
    readout = told(of, 6)

    assert sum(wh or 0 for wh in readout.flows[0].wh) == 6 * 1_200


@pytest.mark.parametrize(
    ("offset_s", "from_hour", "to_hour"), [(-7_200, -2, 2), (-600, -0.5, 2), (-1, -0.5, 2), (1, 0, 2.5), (600, 0, 2.5), (7_200, 0, 4)]
)
def test_clock_fault_covers_its_stretch_by_the_true_time_and_by_the_clock(offset_s: int, from_hour: float, to_hour: float) -> None:
    """Wrong from 12:00 to 14:00: an interval that either clock was in is in the fault, and no other."""
    of = meter()
    of.set_clock(offset_s, NOON)
    of.set_clock(0, NOON + 2 * HOUR)

    assert of.clock_faults(NOON + 6 * HOUR) == [Span(NOON + from_hour * HOUR, NOON + to_hour * HOUR)]


def test_intervals_of_a_wrong_clock_are_doubtful_and_no_others() -> None:
    """From the interval in which the clock went wrong to the one in which it was set right."""
    of = meter()
    of.set_clock(60, NOON + 40 * MINUTE)
    of.set_clock(0, NOON + 65 * MINUTE)

    assert told(of, 2).doubtful == {NOON + 60 * MINUTE, NOON + 90 * MINUTE}

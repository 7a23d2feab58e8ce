"""One meter: what it counts and stores while time, switch, supply and clock do what they do."""

from datetime import UTC, datetime, timedelta

import pytest

from ami.errors import WrongStateError
from ami.event_types import LAST_GASP, POWER_RESTORED, SWITCH_OPENED
from ami.messages import Span
from ami.reading_type import FORWARD, REVERSE
from simulators.meter import Meter, Order, Readout, Switch
from simulators.meter.readout import read_now, read_span
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


def register_wh(of: Meter, now: datetime) -> int:
    """What its face shows."""
    return read_now(of, now).flows[0].registers[0][1]


def test_register_moves_by_the_sum_of_the_intervals() -> None:
    """Two hours of 600 Wh per half-hour are four intervals and 2,400 Wh on the register."""
    flow = told(meter(register_wh=5_000), 2).flows[0]

    assert flow.wh == (600, 600, 600, 600)
    assert flow.registers == ((NOON, 5_000), (NOON + 2 * HOUR, 7_400))


@pytest.mark.parametrize(("minutes", "count"), [(15, 4), (30, 2), (60, 1)])
def test_intervals_have_the_length_that_was_ordered(minutes: int, count: int) -> None:
    """An hour is four, two or one interval, told by their ends."""
    readout = told(meter(minutes), 1)

    assert readout.ends == tuple(NOON + (n + 1) * minutes * MINUTE for n in range(count))


def test_other_interval_than_the_profile_keeps_its_total() -> None:
    """A meter of 15 minutes behind an hourly profile of 1,001 Wh loses nothing."""
    of = Meter(Order("M-1", 15, constant(1_001, 60), NOON))

    assert told(of, 1).flows[0].wh == (250, 250, 250, 251)


def test_register_starts_again_after_its_last_digit() -> None:
    """One digit of kWh shows 9.8 kWh plus 0.6 kWh as 0.4 kWh."""
    assert register_wh(meter(register_wh=9_800, digits=1), NOON + 30 * MINUTE) == 400


def test_register_that_has_not_counted_can_be_set() -> None:
    """Before it has counted, a register can have stood elsewhere; afterwards not."""
    of = meter()
    of.set_register(99_000, NOON)

    assert register_wh(of, NOON + HOUR) == 100_200
    with pytest.raises(ValueError, match="has counted already"):
        of.set_register(0, NOON + HOUR)


def test_reverse_flow_has_a_register_and_intervals_of_its_own() -> None:
    """What a roof gives is not subtracted from what the house takes."""
    of = Meter(Order("M-1", 60, constant(600, 60), NOON, constant(200, 60), reverse_register_wh=7))

    assert [(flow.flow, flow.wh, flow.registers[1][1]) for flow in told(of, 1).flows] == [(FORWARD, (600,), 600), (REVERSE, (200,), 207)]


def test_open_switch_lets_nothing_flow() -> None:
    """Opened after ten of thirty minutes, the interval has a third, and the next has nothing."""
    of = meter()
    of.tell("disconnect", SWITCH_OPENED, NOON + 10 * MINUTE)

    assert told(of, 1).flows[0].wh == (200, 0)


def test_lost_supply_lets_nothing_flow_until_it_is_back() -> None:
    """Off from 12:10 to 12:40 is 200 Wh before and 400 Wh after."""
    of = meter()
    of.lose_supply(NOON + 10 * MINUTE)
    of.restore_supply(NOON + 40 * MINUTE)

    assert told(of, 1).flows[0].wh == (200, 400)


def test_supply_that_comes_back_does_not_close_the_switch() -> None:
    """Both must let the current through."""
    of = meter()
    of.tell("disconnect", SWITCH_OPENED, NOON)
    of.lose_supply(NOON)
    of.restore_supply(NOON)

    assert told(of, 1).flows[0].wh == (0, 0)


def test_wrong_command_changes_nothing() -> None:
    """A refused command leaves switch and log as they were."""
    of = meter()
    with pytest.raises(WrongStateError):
        of.tell("press", "3.31.0.16", NOON)

    assert of.state.switch is Switch.CLOSED
    assert [entry.text for entry in of.log(NOON)] == ["installed"]


def test_capacitor_needs_seconds_between_two_last_gasps() -> None:
    """A blink of the supply is too short for a second gasp."""
    of = meter()
    gasped = [of.lose_supply(NOON)]
    of.restore_supply(NOON + HOUR)
    gasped.append(of.lose_supply(NOON + HOUR + timedelta(seconds=1)))
    of.restore_supply(NOON + 2 * HOUR)
    gasped.append(of.lose_supply(NOON + 2 * HOUR + timedelta(seconds=10)))

    assert gasped == [True, False, True]


def test_log_tells_what_happened_by_the_clock_of_the_meter() -> None:
    """A clock that is five minutes fast stamps the log five minutes late."""
    of = meter()
    of.lose_supply(NOON)
    of.set_clock(300, NOON)
    of.restore_supply(NOON)

    assert [(entry.at - NOON, entry.event_type) for entry in of.log(NOON)][1:] == [
        (timedelta(0), LAST_GASP),
        (5 * MINUTE, "3.36.0.24"),
        (5 * MINUTE, POWER_RESTORED),
    ]


def test_installation_within_an_interval_is_its_first_part() -> None:
    """Installed at 12:20, the interval that ends at 12:30 has a third."""
    at = NOON + 20 * MINUTE
    readout = read_span(meter(at=at), Span(NOON, NOON + HOUR), (), NOON + HOUR)

    assert readout is not None
    assert (readout.span.start, readout.flows[0].wh) == (at, (200, 600))
    assert readout.flows[0].registers[0] == (at, 0)


def test_removal_within_an_interval_is_its_last_part() -> None:
    """Removed at 12:40, the interval that ends at 13:00 has a third, and the register stands at the removal and after."""
    of = meter()
    of.remove(NOON + 40 * MINUTE)
    readout = told(of, 5)

    assert (readout.span.end, readout.flows[0].wh) == (NOON + HOUR, (600, 200))
    assert readout.flows[0].registers == ((NOON, 0), (NOON + 40 * MINUTE, 800), (NOON + HOUR, 800))
    assert of.measured_wh(FORWARD, NOON + 5 * HOUR) == [600, 200]


def test_removal_that_becomes_known_late_takes_back_what_was_measured_since() -> None:
    """The truth follows from the timeline, not from when it was asked for."""
    of = meter()
    of.measure_until(NOON + 2 * HOUR)
    of.remove(NOON + HOUR)

    assert of.measured_wh(FORWARD, NOON + 2 * HOUR) == [600, 600]
    assert register_wh(of, NOON + 2 * HOUR) == 1_200


def test_removal_before_the_installation_is_refused() -> None:
    """A meter must have been there."""
    of = meter()
    with pytest.raises(ValueError, match="before it was installed"):
        of.remove(NOON - HOUR)


def test_second_removal_is_refused() -> None:
    """A meter is removed once."""
    of = meter()
    of.remove(NOON)
    with pytest.raises(ValueError, match="removed already"):
        of.remove(NOON)


def test_interval_that_has_not_ended_is_not_told() -> None:
    """At 12:50 there is one half-hour since noon."""
    readout = read_span(meter(), Span(NOON, NOON + HOUR), (), NOON + 50 * MINUTE)

    assert readout is not None
    assert readout.span == Span(NOON, NOON + 30 * MINUTE)


def test_span_before_the_installation_has_nothing() -> None:
    """A meter knows nothing of the time before it."""
    assert read_span(meter(), Span(NOON - 2 * HOUR, NOON), (), NOON + HOUR) is None

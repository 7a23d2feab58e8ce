"""Intervals and registers: one truth, whatever befalls a meter."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ami.errors import WrongStateError
from ami.event_types import SWITCH_OPENED
from ami.messages import Span
from simulators.meter import Meter, Order, Readout
from simulators.meter.readout import read_span
from simulators.profiles import Profile
from simulators.profiles.seeded import constant, household

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


HAPPENINGS = st.lists(
    st.tuples(st.integers(0, 7_200), st.sampled_from(("disconnect", "connect", "arm", "press", "lose", "restore"))), max_size=12
)


@given(
    st.lists(st.integers(0, 3_000), min_size=24, max_size=24),
    st.sampled_from((15, 30, 60)),
    HAPPENINGS,
    st.integers(0, 5_000),
    st.lists(st.integers(0, 40_000), max_size=5),
)
def test_intervals_and_registers_always_agree(
    wh: list[int], minutes: int, happenings: list[tuple[int, str]], installed_s: int, asked_s: list[int]
) -> None:
    """Whatever switch and supply do, and however often it is looked at, intervals sum to what the register counted.

    What it counted is what the profile gave while current flowed, to the second.
    """
    profile = Profile("drawn", 60, NOON, tuple(wh))
    now = NOON + timedelta(seconds=installed_s)
    of = Meter(Order("M-1", minutes, profile, now))
    flowed, flowing_since = 0, now
    for wait_s, what in happenings:
        before, now = of.state.running, now + timedelta(seconds=wait_s)
        try:
            if what == "lose":
                of.lose_supply(now)
            elif what == "restore":
                of.restore_supply(now)
            else:
                of.tell(what, SWITCH_OPENED, now)
        except WrongStateError:
            pass
        if before and not of.state.running:
            flowed += _between(profile, flowing_since, now)
        elif of.state.running and not before:
            flowing_since = now
    end = NOON + timedelta(days=2)
    for after_s in sorted(asked_s):
        of.measure_until(now + timedelta(seconds=after_s))
    if of.state.running:
        flowed += _between(profile, flowing_since, end)

    readout = read_span(of, Span(NOON, end), (), end)

    assert readout is not None
    start_wh, end_wh = (shown for _, shown in readout.flows[0].registers)
    assert sum(told or 0 for told in readout.flows[0].wh) == end_wh - start_wh == flowed


def _between(profile: Profile, start: datetime, end: datetime) -> int:
    return profile.wh_until(int(end.timestamp())) - profile.wh_until(int(start.timestamp()))


@given(st.integers(0, 10_000), st.integers(1, 3), st.lists(st.integers(1, 48), min_size=1, max_size=4))
def test_registers_agree_over_any_spans_modulo_their_digits(start_wh: int, digits: int, hours: list[int]) -> None:
    """Span after span, the face moves by the sum of the intervals, though it starts again at 0 in between."""
    of = Meter(Order("M-1", 60, household("7", "M-1", 60), NOON, register_wh=start_wh, register_digits=digits))
    at = NOON
    for count in hours:
        flow = told(of, count, at=at).flows[0]
        shown = [face for _, face in flow.registers]
        assert (shown[1] - shown[0]) % (1000 * 10**digits) == sum(wh or 0 for wh in flow.wh) % (1000 * 10**digits)
        assert max(shown) < 1000 * 10**digits
        at += count * HOUR

"""The spike check."""

from hypothesis import given
from hypothesis import strategies as st

from simulators.mdms.vee.spike import spikes, towering


def day(*wh: int) -> dict[int, int]:
    """The values of a day by place."""
    return dict(enumerate(wh))


def test_interval_far_above_the_third_highest_is_a_spike() -> None:
    """More than 180 % above the third highest is too much."""
    assert spikes(day(500, 500, 1401, 500)) == (2,)


def test_interval_at_the_limit_is_no_spike() -> None:
    """180 % above the third highest is still believed."""
    assert spikes(day(500, 500, 1400, 500)) == ()


def test_two_spikes_are_both_found() -> None:
    """The third highest is the measure for the two above it."""
    assert spikes(day(9000, 500, 500, 8000, 500)) == (0, 3)


def test_two_intervals_have_no_third_highest() -> None:
    """Too few intervals to compare with are no ground for suspicion."""
    assert spikes(day(1, 9000)) == ()


def test_nothing_stands_out_of_zeros() -> None:
    """One use in an empty house is no spike: there is no level to compare with."""
    assert spikes(day(0, 0, 700, 0)) == ()


def test_spike_of_several_intervals_towers() -> None:
    """Three equal spikes hide from the third highest, not from the gap below them."""
    values = day(*[500] * 10, 9000, 9000, 9000, *[500] * 10)

    assert spikes(values) == ()
    assert towering(values) == (10, 11, 12)


@given(st.lists(st.integers(0, 5000), max_size=50))
def test_at_most_two_spikes(wh: list[int]) -> None:
    """Only the two highest can stand above the third."""
    assert len(spikes(day(*wh))) <= 2

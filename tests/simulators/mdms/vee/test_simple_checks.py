"""The checks that are one comparison each: negative, sum, high/low, zero run, stuck, duplicate, clock."""

from ami.quality import CLOCK_CHANGED
from simulators.mdms.vee.clock import is_off_grid, says_clock_changed
from simulators.mdms.vee.duplicate import rivals
from simulators.mdms.vee.high_low import out_of_the_ordinary
from simulators.mdms.vee.negative import negatives
from simulators.mdms.vee.runs import runs
from simulators.mdms.vee.stuck import stuck_runs
from simulators.mdms.vee.sum_check import agrees
from simulators.mdms.vee.zero_run import is_unusual, zero_runs


def test_negative_interval_is_found() -> None:
    """Zero is allowed, less is not."""
    assert negatives({0: 0, 1: -1, 2: 5}) == (1,)


def test_intervals_and_register_agree_within_one_watt_hour() -> None:
    """Two registers that cut off watt-hours are off by one at most."""
    assert agrees(24_000, 24_001)
    assert not agrees(24_000, 24_002)


def test_day_is_held_against_like_days() -> None:
    """Five times the highest is high, a twentieth of the lowest is low, in between is life."""
    like = (20_000, 24_000, 22_000)

    assert out_of_the_ordinary(120_001, like) == "high"
    assert out_of_the_ordinary(999, like) == "low"
    assert out_of_the_ordinary(60_000, like) is None


def test_day_without_a_past_is_ordinary() -> None:
    """Two like days are no habit, and days of nothing are no measure."""
    assert out_of_the_ordinary(1_000_000, (20_000, 24_000)) is None
    assert out_of_the_ordinary(1_000_000, (0, 24_000, 22_000)) is None


def test_only_long_runs_of_zeros_are_found() -> None:
    """A run counts from the shortest length on."""
    assert zero_runs({0: 0, 1: 0, 2: 5, 3: 0, 4: 0, 5: 0}, 3) == [range(3, 6)]


def test_zeros_are_unusual_where_the_past_used_energy() -> None:
    """More often than not is usual; no past is no contradiction."""
    assert is_unusual([500, 500, 0])
    assert not is_unusual([500, 0, 0])
    assert not is_unusual([])


def test_value_that_repeats_is_stuck() -> None:
    """Four times the same among others is stuck; the same all day is steady use, and zeros are another check's."""
    assert stuck_runs(dict(enumerate([1, 7, 7, 7, 7, 2]))) == [range(1, 5)]
    assert stuck_runs(dict(enumerate([7] * 6))) == []
    assert stuck_runs(dict(enumerate([1, 0, 0, 0, 0]))) == []


def test_interval_told_twice_with_two_values_has_rivals() -> None:
    """The same value twice is a repetition only."""
    assert rivals([(1, 5), (2, 6), (1, 5), (2, 7)]) == {2: (6, 7)}


def test_interval_off_the_grid_is_found() -> None:
    """Half hours end at the full and the half hour of their day."""
    assert is_off_grid(86_400 + 1_805, 86_400, 30)
    assert not is_off_grid(86_400 + 1_800, 86_400, 30)


def test_meter_says_that_its_clock_was_changed() -> None:
    """By the quality of the interval."""
    assert says_clock_changed(("3.0.0", CLOCK_CHANGED))
    assert not says_clock_changed(())


def test_places_fall_into_runs() -> None:
    """Neighbours belong together, in any order of asking."""
    assert list(runs([5, 1, 2, 9, 6])) == [range(1, 3), range(5, 7), range(9, 10)]

"""Profiles: whole days that repeat, and totals that no other spacing changes."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.profiles import Profile, Scaled
from simulators.profiles.seeded import household, solar

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def hourly(*days: int) -> Profile:
    """A profile whose every hour of a day has the Wh of that day plus the hour."""
    return Profile("hourly", 60, MIDNIGHT, tuple(day + hour for day in days for hour in range(24)))


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Profiles of one to three days at any spacing, from any quarter of an hour on."""
    minutes = draw(st.sampled_from((15, 30, 60)))
    days = draw(st.integers(1, 3))
    wh = draw(st.lists(st.integers(0, 5_000), min_size=days * 1440 // minutes, max_size=days * 1440 // minutes))
    first_start = MIDNIGHT + draw(st.integers(-200, 200)) * timedelta(minutes=minutes)
    return Profile("drawn", minutes, first_start, tuple(wh))


def test_interval_has_the_wh_of_its_start() -> None:
    """The interval that starts at 05:00 has what stands at 05:00."""
    assert hourly(100).wh_of(MIDNIGHT + timedelta(hours=5), 60) == 105


def test_after_the_last_day_the_first_comes_again_at_the_same_time_of_day() -> None:
    """Two days later, and two days before, it is the same."""
    profile = hourly(100, 200)

    assert [profile.wh_of(MIDNIGHT + days * DAY + timedelta(hours=7), 60) for days in (-1, 0, 1, 2)] == [207, 107, 207, 107]


def test_longer_intervals_are_summed() -> None:
    """Two half-hours make an hour."""
    profile = Profile("half-hourly", 30, MIDNIGHT, (3, 4) * 24)

    assert profile.wh_of(MIDNIGHT, 60) == 7


def test_shorter_intervals_share_out_what_does_not_divide() -> None:
    """Seven Wh in four quarters are seven Wh."""
    profile = Profile("hourly", 60, MIDNIGHT, (7,) * 24)

    assert [profile.wh_of(MIDNIGHT + quarter * timedelta(minutes=15), 15) for quarter in range(4)] == [1, 2, 2, 2]


@given(profiles(), st.sampled_from((15, 30, 60)), st.integers(-500, 500))
def test_total_of_a_cycle_is_kept_at_any_spacing(profile: Profile, minutes: int, shift: int) -> None:
    """Any stretch as long as the profile sums to the profile, however it is cut."""
    start = MIDNIGHT + shift * timedelta(minutes=minutes)
    count = len(profile.wh) * profile.interval_minutes // minutes

    assert sum(profile.wh_of(start + n * timedelta(minutes=minutes), minutes) for n in range(count)) == sum(profile.wh)


@given(profiles(), st.integers(0, 200), st.integers(1, 60))
def test_scale_loses_less_than_one_wh(profile: Profile, times: int, parts: int) -> None:
    """A scaled cycle differs by less than one Wh from the scaled total."""
    scale = Fraction(times, parts)
    start = int(profile.first_start.timestamp())
    end = start + len(profile.wh) * profile.interval_minutes * 60
    scaled = Scaled(profile, scale)

    assert scaled.wh_until(end) - scaled.wh_until(start) == sum(profile.wh) * scale.numerator // scale.denominator


def test_shift_lives_so_many_days_ahead() -> None:
    """Shifted by one day, today has tomorrow's Wh."""
    shifted = Scaled(hourly(100, 200), shift_days=1)
    noon = int((MIDNIGHT + timedelta(hours=12)).timestamp())

    assert shifted.wh_until(noon + 3600) - shifted.wh_until(noon) == 212


@pytest.mark.parametrize(
    ("minutes", "first_start", "wh"),
    [
        (20, MIDNIGHT, (1,) * 72),
        (60, MIDNIGHT, ()),
        (60, MIDNIGHT, (1,) * 23),
        (60, MIDNIGHT, (-1,) * 24),
        (60, MIDNIGHT.replace(tzinfo=None), (1,) * 24),
    ],
    ids=["other minutes", "nothing", "no whole day", "negative", "no offset"],
)
def test_what_is_no_profile_is_refused(minutes: int, first_start: datetime, wh: tuple[int, ...]) -> None:
    """A profile holds whole days of natural numbers from an aware moment on."""
    with pytest.raises(ValueError, match="profile 'x'"):
        Profile("x", minutes, first_start, wh)


def test_seeded_household_is_its_own_and_always_the_same() -> None:
    """Seed and meter decide, and nothing else."""
    assert household("7", "M-1", 30) == household("7", "M-1", 30)
    assert household("7", "M-1", 30).wh != household("7", "M-2", 30).wh
    assert household("7", "M-1", 30).wh != household("8", "M-1", 30).wh


def test_seeded_household_uses_more_in_the_evening_than_at_night() -> None:
    """On a Monday, 18 to 21 outweighs 1 to 4."""
    hours = household("7", "M-1", 60).wh

    assert sum(hours[18:21]) > 2 * sum(hours[1:4])


def test_solar_roof_gives_nothing_at_night_and_something_at_noon() -> None:
    """The sun is the same for all seeds, the weather is not."""
    hours = solar("7", "M-1", 60).wh

    assert hours[0] == 0
    assert hours[12] > 0

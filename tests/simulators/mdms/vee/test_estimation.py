"""Apportioning, interpolation, like days, and the estimate that they make together."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from simulators.mdms.vee.apportion import apportion
from simulators.mdms.vee.estimate import Almanac, bound, freely, likely
from simulators.mdms.vee.interpolation import straight_line
from simulators.mdms.vee.like_days import kind_of_day, like_before, usual
from simulators.mdms.vee.limits import Limits
from simulators.mdms.vee.stretch import Stretch

ZONE = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 2)


def local(day: date, hour: int) -> datetime:
    """A full hour of the local day."""
    return datetime.combine(day, time(hour), ZONE).astimezone(UTC)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=60), st.integers(0, 10_000_000))
def test_shares_sum_to_the_total_exactly(weights: list[int], total: int) -> None:
    """No watt-hour is lost or made, and no share is below zero or a whole one off."""
    shares = apportion(weights, total)

    assert sum(shares) == total
    whole = sum(weights)
    if whole:
        assert all(abs(share - Fraction(weight * total, whole)) < 1 for share, weight in zip(shares, weights, strict=True))


def test_equal_shares_without_weights() -> None:
    """Where nothing is known all are equal, and the earlier ones take the rest."""
    assert apportion([0, 0, 0], 10) == [4, 3, 3]


def test_straight_line_between_neighbours() -> None:
    """One gap is the mean; more rise evenly."""
    assert straight_line(500, 700, 1) == [Fraction(600)]
    assert straight_line(100, 400, 2) == [Fraction(200), Fraction(300)]


def test_line_with_one_neighbour_is_level() -> None:
    """At the edge of all data the neighbour is all there is."""
    assert straight_line(500, None, 2) == [Fraction(500), Fraction(500)]
    assert straight_line(None, 700, 1) == [Fraction(700)]
    assert straight_line(None, None, 1) is None


def test_holiday_is_like_a_sunday() -> None:
    """Three kinds of day."""
    assert [kind_of_day(MONDAY + timedelta(days=number), {MONDAY}) for number in (0, 1, 5, 6)] == ["sunday", "work", "saturday", "sunday"]


def test_like_days_are_the_latest_of_the_kind() -> None:
    """Before a Monday lie a Friday, a Thursday …"""
    assert list(like_before(MONDAY, ()))[:2] == [MONDAY - timedelta(days=3), MONDAY - timedelta(days=4)]


def test_usual_is_taken_from_like_days_at_the_same_local_time() -> None:
    """The clock change in between shifts UTC, not the customer's breakfast."""
    after_change = date(2026, 3, 30)
    past = {local(date(2026, 3, 27), 7): 900, local(date(2026, 3, 29), 7): 111, local(date(2026, 3, 26), 8): 5}

    assert usual(local(after_change, 7), past, ZONE, ()) == [900]


def test_any_day_will_do_where_none_is_like() -> None:
    """On the first Monday of a meter its Sunday is better than nothing."""
    past = {local(MONDAY - timedelta(days=1), 7): 300}

    assert usual(local(MONDAY, 7), past, ZONE, ()) == [300]


def stretch(wh: list[int | None], **more: object) -> Stretch:
    """The first half hours of a Monday."""
    return Stretch(start=local(MONDAY, 0), minutes=30, wh=tuple(wh), days=(range(len(wh)),), **more)  # type: ignore[arg-type]  # by name


def test_long_gap_follows_like_days() -> None:
    """Beyond two hours the shape of earlier days counts, not a line."""
    friday = MONDAY - timedelta(days=3)
    past = {local(friday, 0) + timedelta(minutes=30 * place): 100 * place for place in range(48)}
    found = likely(stretch([700, *[None] * 5, 700], past=lambda: past), range(1, 6), Almanac(ZONE), Limits())

    assert [found[place] for place in range(1, 6)] == [100, 200, 300, 400, 500]


def test_long_gap_without_a_past_stays_at_the_value_before() -> None:
    """A silent evening costs what the hour before it cost."""
    found = likely(stretch([700, *[None] * 5, 100]), range(1, 6), Almanac(ZONE), Limits())

    assert set(found.values()) == {700}


def test_nothing_is_known_about_a_day_without_anything() -> None:
    """No neighbour, no past: no guess."""
    assert likely(stretch([None] * 48), range(48), Almanac(ZONE), Limits()) == {}


def test_free_estimates_keep_the_gaps_total() -> None:
    """Thirds of watt-hours are rounded together, not each for itself."""
    assert freely({3: Fraction(100, 3), 4: Fraction(100, 3), 5: Fraction(100, 3)}) == {3: 34, 4: 33, 5: 33}


def test_bound_estimates_share_what_the_register_says() -> None:
    """In proportion to what is likely; of what nobody knows, as the mean."""
    assert bound([1, 2, 3], {1: Fraction(100), 2: Fraction(300)}, 1200) == {1: 200, 2: 600, 3: 400}


def test_gap_of_two_hours_is_still_a_line() -> None:
    """Up to two hours, two hours included."""
    found = likely(stretch([100, *[None] * 4, 600]), range(1, 5), Almanac(ZONE), Limits())

    assert [found[place] for place in range(1, 5)] == [200, 300, 400, 500]

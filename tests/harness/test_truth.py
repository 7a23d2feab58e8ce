"""The comparison of what is held with what was measured."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ami.messages import Span
from ami.reading_type import FORWARD
from harness.truth import Held, Interval, Verdict, compare, repeated

MIDNIGHT = datetime(2026, 3, 3, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
WIRE = ("wire", "hes->mdms")


def at(place: int) -> Interval:
    """The interval of a day that ends so many half-hours after midnight."""
    return Interval(FORWARD, MIDNIGHT + place * HALF_HOUR)


MEASURED = {at(place): 100 + place * 7 for place in range(1, 49)}
HELD = {interval: Held(wh) for interval, wh in MEASURED.items()}


def test_day_as_measured_is_in_order() -> None:
    """Nothing differs, nothing is said."""
    comparison = compare("M-1", WIRE, MEASURED, HELD, MEASURED, ())

    assert comparison.ok
    assert comparison.differences == ()
    assert comparison.compared_wh == sum(MEASURED.values())


def test_missing_interval_is_lost() -> None:
    """An interval that must be there and is not."""
    held = {interval: value for interval, value in HELD.items() if interval != at(5)}

    comparison = compare("M-1", WIRE, MEASURED, held, MEASURED, ())

    assert [difference.verdict for difference in comparison.differences] == [Verdict.LOST]
    assert comparison.wh(Verdict.LOST) == MEASURED[at(5)]
    assert not comparison.ok


def test_other_value_is_altered_by_how_much_it_is_off() -> None:
    """A value a thousand times too large."""
    comparison = compare("M-1", WIRE, MEASURED, {**HELD, at(5): Held(MEASURED[at(5)] * 1000)}, MEASURED, ())

    assert comparison.wh(Verdict.ALTERED) == MEASURED[at(5)] * 999


def test_day_an_hour_late_is_shifted_and_not_altered() -> None:
    """All values two places further on."""
    held = {Interval(FORWARD, interval.end + 2 * HALF_HOUR): value for interval, value in HELD.items()}

    comparison = compare("M-1", WIRE, MEASURED, held, MEASURED, ())

    assert {difference.verdict for difference in comparison.differences} == {Verdict.SHIFTED}


def test_broken_meter_is_excused_where_it_was_broken_and_nowhere_else() -> None:
    """Two wrong values, one of them within the disturbance."""
    held = {**HELD, at(5): Held(0), at(9): Held(0)}
    disturbed = [Span(at(4).end, at(5).end)]

    comparison = compare("M-1", WIRE, MEASURED, held, MEASURED, disturbed)

    assert {difference.end: difference.verdict for difference in comparison.differences} == {
        at(5).end: Verdict.EXCUSED,
        at(9).end: Verdict.ALTERED,
    }


def test_estimate_is_named_and_no_breach() -> None:
    """A value that says of itself that it is estimated."""
    comparison = compare("M-1", ("mdms", None), MEASURED, {**HELD, at(5): Held(1, is_estimated=True)}, MEASURED, ())

    assert comparison.ok
    assert comparison.wh(Verdict.ESTIMATED) == 1


def test_interval_that_nobody_measured_is_altered() -> None:
    """A value out of nowhere."""
    comparison = compare("M-1", WIRE, MEASURED, {**HELD, at(60): Held(5)}, MEASURED, ())

    assert comparison.wh(Verdict.ALTERED) == 5


def test_repeated_interval_is_found_once_for_each_repetition() -> None:
    """Three times the same interval."""
    assert len(list(repeated([(at(1), 5), (at(1), 5), (at(1), 5), (at(2), 6)]))) == 2


@given(st.sets(st.integers(1, 48)), st.dictionaries(st.integers(1, 48), st.integers(0, 10_000)))
def test_every_breach_is_found_and_nothing_else(lost: set[int], changed: dict[int, int]) -> None:
    """Whatever is taken out or changed, exactly that differs, whether it is called lost, altered or shifted."""
    held = {interval: value for interval, value in HELD.items() if interval not in {at(place) for place in lost}}
    held |= {at(place): Held(wh) for place, wh in changed.items() if place not in lost}
    expected = {at(place).end for place in lost} | {
        at(place).end for place, wh in changed.items() if place not in lost and wh != MEASURED[at(place)]
    }

    comparison = compare("M-1", WIRE, MEASURED, held, MEASURED, ())

    assert {difference.end for difference in comparison.differences} == expected
    assert comparison.ok == (not expected)


def test_one_interval_is_told_as_one() -> None:
    """The sentence of a comparison counts as a reader would."""
    told = [
        compare("M-1", WIRE, MEASURED, {interval: held for interval, held in HELD.items() if interval not in lost}, MEASURED, ()).text
        for lost in ({at(5)}, {at(5), at(6)})
    ]

    assert told == ["M-1 at hes->mdms: 0.135 kWh lost (1 interval)", "M-1 at hes->mdms: 0.277 kWh lost (2 intervals)"]

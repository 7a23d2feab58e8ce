"""The verdict on a stretch."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.mdms.vee.estimate import Almanac
from simulators.mdms.vee.limits import Limits
from simulators.mdms.vee.stretch import Stretch
from simulators.mdms.vee.verdict import Verdict, judge

ZONE = ZoneInfo("Europe/Berlin")
START = datetime.combine(date(2026, 3, 2), time(), ZONE).astimezone(UTC)


def verdict(wh: list[int | None], advance: int | None = None, **more: object) -> Verdict:
    """The verdict on one day."""
    stretch = Stretch(START, 30, tuple(wh), (range(len(wh)),), advance=advance, **more)  # type: ignore[arg-type]  # by name
    return judge(stretch, Almanac(ZONE), Limits())


def checks(found: Verdict) -> list[str]:
    """What was found."""
    return [failure.check for failure in found.failures]


def with_values(at: dict[int, int | None], usual: int = 500) -> list[int | None]:
    """A day like any other but for some places."""
    return [at.get(place, usual) for place in range(48)]


def test_sound_day_stands() -> None:
    """Nothing found, nothing changed."""
    assert verdict(with_values({}), 24_000) == Verdict()


def test_gap_between_registers_gets_exactly_what_is_left() -> None:
    """The kettle that boiled during the gap is on the register."""
    found = verdict(with_values({10: None, 11: None}), 25_000)

    assert found.estimates == {10: 1_000, 11: 1_000}
    assert checks(found) == ["missing"]


def test_gap_without_registers_is_a_line() -> None:
    """Without a register the neighbours decide."""
    assert verdict(with_values({10: None, 11: 800})).estimates == {10: 650}


def test_spike_that_the_register_denies_is_estimated() -> None:
    """And gets what was really used."""
    found = verdict(with_values({7: 9_000}), 24_000)

    assert found.estimates == {7: 500}
    assert checks(found) == ["spike"]


def test_spike_that_the_register_confirms_stands() -> None:
    """A sauna is no fault; somebody may still want to know."""
    found = verdict(with_values({7: 9_000}), 32_500)

    assert found.estimates == {}
    assert found.failures[0].text.endswith("the register agrees with it")


def test_spike_beside_a_gap_is_acquitted_by_the_register() -> None:
    """If the spike were wrong, the gap would have had to swallow it."""
    assert verdict(with_values({7: 9_000, 30: None}), 32_500).estimates == {30: 500}


def test_spike_beside_a_gap_is_convicted_by_the_register() -> None:
    """If the spike were right, nothing would be left for the gap."""
    assert verdict(with_values({7: 9_000, 30: None}), 24_000).estimates == {7: 500, 30: 500}


def test_spike_without_a_register_is_estimated() -> None:
    """Nobody vouches for it."""
    assert verdict(with_values({7: 9_000})).estimates == {7: 500}


def test_negative_interval_is_estimated() -> None:
    """It is impossible, whatever the sum says."""
    found = verdict(with_values({7: -300}), 24_000)

    assert found.estimates == {7: 500}
    assert checks(found) == ["negative"]


def test_doubted_interval_is_estimated() -> None:
    """Its value is not to be trusted."""
    assert verdict(with_values({7: 480}), 24_000, doubted=frozenset({7})).estimates == {7: 500}


@pytest.mark.parametrize("wrong", [{20: 0, 21: 0, 22: 0, 23: 0}, {20: 9_000, 21: 9_000, 22: 9_000, 23: 9_000}])
def test_failed_sum_points_at_what_explains_it(wrong: dict[int, int | None]) -> None:
    """Zeros that the register does not know of, or a spike of several intervals."""
    found = verdict(with_values(wrong), 24_000)

    assert found.estimates == {20: 500, 21: 500, 22: 500, 23: 500}
    assert checks(found) == ["sum_check"]


def test_failed_sum_that_nothing_explains_is_spread() -> None:
    """The day keeps its shape and gets the register's total."""
    found = verdict([400, 600] * 24, 25_200)

    assert sum(found.estimates.values()) == 25_200
    assert (found.estimates[0], found.estimates[1]) == (420, 630)


def test_registers_worlds_apart_stop_the_bill() -> None:
    """Nobody can say which is wrong: nothing is estimated, all is questionable."""
    found = verdict(with_values({}), 240_000)

    assert found.estimates == {}
    assert found.questionable == frozenset(range(48))


def test_long_zeros_against_habit_are_estimated() -> None:
    """Where like days used energy and no register vouches for the silence."""
    past = {datetime.combine(date(2026, 2, 27), time(hour, half), ZONE).astimezone(UTC): 500 for hour in range(24) for half in (0, 30)}
    found = verdict(with_values(dict.fromkeys(range(20, 36), 0)), past=lambda: past)

    assert checks(found) == ["zero_run"]
    assert found.estimates == dict.fromkeys(range(20, 36), 500)


def test_long_zeros_that_the_register_confirms_stand() -> None:
    """The customer was away."""
    assert verdict(with_values(dict.fromkeys(range(20, 36), 0)), 16_000) == Verdict()


def test_day_far_above_like_days_is_estimated_without_a_register() -> None:
    """Ten times as much as ever, and nobody vouches for it."""
    past = {datetime.combine(date(2026, 2, 27), time(hour, half), ZONE).astimezone(UTC): 500 for hour in range(24) for half in (0, 30)}
    found = verdict(with_values({}, usual=5_000), like_totals=((24_000,) * 5,), past=lambda: past)

    assert checks(found) == ["high_low"]
    assert set(found.estimates.values()) == {500}


def test_outage_is_no_gap() -> None:
    """Who has no supply uses nothing."""
    assert verdict(with_values({5: None, 6: 0}), 23_000, unpowered=frozenset({5, 6})) == Verdict()


def test_outage_that_the_register_denies_was_none() -> None:
    """The meter counted on: the last gasp was false."""
    assert verdict(with_values({5: None, 6: None}), 24_000, unpowered=frozenset({5, 6})).estimates == {5: 500, 6: 500}


def test_edited_interval_is_never_touched() -> None:
    """A person has settled it, register or not."""
    found = verdict(with_values({5: 9_000, 6: None}), 33_000, edited=frozenset({5}))

    assert found.estimates == {6: 1_000}


def test_edit_against_the_register_leaves_the_others_alone() -> None:
    """What is measured does not pay for what a person said."""
    found = verdict(with_values({5: 900}), 24_000, edited=frozenset({5}))

    assert found.estimates == {}
    assert checks(found) == ["sum_check"]


def test_gap_that_nothing_is_known_about_stays_questionable() -> None:
    """No neighbour, no past, no register."""
    assert verdict([None] * 48).questionable == frozenset(range(48))


def test_gap_of_a_whole_day_between_registers_is_spread_evenly() -> None:
    """All that is known is the total."""
    assert set(verdict([None] * 48, 24_000).estimates.values()) == {500}


DAYS = st.lists(st.one_of(st.none(), st.integers(0, 3_000)), min_size=46, max_size=50)


@given(DAYS, st.integers(0, 200_000))
def test_filled_gaps_sum_to_the_register_and_leave_measurements_alone(wh: list[int | None], gap_wh: int) -> None:
    """What was measured stays, and all together is what the register advanced, to the watt-hour."""
    measured = sum(one for one in wh if one is not None)
    advance = measured + gap_wh if None in wh else measured
    found = verdict(wh, advance)
    final = [found.estimates.get(place, one) for place, one in enumerate(wh)]

    if found.questionable:
        return
    assert None not in final
    assert sum(one for one in final if one is not None) == advance
    if not {"spike", "zero_run"} & set(checks(found)):
        assert all(place not in found.estimates for place, one in enumerate(wh) if one is not None)


@given(DAYS)
def test_every_place_has_one_value_afterwards(wh: list[int | None]) -> None:
    """Measured, estimated, or openly questionable: nothing in between, and no estimate below zero."""
    found = verdict(wh)

    for place, one in enumerate(wh):
        assert (place in found.estimates) + (place in found.questionable) <= 1
        assert one is not None or place in found.estimates or place in found.questionable
    assert all(estimate >= 0 for estimate in found.estimates.values())


@given(st.lists(st.integers(-500, 9_000), min_size=48, max_size=48), st.integers(0, 200_000))
def test_judged_day_sums_to_the_register_or_is_questionable(wh: list[int], advance: int) -> None:
    """Whatever was delivered: in the end the register is right, or nobody may bill the day."""
    found = verdict(list(wh), advance)
    final = [found.estimates.get(place, one) for place, one in enumerate(wh)]

    assert found.questionable or abs(sum(final) - advance) <= 1


def test_two_runs_of_false_zeros_are_found_together() -> None:
    """Neither alone explains what the register knows."""
    found = verdict(with_values({5: 0, 6: 0, 30: 0, 31: 0}), 24_000)

    assert found.estimates == {5: 500, 6: 500, 30: 500, 31: 500}

"""Validation and estimation of what was delivered and what was not."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ami.days import day_span, interval_ends, moment
from ami.event_types import LAST_GASP, POWER_RESTORED
from ami.quality import ESTIMATED, POWER_FAIL, QUESTIONABLE, VALID
from tests.simulators.mdms.neighbours import Neighbours

HALF_HOUR = timedelta(minutes=30)


def gap(first: int, beyond: int, usual: int = 500) -> list[int | None]:
    """A day with nothing from one place to another."""
    return [None if first <= place < beyond else usual for place in range(48)]


def test_gap_waits_for_late_readings(linked: Neighbours, morning: datetime) -> None:
    """Until six in the morning nothing is estimated."""
    linked.deliver(linked.readings(gap(24, 25)))
    assert linked.wh()[24] is None

    linked.wake(morning)
    assert linked.wh() == [500] * 48
    assert linked.checks() == ["missing"]


def test_next_validation_is_due_at_six(linked: Neighbours, morning: datetime) -> None:
    """Each local morning."""
    linked.wake(morning)

    assert linked.mdms.due_at() == morning + timedelta(days=1)


def test_settling_may_take_longer(make_neighbours: Callable[..., Neighbours], morning: datetime) -> None:
    """With three days, the third morning is the first on which gaps are filled."""
    neighbours = make_neighbours(settle_after_days=3)
    neighbours.link()
    neighbours.deliver(neighbours.readings(gap(24, 25)))
    for days in (0, 1):
        neighbours.wake(morning + timedelta(days=days))
        assert neighbours.wh()[24] is None

    neighbours.wake(morning + timedelta(days=2))
    assert neighbours.wh()[24] == 500


def test_registers_make_the_estimate_exact(linked: Neighbours, day_start: datetime, morning: datetime) -> None:
    """The gap gets what the register advanced beyond the rest, to the watt-hour."""
    linked.deliver(linked.readings(gap(24, 27), registers={day_start: 99_990_000, day_start + timedelta(days=1): 14_501}))
    linked.wake(morning)

    assert linked.wh()[24:27] == [667, 667, 667]
    assert linked.total() == 24_501


def test_complete_day_is_judged_when_it_arrives(linked: Neighbours, day_start: datetime) -> None:
    """A spike against the register is gone before anybody bills it; what was delivered is still on file."""
    wh = [500] * 48
    wh[20] = 9_000
    linked.deliver(linked.readings(wh, registers={day_start: 0, day_start + timedelta(days=1): 24_000}))
    versions = linked.control("versions", meter="M-1", end=(day_start + 21 * HALF_HOUR).isoformat())

    assert [(one["wh"], one["quality"], one["source"], one["current"]) for one in versions] == [
        (9_000, QUESTIONABLE, "hes", False),
        (500, ESTIMATED, "vee", True),
    ]


def test_register_that_comes_later_restores_what_was_right(linked: Neighbours, day_start: datetime) -> None:
    """A real peak is estimated away only until the register vouches for it."""
    wh = [500] * 48
    wh[20] = 9_000
    linked.deliver(linked.readings(wh))
    assert linked.wh()[20] == 500

    linked.deliver(linked.readings({}, registers={day_start: 0, day_start + timedelta(days=1): 32_500}))
    peak = linked.intervals()[day_start + 21 * HALF_HOUR]

    assert (peak["wh"], peak["quality"], peak["version"]) == (9_000, VALID, 1)


def test_silent_days_are_trued_up_by_the_next_register(linked: Neighbours, day: date, day_start: datetime, morning: datetime) -> None:
    """Two days are guessed; when the meter speaks again, its register says what they used together."""
    linked.deliver(linked.readings(500, registers={day_start: 0, day_start + timedelta(days=1): 24_000}))
    linked.wake(morning + timedelta(days=2))
    silent = (day + timedelta(days=1), day + timedelta(days=2))
    assert [linked.total(one) for one in silent] == [24_000, 24_000]

    linked.deliver(linked.readings({}, day=day + timedelta(days=3), registers={day_start + timedelta(days=3): 72_960}))

    assert [linked.total(one) for one in silent] == [24_480, 24_480]
    assert {one["quality"] for end, one in linked.intervals().items() if end > day_start + timedelta(days=1)} == {ESTIMATED}


def test_late_measurement_reshapes_the_estimates_around_it(linked: Neighbours, day_start: datetime, morning: datetime) -> None:
    """After the settling time the rest of the gap is worked out again at once."""
    linked.deliver(linked.readings(gap(24, 26), registers={day_start: 0, day_start + timedelta(days=1): 24_000}))
    linked.wake(morning)
    linked.deliver(linked.readings({day_start + 25 * HALF_HOUR: 700}))

    assert linked.wh()[24:26] == [700, 300]


def test_long_gap_follows_like_days(linked: Neighbours, day: date, morning: datetime) -> None:
    """Tuesday night looks like Monday night."""
    shape = [100 + 10 * place for place in range(48)]
    linked.deliver(linked.readings(shape))
    linked.wake(morning)
    tuesday = day + timedelta(days=1)
    linked.deliver(linked.readings([None if 10 <= place < 30 else wh for place, wh in enumerate(shape)], day=tuesday))
    linked.wake(morning + timedelta(days=1))

    assert linked.wh(tuesday) == shape


@pytest.mark.parametrize(("changing", "halves"), [(date(2026, 3, 29), 46), (date(2026, 10, 25), 50)])
def test_clock_change_has_as_many_intervals_as_hours(make_neighbours: Callable[..., Neighbours], changing: date, halves: int) -> None:
    """The day after a change is validated with 46 or 50 half hours, gaps included."""
    neighbours = make_neighbours()
    start, end = day_span(changing, neighbours.zone)
    neighbours.link(since=start)
    neighbours.deliver(
        neighbours.readings([None if place == 5 else 500 for place in range(halves)], day=changing, registers={start: 0, end: 500 * halves})
    )
    neighbours.wake(moment(changing + timedelta(days=1), time(6), neighbours.zone))

    assert [one["wh"] for one in neighbours.intervals().values()] == [500] * halves
    assert list(neighbours.intervals()) == list(interval_ends(day_span(changing, neighbours.zone), 30))


def test_outage_is_not_estimated(linked: Neighbours, day_start: datetime) -> None:
    """Zero with the reason, at once: nothing is missing."""
    linked.event(LAST_GASP, day_start + 24 * HALF_HOUR)
    linked.event(POWER_RESTORED, day_start + 28 * HALF_HOUR)
    linked.deliver(linked.readings(gap(24, 28), registers={day_start: 0, day_start + timedelta(days=1): 22_000}))
    dark = [linked.intervals()[day_start + place * HALF_HOUR] for place in range(25, 29)]

    assert [(one["wh"], one["quality"]) for one in dark] == [(0, POWER_FAIL)] * 4
    assert linked.checks() == []


def test_zeros_of_an_outage_carry_their_reason(linked: Neighbours, day_start: datetime) -> None:
    """Delivered zeros are measured and explained; events may come in any order."""
    linked.event(POWER_RESTORED, day_start + 28 * HALF_HOUR)
    linked.event(LAST_GASP, day_start + 24 * HALF_HOUR)
    linked.deliver(linked.readings([0 if 24 <= place < 28 else 500 for place in range(48)]))
    one = linked.intervals()[day_start + 26 * HALF_HOUR]

    assert (one["wh"], one["quality"], one["source"]) == (0, POWER_FAIL, "hes")


def test_meter_is_only_missed_while_it_is_there(neighbours: Neighbours, day_start: datetime, morning: datetime) -> None:
    """Installed at noon, it has half a day."""
    neighbours.link(since=day_start + 24 * HALF_HOUR)
    neighbours.deliver(neighbours.readings({day_start + place * HALF_HOUR: 500 for place in range(26, 49)}))
    neighbours.wake(morning)

    assert sorted(neighbours.intervals()) == [day_start + place * HALF_HOUR for place in range(25, 49)]


def test_silent_day_without_any_knowledge_stays_open(linked: Neighbours, day: date, morning: datetime) -> None:
    """Nothing before, no register: a guess would be a lie."""
    linked.deliver(linked.readings(500, day=day + timedelta(days=1)))
    linked.wake(morning + timedelta(days=1))

    assert linked.wh(day) == [None] * 48


def test_validate_does_not_wait(linked: Neighbours) -> None:
    """An operator may have it now."""
    linked.deliver(linked.readings(gap(24, 25)))
    linked.control("validate")

    assert linked.wh() == [500] * 48


def test_validation_is_done_once(linked: Neighbours, morning: datetime) -> None:
    """The next morning finds nothing to do and makes no versions."""
    linked.deliver(linked.readings(gap(24, 25)))
    linked.wake(morning)
    before = linked.control("holdings")
    linked.wake(morning + timedelta(hours=1))
    linked.control("validate")

    assert linked.control("holdings") == before


def test_exception_says_which_meter_when_and_why(linked: Neighbours, day_start: datetime, morning: datetime) -> None:
    """What a billing manager reads."""
    linked.deliver(linked.readings(gap(24, 26)))
    linked.wake(morning)
    (found,) = linked.control("exceptions")

    assert (found["meter"], found["check"], found["text"]) == ("M-1", "missing", "2 intervals missing")
    assert datetime.fromisoformat(found["start"]) == day_start + 24 * HALF_HOUR
    assert datetime.fromisoformat(found["end"]) == day_start + 26 * HALF_HOUR


def test_registers_of_the_middle_of_the_day_divide_it(linked: Neighbours, day_start: datetime, morning: datetime) -> None:
    """A reading on demand at noon keeps the morning's gap from paying for the afternoon's."""
    noon = day_start + 24 * HALF_HOUR
    wh = [None if place in (4, 40) else 500 for place in range(48)]
    linked.deliver(linked.readings(wh, registers={day_start: 0, noon: 12_300, day_start + timedelta(days=1): 24_000}))
    linked.wake(morning)

    assert (linked.wh()[4], linked.wh()[40]) == (800, 200)


def test_register_of_another_place_binds_nothing(neighbours: Neighbours, day_start: datetime, morning: datetime) -> None:
    """What the meter counted before it came here is not this customer's gap."""
    neighbours.link(since=day_start + 24 * HALF_HOUR)
    told = {day_start + place * HALF_HOUR: 500 for place in range(25, 49) if place != 30}
    neighbours.deliver(neighbours.readings(told, registers={day_start: 0, day_start + timedelta(days=1): 24_000}))
    neighbours.wake(morning)

    assert neighbours.intervals()[day_start + 30 * HALF_HOUR]["wh"] == 500


def test_late_register_vouches_for_the_day_that_begins_with_it(linked: Neighbours, day: date, day_start: datetime) -> None:
    """Days delivered in the wrong order: Tuesday's peak stands once Monday has told where Tuesday began."""
    midnight, next_midnight = day_start + timedelta(days=1), day_start + timedelta(days=2)
    peak = [9_000 if place == 20 else 500 for place in range(48)]
    linked.deliver(linked.readings(peak, day=day + timedelta(days=1), registers={next_midnight: 56_500}))
    assert linked.wh(day + timedelta(days=1))[20] == 500

    linked.deliver(linked.readings(500, registers={day_start: 0, midnight: 24_000}))
    assert linked.wh(day + timedelta(days=1))[20] == 9_000


def test_days_count_again_when_the_meter_was_elsewhere(linked: Neighbours, day: date, day_start: datetime, morning: datetime) -> None:
    """Told late that the meter was away for a while: a later gap is filled all the same."""
    linked.deliver(*(linked.readings(500, day=day + timedelta(days=number)) for number in range(3)))
    linked.wake(morning + timedelta(days=2))
    linked.link(None, since=day_start + 24 * HALF_HOUR, verb="change")
    linked.link(since=day_start + timedelta(days=3), verb="change")
    fourth = day + timedelta(days=3)
    linked.deliver(linked.readings(gap(24, 25), day=fourth))
    linked.wake(morning + timedelta(days=3))

    assert linked.wh(fourth) == [500] * 48


def test_outage_told_late_explains_the_zeros(linked: Neighbours, day_start: datetime) -> None:
    """What was estimated in between is zero again."""
    linked.deliver(linked.readings(gap(24, 28)))
    linked.control("validate")
    linked.event(LAST_GASP, day_start + 24 * HALF_HOUR)
    linked.event(POWER_RESTORED, day_start + 28 * HALF_HOUR)

    assert linked.wh() == [0 if 24 <= place < 28 else 500 for place in range(48)]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_however_a_day_arrives_it_is_whole_afterwards(
    make_neighbours: Callable[..., Neighbours], day_start: datetime, data: st.DataObject
) -> None:
    """Late, repeated, reordered, overlapping, with gaps: each interval once, none that was measured changed, the sum the register's."""
    measured = data.draw(st.lists(st.integers(400, 600), min_size=48, max_size=48))
    pieces = data.draw(st.lists(st.sets(st.integers(0, 47), min_size=1), min_size=1, max_size=5))
    neighbours = make_neighbours()
    neighbours.link()
    midnight = day_start + timedelta(days=1)
    for piece in [*pieces, pieces[0]]:
        neighbours.deliver(neighbours.readings({day_start + (place + 1) * HALF_HOUR: measured[place] for place in piece}))
    neighbours.deliver(neighbours.readings({}, registers={midnight: 7_000 + sum(measured), day_start: 7_000}))
    neighbours.now = midnight
    neighbours.control("validate")
    held = neighbours.control("holdings")["meters"]["M-1"]["intervals"]

    assert [datetime.fromisoformat(one["end"]) for one in held] == [day_start + place * HALF_HOUR for place in range(1, 49)]
    assert sum(one["wh"] for one in held) == sum(measured)
    for place in set[int]().union(*pieces):
        assert (held[place]["wh"], held[place]["quality"]) == (measured[place], VALID)

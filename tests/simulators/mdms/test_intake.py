"""Readings that come in: late, repeated, reordered, overlapping, unknown, wrong."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from ami.messages import Reading, Series
from ami.quality import CLOCK_CHANGED, EDITED, ESTIMATED, QUESTIONABLE, VALID
from ami.reading_type import REVERSE, interval_kwh, register_kwh
from tests.simulators.mdms.neighbours import Neighbours

HALF_HOUR = timedelta(minutes=30)


def test_delivered_day_is_held(linked: Neighbours, day_start: datetime) -> None:
    """Every interval with value, source and quality."""
    reply = linked.deliver(linked.readings(500))

    assert reply.result == "OK"
    assert linked.wh() == [500] * 48
    first = linked.intervals()[day_start + HALF_HOUR]
    assert (first["source"], first["quality"], first["version"]) == ("hes", VALID, 1)


def test_repeated_delivery_makes_no_version(linked: Neighbours, day_start: datetime) -> None:
    """The same said in another message is no news."""
    linked.deliver(linked.readings(500))
    linked.deliver(linked.readings(500))

    assert len(linked.control("versions", meter="M-1", end=(day_start + HALF_HOUR).isoformat())) == 1


def test_replayed_event_is_thanked_for_again(linked: Neighbours) -> None:
    """The sender may not have heard the first answer; nothing happens twice."""
    linked.deliver(linked.readings(500), message_id="same")
    reply = linked.deliver(linked.readings(700), message_id="same")

    assert reply.result == "OK"
    assert linked.wh() == [500] * 48


def test_later_measurement_supersedes_an_earlier_one(linked: Neighbours, day_start: datetime) -> None:
    """Both stay; the later one counts."""
    linked.deliver(linked.readings(500))
    linked.deliver(linked.readings({day_start + HALF_HOUR: 700}), verb="changed")
    versions = linked.control("versions", meter="M-1", end=(day_start + HALF_HOUR).isoformat())

    assert [(one["wh"], one["current"]) for one in versions] == [(500, False), (700, True)]


def test_measurement_supersedes_an_estimate(linked: Neighbours, day_start: datetime) -> None:
    """What the meter says in the end is better than what was guessed."""
    linked.deliver(linked.readings([*[500] * 47, None]))
    linked.control("validate")
    assert linked.intervals()[day_start + 48 * HALF_HOUR]["quality"] == ESTIMATED

    linked.deliver(linked.readings({day_start + 48 * HALF_HOUR: 480}))
    last = linked.intervals()[day_start + 48 * HALF_HOUR]

    assert (last["wh"], last["quality"], last["version"]) == (480, VALID, 2)


def test_measurement_never_overwrites_an_edit(linked: Neighbours, day_start: datetime) -> None:
    """It is kept as a version, and somebody is told."""
    linked.deliver(linked.readings(500))
    end = (day_start + HALF_HOUR).isoformat()
    linked.control("edit", meter="M-1", end=end, wh=600, user="ada", reason="photograph")
    linked.deliver(linked.readings({day_start + HALF_HOUR: 700}))
    versions = linked.control("versions", meter="M-1", end=end)

    assert [(one["wh"], one["quality"], one["current"]) for one in versions] == [
        (500, VALID, False),
        (600, EDITED, True),
        (700, VALID, False),
    ]
    assert linked.checks() == ["after_edit"]


def test_parts_of_a_day_may_come_in_any_order(linked: Neighbours, day_start: datetime) -> None:
    """And may overlap."""
    evening = {day_start + count * HALF_HOUR: 500 for count in range(20, 49)}
    morning = {day_start + count * HALF_HOUR: 500 for count in range(1, 25)}
    linked.deliver(linked.readings(evening))
    linked.deliver(linked.readings(morning))

    assert linked.wh() == [500] * 48


def test_unknown_meter_is_named_and_its_readings_set_aside(linked: Neighbours) -> None:
    """The others are taken: partial."""
    reply = linked.deliver(linked.readings(500), linked.readings(300, meter="M-9"))

    assert reply.result == "PARTIAL"
    assert [(error.code, error.object_id) for error in reply.errors] == [("2.4", "M-9")]
    assert linked.wh() == [500] * 48
    assert len(linked.control("unknown")["meters"]["M-9"]["intervals"]) == 48


def test_nothing_but_unknown_meters_fails(linked: Neighbours) -> None:
    """Nothing was taken."""
    assert linked.deliver(linked.readings(300, meter="M-9")).result == "FAILED"


def test_readings_set_aside_are_taken_in_when_the_meter_is_linked(linked: Neighbours, day_start: datetime) -> None:
    """In the order in which they came."""
    linked.deliver(linked.readings(300, meter="M-9", registers={day_start: 0}))
    linked.deliver(linked.readings({day_start + HALF_HOUR: 310}, meter="M-9"))
    linked.link("M-9", "U-9", day_start)

    assert linked.wh(meter="M-9") == [310] + [300] * 47
    assert linked.control("unknown") == {"meters": {}}


def test_unknown_reading_type_is_refused_and_the_rest_taken(linked: Neighbours, day_start: datetime) -> None:
    """Kilovars are not kept here."""
    readings = linked.readings(500)
    foreign = Series("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.73.0", (Reading(day_start, Decimal(1)),))
    reply = linked.deliver(readings, readings.__class__("M-1", None, (foreign,)))

    assert (reply.result, reply.errors[0].code) == ("PARTIAL", "2.6")
    assert linked.wh() == [500] * 48


def test_other_interval_length_is_refused(linked: Neighbours) -> None:
    """Quarters beside half hours would count all energy twice."""
    linked.deliver(linked.readings(500))
    reply = linked.deliver(linked.readings(250, minutes=15))

    assert [error.code for error in reply.errors] == ["2.6"]
    assert linked.wh() == [500] * 48


def test_two_values_in_one_message_are_both_doubted(linked: Neighbours, day_start: datetime) -> None:
    """Nobody knows which is right: both stay on file, and an estimate counts."""
    end = day_start + 10 * HALF_HOUR
    linked.deliver(linked.readings(500), linked.readings({end: 9_000}))
    versions = linked.control("versions", meter="M-1", end=end.isoformat())

    assert [(one["wh"], one["quality"]) for one in versions] == [(500, QUESTIONABLE), (9_000, QUESTIONABLE), (500, ESTIMATED)]
    assert "duplicate" in linked.checks()


def test_clean_repetition_settles_the_doubt(linked: Neighbours, day_start: datetime) -> None:
    """The meter was asked again and said one thing."""
    end = day_start + 10 * HALF_HOUR
    linked.deliver(linked.readings(500), linked.readings({end: 900}))
    linked.deliver(linked.readings({end: 900}))
    settled = linked.intervals()[end]

    assert (settled["wh"], settled["quality"]) == (900, VALID)


def test_interval_off_the_grid_never_counts(linked: Neighbours, day_start: datetime) -> None:
    """It is kept and reported; its place is estimated."""
    off = day_start + timedelta(minutes=307)
    linked.deliver(linked.readings([None if place == 9 else 500 for place in range(48)]))
    linked.deliver(linked.readings({off: 500}))
    linked.control("validate")

    assert linked.wh() == [500] * 48
    assert off not in linked.intervals()
    assert [one["wh"] for one in linked.control("versions", meter="M-1", end=off.isoformat())] == [500]
    assert "off_grid" in linked.checks()


def test_interval_with_a_changed_clock_is_estimated(linked: Neighbours, day_start: datetime) -> None:
    """The meter itself says that it was not half an hour."""
    end = day_start + 10 * HALF_HOUR
    linked.deliver(linked.readings([None if place == 9 else 500 for place in range(48)]))
    linked.deliver(linked.readings({end: 350}, qualities=(CLOCK_CHANGED,)))

    assert linked.intervals()[end]["quality"] == ESTIMATED
    assert linked.intervals()[end]["wh"] == 500


def test_reverse_flow_is_kept_apart(linked: Neighbours) -> None:
    """What a roof delivers is not what a kettle uses."""
    linked.deliver(linked.readings(500), linked.readings(20, flow=REVERSE))

    assert {one["wh"] for one in linked.intervals(flow=REVERSE).values()} == {20}
    assert linked.wh() == [500] * 48


@pytest.mark.parametrize("value", ["1E+30", "-1E+30"])
def test_value_beyond_all_measure_is_refused(linked: Neighbours, day_start: datetime, value: str) -> None:
    """And does no harm to what holds the others."""
    reading = linked.readings({day_start + HALF_HOUR: 1})
    series = reading.intervals[0]
    absurd = series._replace(readings=(series.readings[0]._replace(value=series.readings[0].value.__class__(value)),))
    reply = linked.deliver(reading.__class__("M-1", None, (absurd,)))

    assert (reply.result, reply.errors[0].code) == ("PARTIAL", "1.8")


def test_only_head_end_and_tester_deliver(linked: Neighbours) -> None:
    """A billing system measures nothing."""
    reply = linked.deliver(linked.readings(500), sender="cis")

    assert (reply.result, reply.errors[0].code) == ("FAILED", "7.5")
    assert linked.intervals() == {}


def test_register_is_held_with_its_versions(linked: Neighbours, day_start: datetime) -> None:
    """A corrected register supersedes like an interval."""
    linked.deliver(linked.readings({}, registers={day_start: 1_000}))
    linked.deliver(linked.readings({}, registers={day_start: 1_200}))
    held = linked.control("holdings", meters=["M-1"])["meters"]["M-1"]["registers"]

    assert [(one["wh"], one["version"]) for one in held] == [(1_200, 2)]


def test_identifiers_are_data(linked: Neighbours) -> None:
    """An identifier made of SQL is the name of an unknown meter."""
    name = "M-1'; DROP TABLE pages; --"
    reply = linked.deliver(linked.readings(500, meter=name))

    assert [(error.code, error.object_id) for error in reply.errors] == [("2.4", name)]
    assert linked.deliver(linked.readings(500)).result == "OK"


def test_midnight_delivery_in_many_messages(make_neighbours: Callable[..., Neighbours], day_start: datetime) -> None:
    """Forty meters in batches, all complete, none with a finding."""
    neighbours = make_neighbours()
    for number in range(40):
        neighbours.link(f"M-{number}", f"U-{number}")
    neighbours.now = day_start + timedelta(days=1)
    looks = {day_start: 0, day_start + timedelta(days=1): 24_000}
    for batch in range(4):
        told = (neighbours.readings(500, meter=f"M-{number}", registers=looks) for number in range(batch * 10, batch * 10 + 10))
        assert neighbours.deliver(*told).result == "OK"

    held = neighbours.control("holdings")["meters"]
    assert {len(meter["intervals"]) for meter in held.values()} == {48}
    assert len(held) == 40
    assert neighbours.checks() == []


def test_series_may_come_under_either_heading(linked: Neighbours, day_start: datetime) -> None:
    """The reading type says what it is, not the place in the message."""
    reading = linked.readings(500, registers={day_start: 0})
    swapped = reading.__class__("M-1", None, reading.readings, reading.intervals)
    linked.deliver(swapped)

    assert {series.reading_type for series in (*swapped.intervals, *swapped.readings)} == {str(interval_kwh(30)), str(register_kwh())}
    assert linked.wh() == [500] * 48

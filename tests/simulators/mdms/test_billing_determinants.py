"""What may be billed."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ami.messages import Message, MeterReading, Reading, Span
from ami.quality import EDITED, ESTIMATED, VALID
from ami.reading_type import REVERSE, billed_kwh, register_kwh
from tests.simulators.mdms.neighbours import Neighbours, parts

HALF_HOUR = timedelta(minutes=30)
DAY = timedelta(days=1)
ALL = tuple(str(billed_kwh(tou)) for tou in (0, 1, 2))


def bill(linked: Neighbours, start: datetime, end: datetime, *more: str, types: tuple[str, ...] = ALL) -> Message:
    """What the CIS hears when it asks for a bill of usage point U-1."""
    return linked.ask(usage_points=("U-1",), reading_types=types + more, span=Span(start, end))


def readings(part: MeterReading, reading_type: object) -> tuple[Reading, ...]:
    """The readings of one reading type."""
    return next(series.readings for series in part.readings if series.reading_type == str(reading_type))


def test_energy_of_a_day_by_period(linked: Neighbours, day_start: datetime) -> None:
    """A working day has twelve peak hours."""
    linked.deliver(linked.readings(500))
    answer = bill(linked, day_start, day_start + DAY)
    (part,) = parts(answer)

    assert answer.reply is not None
    assert answer.reply.result == "OK"
    assert [readings(part, billed_kwh(tou))[0].value for tou in (0, 1, 2)] == [24, 12, 12]
    (total,) = readings(part, billed_kwh(0))
    assert (total.at, total.period, total.qualities) == (day_start + DAY, Span(day_start, day_start + DAY), (VALID,))
    assert (part.meter, part.usage_point, part.span) == ("M-1", "U-1", Span(day_start, day_start + DAY))


def test_quality_says_what_was_estimated_and_edited(linked: Neighbours, day_start: datetime) -> None:
    """Only in the periods that it touches."""
    linked.deliver(linked.readings([None, *[500] * 47]))
    linked.control("validate")
    noon = (day_start + 25 * HALF_HOUR).isoformat()
    linked.control("edit", meter="M-1", end=noon, wh=500, user="ada", reason="photograph")
    (part,) = parts(bill(linked, day_start, day_start + DAY))

    assert [readings(part, billed_kwh(tou))[0].qualities for tou in (0, 1, 2)] == [(ESTIMATED, EDITED), (ESTIMATED,), (EDITED,)]


def test_missing_interval_holds_the_bill(linked: Neighbours, day_start: datetime, morning: datetime) -> None:
    """Until it is estimated."""
    linked.deliver(linked.readings([500] * 47 + [None]))
    refused = bill(linked, day_start, day_start + DAY)
    assert refused.reply is not None
    assert (refused.reply.result, refused.reply.errors[0].code, refused.payload) == ("FAILED", "5.7", None)

    linked.wake(morning)
    answer = bill(linked, day_start, day_start + DAY)
    assert readings(parts(answer)[0], billed_kwh(0))[0].value == 24


def test_questionable_interval_holds_the_bill(linked: Neighbours, day_start: datetime) -> None:
    """Registers and intervals are worlds apart: a person has to look first."""
    linked.deliver(linked.readings(500, registers={day_start: 0, day_start + DAY: 900_000}))
    answer = bill(linked, day_start, day_start + DAY)

    assert answer.reply is not None
    assert answer.reply.errors[0].code == "5.7"


def test_future_is_not_billed(linked: Neighbours, day_start: datetime) -> None:
    """Tomorrow's energy is missing."""
    linked.deliver(linked.readings(500))
    answer = bill(linked, day_start, day_start + 2 * DAY)

    assert answer.reply is not None
    assert answer.reply.errors[0].code == "5.7"


def test_meter_exchange_gives_two_parts(linked: Neighbours, day_start: datetime) -> None:
    """Each meter for its own time, with its own registers; together they are the whole."""
    noon = day_start + 24 * HALF_HOUR
    linked.link("M-2", "U-1", noon, verb="change")
    morning = {day_start + place * HALF_HOUR: 500 for place in range(1, 25)}
    evening = {day_start + place * HALF_HOUR: 300 for place in range(25, 49)}
    linked.deliver(linked.readings(morning, registers={day_start: 7_000, noon: 19_000}))
    linked.deliver(linked.readings(evening, meter="M-2", registers={noon: 0, day_start + DAY: 7_200}))
    old, new = parts(bill(linked, day_start, day_start + DAY, str(register_kwh())))

    assert [(part.meter, part.span) for part in (old, new)] == [
        ("M-1", Span(day_start, noon)),
        ("M-2", Span(noon, day_start + DAY)),
    ]
    assert [readings(part, billed_kwh(0))[0].value for part in (old, new)] == [12, Decimal("7.2")]
    assert [(one.at, one.value) for one in readings(old, register_kwh())] == [(day_start, Decimal(7)), (noon, Decimal(19))]
    assert [one.value for one in readings(new, register_kwh())] == [0, Decimal("7.2")]


def test_exchange_between_two_interval_ends_loses_nothing(linked: Neighbours, day_start: datetime) -> None:
    """The old meter counted until it was taken away, in an interval that it did not see the end of."""
    exchanged = day_start + timedelta(hours=12, minutes=10)
    linked.link("M-2", "U-1", exchanged, verb="change")
    linked.deliver(linked.readings({day_start + place * HALF_HOUR: 500 for place in range(1, 25)} | {day_start + 25 * HALF_HOUR: 170}))
    linked.deliver(
        linked.readings({day_start + 25 * HALF_HOUR: 330} | {day_start + place * HALF_HOUR: 500 for place in range(26, 49)}, meter="M-2")
    )
    totals = [readings(part, billed_kwh(0))[0].value for part in parts(bill(linked, day_start, day_start + DAY))]

    assert totals == [Decimal("12.17"), Decimal("11.83")]


def test_register_at_the_edge_is_worked_out_from_the_nearest_look(linked: Neighbours, day: date, day_start: datetime) -> None:
    """Nobody read it at the turn of the period: the look a day before and the intervals since say what it showed."""
    linked.deliver(linked.readings(500, registers={day_start: 99_990_000}))
    linked.deliver(linked.readings(500, day=day + DAY))
    (part,) = parts(bill(linked, day_start + DAY, day_start + 2 * DAY, str(register_kwh())))

    assert [(one.value, one.qualities) for one in readings(part, register_kwh())] == [
        (Decimal(14), (ESTIMATED,)),
        (Decimal(38), (ESTIMATED,)),
    ]


def test_register_read_at_the_edge_is_told_as_read(linked: Neighbours, day_start: datetime) -> None:
    """A reading is better than any calculation."""
    linked.deliver(linked.readings(500, registers={day_start: 1_000, day_start + DAY: 25_000}))
    (part,) = parts(bill(linked, day_start, day_start + DAY, str(register_kwh())))

    assert [(one.value, one.qualities) for one in readings(part, register_kwh())] == [(Decimal(1), (VALID,)), (Decimal(25), (VALID,))]


def test_reverse_energy_is_a_determinant_of_its_own(linked: Neighbours, day_start: datetime) -> None:
    """Net metering needs both directions."""
    linked.deliver(linked.readings(500), linked.readings(100, flow=REVERSE))
    (part,) = parts(bill(linked, day_start, day_start + DAY, str(billed_kwh(0, REVERSE)), str(billed_kwh(2, REVERSE))))

    assert readings(part, billed_kwh(0, REVERSE))[0].value == Decimal("4.8")
    assert readings(part, billed_kwh(2, REVERSE))[0].value == Decimal("2.4")


def test_meter_without_a_reverse_channel_delivered_nothing(linked: Neighbours, day_start: datetime) -> None:
    """Zero, not an error: a bill of net metering goes on after a meter exchange."""
    linked.deliver(linked.readings(500))
    (part,) = parts(bill(linked, day_start, day_start + DAY, str(billed_kwh(0, REVERSE))))

    assert readings(part, billed_kwh(0, REVERSE))[0].value == 0


@pytest.mark.parametrize(("changing", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_clock_change_is_billed_by_the_hour(make_neighbours: Callable[..., Neighbours], changing: date, hours: int) -> None:
    """23 hours in spring, 25 in autumn, and all of a Sunday is off-peak."""
    neighbours = make_neighbours()
    start, end = (datetime.combine(one, time(), neighbours.zone) for one in (changing, changing + DAY))
    neighbours.link(since=start)
    neighbours.deliver(neighbours.readings(500, day=changing))
    (part,) = parts(bill(neighbours, start, end))

    assert [readings(part, billed_kwh(tou))[0].value for tou in (0, 1, 2)] == [hours, hours, 0]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.integers(0, 5_000), min_size=48, max_size=48))
def test_periods_sum_to_the_total(make_neighbours: Callable[..., Neighbours], day_start: datetime, wh: list[int]) -> None:
    """Every interval is billed exactly once, in one period."""
    neighbours = make_neighbours()
    neighbours.link()
    neighbours.deliver(neighbours.readings(wh, registers={day_start: 0, day_start + DAY: sum(wh)}))
    (part,) = parts(bill(neighbours, day_start, day_start + DAY))
    total, *periods = [readings(part, billed_kwh(tou))[0].value for tou in (0, 1, 2)]

    assert sum(periods) == total == Decimal(sum(wh)) / 1000


def test_interval_belongs_to_the_period_in_which_it_starts(linked: Neighbours, day_start: datetime) -> None:
    """The half hour that ends at eight was cheap, the one that begins then is not."""
    values = dict.fromkeys(range(48), 0) | {15: 100, 16: 7_000}
    looks = {day_start: 0, day_start + DAY: 7_100}
    linked.deliver(linked.readings(list(values.values()), registers=looks))
    (part,) = parts(bill(linked, day_start, day_start + DAY))

    assert [readings(part, billed_kwh(tou))[0].value for tou in (1, 2)] == [Decimal("0.1"), Decimal(7)]

"""Orders for readings: collected when their span has passed, delivered to the MDMS."""

from datetime import timedelta

import pytest

from ami import names
from ami.messages import (
    MeterReadSchedule,
    Span,
)
from tests.simulators.hes.field import DAY, HOUR, START, Field, codes

FIRST_DAY = Span(START, START + DAY)


@pytest.fixture
def field() -> Field:
    """A head-end with two meters, ten and a half hours after they were installed."""
    made = Field()
    made.install("M-1", "M-2", register_wh=5_000)
    made.pass_time(START + timedelta(hours=10, minutes=30))
    return made


def test_order_is_acknowledged_and_delivered_to_the_mdms_day_by_day() -> None:
    """Whoever asks, the readings go to the MDMS."""
    field = Field()
    field.install("M-1")
    field.pass_time(START + 2 * DAY)
    field.sent.clear()
    order = MeterReadSchedule(("M-1",), (), Span(START + 20 * HOUR, START + 28 * HOUR))
    said = field.ask("create", names.METER_READ_SCHEDULE, order, sender=names.TESTER)

    assert codes(field.reply(said)) == [("0.3", None)]
    assert [message.to for message in field.deliveries()] == ["mdms", "mdms"]
    assert [reading.span for reading in field.delivered()] == [
        Span(START + 20 * HOUR, START + DAY),
        Span(START + DAY, START + 28 * HOUR),
    ]


def test_order_for_a_time_to_come_is_done_when_it_has_passed(field: Field) -> None:
    """Ordered at half past ten, delivered at noon."""
    field.ask("create", names.METER_READ_SCHEDULE, MeterReadSchedule(("M-1",), (), Span(START + 11 * HOUR, START + 12 * HOUR)))
    assert field.sent == []
    field.pass_time(START + 12 * HOUR)

    assert [reading.span for reading in field.delivered()] == [Span(START + 11 * HOUR, START + 12 * HOUR)]


def test_order_recurs(field: Field) -> None:
    """Every hour the hour before."""
    order = MeterReadSchedule(("M-1",), (), Span(START + 9 * HOUR, START + 10 * HOUR), recurrence_s=3_600)
    field.ask("create", names.METER_READ_SCHEDULE, order)
    field.pass_time(START + 12 * HOUR)

    assert [(reading.span.end - START) / HOUR for reading in field.delivered() if reading.span] == [10, 11, 12]


def test_order_for_a_silent_meter_is_tried_again(field: Field) -> None:
    """An hour later it answers."""
    field.control("silence", meter="M-1", start="2026-03-01T09:00:00Z", end="2026-03-01T10:00:00Z")
    field.ask("create", names.METER_READ_SCHEDULE, MeterReadSchedule(("M-1", "M-2"), (), Span(START, START + HOUR)))
    at_once = [reading.meter for reading in field.delivered()]
    field.pass_time(START + 12 * HOUR)

    assert (at_once, [reading.meter for reading in field.delivered()]) == (["M-2"], ["M-2", "M-1"])


@pytest.mark.parametrize(
    ("order", "result", "expected"),
    [
        (MeterReadSchedule(("M-1", "M-9"), (), FIRST_DAY), "PARTIAL", [("2.4", "M-9")]),
        (MeterReadSchedule(("M-9",), (), FIRST_DAY), "FAILED", [("2.4", "M-9")]),
        (MeterReadSchedule((), (), FIRST_DAY), "FAILED", [("2.4", None)]),
        (MeterReadSchedule(("M-1",), ("x",), FIRST_DAY), "FAILED", [("2.6", "x")]),
        (MeterReadSchedule(("M-1",), (), Span(START, START)), "FAILED", [("5.2", None)]),
        (MeterReadSchedule(("M-1",), (), FIRST_DAY, recurrence_s=1), "FAILED", [("6.1", None)]),
    ],
    ids=["one of two", "unknown meter", "nobody", "no type", "empty span", "too often"],
)
def test_order_that_cannot_be_taken_is_refused(
    field: Field, order: MeterReadSchedule, result: str, expected: list[tuple[str, str | None]]
) -> None:
    """With the reason, and for unknown meters only for them."""
    reply = field.reply(field.ask("create", names.METER_READ_SCHEDULE, order))

    assert (reply.result, codes(reply)) == (result, expected)

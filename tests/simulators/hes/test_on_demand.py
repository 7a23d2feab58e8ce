"""On-demand reading: what a meter says when it is asked, and why it does not."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest

from ami import names
from ami.messages import (
    GetMeterReadings,
    Kind,
    Message,
    Span,
)
from tests.simulators.hes.field import DAY, FORWARD_INTERVAL, HOUR, START, Field, codes, readings_in

FIRST_DAY = Span(START, START + DAY)
REVERSE_INTERVAL = "0.0.7.4.19.1.12.0.0.0.0.0.0.0.0.3.72.0"


@pytest.fixture
def field() -> Field:
    """A head-end with two meters, ten and a half hours after they were installed."""
    made = Field()
    made.install("M-1", "M-2", register_wh=5_000)
    made.pass_time(START + timedelta(hours=10, minutes=30))
    return made


def get(field: Field, query: GetMeterReadings, *, is_async: bool = False) -> Sequence[Message]:
    """Ask for readings."""
    return field.ask(names.GET, names.METER_READINGS, query, is_async=is_async)


def test_reading_of_now_is_what_stands_on_the_face(field: Field) -> None:
    """The register, at the moment of the request."""
    said = get(field, GetMeterReadings(("M-1",)))
    (reading,) = readings_in(said[0])

    assert field.reply(said).result == "OK"
    assert (reading.meter, reading.usage_point, reading.intervals) == ("M-1", "U-M-1", ())
    assert reading.readings[0].readings[0][:2] == (field.now, Decimal("6.050"))
    assert field.control("face", meter="M-1")["register_wh"] == 6_050


def test_reply_names_its_request(field: Field) -> None:
    """Its CorrelationID is the MessageID of the request; it goes back on the same connection."""
    header = field.ask(names.GET, names.METER_READINGS, GetMeterReadings(("M-1",)), message_id="R-1")[0].header

    assert (header.verb, header.noun, header.correlation_id, header.source, header.timestamp) == (
        "reply",
        "MeterReadings",
        "R-1",
        "hes",
        field.now,
    )


def test_reading_of_a_span_has_its_intervals_and_both_registers(field: Field) -> None:
    """From 03:00 to 05:00 are two hours."""
    (reading,) = readings_in(get(field, GetMeterReadings(("M-1",), span=Span(START + 3 * HOUR, START + 5 * HOUR)))[0])

    assert [entry.at for entry in reading.intervals[0].readings] == [START + 4 * HOUR, START + 5 * HOUR]
    assert [entry.value for entry in reading.readings[0].readings] == [Decimal("5.300"), Decimal("5.500")]


def test_span_that_cuts_intervals_is_told_in_whole_ones(field: Field) -> None:
    """Of 03:10 to 05:50 the hours from 04:00 to 05:00 are whole, and the reply claims no more."""
    span = Span(START + timedelta(hours=3, minutes=10), START + timedelta(hours=5, minutes=50))
    (reading,) = readings_in(get(field, GetMeterReadings(("M-1",), span=span))[0])

    assert reading.span == Span(START + 4 * HOUR, START + 5 * HOUR)


def test_only_the_reading_types_that_were_asked_for_are_told(field: Field) -> None:
    """Intervals without registers."""
    (reading,) = readings_in(get(field, GetMeterReadings(("M-1",), reading_types=(FORWARD_INTERVAL,), span=FIRST_DAY))[0])

    assert (len(reading.intervals), reading.readings) == (1, ())


def test_usage_point_stands_for_its_meter(field: Field) -> None:
    """A meter can be asked for by where it serves."""
    (reading,) = readings_in(get(field, GetMeterReadings(usage_points=("U-M-2",)))[0])

    assert reading.meter == "M-2"


@pytest.mark.parametrize(
    ("query", "result", "expected"),
    [
        (GetMeterReadings(("M-9",)), "FAILED", [("2.4", "M-9")]),
        (GetMeterReadings(("M-1", "M-9")), "PARTIAL", [("2.4", "M-9")]),
        (GetMeterReadings(usage_points=("U-9",)), "FAILED", [("2.12", "U-9")]),
        (GetMeterReadings(), "FAILED", [("2.4", None)]),
        (GetMeterReadings(("M-1",), reading_types=("1.2",)), "FAILED", [("2.6", "1.2")]),
        (GetMeterReadings(("M-1",), reading_types=(REVERSE_INTERVAL,), span=FIRST_DAY), "FAILED", [("2.6", "M-1")]),
        (GetMeterReadings(("M-1",), reading_types=(FORWARD_INTERVAL,)), "FAILED", [("5.7", "M-1")]),
        (GetMeterReadings(("M-1",), span=Span(START - DAY, START)), "FAILED", [("5.7", "M-1")]),
        (GetMeterReadings(("' OR '1'='1",)), "FAILED", [("2.4", "' OR '1'='1")]),
    ],
    ids=[
        "unknown meter",
        "one of two",
        "unknown usage point",
        "nobody",
        "no type",
        "type not measured",
        "no interval of now",
        "too early",
        "injection",
    ],
)
def test_reading_that_cannot_be_had_is_an_error_that_names_its_object(
    field: Field, query: GetMeterReadings, result: str, expected: list[tuple[str, str | None]]
) -> None:
    """FAILED without a payload, PARTIAL with what there is."""
    said = get(field, query)

    assert (field.reply(said).result, codes(field.reply(said))) == (result, expected)
    assert (said[0].payload is None) == (result == "FAILED")


def test_silent_meter_is_a_time_out(field: Field) -> None:
    """Now as for a span."""
    field.control("silence", meter="M-1", start="2026-03-01T00:00:00Z", end="2026-03-02T00:00:00Z")

    assert codes(field.reply(get(field, GetMeterReadings(("M-1",))))) == [("4.1", "M-1")]
    assert codes(field.reply(get(field, GetMeterReadings(("M-1",), span=FIRST_DAY)))) == [("4.1", "M-1")]


def test_asynchronous_request_is_acknowledged_and_answered_later_under_the_same_correlation(field: Field) -> None:
    """The acknowledgement has no payload, the answer has ids of its own and goes to the asker."""
    acknowledgement, answer = get(field, GetMeterReadings(("M-1",)), is_async=True)

    assert codes(field.reply([acknowledgement])) == [("0.3", None)]
    assert acknowledgement.payload is None
    assert (answer.kind, answer.to, answer.header.verb) == (Kind.RESPONSE, "mdms", "reply")
    assert answer.header.correlation_id == acknowledgement.header.correlation_id
    assert answer.header.message_id != acknowledgement.header.message_id
    assert readings_in(answer)[0].meter == "M-1"


def test_asynchronous_answer_that_did_not_arrive_is_sent_again(field: Field) -> None:
    """With the same id."""
    field.is_deaf = True
    _, answer = get(field, GetMeterReadings(("M-1",)), is_async=True)
    field.wake()

    assert field.sent[-1] == answer

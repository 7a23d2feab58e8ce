"""Questions for readings, and who may ask them."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ami import names
from ami.messages import MeterReadings, Span
from ami.quality import ESTIMATED, VALID
from ami.reading_type import billed_kwh, interval_kwh, register_kwh
from tests.simulators.mdms.neighbours import Neighbours, outcome, parts

DAY = timedelta(days=1)
INTERVALS = str(interval_kwh(30))


@pytest.fixture
def span(day_start: datetime) -> Span:
    """The day that is spoken of."""
    return Span(day_start, day_start + DAY)


def test_intervals_come_with_their_quality(linked: Neighbours, span: Span) -> None:
    """Valid and estimated, in the order of time."""
    linked.deliver(linked.readings([500, None, *[500] * 46]))
    linked.control("validate")
    answer = linked.ask(sender=names.TESTER, meters=("M-1",), reading_types=(INTERVALS,), span=span)
    (reading,) = parts(answer)
    (series,) = reading.intervals

    assert [one.qualities for one in series.readings[:3]] == [(VALID,), (ESTIMATED,), (VALID,)]
    assert {one.value for one in series.readings} == {Decimal("0.5")}
    assert len(series.readings) == 48
    assert (reading.span, reading.usage_point) == (span, "U-1")


def test_registers_of_a_span_come_as_read(linked: Neighbours, span: Span) -> None:
    """Both midnights."""
    linked.deliver(linked.readings(500, registers={span.start: 1_000, span.end: 25_000}))
    answer = linked.ask(meters=("M-1",), reading_types=(str(register_kwh()),), span=span)

    assert [(one.at, one.value) for one in parts(answer)[0].readings[0].readings] == [
        (span.start, Decimal(1)),
        (span.end, Decimal(25)),
    ]


def test_no_reading_type_means_all_that_there_are(linked: Neighbours, span: Span) -> None:
    """Intervals and registers."""
    linked.deliver(linked.readings(500, registers={span.start: 1_000}))
    (reading,) = parts(linked.ask(meters=("M-1",), span=span))

    assert [series.reading_type for series in (*reading.intervals, *reading.readings)] == [INTERVALS, str(register_kwh())]


def test_reply_belongs_to_its_question(linked: Neighbours, span: Span) -> None:
    """By correlation; it is on the same connection."""
    linked.deliver(linked.readings(500))
    answer = linked.ask(meters=("M-1",), span=span)

    assert (answer.to, answer.header.verb, answer.header.source) == (None, "reply", "mdms")
    assert answer.header.correlation_id is not None


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"meters": ("M-9",)}, "2.4"),
        ({"meters": ("' OR '1'='1",)}, "2.4"),
        ({"usage_points": ("U-9",)}, "2.12"),
        ({"usage_points": ('U-1" OR 1=1 --',)}, "2.12"),
    ],
)
def test_unknown_object_is_named(linked: Neighbours, span: Span, query: dict[str, Any], code: str) -> None:
    """Whatever its name is made of."""
    linked.deliver(linked.readings(500))
    answer = linked.ask(span=span, organization=None, **query)
    (name,) = next(iter(query.values()))

    assert outcome(answer) == ("FAILED", [(code, name)])
    assert answer.payload is None


@pytest.mark.parametrize("reading_type", ["0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.73.0", "nonsense", str(billed_kwh(3)), str(billed_kwh(-1))])
def test_unknown_reading_type_is_named(linked: Neighbours, span: Span, reading_type: str) -> None:
    """Also a time-of-use period that the calendar does not have."""
    linked.deliver(linked.readings(500))

    assert outcome(linked.ask(meters=("M-1",), reading_types=(reading_type,), span=span)) == ("FAILED", [("2.6", reading_type)])


def test_some_answers_are_partial(linked: Neighbours, span: Span) -> None:
    """The known meter answers, the unknown one is named."""
    linked.deliver(linked.readings(500))
    answer = linked.ask(meters=("M-1", "M-9"), span=span)

    assert outcome(answer) == ("PARTIAL", [("2.4", "M-9")])
    assert [one.meter for one in parts(answer)] == ["M-1"]


def test_span_without_data_is_unavailable(linked: Neighbours, span: Span) -> None:
    """Known, but silent."""
    assert outcome(linked.ask(meters=("M-1",), reading_types=(INTERVALS,), span=span)) == ("FAILED", [("5.7", "M-1")])


def test_question_about_nothing_is_refused(linked: Neighbours, span: Span) -> None:
    """Not everything to everybody."""
    assert outcome(linked.ask(span=span))[0] == "FAILED"
    assert outcome(linked.ask(meters=("M-1",), span=Span(span.end, span.start))) == ("FAILED", [("5.7", None)])
    assert outcome(linked.ask(meters=tuple(f"M-{number}" for number in range(10_001)), span=span)) == ("FAILED", [("3.1", None)])


def test_answer_may_come_later(linked: Neighbours, span: Span) -> None:
    """With AsyncReplyFlag: thanks first, the readings as a message of its own, under the same correlation."""
    linked.deliver(linked.readings(500))
    payload = linked.question(meters=("M-1",), span=span)
    thanks, later = linked.say("request", "get", names.METER_READINGS, payload, names.CIS, message_id="ask-1", async_reply=True)

    assert [error.code for error in linked.reply([thanks]).errors] == ["0.3"]
    assert (later.to, later.kind, later.header.correlation_id) == (names.CIS, "response", "ask-1")
    assert isinstance(later.payload, MeterReadings)


def test_strangers_may_not_ask(linked: Neighbours, span: Span) -> None:
    """Outage management has no business with readings."""
    linked.deliver(linked.readings(500))

    assert outcome(linked.ask(sender=names.OMS, meters=("M-1",), span=span)) == ("FAILED", [("7.5", None)])


def test_third_party_needs_consent(linked: Neighbours, span: Span) -> None:
    """Until the customer gives it, after she takes it back, and for others' usage points."""
    linked.deliver(linked.readings(500))

    def ask() -> tuple[str, list[tuple[str, str | None]]]:
        return outcome(linked.ask(usage_points=("U-1", "U-2"), span=span, organization="Volt & Sons"))

    assert ask() == ("FAILED", [("7.5", "U-1"), ("7.5", "U-2")])
    linked.control("consent", organization="Volt & Sons", usage_point="U-1", granted=True)
    assert ask() == ("PARTIAL", [("7.5", "U-2")])
    linked.control("consent", organization="Volt & Sons", usage_point="U-1", granted=False)
    assert ask()[0] == "FAILED"


def test_third_party_learns_nothing_about_what_exists(linked: Neighbours, span: Span) -> None:
    """A meter that is there and one that is not sound the same."""
    answers = [outcome(linked.ask(meters=(meter,), span=span, organization="Volt & Sons"))[1][0][0] for meter in ("M-1", "M-9")]

    assert answers == ["7.5", "7.5"]


def test_utility_itself_needs_no_consent(linked: Neighbours, span: Span) -> None:
    """It is the one that measures."""
    linked.deliver(linked.readings(500))

    assert outcome(linked.ask(meters=("M-1",), span=span, organization="Utility"))[0] == "OK"


def test_replayed_question_is_refused(linked: Neighbours, span: Span) -> None:
    """A request has one life."""
    payload = linked.question(meters=("M-1",), span=span)
    answers = [linked.say("request", "get", names.METER_READINGS, payload, names.CIS, message_id="again")[0] for _ in range(2)]

    assert outcome(answers[1]) == ("FAILED", [("7.7", None)])

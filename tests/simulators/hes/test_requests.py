"""Requests to the head-end: who may ask what, once, and what it answers."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest

from ami import names
from ami.messages import (
    EndDeviceControl,
    EndDeviceControls,
    GetMeterReadings,
    Header,
    Kind,
    MasterDataLinkageConfig,
    Message,
    MeterReadSchedule,
    Payload,
    Span,
)
from tests.simulators.hes.field import DAY, FORWARD_INTERVAL, HOUR, START, Field, codes, readings_in

OPEN, CLOSE, ARM, SET_CLOCK = "3.31.0.23", "3.31.0.18", "3.31.0.5", "3.36.116.24"
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


def command(field: Field, control_type: str, *meters: str, sender: str | None = names.MDMS) -> Sequence[Message]:
    """Send a command."""
    controls = EndDeviceControls((EndDeviceControl(control_type, meters, tracking_id="T-1"),))
    return field.ask("create", names.END_DEVICE_CONTROLS, controls, sender=sender)


def switches(field: Field, *meters: str) -> list[str]:
    """How their switches stand."""
    return [field.control("face", meter=meter)["switch"] for meter in meters]


# On-demand reading


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


# Orders


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


# Commands


def test_disconnection_opens_the_switch_and_its_event_follows(field: Field) -> None:
    """The event carries the tracking id of the command."""
    reply, event = command(field, OPEN, "M-1")

    assert codes(field.reply([reply])) == [("0.0", None)]
    assert switches(field, "M-1", "M-2") == ["open", "closed"]
    assert (event.to, event.payload.events[0].event_type, event.payload.events[0].tracking_id) == ("mdms", "3.31.0.39", "T-1")  # type: ignore[union-attr]  # an event has events


def test_armed_switch_closes_by_its_button(field: Field) -> None:
    """Open, arm, press: three events, the last still under the id of the command."""
    for control_type in (OPEN, ARM):
        command(field, control_type, "M-1")
    assert switches(field, "M-1") == ["armed"]
    pressed = field.control("press", meter="M-1")

    assert pressed == {"switch": "closed"}
    events = [(event.event_type, event.tracking_id) for message in field.sent for event in message.payload.events]  # type: ignore[union-attr]  # all sent are events
    assert events == [("3.31.0.39", "T-1"), ("3.31.0.11", "T-1"), ("3.31.0.16", "T-1")]


def test_connection_closes_an_open_switch(field: Field) -> None:
    """Without a hand at the meter."""
    command(field, OPEN, "M-1")
    command(field, CLOSE, "M-1")

    assert switches(field, "M-1") == ["closed"]


def test_clock_is_set_by_command(field: Field) -> None:
    """The face shows the right time again."""
    field.control("clock", meter="M-1", offset_s=-90)
    command(field, SET_CLOCK, "M-1")

    assert field.control("face", meter="M-1")["clock_at"] == "2026-03-01T09:30:00Z"


@pytest.mark.parametrize(
    ("control_type", "meters", "result", "expected"),
    [
        (CLOSE, ("M-1",), "FAILED", [("5.3", "M-1")]),
        (OPEN, ("M-9",), "FAILED", [("2.4", "M-9")]),
        (OPEN, ("M-1", "M-9"), "PARTIAL", [("2.4", "M-9")]),
        (OPEN, (), "FAILED", [("2.4", None)]),
        ("3.1.2.3", ("M-1",), "FAILED", [("5.2", "M-1")]),
    ],
    ids=["wrong state", "unknown meter", "one of two", "nobody", "unknown control"],
)
def test_command_that_cannot_be_carried_out_is_an_error(
    field: Field, control_type: str, meters: tuple[str, ...], result: str, expected: list[tuple[str, str | None]]
) -> None:
    """It names the meter; those that can obey, do."""
    reply = field.reply(command(field, control_type, *meters))

    assert (reply.result, codes(reply)) == (result, expected)
    assert switches(field, "M-1") == ["open" if result == "PARTIAL" else "closed"]


def test_command_to_a_silent_meter_times_out_and_changes_nothing(field: Field) -> None:
    """It never arrived."""
    field.control("silence", meter="M-1", start="2026-03-01T00:00:00Z", end="2026-03-02T00:00:00Z")

    assert codes(field.reply(command(field, OPEN, "M-1"))) == [("4.1", "M-1")]
    assert switches(field, "M-1") == ["closed"]


# Who may ask, and how often


@pytest.mark.parametrize(
    ("verb", "noun", "payload", "senders"),
    [
        ("get", names.METER_READINGS, GetMeterReadings(("M-1",)), {"mdms", "cis", "oms", "tester"}),
        ("create", names.METER_READ_SCHEDULE, MeterReadSchedule(("M-1",), (), FIRST_DAY), {"mdms", "tester"}),
        ("create", names.END_DEVICE_CONTROLS, EndDeviceControls((EndDeviceControl(OPEN, ("M-1",)),)), {"mdms", "tester"}),
        ("create", names.MASTER_DATA_LINKAGE_CONFIG, MasterDataLinkageConfig(()), {"cis", "tester"}),
        ("change", names.MASTER_DATA_LINKAGE_CONFIG, MasterDataLinkageConfig(()), {"cis", "tester"}),
    ],
)
@pytest.mark.parametrize("sender", ["mdms", "cis", "oms", "tester", "hes", "stranger", None])
def test_only_those_who_may_are_heard(field: Field, verb: str, noun: str, payload: Payload, senders: set[str], sender: str | None) -> None:
    """Everybody else is refused with 7.5, and nothing happens."""
    reply = field.reply(field.ask(verb, noun, payload, sender=sender))

    assert (("7.5", None) in codes(reply)) == (sender not in senders)
    assert switches(field, "M-1") == ["open" if noun == names.END_DEVICE_CONTROLS and sender in senders else "closed"]


def test_repeated_request_is_refused_and_acts_once(field: Field) -> None:
    """A recorded command opens no switch a second time; even its refusal has an id of its own."""
    controls = EndDeviceControls((EndDeviceControl(OPEN, ("M-1",)),))
    first = field.ask("create", names.END_DEVICE_CONTROLS, controls, message_id="R-1")
    command(field, CLOSE, "M-1")
    again = field.ask("create", names.END_DEVICE_CONTROLS, controls, message_id="R-1")

    assert codes(field.reply(again)) == [("7.7", None)]
    assert switches(field, "M-1") == ["closed"]
    assert again[0].header.message_id != first[0].header.message_id


def test_refused_stranger_does_not_use_up_the_id_of_another(field: Field) -> None:
    """Who may not ask cannot block who may."""
    controls = EndDeviceControls((EndDeviceControl(OPEN, ("M-1",)),))
    field.ask("create", names.END_DEVICE_CONTROLS, controls, message_id="R-1", sender="oms")

    assert field.reply(field.ask("create", names.END_DEVICE_CONTROLS, controls, message_id="R-1")).result == "OK"


@pytest.mark.parametrize(
    ("verb", "noun", "message_id", "code"),
    [
        ("get", names.METER_READINGS, "", "2.15"),
        ("get", names.METER_READINGS, "R-1", "1.8"),
        ("create", names.END_DEVICE_CONTROLS, "R-1", "1.8"),
        ("created", names.METER_READINGS, "R-1", "2.9"),
        ("get", names.END_DEVICE_EVENTS, "R-1", "2.9"),
    ],
    ids=["no id", "no query", "no controls", "an event", "no service"],
)
def test_request_that_says_nothing_is_refused(field: Field, verb: str, noun: str, message_id: str, code: str) -> None:
    """Each with its own code."""
    assert codes(field.reply(field.ask(verb, noun, None, message_id=message_id))) == [(code, None)]


def test_response_is_not_answered(field: Field) -> None:
    """Not even one that answers nothing."""
    header = Header("reply", names.METER_READINGS, "R-1", field.now, "mdms", correlation_id="unknown")

    assert field.head_end.receive(Message(Kind.RESPONSE, header, sender="mdms"), field.now) == []

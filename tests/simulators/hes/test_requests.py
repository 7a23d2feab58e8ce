"""Requests to the head-end: who may ask what, and how often."""

from collections.abc import Sequence
from datetime import timedelta

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
from tests.simulators.hes.field import DAY, START, Field, codes

OPEN, CLOSE = "3.31.0.23", "3.31.0.18"
FIRST_DAY = Span(START, START + DAY)


@pytest.fixture
def field() -> Field:
    """A head-end with two meters, ten and a half hours after they were installed."""
    made = Field()
    made.install("M-1", "M-2", register_wh=5_000)
    made.pass_time(START + timedelta(hours=10, minutes=30))
    return made


def command(field: Field, control_type: str, *meters: str, sender: str | None = names.MDMS) -> Sequence[Message]:
    """Send a command."""
    controls = EndDeviceControls((EndDeviceControl(control_type, meters, tracking_id="T-1"),))
    return field.ask("create", names.END_DEVICE_CONTROLS, controls, sender=sender)


def switches(field: Field, *meters: str) -> list[str]:
    """How their switches stand."""
    return [field.control("face", meter=meter)["switch"] for meter in meters]


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

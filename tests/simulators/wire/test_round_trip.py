"""What is written is read again as it was meant."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ami import names
from ami.dialect import dialect
from ami.dialect import names as dialect_names
from ami.messages import EndDeviceControls, Kind, Message, MeterReading, MeterReadings, MeterServiceRequests, Reading, Reply, Series
from ami.services import SERVICES
from simulators import wire
from tests.simulators.wire.spoken import INTERVAL, REGISTER, START, header, messages

WORDING = dialect("2011")
SPOKEN = sorted({(verb, noun) for nouns in SERVICES.values() for noun, verbs in nouns.items() for verb in verbs})


@pytest.mark.parametrize(("verb", "noun"), [*SPOKEN, ("reply", "MeterReadSchedule"), ("reply", "MeterServiceRequests")])
@given(data=st.data())
@settings(max_examples=20, deadline=None)
def test_message_comes_back_as_it_was_said(verb: str, noun: str, data: st.DataObject) -> None:
    """Every verb and noun that a system takes, in every dialect, with names that look like markup; what is read has passed the schema."""
    message, wording = data.draw(messages(verb, noun)), dialect(data.draw(st.sampled_from(dialect_names())))

    assert wire.read(wire.write(message, wording), wording) == message


@pytest.mark.parametrize("answered_verb", ["get", "create"])
def test_reply_has_the_wrapping_of_its_question(answered_verb: str) -> None:
    """A reply to `get` stands in another namespace; both are read alike."""
    message = Message(Kind.RESPONSE, header("reply", names.METER_READINGS, "asked"), Reply("OK"))
    raw = wire.write(message, WORDING, answered_verb)

    assert (b"GetMeterReadingsMessage" in raw) == (answered_verb == "get")
    assert wire.read(raw, WORDING) == message


def test_message_that_answers_nobody_correlates_with_itself_where_it_must() -> None:
    """The strict dialect's CorrelationID is filled in, in a header within a payload too, and means nothing when it is read."""
    strict = dialect("2017+uuid-ids")
    message = Message(Kind.REQUEST, header("create", names.METER_SERVICE_REQUESTS), payload=MeterServiceRequests(()))
    raw = wire.write(message, strict)

    assert raw.count(f"CorrelationID>{message.header.message_id}<".encode()) == 2
    assert wire.read(raw, strict) == message
    assert b"CorrelationID" not in wire.write(message, WORDING)


def test_value_on_the_wire_has_no_exponent() -> None:
    """Neither in a block nor in a single reading, although xs:float would allow one."""
    readings = (Reading(START, Decimal("1E+3")),)
    meter = MeterReading("M-1", intervals=(Series(INTERVAL, readings),), readings=(Series(REGISTER, readings),))
    message = Message(Kind.EVENT, header("created", names.METER_READINGS), payload=MeterReadings((meter,)))

    assert wire.write(message, WORDING).count(b"<value>1000</value>") == 2


def test_comments_and_instructions_say_nothing() -> None:
    """What a person or a tool puts between the elements is no part of the message."""
    message = Message(Kind.REQUEST, header("create", names.END_DEVICE_CONTROLS), payload=EndDeviceControls(()))
    raw = wire.write(message, WORDING).replace(b"<m:Header>", b"<m:Header><!-- here --><?there?>")

    assert wire.read(raw, WORDING) == message

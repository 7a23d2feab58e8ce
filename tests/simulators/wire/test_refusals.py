"""What no system should take: each refusal says what is wrong, and leads to the right kind of answer."""

import pytest

from ami import names
from ami.dialect import dialect
from ami.messages import Kind, Message, MeterReadSchedule, Span
from simulators import wire
from tests.simulators.wire.spoken import INTERVAL, MESSAGE_ID, START, delivery, header

WORDING = dialect("2011")
PROPER = wire.write(delivery(), WORDING)
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>'


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "not well-formed XML"),
        (PROPER[: len(PROPER) // 2], "not well-formed XML"),
        (b"\xff" + PROPER, "not well-formed XML"),
        (PROPER.replace(DECLARATION, b"<!DOCTYPE x>"), "a document type declaration is not accepted"),
        (PROPER.replace(DECLARATION, b'<!DOCTYPE x [<!ENTITY e "M-9">]>').replace(b"M-1", b"&e;"), "a document type declaration"),
        (b"<html/>", "expected a SOAP Envelope, found html"),
        (PROPER.replace(b"soap:Body>", b"soap:Head>"), "expected a Body with one element"),
        (PROPER.replace(b"<soap:Body>", b"<soap:Body><a/>"), "expected a Body with one element"),
        (PROPER.replace(b"m:Header", b"m:Footer"), "no readable Header"),
        (PROPER.replace(f"<MessageID>{MESSAGE_ID}</MessageID>".encode(), b""), "no readable Header: 'MessageID'"),
        (PROPER.replace(b"<Timestamp>2026-03-01T00:00:00Z", b"<Timestamp>2026-03-01T00:00:00"), "names no offset from UTC"),
        (PROPER.replace(b"<Timestamp>2026-03-01T00:00:00Z", b"<Timestamp>0001-01-01T00:00:00+14:00"), "outside of the years 1 to 9999"),
        (PROPER.replace(b"<Noun>MeterReadings", b"<Noun>&lt;evil/&gt;"), "'<evil/>' is no noun"),
    ],
)
def test_bytes_that_are_no_message_are_unreadable(raw: bytes, said: str) -> None:
    """The answer to these can only be a Fault that blames the client."""
    with pytest.raises(wire.UnreadableError) as caught:
        wire.read(raw, WORDING)

    assert said in str(caught.value)
    assert caught.value.code == "Client"


def test_soap_12_is_another_version() -> None:
    """SOAP 1.1 knows a fault code of its own for that."""
    with pytest.raises(wire.UnreadableError) as caught:
        wire.read(PROPER.replace(names.SOAP_11.encode(), b"http://www.w3.org/2003/05/soap-envelope"), WORDING)

    assert caught.value.code == "VersionMismatch"


@pytest.mark.parametrize(
    ("was", "put", "said"),
    [
        (b"<value>0.5<", b"<value>half<", "line 9: "),
        (b"<value>0.5<", b"<value>NaN<", "line 9: 'NaN' is no finite value"),
        (b"<value>0.5<", b"<value>-INF<", "is no finite value"),
        (b"<value>0.5<", b"<value>1e999999999<", "is no finite value"),
        (b"<value>0.5<", b"<value>1e-999999999<", "is no finite value"),
        (b"<value>0.5</value>", b"", "line 9: None is no value"),
        (b"<timeStamp>2026-03-01T00:00:00Z<", b"<timeStamp>2026-03-01T00:00:00<", "names no offset from UTC"),
        (b"<timeStamp>2026-03-01T00:00:00Z<", b"<timeStamp>9999-12-31T23:00:00-14:00<", "outside of the years 1 to 9999"),
        (b"<timeStamp>2026-03-01T00:00:00Z</timeStamp>", b"", "a reading without a timeStamp"),
        (b"<Names><name>M-1</name></Names>", b"", "Meter has neither a name nor an mRID"),
        (b"<Meter><Names><name>M-1</name></Names></Meter>", b"", "a MeterReading without a Meter"),
        (b"MeterReadings#", b"Meterreadings#", "line 6: "),
    ],
)
def test_message_that_means_nothing_is_invalid_and_keeps_its_header(was: bytes, put: bytes, said: str) -> None:
    """Whoever refuses it can say which message that was."""
    with pytest.raises(wire.InvalidMessageError) as caught:
        wire.read(PROPER.replace(was, put), WORDING)

    assert said in str(caught.value)
    assert caught.value.header == delivery().header


@pytest.mark.parametrize("seconds", [b"INF", b"NaN", b"1e400"])
def test_recurrence_that_never_comes_is_invalid(seconds: bytes) -> None:
    """An xs:float may be infinite, a period may not."""
    schedule = MeterReadSchedule(("M-1",), (INTERVAL,), Span(START, START), 86400)
    raw = wire.write(Message(Kind.REQUEST, header("create", names.METER_READ_SCHEDULE), payload=schedule), WORDING)

    with pytest.raises(wire.InvalidMessageError, match="is no finite value"):
        wire.read(raw.replace(b"86400", seconds), WORDING)


@pytest.mark.parametrize("reason", ["busy", "<&>"])
def test_fault_is_received_with_its_reason(reason: str) -> None:
    """Our own Faults are read like everybody else's."""
    with pytest.raises(wire.FaultReceivedError) as caught:
        wire.read(wire.fault("Server", reason), WORDING)

    assert str(caught.value) == reason

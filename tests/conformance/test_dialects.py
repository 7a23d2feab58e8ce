"""The judge among dialects: it recognises all of them, and says which one came where another was agreed on."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from ami import names
from ami.dialect import dialect, variants
from ami.dialect import names as dialect_names
from ami.identifiers import derived_id
from ami.messages import GetMeterReadings, Header, Kind, Message, MeterReading, MeterReadings, Reading, Reply, Series
from ami.reading_type import register_kwh
from conformance.capture import Capture
from conformance.judge import Judge
from simulators import wire

AT = datetime(2026, 3, 1, tzinfo=UTC)
STRICT = "generic+" + "+".join(variants())
SPOKEN = [*dialect_names(), STRICT]
READINGS = MeterReadings((MeterReading("M-1", readings=(Series(str(register_kwh()), (Reading(AT, Decimal("1.5")),)),)),))


def said(verb: str, spoken: str, answered: bool = False) -> bytes:
    """A message about readings in a dialect."""
    correlation = derived_id("asked") if verb == "reply" else None
    header = Header(verb, names.METER_READINGS, derived_id(verb), AT, names.HES, correlation)
    kinds = {"get": Kind.REQUEST, "created": Kind.EVENT, "reply": Kind.RESPONSE}
    payload = GetMeterReadings(("M-1",)) if verb == "get" else READINGS
    reply = Reply("OK") if verb == "reply" else None
    return wire.write(Message(kinds[verb], header, reply=reply, payload=payload), dialect(spoken), "get" if answered else "created")


def broken(judge: Judge, body: bytes) -> list[str]:
    """The rules that a message breaks."""
    return [finding.rule_id for finding in judge.message(Capture(body, at=AT)).findings]


@pytest.mark.parametrize("spoken", SPOKEN)
@pytest.mark.parametrize("verb", ["get", "created", "reply"])
def test_message_of_the_expected_dialect_is_right(verb: str, spoken: str) -> None:
    """What was written in a dialect is seen as a whole: its header, its query or its readings."""
    judgement = Judge(spoken).message(Capture(said(verb, spoken, answered=True), at=AT))

    assert judgement.findings == ()
    assert judgement.header is not None
    assert (judgement.header.verb, judgement.query is not None, judgement.readings is not None) == (verb, verb == "get", verb != "get")


@pytest.mark.parametrize("spoken", dialect_names())
@pytest.mark.parametrize("expected", dialect_names())
def test_message_of_another_dialect_is_told_by_its_name(spoken: str, expected: str) -> None:
    """One finding says which dialect came; the rest of the message is judged all the same."""
    assert broken(Judge(expected), said("created", spoken)) == ([] if spoken == expected else ["ME-02"])


def test_strict_dialect_finds_what_a_lenient_one_forgives() -> None:
    """A request without a CorrelationID is right in the one and breaks the schema of the other."""
    lenient = said("get", "2017")

    assert broken(Judge("2017"), lenient) == []
    assert broken(Judge("2017+uuid-ids"), lenient) == ["XS-01"]


def test_further_root_of_the_draft_is_known() -> None:
    """`<Noun>RequestMessage` may stand for any request."""
    body = said("get", "2011-draft").replace(b"MeterReadingsMessage", b"?")
    request = body.replace(b"m:GetMeterReadings", b"m:MeterReadingsRequestMessage").replace(b"Get?", b"MeterReadingsMessage")

    assert b"<m:MeterReadingsRequestMessage xmlns:m=" in request
    assert broken(Judge("2011-draft"), request) == []
    assert broken(Judge("2011"), request) == ["ME-02"]

"""Queries like one that was read before: never taken for anything but what a careful reader makes of them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ami import names
from ami.dialect import dialect
from ami.identifiers import derived_id
from ami.messages import GetMeterReadings, Header, Kind, Message, Span
from simulators import wire
from simulators.wire import Reader
from simulators.wire.known_queries import MOST_SHAPES, KnownQueries

AT = datetime(2026, 3, 1, tzinfo=UTC)
WORDING = dialect("2011")
STRICT = dialect("generic+uuid-ids")
PLAIN = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="<>&"), min_size=1, max_size=12)


def query(message_id: str = "a", at: datetime = AT, meter: str = "M-1", **more: object) -> Message:
    """A query about one meter."""
    header = Header(names.GET, names.METER_READINGS, message_id, at, names.MDMS)
    return Message(Kind.REQUEST, header, payload=GetMeterReadings((meter,), **more))  # type: ignore[arg-type]  # of a query


def outcome(reader: object, raw: bytes) -> object:
    """What a reader makes of bytes: a message, or the kind and text of its refusal."""
    try:
        return reader.read(raw) if isinstance(reader, Reader) else wire.read(raw, WORDING)
    except (wire.InvalidMessageError, wire.UnreadableError, wire.FaultReceivedError) as refusal:
        return type(refusal), str(refusal)


def taught(*messages: Message) -> KnownQueries:
    """What remembers the shapes of some queries."""
    made = KnownQueries(WORDING)
    for message in messages:
        made.learn(wire.write(message, WORDING), message)
    return made


@given(PLAIN, st.integers(0, 10**9), PLAIN)
def test_query_of_a_known_shape_is_what_it_says(message_id: str, seconds: int, meter: str) -> None:
    """Whatever its id, its time and its meter; it is not read with all care again."""
    like = query(message_id, AT + timedelta(seconds=seconds), meter)

    assert taught(query()).find(wire.write(like, WORDING), None) == like


@given(st.binary(max_size=12), st.integers(0, 2000), st.integers(0, 40))
@settings(max_examples=300)
def test_damaged_query_is_read_as_a_careful_reader_reads_it(damage: bytes, place: int, length: int) -> None:
    """Bytes put anywhere into a query of a known shape: both readers say the same, be it a message or a refusal."""
    reader = Reader(WORDING)
    good = wire.write(query(), WORDING)
    reader.read(good)
    broken = good[: place % len(good)] + damage + good[place % len(good) + length :]

    assert outcome(reader, broken) == outcome(None, broken)


@pytest.mark.parametrize(
    ("leaf", "text"),
    [
        *[("Timestamp", text) for text in ("2026-02-30T00:00:00Z", "2026-03-01T00:00:00", "2026-03-01T00:00:00+14:30", "now", "")],
        *[("MessageID", text) for text in ("", " a", "a&amp;b", "a<!-- b -->", "ä")],
        *[("name", text) for text in ("", "M 1", "<![CDATA[M]]>", "&#77;", "<x/>")],
        *[("Verb", text) for text in ("got", "created")],
        *[("Source", text) for text in ("cis", "")],
    ],
)
def test_text_that_is_not_plain_is_read_with_all_care(leaf: str, text: str) -> None:
    """Where a gap is too wide, or none, the careful reader has the word."""
    reader = Reader(WORDING)
    good = wire.write(query(), WORDING)
    reader.read(good)
    other = re.sub(rf"<{leaf}>[^<]*<".encode(), f"<{leaf}>{text}<".encode(), good)

    assert other != good
    assert outcome(reader, other) == outcome(None, other)


def test_strict_dialect_keeps_its_ids() -> None:
    """An id that is no UUID, and a CorrelationID that is not the id, do not fit."""
    known = KnownQueries(STRICT)
    one, other = query(derived_id("1")), query(derived_id("2"))
    known.learn(wire.write(one, STRICT), one)
    raw = wire.write(other, STRICT)

    assert known.find(raw, None) == other
    assert known.find(raw.replace(derived_id("2").encode(), b"m-2"), None) is None
    assert known.find(raw.replace(b"CorrelationID>" + derived_id("2")[:4].encode(), b"CorrelationID>0000"), None) is None


@pytest.mark.parametrize(
    "message",
    [
        query(meter="M 1"),
        Message(Kind.REQUEST, query().header, payload=GetMeterReadings(("M-1", "M-2"))),
        Message(Kind.REQUEST, query().header, payload=GetMeterReadings(("M-1",), ("UP-1",))),
        query(reading_types=("0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0",)),
        query("ä"),
    ],
)
def test_query_whose_gaps_cannot_be_told_apart_is_not_learnt(message: Message) -> None:
    """Several names, names that are not plain, characters of another alphabet."""
    assert taught(message).find(wire.write(message, WORDING), None) is None


def test_span_of_a_query_is_part_of_its_shape() -> None:
    """Another span is another shape, and both are told apart."""
    day = Span(AT, AT + timedelta(days=1))
    known = taught(query(span=day), query())

    assert known.find(wire.write(query("b", span=day), WORDING), "mdms") == Message(
        Kind.REQUEST, query("b").header, payload=GetMeterReadings(("M-1",), span=day), sender="mdms"
    )
    assert known.find(wire.write(query("b", span=Span(AT, AT + timedelta(days=2))), WORDING), None) is None


def test_only_so_many_shapes_are_remembered() -> None:
    """A client that never asks alike twice costs no memory."""
    spans = [Span(AT, AT + timedelta(days=days)) for days in range(1, MOST_SHAPES + 2)]
    known = taught(*(query(span=span) for span in spans))

    found = [known.find(wire.write(query("b", span=span), WORDING), None) is not None for span in spans]
    assert found == [True] * MOST_SHAPES + [False]

"""Messages of every kind that the landscape speaks, made up by hypothesis: names that look like markup, values of any size."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from ami import names, quality
from ami.messages import (
    EndDeviceControl,
    EndDeviceControls,
    EndDeviceEvent,
    EndDeviceEvents,
    GetMeterReadings,
    Header,
    Kind,
    Linkage,
    MasterDataLinkageConfig,
    Message,
    MeterReading,
    MeterReadings,
    MeterReadSchedule,
    MeterServiceRequests,
    MeterServiceWork,
    Payload,
    Reading,
    Reply,
    ReplyError,
    Series,
    Span,
)
from ami.reading_type import interval_kwh, register_kwh

START: Final = datetime(2026, 3, 1, tzinfo=UTC)
MESSAGE_ID: Final = "11111111-1111-4111-8111-111111111111"
INTERVAL: Final = str(interval_kwh(30))
REGISTER: Final = str(register_kwh())


def header(verb: str, noun: str, correlation_id: str | None = None) -> Header:
    """A header of the head-end's with nothing in it that could be left out."""
    return Header(verb, noun, MESSAGE_ID, START, names.HES, correlation_id)


def delivery(*readings: Reading) -> Message:
    """One meter's intervals as the head-end delivers them."""
    taken = readings or (Reading(START, Decimal("0.5")),)
    payload = MeterReadings((MeterReading("M-1", intervals=(Series(INTERVAL, taken),)),))
    return Message(Kind.EVENT, header("created", names.METER_READINGS), payload=payload)


# White space at the ends of a text is not part of what it says; control characters cannot stand in XML.
hostile_text = st.text(st.sampled_from("<>&\"'AZ09 -._/{}%ßλ€𝄞]"), min_size=1, max_size=12).map(str.strip).filter(bool)
moments = st.integers(0, 10_000_000_000).map(lambda milliseconds: START + timedelta(milliseconds=milliseconds))
spans = st.tuples(moments, moments).map(sorted).map(lambda pair: Span(*pair))
values = st.decimals("-1e12", "1e12", allow_nan=False, allow_infinity=False)
flaws = st.lists(st.sampled_from([quality.VALID, quality.ESTIMATED, quality.EDITED, quality.POWER_FAIL]), max_size=3, unique=True).map(
    tuple
)
reading_types = st.lists(st.sampled_from([INTERVAL, REGISTER, str(interval_kwh(15, 19))]), max_size=3, unique=True)


def _perhaps(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | strategy


interval_readings = st.builds(Reading, moments, values, flaws, st.none(), st.none())
single_readings = st.builds(Reading, moments, values, flaws, st.none() | spans, st.none() | st.sampled_from(["billing", "inquiry"]))


def _series(readings: st.SearchStrategy[Reading]) -> st.SearchStrategy[tuple[Series, ...]]:
    filled = st.lists(readings, min_size=1, max_size=3).map(tuple)
    return reading_types.flatmap(lambda types: st.tuples(*(st.builds(Series, st.just(kind), filled) for kind in types)))


meter_readings = st.builds(
    MeterReading, hostile_text, _perhaps(hostile_text), _series(interval_readings), _series(single_readings), st.none() | spans
)
linkages = st.builds(Linkage, hostile_text, moments, *[_perhaps(hostile_text) for _ in range(7)])
works = st.builds(
    MeterServiceWork,
    kind=st.sampled_from(["disconnect", "reconnect", "meter"]),
    meter=hostile_text,
    old_meter=_perhaps(hostile_text),
    requested_at=st.none() | moments,
    priority=_perhaps(hostile_text),
    status=_perhaps(hostile_text),
    readings=_series(single_readings),
)
events = st.builds(
    EndDeviceEvent,
    st.just("3.26.0.85"),
    hostile_text,
    moments,
    *[_perhaps(hostile_text) for _ in range(4)],
    details=st.lists(st.tuples(hostile_text, hostile_text), max_size=2).map(tuple),
)
several_names = st.lists(hostile_text, min_size=1, max_size=3).map(tuple)
controls = st.builds(EndDeviceControl, st.just("3.31.0.23"), several_names, *[_perhaps(hostile_text) for _ in range(3)])
queries = st.builds(GetMeterReadings, several_names, several_names, reading_types.map(tuple), st.none() | spans)

PAYLOADS: Final[dict[str, st.SearchStrategy[Payload]]] = {
    names.METER_READINGS: st.lists(meter_readings, min_size=1, max_size=2).map(tuple).map(MeterReadings),
    names.METER_READ_SCHEDULE: st.builds(
        MeterReadSchedule, several_names, reading_types.map(tuple), spans, st.none() | st.integers(1, 10**9)
    ),
    names.END_DEVICE_CONTROLS: st.lists(controls, min_size=1, max_size=2).map(tuple).map(EndDeviceControls),
    names.END_DEVICE_EVENTS: st.lists(events, min_size=1, max_size=2).map(tuple).map(EndDeviceEvents),
    names.METER_SERVICE_REQUESTS: st.lists(works, min_size=1, max_size=2).map(tuple).map(MeterServiceRequests),
    names.MASTER_DATA_LINKAGE_CONFIG: linkages.map(lambda linkage: MasterDataLinkageConfig((linkage,))),
}
"""Noun -> what a message about it may carry."""

errors = st.builds(
    ReplyError, st.sampled_from(["0.0", "2.4", "4.1"]), st.sampled_from(["INFORM", "FATAL"]), st.just("") | hostile_text, hostile_text
)
replies = st.builds(Reply, st.sampled_from(["OK", "PARTIAL", "FAILED"]), st.lists(errors, max_size=2).map(tuple))


@st.composite
def headers(draw: st.DrawFn, verb: str, noun: str) -> Header:
    """A header with any of the parts that may stand in one."""
    user = draw(_perhaps(hostile_text))
    message_id = draw(hostile_text)
    return Header(
        verb,
        noun,
        message_id=message_id,
        timestamp=draw(moments),
        source=draw(hostile_text),
        # One that is its own MessageID says nothing, and is read as none.
        correlation_id=draw(_perhaps(hostile_text.filter(lambda text: text != message_id))),
        async_reply=draw(st.booleans()),
        reply_address=draw(_perhaps(hostile_text)),
        user=user,
        organization=draw(_perhaps(hostile_text)) if user else None,
        revision=draw(_perhaps(hostile_text)),
        comment=draw(_perhaps(hostile_text)),
    )


@st.composite
def messages(draw: st.DrawFn, verb: str, noun: str) -> Message:
    """A message with that verb and noun."""
    if verb == names.REPLY:
        return Message(Kind.RESPONSE, draw(headers(verb, noun)), draw(replies), draw(st.none() | PAYLOADS[noun]))
    kind = Kind.EVENT if verb in names.EVENT_VERBS else Kind.REQUEST
    return Message(kind, draw(headers(verb, noun)), payload=draw(queries if verb == names.GET else PAYLOADS[noun]))

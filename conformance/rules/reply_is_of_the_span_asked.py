"""CV-21: who asks for February is not served with March."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from ami.findings import Severity
from conformance.moments import EPOCH, MICROSECONDS, moment
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation, Said
from conformance.views.orders import QueryView
from conformance.views.readings import ReadingColumns

AROUND: Final = timedelta(days=1)
"""How far beside its span a reading may lie and still be meant: the register before it, a day by another clock."""


def check(conversation: Conversation) -> Iterator[Breach]:
    """A query for a span, and a reply that delivers readings, all of them days away from it."""
    for exchange in conversation.exchanges:
        request = exchange.request
        spans = _spans(request.query) if request is not None and request.query is not None else []
        if request is None or not spans:
            continue
        for said in (*exchange.replies, *conversation.later_replies.get(request.message_id or "", ())):
            row = _first_of_those_beside(said.readings, spans) if said.readings is not None else None
            if said.readings is not None and row is not None:
                yield _breach(said, said.readings, row, spans)


def _spans(query: QueryView) -> list[tuple[datetime, datetime]]:
    """The spans that are asked for; none, where one of them is open or names no offset."""
    found = [(moment(span.start.text), moment(span.end.text)) for span in query.spans]
    known = [(start.at, end.at) for start, end in found if start and end and start.has_offset and end.has_offset and start.at < end.at]
    return known if len(known) == len(found) else []


def _first_of_those_beside(readings: ReadingColumns, spans: list[tuple[datetime, datetime]]) -> int | None:
    """The first row with a moment, where not one row has a moment in any span; otherwise None."""
    known = np.flatnonzero(readings.moments.known)
    if not len(known):
        return None
    at = readings.at[known]
    for start, end in spans:
        if ((at >= _micros(start - AROUND)) & (at <= _micros(end + AROUND))).any():
            return None
    return int(known[0])


def _micros(at: datetime) -> int:
    return round((at - EPOCH).total_seconds()) * MICROSECONDS


def _breach(said: Said, readings: ReadingColumns, row: int, spans: list[tuple[datetime, datetime]]) -> Breach:
    asked = " and ".join(f"{start.isoformat()} to {end.isoformat()}" for start, end in spans)
    found = readings.breach(row, "timeStamp", f"{readings.stamp(row)!r}, and nothing of {asked}")
    return Breach(found.where, found.found, said.index)


_ASKED = (
    "<conversation><capture wire='cis-&gt;hes' exchange='1'><MessageID>a</MessageID>"
    "<GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice>"
    "<TimeSchedule><scheduleInterval><end>2026-02-02T00:00:00Z</end><start>2026-02-01T00:00:00Z</start></scheduleInterval></TimeSchedule>"
    "</GetMeterReadings></capture><capture wire='cis-&gt;hes' exchange='1' leg='reply'><CorrelationID>a</CorrelationID>"
    "<Reply><Result>OK</Result></Reply><MeterReading><Meter><mRID>M-1</mRID></Meter><Readings><timeStamp>2026-02-{}T00:00:00Z</timeStamp>"
    '<value>7</value><ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings></MeterReading></capture></conversation>'
)

RULE = Rule(
    id="CV-21",
    requires="a reply to deliver readings of the span that was asked for",
    source="IEC 61968-9, GetMeterReadings, TimeSchedule.scheduleInterval",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_ASKED.format("02"), _ASKED.format("03")),
    fails=(_ASKED.format("14"),),
    why="The bill of one month is made from the readings of another.",
    mend="Read what was asked for, and answer with an error where there is nothing.",
)

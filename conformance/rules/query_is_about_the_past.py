"""GM-04: nobody has read tomorrow."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.orders import QueryView

TOLERANCE: Final = timedelta(minutes=5)


def check(query: QueryView) -> Iterator[Breach]:
    """A span that starts after the query was made."""
    if query.said_at is None:
        return
    for span in query.spans:
        start = moment(span.start.text)
        if start is not None and start.has_offset and start.at - query.said_at > TOLERANCE:
            yield Breach(span.start.where, f"from {span.start.text!r} on in a message of {query.said_at.isoformat()}")


_QUERY = (
    "<GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice><TimeSchedule><scheduleInterval>"
    "<end>2027-03-01T00:00:00Z</end><start>{}</start></scheduleInterval></TimeSchedule></GetMeterReadings>"
)

RULE = Rule(
    id="GM-04",
    requires="a query to start in the past",
    source="IEC 61968-9, GetMeterReadings, TimeSchedule.scheduleInterval",
    severity=Severity.WARNING,
    works_on=QueryView,
    check=check,
    passes=(_QUERY.format("2026-02-28T00:00:00Z"),),
    fails=(_QUERY.format("2026-06-01T00:00:00Z"),),
    why="The answer is empty, and an empty month is billed as one without use.",
    mend="Order future readings with a MeterReadSchedule; check the offset of the sender's clock.",
)

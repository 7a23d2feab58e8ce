"""GM-01: a query asks for a span that has a beginning before its end, in a time that everybody reads alike."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.orders import QueryView


def check(query: QueryView) -> Iterator[Breach]:
    """A scheduleInterval that does not start before it ends, or names no offset."""
    for span in query.spans:
        start, end = moment(span.start.text), moment(span.end.text)
        for read, field in ((start, span.start), (end, span.end)):
            if read is not None and not read.has_offset:
                yield Breach(field.where, f"{field.text!r} without an offset from UTC")
        if start is not None and end is not None and start.at >= end.at:
            yield Breach(span.start.where, f"start {span.start.text!r}, end {span.end.text!r}")


_QUERY = (
    "<GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice>"
    "<TimeSchedule><scheduleInterval><end>{}</end><start>{}</start></scheduleInterval></TimeSchedule></GetMeterReadings>"
)

RULE = Rule(
    id="GM-01",
    requires="the span of a query to start before it ends, both with their offset from UTC",
    source="IEC 61968-9, GetMeterReadings, TimeSchedule.scheduleInterval",
    severity=Severity.ERROR,
    works_on=QueryView,
    check=check,
    passes=(
        _QUERY.format("2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"),
        "<GetMeterReadings><EndDevice><mRID>M-1</mRID></EndDevice></GetMeterReadings>",
    ),
    fails=(
        _QUERY.format("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"),
        _QUERY.format("2026-03-02T00:00:00Z", "2026-03-01T00:00:00"),
    ),
    why="The bill is made from the readings of another span, or from none.",
    mend="Write start and end in UTC with Z, the earlier one as start.",
)

"""SC-01: a schedule asks for a span that has a beginning before its end, in a time that everybody reads alike."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.orders import ScheduleView


def check(schedule: ScheduleView) -> Iterator[Breach]:
    """A scheduleInterval that does not start before it ends, or names no offset."""
    for span in schedule.spans:
        start, end = moment(span.start.text), moment(span.end.text)
        for read, field in ((start, span.start), (end, span.end)):
            if read is not None and not read.has_offset:
                yield Breach(field.where, f"{field.text!r} without an offset from UTC")
        if start is not None and end is not None and start.at >= end.at:
            yield Breach(span.start.where, f"start {span.start.text!r}, end {span.end.text!r}")


_SCHEDULE = (
    "<EndDevice><mRID>M-1</mRID></EndDevice>"
    "<TimeSchedule><scheduleInterval><end>{}</end><start>{}</start></scheduleInterval></TimeSchedule>"
)

RULE = Rule(
    id="SC-01",
    requires="scheduleInterval to start before it ends, both with their offset from UTC",
    source="IEC 61968-9, MeterReadSchedule, TimeSchedule.scheduleInterval",
    severity=Severity.ERROR,
    works_on=ScheduleView,
    check=check,
    passes=(_SCHEDULE.format("2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"),),
    fails=(
        _SCHEDULE.format("2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z"),
        _SCHEDULE.format("2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z"),
        _SCHEDULE.format("2026-03-02T00:00:00", "2026-03-01T00:00:00Z"),
    ),
    why="The head-end reads another day than the one that is to be billed, or none.",
    mend="Write start and end in UTC with Z, the earlier one as start.",
)

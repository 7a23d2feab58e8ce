"""MR-09: a MeterReading says which span it covers; nothing in it may lie outside."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from conformance.moments import written
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A reading before or after valuesInterval, or an interval that starts before it."""
    spans, member, count = readings.spans, readings.cells.member, readings.interval_count
    start, end = spans.start[member], spans.end[member]
    begins = readings.at.copy()
    begins[:count] -= np.maximum(readings.spacing.interval_period - readings.spacing.slack(readings.spacing.interval_period), 0)
    is_judged = spans.known[member] & readings.moments.known & (start <= end)
    for row in places(is_judged & ((begins < start) | (readings.at > end))):
        yield readings.breach(row, "timeStamp", f"{readings.stamp(row)!r} outside {written(start[row])} to {written(end[row])}")


_SPAN = "<valuesInterval><end>2026-03-01T0{}:00:00Z</end><start>2026-03-01T0{}:00:00Z</start></valuesInterval>"
_REGISTER = (
    "<Readings><timeStamp>2026-03-01T0{}:00:00Z</timeStamp><value>7</value>"
    '<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings>'
)

RULE = Rule(
    id="MR-09",
    requires="every reading to lie within its MeterReading.valuesInterval",
    source="IEC 61968-9, MeterReading.valuesInterval",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(_SPAN.format(1, 0), _REGISTER.format(0) + _REGISTER.format(1) + _SPAN.format(1, 0)),
    fails=(_SPAN.format(2, 1), _REGISTER.format(0) + _REGISTER.format(2) + _SPAN.format(1, 0)),
    why="The reading belongs to another day, and is billed there, or twice, or not at all.",
    mend="Let valuesInterval start with the first interval and end with the last.",
)

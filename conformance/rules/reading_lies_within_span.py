"""MR-09: a MeterReading says which span it covers; nothing in it may lie outside."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from conformance.moments import written
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A reading before or after valuesInterval, or an interval that starts before it, unless all are named by their beginnings."""
    for row in _suspects(readings):
        member = int(readings.cells.member[row])
        start, end = int(readings.spans.start[member]), int(readings.spans.end[member])
        begin = at = int(readings.at[row])
        if row < readings.interval_count:
            period = readings.spacing.interval_period[row : row + 1]
            begin -= max(int(period[0] - readings.spacing.slack(period)[0]), 0)
        if readings.moments.known[row] and start <= end and (begin < start or at > end):
            what = (
                f"{readings.stamp(row)!r}, an interval that began at {written(begin)}," if start <= at <= end else repr(readings.stamp(row))
            )
            yield readings.breach(row, "timeStamp", f"{what} outside {written(start)} to {written(end)}")


def _suspects(readings: ReadingColumns) -> Iterator[int]:
    """The rows of blocks that reach beyond their span, and the single readings outside theirs."""
    taken, spans, spacing = readings.cells, readings.spans, readings.spacing
    extent, member = spacing.extent_of_block, taken.block_member
    period = spacing.period_of_type[taken.block_type]
    begins = extent.first - np.maximum(period - spacing.slack(period), 0)
    is_within = extent.known & (begins >= spans.start[member]) & (extent.last <= spans.end[member])
    for block in places(spans.known[member] & ~extent.empty & ~is_within & ~readings.named_by_beginning):
        yield from range(int(taken.block_first[block]), int(taken.block_first[block + 1]))
    first = readings.interval_count
    member, at = taken.member[first:], readings.at[first:]
    for place in places(spans.known[member] & ((at < spans.start[member]) | (at > spans.end[member]))):
        yield first + place


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
    fails=(
        _SPAN.format(1, 0).replace("00:00:00Z</start>", "00:30:00Z</start>"),
        _REGISTER.format(0) + _REGISTER.format(2) + _SPAN.format(1, 0),
    ),
    why="The reading belongs to another day, and is billed there, or twice, or not at all.",
    mend="Let valuesInterval start with the first interval and end with the last.",
)

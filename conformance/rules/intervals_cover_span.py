"""MR-10: what valuesInterval promises must be there, from the first interval to the last."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from conformance.moments import written
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A whole interval or more missing at the start or the end of valuesInterval, or between two blocks."""
    taken, spans = readings.cells, readings.spans
    period = readings.spacing.period_of_type[taken.block_type]
    extent = readings.spacing.extent_of_block
    start, end = spans.start[taken.block_member], spans.end[taken.block_member]
    is_judged = (period > 0) & spans.known[taken.block_member] & (start <= end) & extent.known
    blocks = np.flatnonzero(is_judged & ~readings.named_by_beginning)
    series = taken.block_member.astype(np.int64) * max(len(readings.types), 1) + taken.block_type
    blocks = blocks[np.lexsort((extent.first[blocks], series[blocks]))]
    is_first = np.concatenate(([True], series[blocks[1:]] != series[blocks[:-1]]))[: len(blocks)]
    is_last = np.concatenate((series[blocks[1:]] != series[blocks[:-1]], [True]))[: len(blocks)]
    covered_until = np.where(is_first, start[blocks], np.roll(extent.last[blocks], 1))
    begins = extent.first[blocks] - period[blocks]
    slack = readings.spacing.slack(period[blocks])
    for place in np.flatnonzero(begins - covered_until >= period[blocks] + slack):
        yield _missing(readings, int(blocks[place]), covered_until[place], begins[place])
    for place in np.flatnonzero(is_last & (end[blocks] - extent.last[blocks] >= period[blocks] + slack)):
        yield _missing(readings, int(blocks[place]), extent.last[blocks[place]], end[blocks[place]])
    for block in places((period > 0) & spans.known[taken.block_member] & extent.empty & (end - start >= period)):
        if series[block] not in series[blocks]:
            yield _missing(readings, block, start[block], end[block])


def _missing(readings: ReadingColumns, block: int, start: int, end: int) -> Breach:
    meter = readings.members[readings.cells.block_member[block]].meter
    return Breach(readings.where_block(block), f"nothing from {written(start)} to {written(end)} of meter {meter!r}")


_SPAN = "<valuesInterval><end>2026-03-01T01:00:00Z</end><start>2026-03-01T00:00:00Z</start></valuesInterval>"
_AT = "<IntervalReadings><timeStamp>2026-03-01T0{}:00Z</timeStamp><value>0.1</value></IntervalReadings>"

RULE = Rule(
    id="MR-10",
    requires="intervals to cover all of MeterReading.valuesInterval",
    source="IEC 61968-9, MeterReading.valuesInterval",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=("".join(map(_AT.format, ("0:15", "0:30", "0:45", "1:00"))) + _SPAN, _SPAN),
    fails=(
        "".join(map(_AT.format, ("0:30", "0:45", "1:00"))) + _SPAN,
        "".join(map(_AT.format, ("0:15", "0:30", "0:45"))) + _SPAN,
    ),
    why="The first or the last quarter of an hour of a day is missing, and nobody notices, since there is no gap to see.",
    mend="Deliver all intervals of the span, or narrow valuesInterval to what is delivered.",
)

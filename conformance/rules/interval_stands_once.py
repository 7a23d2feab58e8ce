"""MR-05: an interval that is delivered twice is billed twice."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """An interval whose meter, reading type and moment stood before in the message."""
    taken, count = readings.cells, readings.interval_count
    meter_of_block = readings.meter_index[taken.block_member]
    series = meter_of_block.astype(np.int64) * max(len(readings.types), 1) + taken.block_type
    is_ascending = readings.spacing.is_even or (readings.spacing.steps.micros > 0).all()
    if is_ascending and len(np.unique(series)) == len(series):
        return
    rows = np.flatnonzero(readings.moments.known[:count])
    keys = series[taken.block[rows]]
    order = np.lexsort((rows, readings.at[rows], keys))
    rows, keys = rows[order], keys[order]
    again = (keys[1:] == keys[:-1]) & (readings.at[rows[1:]] == readings.at[rows[:-1]])
    for row in np.sort(rows[1:][again]):
        yield readings.breach(row, "timeStamp", f"{readings.stamp(row)!r} of meter {readings.meter(row)!r} again")


_AT = "<IntervalReadings><timeStamp>2026-03-01T00:{}:00Z</timeStamp><value>0.1</value></IntervalReadings>"
_BLOCK = '<IntervalBlocks>{}<ReadingType ref="0.0.2.4.{}.1.12.0.0.0.0.0.0.0.0.3.72.0"/></IntervalBlocks>'

RULE = Rule(
    id="MR-05",
    requires="each interval of a meter and a reading type once in a message",
    source="IEC 61968-9, IntervalReading.timeStamp",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        "".join(map(_AT.format, ("15", "30"))),
        _BLOCK.format(_AT.format("15"), 1) + _BLOCK.format(_AT.format("15"), 19),
    ),
    fails=(
        "".join(map(_AT.format, ("15", "30", "30"))),
        _BLOCK.format(_AT.format("15"), 1) + _BLOCK.format(_AT.format("15"), 1),
    ),
    why="A receiver that adds up what it gets bills these kilowatt-hours twice.",
    mend="Deliver each interval once; correct it with a changed message.",
)

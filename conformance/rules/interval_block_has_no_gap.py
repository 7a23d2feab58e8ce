"""MR-06: an interval that is missing in the middle of a block went lost on the way."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from conformance.moments import written
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A step of more than one interval in a block that otherwise keeps to its measuring period."""
    if readings.spacing.is_even:
        return
    steps = readings.spacing.steps
    pace = readings.spacing.pace_of_block[readings.cells.block[steps.row]]
    period = readings.spacing.interval_period[steps.row]
    longest = period + readings.spacing.slack(period)
    is_gap = (period > 0) & (abs(pace - period) <= longest - period) & (steps.micros > longest)
    for place in np.flatnonzero(is_gap):
        row, micros = steps.row[place], int(steps.micros[place])
        end = int(readings.at[row])
        missing = round(micros / int(period[place])) - 1
        found = f"{missing} missing between {written(end - micros)} and {written(end)} of meter {readings.meter(row)!r}"
        yield readings.breach(row, "timeStamp", found)


_AT = "<IntervalReadings><timeStamp>2026-03-01T0{}:00Z</timeStamp><value>0.1</value></IntervalReadings>"

RULE = Rule(
    id="MR-06",
    requires="no gap between the intervals of a block",
    source="IEC 61968-9, IntervalBlock.IntervalReadings",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=("".join(map(_AT.format, ("0:15", "0:30", "0:45", "1:00"))),),
    fails=("".join(map(_AT.format, ("0:15", "0:30", "1:00"))), "".join(map(_AT.format, ("0:15", "0:45", "1:00")))),
    why="What was used in the missing interval is estimated, or given away.",
    mend="Deliver the interval; if it was never measured, deliver it without a value and with a quality that says so.",
)

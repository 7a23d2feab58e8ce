"""MR-04: intervals come in the order in which they happened."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """An interval that ends before the one in front of it in the same block."""
    if readings.spacing.is_even:
        return
    steps = readings.spacing.steps
    for row in steps.row[np.flatnonzero(steps.micros < 0)]:
        yield readings.breach(row, "timeStamp", f"{readings.stamp(row)!r} after {readings.stamp(row - 1)!r}")


_AT = "<IntervalReadings><timeStamp>2026-03-01T00:{}:00Z</timeStamp><value>0.1</value></IntervalReadings>"

RULE = Rule(
    id="MR-04",
    requires="the intervals of a block in the order of time",
    source="IEC 61968-9, IntervalBlock.IntervalReadings",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=("".join(map(_AT.format, ("15", "30", "45"))), _AT.format("15")),
    fails=("".join(map(_AT.format, ("15", "45", "30"))),),
    why="A receiver that counts along gives each value to the wrong quarter of an hour.",
    mend="Sort the intervals of each block by their timeStamp.",
)

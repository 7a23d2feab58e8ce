"""QU-07: nothing cannot be valid."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns

VALID: Final = frozenset({0})


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A reading without a value that is called valid."""
    if readings.cells.has_value.all():
        return
    for row in np.flatnonzero(~readings.cells.has_value & readings.has_quality(VALID)).tolist():
        yield readings.breach(row, "ReadingQualities", f"a valid reading without a value, at {readings.stamp(row)}")


_READING = (
    "<IntervalReadings><timeStamp>2026-03-01T00:15:00Z</timeStamp>"
    '<ReadingQualities><ReadingQualityType ref="{}"/></ReadingQualities></IntervalReadings>'
)

RULE = Rule(
    id="QU-07",
    requires="a reading that is called valid to have a value",
    source="IEC 61968-9, ReadingQualityType, category 0",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_READING.format("3.5.259"),),
    fails=(_READING.format("3.0.0"),),
    why="The interval counts as read, and is billed as nothing.",
    mend="Deliver the value, or the quality that says why there is none, such as 5.259, known missing.",
)

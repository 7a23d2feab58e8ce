"""MR-23: at one moment a register shows one value."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """Two values of one meter and reading type for the same moment."""
    pairs = readings.said_twice
    for place in np.flatnonzero(readings.micro[pairs.before] != readings.micro[pairs.after]):
        before, after = int(pairs.before[place]), int(pairs.after[place])
        found = f"{readings.value(after)!r} beside {readings.value(before)!r} at {readings.stamp(after)} of meter {readings.meter(after)!r}"
        yield readings.breach(after, "value", found)


_AT = (
    "<Readings><timeStamp>2026-03-01T0{}:00:00Z</timeStamp><value>{}</value>"
    '<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.{}.0.0.0.3.72.0"/></Readings>'
)

RULE = Rule(
    id="MR-23",
    requires="one value for one meter, reading type and moment",
    source="IEC 61968-9, Reading.value and Reading.timeStamp",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        _AT.format(0, "100.5", 0) + _AT.format(1, "101.5", 0),
        _AT.format(0, "100.5", 0) + _AT.format(0, "60.5", 1),
    ),
    fails=(_AT.format(0, "100.5", 0) + _AT.format(0, "101.5", 0),),
    why="Which of the two is billed depends on the receiver, and the customer sees both.",
    mend="Look for two meters under one name, and for a reading that was corrected without taking back the first.",
)

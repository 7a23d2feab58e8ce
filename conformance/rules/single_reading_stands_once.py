"""MR-24: what has been said need not be said again."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """The same value of one meter, reading type and moment a second time."""
    pairs = readings.said_twice
    for after in np.sort(pairs.after[readings.micro[pairs.before] == readings.micro[pairs.after]]).tolist():
        yield readings.breach(after, "timeStamp", f"{readings.stamp(after)!r} of meter {readings.meter(after)!r} again")


_AT = (
    "<Readings><timeStamp>2026-03-01T0{}:00:00Z</timeStamp><value>100.5</value>"
    '<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings>'
)

RULE = Rule(
    id="MR-24",
    requires="each single reading once in a message",
    source="IEC 61968-9, MeterReading.Readings",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_AT.format(0) + _AT.format(1),),
    fails=(_AT.format(0) + _AT.format(0),),
    why="A message that repeats itself takes twice as long, and hides that something else may be missing.",
    mend="Deliver each reading once.",
)

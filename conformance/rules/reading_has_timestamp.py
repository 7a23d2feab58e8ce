"""MR-14: a value without a moment cannot be put into any bill."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A reading with neither a timeStamp nor a timePeriod."""
    timeless = ~readings.has_stamp
    if not timeless.any():
        return
    timeless[readings.cells.period_row] = False
    for row in places(timeless):
        yield readings.breach(row, "", "a reading with neither timeStamp nor timePeriod")


_READING = "<IntervalReadings>{}</IntervalReadings>"

RULE = Rule(
    id="MR-14",
    requires="every reading to say when it was taken or what it spans",
    source="IEC 61968-9, Reading.timeStamp and Reading.timePeriod",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        _READING.format("<timeStamp>2026-03-01T00:15:00Z</timeStamp><value>0.250</value>"),
        _READING.format("<value>1</value><timePeriod><end>2026-03-01T00:15:00Z</end><start>2026-03-01T00:00:00Z</start></timePeriod>"),
    ),
    fails=(_READING.format("<value>0.250</value>"),),
    why="The kilowatt-hours are known, and the price of the hour is not.",
    mend="Write the end of the interval, or the moment of the register reading, as timeStamp.",
)

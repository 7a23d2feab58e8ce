"""MR-19: nothing is measured before it happens."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns
from conformance.views.spacing import MINUTE

TOLERANCE: Final = 5 * MINUTE
"""What the clocks of a meter and of its head-end may differ by."""

PROJECTED: Final = frozenset({12})
"""The category of qualities that says so of a forecast."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A reading, or an interval that ended, after the message that delivers it was made."""
    made_at = readings.made_at
    if made_at is None or not len(readings):
        return
    early = readings.moments.known & (readings.at > made_at + TOLERANCE)
    if not early.any():
        return
    for row in places(early & ~readings.has_quality(PROJECTED)):
        yield readings.breach(row, "timeStamp", f"{readings.stamp(row)!r} in a message of {readings.made(row).isoformat()}")


_AT = "<IntervalReadings><timeStamp>2026-03-01T0{}:00Z</timeStamp><value>0.1</value>{}</IntervalReadings>"
_PROJECTED = '<ReadingQualities><ReadingQualityType ref="3.12.0"/></ReadingQualities>'

RULE = Rule(
    id="MR-19",
    requires="every reading to have been taken before the message that delivers it",
    source="IEC 61968-9, Reading.timeStamp",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(_AT.format("1:00", ""), _AT.format("2:00", _PROJECTED)),
    fails=(_AT.format("2:00", ""), _AT.format("1:15", "")),
    why="Kilowatt-hours that nobody has used yet are on the bill.",
    mend="Set the clock of the meter or of the head-end; mark a forecast with a quality of category 12.",
)

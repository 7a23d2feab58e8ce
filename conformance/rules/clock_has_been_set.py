"""MR-25: a meter that believes it is 1970 has lost its clock."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from ami.findings import Severity
from conformance.moments import EPOCH, MICROSECONDS
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns

FIRST: Final = datetime(2000, 1, 2, tzinfo=UTC)
"""Clocks that were never set count from the first of January of 1970 or of 2000."""

_FIRST_MICROS: Final = round((FIRST - EPOCH).total_seconds()) * MICROSECONDS


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A reading from before the meters that read themselves."""
    if not len(readings) or int(readings.at.min()) >= _FIRST_MICROS:
        return
    for row in places(readings.moments.known & (readings.at < _FIRST_MICROS)):
        yield readings.breach(row, "timeStamp", f"{readings.stamp(row)!r} of meter {readings.meter(row)!r}")


_AT = "<IntervalReadings><timeStamp>{}T00:15:00Z</timeStamp><value>0.1</value></IntervalReadings>"

RULE = Rule(
    id="MR-25",
    requires="readings of this century",
    source="IEC 61968-9, Reading.timeStamp",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_AT.format("2026-03-01"),),
    fails=(_AT.format("1970-01-01"), _AT.format("2000-01-01")),
    why="What the meter measured after a power failure is filed under a day that nobody will ever bill.",
    mend="Set the meter's clock after it lost its power, and mark or re-stamp what it recorded until then.",
)

"""QU-04: what is known to be missing has no value, least of all zero."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns

KNOWN_MISSING: Final = "5.259"
REPLACING: Final = frozenset({7, 8})
"""Categories of qualities that say that a value was put in its place."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A value beside the quality that says that there is none, where nobody has put one in its place."""
    if not readings.cells.qualities:
        return
    filled = readings.is_marked(KNOWN_MISSING) & readings.cells.has_value & ~readings.has_quality(REPLACING)
    for row in places(filled):
        yield readings.breach(row, "value", f"{readings.value(row)!r}, known to be missing, at {readings.stamp(row)}")


_READING = (
    "<IntervalReadings><timeStamp>2026-03-01T00:15:00Z</timeStamp>{}"
    '<ReadingQualities><ReadingQualityType ref="2.5.259"/></ReadingQualities>{}</IntervalReadings>'
)
_ESTIMATED = '<ReadingQualities><ReadingQualityType ref="3.8.0"/></ReadingQualities>'

RULE = Rule(
    id="QU-04",
    requires="a reading that is known to be missing to have no value, unless it was estimated or edited",
    source="IEC 61968-9, ReadingQualityType 5.259",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_READING.format("", ""), _READING.format("<value>0.250</value>", _ESTIMATED)),
    fails=(_READING.format("<value>0</value>", ""),),
    why="A gap that is filled with zeros is a gift to one customer, and raises the losses that all others pay.",
    mend="Leave the value out, or add the quality of whoever estimated it.",
)

"""MR-38: a delivery covers an hour, a day, a month; who says ten years has filled in a default."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.moments import written
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns
from conformance.views.spacing import HOUR

LONGEST: Final = 400 * 24 * HOUR
"""A year, a month late."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A valuesInterval of more than thirteen months."""
    spans = readings.spans
    for member in places(spans.known & (spans.end - spans.start > LONGEST)):
        found = f"{written(spans.start[member])} to {written(spans.end[member])} of meter {readings.members[member].meter!r}"
        yield Breach(readings.where_member(member, "valuesInterval"), found)


_YEAR = (
    "<Readings><timeStamp>2026-01-01T00:00:00Z</timeStamp><value>4100</value>"
    '<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings>'
    "<valuesInterval><end>2026-01-01T00:00:00Z</end><start>{}-01-01T00:00:00Z</start></valuesInterval>"
)

RULE = Rule(
    id="MR-38",
    requires="valuesInterval to be no longer than thirteen months",
    source="IEC 61968-9, MeterReading.valuesInterval",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_YEAR.format(2025),),
    fails=(_YEAR.format(2016), _YEAR.format(1970)),
    why="A receiver that takes the sender at its word looks for years of readings that nobody has.",
    mend="Let valuesInterval start with the first reading that is delivered and end with the last.",
)

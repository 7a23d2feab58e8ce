"""QU-06: a meter measures; editing is done by people and systems."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A value that the end device itself is said to have edited."""
    for index, text in enumerate(readings.cells.qualities):
        if text.startswith("1.7."):
            yield Breach(readings.where_quality(index), repr(text))


_QUALITY = '<ReadingQualities><ReadingQualityType ref="{}"/></ReadingQualities>'

RULE = Rule(
    id="QU-06",
    requires="edited values to be marked by the system that edited them, not by the meter",
    source="IEC 61968-9, ReadingQualityType.systemId and category 7",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_QUALITY.format("3.7.0"),),
    fails=(_QUALITY.format("1.7.0"),),
    why="An auditor who asks who changed the bill is sent to a meter.",
    mend="Write 2 for the head-end, 3 for the meter data management, 5 for somebody outside.",
)

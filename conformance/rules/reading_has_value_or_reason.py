"""MR-13: a reading without a value must say why it has none."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A reading with neither a value nor a quality."""
    empty = ~readings.cells.has_value
    if not empty.any():
        return
    empty[readings.cells.quality_row] = False
    for row in places(empty):
        yield readings.breach(row, "", "a reading with neither a value nor a quality")


_READING = "<IntervalReadings><timeStamp>2026-03-01T00:15:00Z</timeStamp>{}</IntervalReadings>"

RULE = Rule(
    id="MR-13",
    requires="every reading to have a value, or a quality that says why it has none",
    source="IEC 61968-9, Reading.value and ReadingQuality",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(
        _READING.format("<value>0.250</value>"),
        _READING.format('<ReadingQualities><ReadingQualityType ref="1.5.259"/></ReadingQualities>'),
    ),
    fails=(_READING.format(""),),
    why="Nobody can tell a quarter of an hour without use from one that was never measured.",
    mend="Add the value, or a quality such as 1.5.259, known missing read.",
)

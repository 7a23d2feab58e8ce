"""QU-05: a quality that is said twice says no more than once."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A reading that carries the same quality again."""
    rows = readings.cells.quality_row
    if len(rows) < 2 or len(np.unique(rows)) == len(rows):
        return
    keys = rows.astype(np.int64) * len(readings.cells.qualities) + readings.cells.quality_index
    again, counts = np.unique(keys, return_counts=True)
    for key in again[counts > 1].tolist():
        row, index = divmod(key, len(readings.cells.qualities))
        yield readings.breach(row, "ReadingQualities", f"{readings.cells.qualities[index]!r} again, at {readings.stamp(row)}")


_TWO = (
    '<ReadingQualities><ReadingQualityType ref="{}"/></ReadingQualities><ReadingQualities><ReadingQualityType ref="{}"/></ReadingQualities>'
)

RULE = Rule(
    id="QU-05",
    requires="each quality of a reading once",
    source="IEC 61968-9, Reading.ReadingQualities",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_TWO.format("1.2.32", "3.8.0"),),
    fails=(_TWO.format("3.8.0", "3.8.0"),),
    why="Whoever counts estimated values for the regulator counts this one twice.",
    mend="Write each quality once.",
)

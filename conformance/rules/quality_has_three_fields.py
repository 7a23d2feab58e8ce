"""QU-01: a quality is three whole numbers: who says it, of which category, what."""

import re
from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns

THREE_NUMBERS: Final = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+", re.ASCII)


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A reference that is not three whole numbers with dots between."""
    for index, text in enumerate(readings.cells.qualities):
        if not THREE_NUMBERS.fullmatch(text):
            yield Breach(readings.where_quality(index), repr(text))


_QUALITY = '<ReadingQualities><ReadingQualityType ref="{}"/></ReadingQualities>'

RULE = Rule(
    id="QU-01",
    requires="a ReadingQualityType of three whole numbers",
    source="IEC 61968-9, ReadingQualityType",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(_QUALITY.format("3.8.0"), "<value>0.250</value>"),
    fails=(_QUALITY.format("3.8"), _QUALITY.format("3.8.0.0"), _QUALITY.format("estimated")),
    why="Nobody can tell an estimated value from a measured one, and the bill does not say so.",
    mend="Write system, category and index, such as 3.8.0 for what the meter data management estimated.",
)

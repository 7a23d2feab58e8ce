"""MR-43: who changes a reading says so in its quality."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A MeterReading in a changed message of which no reading carries a quality."""
    if readings.verb != "changed":
        return
    marked = np.zeros(len(readings.members), np.bool_)
    marked[readings.cells.member[readings.cells.quality_row]] = True
    held = np.zeros(len(readings.members), np.bool_)
    held[readings.cells.member] = True
    for member in places(held & ~marked):
        found = f"changed readings of meter {readings.members[member].meter!r} without any quality"
        yield Breach(readings.where_member(member), found)


_CHANGED = "<root>ChangedMeterReadings</root><Verb>changed</Verb><value>0.250</value>{}"

RULE = Rule(
    id="MR-43",
    requires="changed readings to carry a quality that says how they came about",
    source="IEC 61968-9, MeterReadings with verb changed; Reading.ReadingQualities",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_CHANGED.format('<ReadingQualities><ReadingQualityType ref="3.7.0"/></ReadingQualities>'),),
    fails=(_CHANGED.format(""),),
    why="A bill was made anew, and nobody can tell the customer which values were changed.",
    mend="Mark what was edited with category 7, what was estimated with category 8.",
)

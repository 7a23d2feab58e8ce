"""MR-32: no meter measures to the seventeenth place; a computer that does not round writes so."""

import re
from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns

LONGEST: Final = 12
"""Values up to this length are not looked at; no plain reading is longer."""

_NOISE: Final = re.compile(rb"-?\d*\.\d*?(?:0{6,}|9{6,})\d{1,3}|-?\d*\.\d{12,}")


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A value with the traces of binary fractions in its last places."""
    values = readings.cells.values
    if values.dtype.itemsize <= LONGEST:
        return
    for row, value in enumerate(values.tolist()):
        if len(value) > LONGEST and _NOISE.fullmatch(value.strip()):
            yield readings.breach(row, "value")


RULE = Rule(
    id="MR-32",
    requires="values in as many places as were measured",
    source="IEC 61968-9, Reading.value (xs:float)",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=("<value>0.300</value>", "<value>123.456789</value>"),
    fails=("<value>0.30000000000000004</value>", "<value>123.45599999999999</value>"),
    why="Sums that are rounded again and again end up a cent away from what the customer adds up.",
    mend="Count in whole watt-hours or decimal numbers, and round once, to the places that the meter has.",
)

"""MR-17: a register counts up, and starts again from zero only when its face is full."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns
from conformance.views.registers import has_rolled_over, register_pairs


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A register that shows less than at an earlier moment of the same message, and cannot have rolled over."""
    pairs = register_pairs(readings)
    for place in np.flatnonzero(readings.micro[pairs.after] < readings.micro[pairs.before]):
        before, after = int(pairs.before[place]), int(pairs.after[place])
        if not has_rolled_over(int(readings.micro[before]), int(readings.micro[after])):
            found = f"{readings.value(after)!r} after {readings.value(before)!r} of meter {readings.meter(after)!r}"
            yield readings.breach(after, "value", found)


_AT = (
    "<Readings><timeStamp>2026-03-01T0{}:00:00Z</timeStamp><value>{}</value>"
    '<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings>'
)

RULE = Rule(
    id="MR-17",
    requires="a register not to decrease from one reading to the next, unless it rolls over",
    source="IEC 61968-9, ReadingType.accumulation (bulk quantity)",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        _AT.format(0, "100.5") + _AT.format(1, "100.5"),
        _AT.format(1, "101.5") + _AT.format(0, "100.5"),
        _AT.format(0, "99999.5") + _AT.format(1, "0.5"),
    ),
    fails=(_AT.format(0, "100.5") + _AT.format(1, "100.4"),),
    why="The customer would be paid for having used energy.",
    mend="Look for exchanged meters, and for readings that were put under each other's moment.",
)

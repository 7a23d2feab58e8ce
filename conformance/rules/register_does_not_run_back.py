"""MR-17: a register counts up, and starts again from zero only when its face is full."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns
from conformance.views.registers import RESET, has_rolled_over, register_pairs


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A register that shows less than at an earlier moment of the same message, and neither rolled over nor was set back."""
    pairs = register_pairs(readings)
    falls = readings.micro[pairs.after] < readings.micro[pairs.before]
    if not falls.any():
        return
    for place in np.flatnonzero(falls & ~readings.is_marked(RESET)[pairs.after]):
        before, after = int(pairs.before[place]), int(pairs.after[place])
        if not has_rolled_over(int(readings.micro[before]), int(readings.micro[after])):
            found = f"{readings.value(after)!r} after {readings.value(before)!r} of meter {readings.meter(after)!r}"
            yield readings.breach(after, "value", found)


_AT = (
    "<Readings><timeStamp>2026-03-01T0{}:00:00Z</timeStamp><value>{}</value>{}"
    '<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings>'
)

_RESET = '<ReadingQualities><ReadingQualityType ref="1.4.8"/></ReadingQualities>'

RULE = Rule(
    id="MR-17",
    requires="a register not to decrease from one reading to the next, unless it rolls over or a quality says that it was reset",
    source="IEC 61968-9, ReadingType.accumulation (bulk quantity)",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        _AT.format(0, "100.5", "") + _AT.format(1, "100.5", ""),
        _AT.format(1, "101.5", "") + _AT.format(0, "100.5", ""),
        _AT.format(0, "99999.5", "") + _AT.format(1, "0.5", ""),
        _AT.format(0, "100.5", "") + _AT.format(1, "0.4", _RESET),
    ),
    fails=(_AT.format(0, "100.5", "") + _AT.format(1, "100.4", ""), _AT.format(0, "100.5", "") + _AT.format(1, "0.4", "")),
    why="The customer would be paid for having used energy.",
    mend="Mark a register that was set back with quality 4.8; otherwise look for an exchanged meter, or for moments that were mixed up.",
)

"""MR-36: a register that is read every quarter of an hour still counts up."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns
from conformance.views.registers import RESET, counts_up, has_rolled_over


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A register in an interval block that shows less than in the interval before, and neither rolled over nor was set back."""
    is_register = counts_up(readings)
    if not is_register[readings.cells.block_type].any():
        return
    steps = readings.spacing.steps
    rows = steps.row[(steps.micros > 0) & is_register[readings.cells.type_index[steps.row]]]
    known = readings.quantities.known
    less = known[rows] & known[rows - 1] & (readings.micro[rows] < readings.micro[rows - 1])
    if not less.any():
        return
    for row in rows[less & ~readings.is_marked(RESET)[rows]].tolist():
        if not has_rolled_over(int(readings.micro[row - 1]), int(readings.micro[row])):
            found = f"{readings.value(row)!r} after {readings.value(row - 1)!r} of meter {readings.meter(row)!r}"
            yield readings.breach(row, "value", found)


_AT = "<IntervalReadings><timeStamp>2026-03-01T00:{}:00Z</timeStamp><value>{}</value></IntervalReadings>"
_TYPE = '<ReadingType ref="0.0.2.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>'

RULE = Rule(
    id="MR-36",
    requires="a register in an interval block not to decrease, unless it rolls over or a quality says that it was reset",
    source="IEC 61968-9, Annex C, ReadingType.accumulation (bulk quantity)",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        _AT.format(15, "100.5") + _AT.format(30, "100.7") + _TYPE,
        _AT.format(15, "99999.9") + _AT.format(30, "0.1") + _TYPE,
    ),
    fails=(_AT.format(15, "100.5") + _AT.format(30, "100.4") + _TYPE, _AT.format(15, "99999.9") + _AT.format(30, "99999.1") + _TYPE),
    why="Amounts of a quarter of an hour are delivered as a register, and the bill is their last difference.",
    mend="Use accumulation 4 (delta) for the amount of each interval, 1 (bulk) for what the register shows.",
)

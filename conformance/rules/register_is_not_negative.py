"""MR-31: a register that counts up from zero never shows less than zero."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns
from conformance.views.registers import counts_up


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A negative value of a register that only counts up."""
    if len(readings) and int(readings.micro.min()) < 0:
        for row in places((readings.micro < 0) & counts_up(readings)[readings.cells.type_index]):
            yield readings.breach(row, "value", f"{readings.value(row)!r} of meter {readings.meter(row)!r}")


_REGISTER = (
    "<Readings><timeStamp>2026-03-01T00:00:00Z</timeStamp><value>{}</value>"
    '<ReadingType ref="0.0.0.1.{}.1.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings>'
)

RULE = Rule(
    id="MR-31",
    requires="a register of one direction not to be negative",
    source="IEC 61968-9, Annex C, ReadingType.accumulation (bulk quantity)",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(_REGISTER.format("100.5", 1), _REGISTER.format("0.001", 19), _REGISTER.format("-100.5", 4)),
    fails=(_REGISTER.format("-100.5", 1), _REGISTER.format("-0.001", 19)),
    why="The difference to the next reading is too large, and so is the bill.",
    mend="Look for a number that overflowed on its way; a register that may turn back has flow direction 4.",
)

"""MR-41: a house that uses the same to the last watt-hour for days is a meter that hangs."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from ami.findings import Severity
from conformance.moments import written
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns
from conformance.views.spacing import HOUR

LONGEST: Final = 72 * HOUR
"""Machines may well run evenly for a day or two."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A block of one nonzero value, over and over, for more than three days."""
    extent = readings.spacing.extent_of_block
    long = np.flatnonzero(extent.known & (extent.last - extent.first > LONGEST))
    for block in long.tolist():
        start, end = readings.cells.block_first[block : block + 2].tolist()
        values = readings.micro[start:end]
        if values[0] and (values == values[0]).all():
            found = f"{readings.value(start)!r} in each interval from {written(extent.first[block])} to {written(extent.last[block])}"
            yield Breach(readings.where_block(block), f"{found} of meter {readings.meter(start)!r}")


def _block(last: str) -> str:
    days = (("10", "8.125"), ("11", "8.125"), ("12", "8.125"), ("13", "8.125"), ("14", last))
    rows = "".join(
        f"<IntervalReadings><timeStamp>2026-02-{day}T00:00:00Z</timeStamp><value>{value}</value></IntervalReadings>" for day, value in days
    )
    return f'{rows}<ReadingType ref="0.0.4.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>'


RULE = Rule(
    id="MR-41",
    requires="values that change within three days",
    source="practice of validation: stuck values",
    severity=Severity.REMARK,
    works_on=ReadingColumns,
    check=check,
    passes=(_block("8.250"),),
    fails=(_block("8.125"),),
    why="The customer is billed for what the meter last measured before it hung.",
    mend="Compare with the register at the meter, and read the meter again.",
)

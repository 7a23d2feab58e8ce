"""MR-08: a quarter of an hour starts on the quarter."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns
from conformance.views.spacing import MINUTE

OFFSET_GRID: Final = 15 * MINUTE
"""Every offset from UTC is a multiple of it, so that local intervals keep to it in UTC as well."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """The first interval of each block that does not end on a multiple of its length."""
    spacing, taken = readings.spacing, readings.cells
    grid = np.gcd(spacing.period_of_type, OFFSET_GRID)
    grid[spacing.period_of_type == 0] = 1
    starts = taken.block_first[:-1].astype(np.intp)
    rows = starts[starts < taken.block_first[1:]] if spacing.is_even else np.arange(readings.interval_count)
    is_off = readings.moments.known[rows] & (readings.at[rows] % grid[taken.type_index[rows]] != 0)
    rows = rows[is_off]
    _, firsts = np.unique(taken.block[rows], return_index=True)
    for row in rows[firsts].tolist():
        yield readings.breach(row, "timeStamp")


RULE = Rule(
    id="MR-08",
    requires="intervals to end on the clock, on a multiple of their length",
    source="IEC 61968-9, ReadingType.measuringPeriod",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=("<timeStamp>2026-03-01T00:30:00Z</timeStamp>", "<timeStamp>2026-03-01T06:15:00+05:45</timeStamp>"),
    fails=("<timeStamp>2026-03-01T00:31:00Z</timeStamp>", "<timeStamp>2026-03-01T00:30:01Z</timeStamp>"),
    why="Intervals of a meter whose clock is off do not add up with those of its neighbours.",
    mend="Set the meter's clock, and deliver the interval that it really closed.",
)

"""MR-15: energy in one direction is counted, and a count is never negative."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from ami.reading_type import DELTA, ENERGY, FORWARD, REVERSE
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A negative amount of energy under a flow direction that allows none."""
    negative = readings.micro < 0
    if not negative.any():
        return
    is_counted = np.array(
        [
            each is not None
            and each.accumulation == DELTA
            and each.measurement_kind == ENERGY
            and each.flow_direction in (FORWARD, REVERSE)
            for each in readings.parsed_types
        ],
        np.bool_,
    )
    for row in places(negative & is_counted[readings.cells.type_index]):
        yield readings.breach(row, "value", f"{readings.value(row)!r} of meter {readings.meter(row)!r}")


_NET = '<ReadingType ref="0.0.2.4.4.1.12.0.0.0.0.0.0.0.0.3.72.0"/>'

RULE = Rule(
    id="MR-15",
    requires="energy of one direction not to be negative",
    source="IEC 61968-9, ReadingType.flowDirection",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        "<value>0</value>",
        "<IntervalReadings><timeStamp>2026-03-01T00:15:00Z</timeStamp><value>-0.1</value></IntervalReadings>" + _NET,
    ),
    fails=("<value>-0.1</value>", "<value>-1E-3</value>"),
    why="The bill would be too low by twice this amount.",
    mend="Deliver what flows back under flow direction 19, or the difference under 4.",
)

"""MR-26: the world's clocks differ from UTC by whole quarters of an hour, and by fourteen hours at most."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns
from conformance.views.spacing import HOUR, MINUTE

WEST, EAST = -12 * HOUR, 14 * HOUR
QUARTER: Final = 15 * MINUTE


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """The first timestamp with an offset that no place on earth has."""
    if readings.offsets is None:
        return
    micros = readings.offsets.micros()
    for index in np.flatnonzero((micros % QUARTER != 0) | (micros < WEST) | (micros > EAST)).tolist():
        row = int(np.flatnonzero(readings.offsets.of_row == index)[0])
        yield readings.breach(row, "timeStamp")


RULE = Rule(
    id="MR-26",
    requires="an offset from UTC that some place on earth has",
    source="IEC 61968-9, Reading.timeStamp; IANA time zone database",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=("<timeStamp>2026-03-01T06:15:00+05:45</timeStamp>",),
    fails=("<timeStamp>2026-03-01T06:20:00+05:50</timeStamp>", "<timeStamp>2026-02-28T11:00:00-13:30</timeStamp>"),
    why="Somebody counted an offset by hand, and the hours on the bill are as wrong as the offset.",
    mend="Write the moment in UTC with Z, or with the offset of the meter's own zone.",
)

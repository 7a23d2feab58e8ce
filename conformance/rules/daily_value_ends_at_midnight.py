"""MR-28: a day ends at midnight where the meter hangs."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.reading_types import ELECTRICITIES
from conformance.views.readings import ReadingColumns
from conformance.views.spacing import HOUR

DAY: Final = 24 * HOUR
_DAILY_PERIOD: Final = 4


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """The first daily value of a block that does not end at the midnight of its own offset. Gas days end in the morning."""
    offsets = readings.offsets
    if offsets is None:
        return
    daily = readings.types_where(lambda each: each.measuring_period == _DAILY_PERIOD and each.commodity in ELECTRICITIES)
    rows = readings.rows_of(daily)
    is_local = np.array([text not in ("", "Z") for text in offsets.texts], np.bool_)
    rows = rows[(rows < readings.interval_count) & is_local[offsets.of_row[rows]]]
    local = readings.at[rows] + offsets.micros()[offsets.of_row[rows]]
    off = rows[local % DAY != 0]
    _, firsts = np.unique(readings.cells.block[off], return_index=True)
    for row in off[firsts].tolist():
        yield readings.breach(row, "timeStamp")


_DAY = (
    "<IntervalReadings><timeStamp>{}</timeStamp><value>8</value></IntervalReadings>"
    '<ReadingType ref="0.0.4.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>'
)

RULE = Rule(
    id="MR-28",
    requires="daily values of electricity to end at local midnight",
    source="IEC 61968-9, Annex C, ReadingType.measuringPeriod",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_DAY.format("2026-02-28T00:00:00+01:00"), _DAY.format("2026-02-27T23:00:00Z")),
    fails=(_DAY.format("2026-02-28T01:00:00+01:00"),),
    why="An hour of each day is billed to the day before, and on the last of a month to the month before.",
    mend="Let days end at the meter's own midnight; a day that ends at midnight UTC is no local day.",
)

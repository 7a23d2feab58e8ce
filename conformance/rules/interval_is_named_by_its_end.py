"""MR-22: an interval is named by the moment at which it ended."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from conformance.moments import written
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """An interval whose timePeriod ends at another moment than its timeStamp, or is not as long as its reading type says."""
    if not len(readings.cells.period_row):
        return
    spans = readings.named_periods
    is_interval = spans.known & (spans.row < readings.interval_count) & readings.moments.known[spans.row]
    places = np.flatnonzero(is_interval)
    rows = spans.row[places]
    period = readings.spacing.period_of_type[readings.cells.type_index[rows]]
    length = spans.end[places] - spans.start[places]
    is_late = readings.at[rows] != spans.end[places]
    is_long = (period > 0) & (abs(length - period) > readings.spacing.slack(period))
    for place in np.flatnonzero(is_late | is_long):
        row, span = int(rows[place]), int(places[place])
        found = f"{written(spans.start[span])} to {written(spans.end[span])} for the interval of {readings.stamp(row)!r}"
        yield readings.breach(row, "timePeriod", found)


_INTERVAL = (
    "<IntervalReadings><timeStamp>2026-03-01T00:{}:00Z</timeStamp><value>0.250</value>"
    "<timePeriod><end>2026-03-01T00:30:00Z</end><start>2026-03-01T00:{}:00Z</start></timePeriod></IntervalReadings>"
)

RULE = Rule(
    id="MR-22",
    requires="an interval's timePeriod to end at its timeStamp and to be as long as its measuring period",
    source="IEC 61968-9, IntervalReading.timeStamp and Reading.timePeriod",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(_INTERVAL.format(30, 15),),
    fails=(_INTERVAL.format(15, 15), _INTERVAL.format(30, 20), _INTERVAL.format(30, "00")),
    why="All values of the day are billed a quarter of an hour too early, some of them at the wrong price.",
    mend="Write the end of the interval as its timeStamp, and the quarter of an hour before it as its timePeriod.",
)

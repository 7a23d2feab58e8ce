"""MR-21: two spans that overlap bill what they share twice."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from ami.reading_type import DELTA
from conformance.moments import written
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """Two amounts of one meter and reading type whose timePeriods share time."""
    taken = readings.cells
    if len(taken.period_row) < 2:
        return
    spans = readings.named_periods
    is_amount = readings.types_where(lambda each: each.accumulation == DELTA)[taken.type_index[spans.row]]
    places = np.flatnonzero(spans.known & (spans.start < spans.end) & is_amount)
    rows = spans.row[places]
    series = readings.meter_index[taken.member[rows]].astype(np.int64) * len(readings.types) + taken.type_index[rows]
    order = np.lexsort((spans.start[places], series))
    places, series = places[order], series[order]
    shared = (series[1:] == series[:-1]) & (spans.start[places[1:]] < spans.end[places[:-1]])
    for place in np.flatnonzero(shared):
        before, after = int(places[place]), int(places[place + 1])
        found = f"from {written(spans.start[after])}, while another one lasts until {written(spans.end[before])}"
        yield readings.breach(int(spans.row[after]), "timePeriod", f"{found}, of meter {readings.meter(int(spans.row[after]))!r}")


_BILLED = (
    "<Readings><timeStamp>2026-03-01T00:00:00Z</timeStamp><value>{}</value>"
    '<ReadingType ref="8.0.0.4.1.1.12.0.0.0.0.{}.0.0.0.3.72.0"/>'
    "<timePeriod><end>{}T00:00:00Z</end><start>{}T00:00:00Z</start></timePeriod></Readings>"
)
_JANUARY = _BILLED.format(400, 1, "2026-02-01", "2026-01-01")

RULE = Rule(
    id="MR-21",
    requires="the periods of one meter and reading type not to overlap",
    source="IEC 61968-9, Reading.timePeriod",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(
        _JANUARY + _BILLED.format(380, 1, "2026-03-01", "2026-02-01"),
        _JANUARY + _BILLED.format(200, 2, "2026-02-01", "2026-01-01"),
    ),
    fails=(
        _JANUARY + _BILLED.format(380, 1, "2026-03-01", "2026-01-31"),
        _JANUARY + _BILLED.format(200, 1, "2026-02-01", "2026-01-01"),
    ),
    why="The days that both spans hold are billed twice.",
    mend="Let each period start where the one before it ends, and deliver each once.",
)

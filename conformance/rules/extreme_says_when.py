"""MR-35: a peak happened at some moment, within the span that it is the peak of."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns

EXTREMES: Final = frozenset({8, 9, 16, 17, 23, 24, 25})
"""Maxima and minima, first to fifth."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A maximum or a minimum without a timeStamp, or with one outside its own timePeriod."""
    rows = readings.rows_of(readings.types_where(lambda each: each.aggregate in EXTREMES))
    if not len(rows):
        return
    spans = readings.named_periods
    place_of = {row: place for place, row in enumerate(spans.row.tolist()) if spans.known[place]}
    for row in rows[rows >= readings.interval_count].tolist():
        place = place_of.get(row)
        if not readings.has_stamp[row]:
            yield readings.breach(row, "", f"an extreme of meter {readings.meter(row)!r} without timeStamp")
        elif place is not None and readings.moments.known[row] and not spans.start[place] <= readings.at[row] <= spans.end[place]:
            yield readings.breach(row, "timeStamp", f"{readings.stamp(row)!r} outside the timePeriod that it is of")


_PEAK = (
    '<Readings>{}<value>4.2</value><ReadingType ref="8.8.2.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0"/>'
    "<timePeriod><end>2026-03-01T00:00:00Z</end><start>2026-02-01T00:00:00Z</start></timePeriod></Readings>"
)

RULE = Rule(
    id="MR-35",
    requires="a maximum or minimum to carry the moment at which it happened",
    source="IEC 61968-9, Annex C, ReadingType.aggregate; Reading.timeStamp",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_PEAK.format("<timeStamp>2026-02-14T18:15:00Z</timeStamp>"),),
    fails=(_PEAK.format(""), _PEAK.format("<timeStamp>2026-01-14T18:15:00Z</timeStamp>")),
    why="The customer disputes the demand charge, and nobody can show when the peak was.",
    mend="Write the end of the interval with the peak as timeStamp, and the span that it is the peak of as timePeriod.",
)

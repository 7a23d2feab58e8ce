"""MR-42: an amount is used over some span."""

from collections.abc import Iterator

import numpy as np

from ami.findings import Severity
from ami.reading_type import DELTA, ReadingType
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A single reading of delta data with neither a period in its type nor a timePeriod of its own."""
    is_spanless = readings.types_where(_names_no_span)
    if not is_spanless.any():
        return
    first = readings.interval_count
    rows = np.flatnonzero(is_spanless[readings.cells.type_index[first:]]) + first
    for row in rows[~np.isin(rows, readings.cells.period_row)].tolist():
        yield readings.breach(row, "ReadingType", f"{readings.value(row)!r} under {readings.type_text(row)}, over no span")


def _names_no_span(reading_type: ReadingType) -> bool:
    return reading_type.accumulation == DELTA and not reading_type.macro_period and not reading_type.measuring_period


_AMOUNT = (
    "<Readings><timeStamp>2026-03-01T00:00:00Z</timeStamp><value>430</value>"
    '<ReadingType ref="{}.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>{}</Readings>'
)
_SPAN = "<timePeriod><end>2026-03-01T00:00:00Z</end><start>2026-02-01T00:00:00Z</start></timePeriod>"

RULE = Rule(
    id="MR-42",
    requires="an amount to say over which span it was used",
    source="IEC 61968-9, Reading.timePeriod; Annex C, ReadingType.macroPeriod",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_AMOUNT.format(8, ""), _AMOUNT.format(0, _SPAN)),
    fails=(_AMOUNT.format(0, ""),),
    why="Nobody can say whether these kilowatt-hours belong to this bill or to the one before.",
    mend="Write the span as timePeriod, or name it in the reading type, such as 8 for the billing period.",
)

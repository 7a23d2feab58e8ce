"""MR-30: what a meter measures at a moment stays within what a service can have."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.quantities import MICRO
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns

LIMITS: Final = {
    (54, 29): (0, 500_000),
    (158, 29): (0, 500_000),
    (4, 5): (-10_000, 10_000),
    (15, 33): (0, 500),
    (46, 23): (-90, 200),
    (37, 38): (-10_000_000, 10_000_000),
    (37, 61): (0, 10_000_000),
    (37, 63): (-10_000_000, 10_000_000),
    (8, 38): (-10_000_000, 10_000_000),
    (8, 61): (0, 10_000_000),
    (8, 63): (-10_000_000, 10_000_000),
}
"""(measurement kind, unit) -> least and most: volts, amperes, hertz, degrees Celsius, watts and their like."""

_Limit = tuple[int, int]


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A voltage, a current, a frequency, a temperature or a power that no service has."""
    rows = readings.rows_of(readings.types_where(lambda each: _limit(each) is not None))
    if not len(rows):
        return
    limits = np.array([(each and _limit(each)) or (0, 0) for each in readings.parsed_types], np.int64)
    least, most = limits[readings.cells.type_index[rows]].T
    micro = readings.micro[rows]
    for row in rows[(micro < least) | (micro > most)].tolist():
        yield readings.breach(row, "value", f"{readings.value(row)!r} of meter {readings.meter(row)!r} under {readings.type_text(row)}")


def _limit(reading_type: ReadingType) -> _Limit | None:
    """The least and the most that a type can have, in millionths under its multiplier."""
    limit = LIMITS.get((reading_type.measurement_kind, reading_type.unit))
    if limit is None or not -3 <= reading_type.multiplier <= 6:
        return None
    least, most = (int(each * MICRO * 10.0**-reading_type.multiplier) for each in limit)
    return least, most


_VOLTAGE = (
    "<IntervalReadings><timeStamp>2026-03-01T00:15:00Z</timeStamp><value>{}</value></IntervalReadings>"
    '<ReadingType ref="0.2.2.12.0.1.158.0.0.0.0.0.0.0.128.{}.29.0"/>'
)

RULE = Rule(
    id="MR-30",
    requires="voltage, current, frequency, temperature and power that a service can have",
    source="IEC 61968-9, Annex C, ReadingType.multiplier and ReadingType.unit",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_VOLTAGE.format("230.4", 0), _VOLTAGE.format("20.1", 3)),
    fails=(_VOLTAGE.format("-230.4", 0), _VOLTAGE.format("2304", 3)),
    why="Whoever looks for bad voltage is sent to a house where nothing is wrong.",
    mend="Check the multiplier: 230.4 V is 230.4 under 0 and 0.2304 under 3.",
)

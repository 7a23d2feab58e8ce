"""MR-29: a power factor is a share of one."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.quantities import MICRO
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns

KINDS: Final = frozenset({2, 34, 38, 64})
"""Power factors: apparent, phasor, plain, of distortion."""

UNIT: Final = 65


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A power factor beyond one, in either direction."""
    rows = readings.rows_of(readings.types_where(_is_power_factor))
    if len(rows):
        most = np.array([_one(each) for each in readings.parsed_types], np.int64)[readings.cells.type_index[rows]]
        for row in rows[np.abs(readings.micro[rows]) > most].tolist():
            yield readings.breach(row, "value", f"{readings.value(row)!r} of meter {readings.meter(row)!r} under {readings.type_text(row)}")


def _is_power_factor(reading_type: ReadingType) -> bool:
    return reading_type.measurement_kind in KINDS and reading_type.unit == UNIT


def _one(reading_type: ReadingType | None) -> int:
    """What one is under a multiplier, in millionths."""
    return int(MICRO * 10.0**-reading_type.multiplier) if reading_type and -9 <= reading_type.multiplier <= 6 else MICRO


_FACTOR = "<value>{}</value>" + '<ReadingType ref="0.2.2.12.0.1.38.0.0.0.0.0.0.0.0.{}.65.0"/>'
_BLOCK = "<IntervalReadings><timeStamp>2026-03-01T00:15:00Z</timeStamp>{}</IntervalReadings>{}"


def _interval(value: str, multiplier: int) -> str:
    reading, _, reading_type = _FACTOR.format(value, multiplier).partition("<ReadingType")
    return _BLOCK.format(reading, "<ReadingType" + reading_type)


RULE = Rule(
    id="MR-29",
    requires="a power factor of at most one",
    source="IEC 61968-9, Annex C, ReadingType.measurementKind; the definition of power factor",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(_interval("0.93", 0), _interval("-0.93", 0), _interval("93", -2)),
    fails=(_interval("93", 0), _interval("-1.01", 0), _interval("930", -2)),
    why="An industrial customer is charged for reactive power that there was not.",
    mend="Deliver the factor itself, or name the multiplier: 93 under -2 is 0.93.",
)

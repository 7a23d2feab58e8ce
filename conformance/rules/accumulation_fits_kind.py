"""RT-08: energy is counted over time, and power is not."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import BULK, ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import phrase, type_breaches
from conformance.views.readings import ReadingColumns

INSTANTANEOUS: Final = 12
COUNTED_UNITS: Final = frozenset({71, 72, 73, 104, 105, 106})
"""Units that have hours in them."""

MOMENTARY_UNITS: Final = frozenset({5, 6, 23, 29, 33, 38, 61, 63, 65, 279})
"""Amperes, degrees, volts, hertz, watts and the like: what there is at a moment, or on average."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """Energy of one moment, or a register that counts watts."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    accumulation, unit = reading_type.accumulation, reading_type.unit
    if (accumulation == INSTANTANEOUS and unit in COUNTED_UNITS) or (accumulation == BULK and unit in MOMENTARY_UNITS):
        return f"{phrase('accumulation', accumulation)} {phrase('unit', unit)}"
    return ""


RULE = Rule(
    id="RT-08",
    requires="an accumulation that the unit can have",
    source="IEC 61968-9, Annex C, ReadingType.accumulation and ReadingType.unit",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>',
        '<ReadingType ref="0.0.2.12.1.1.37.0.0.0.0.0.0.0.0.3.38.0"/>',
    ),
    fails=(
        '<ReadingType ref="0.0.2.12.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>',
        '<ReadingType ref="0.0.2.1.1.1.37.0.0.0.0.0.0.0.0.3.38.0"/>',
    ),
    why="Kilowatts are billed as if they were kilowatt-hours.",
    mend="Use 4 (delta) or 1 (bulk) for Wh, VAh and varh, and 12 (instantaneous) for W, V and A.",
)

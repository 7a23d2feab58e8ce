"""MR-50: a register that gains a town's consumption in an hour has another multiplier in one of its readings, or no meter behind it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import numpy as np

from ami.findings import Severity
from ami.quality import EDITED_CATEGORY, ESTIMATED_CATEGORY
from ami.reading_type import ENERGY, PRIMARY_METERED, ReadingType
from conformance.quantities import MICRO, MICRO_DIGITS
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns
from conformance.views.registers import RESET, register_pairs
from conformance.views.spacing import HOUR

MOST_WATTS: Final = 1_000_000.0
MOST_WATTS_AT_HIGH_VOLTAGE: Final = 1_000_000_000.0
LEEWAY: Final = 10 * MICRO
"""In millionths of the unit: what rounding may make of two readings close to each other."""

_HOURLY_UNITS: Final = frozenset({71, 72, 73})
_COUNTED_OTHERWISE: Final = frozenset({EDITED_CATEGORY, ESTIMATED_CATEGORY})


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A register that gains more from one reading to the next than a service can deliver in the time between them."""
    pairs = register_pairs(readings)
    if not len(pairs.before):
        return
    per_hour = np.array([_most_per_hour(each) for each in readings.parsed_types], np.float64)
    gained = (readings.micro[pairs.after] - readings.micro[pairs.before]).astype(np.float64)
    hours = (readings.at[pairs.after] - readings.at[pairs.before]) / HOUR
    is_over = gained > per_hour[readings.cells.type_index[pairs.before]] * hours + LEEWAY
    if not is_over.any():
        return
    doubtful = readings.has_quality(_COUNTED_OTHERWISE) | readings.is_marked(RESET)
    for place in np.flatnonzero(is_over & ~(doubtful[pairs.before] | doubtful[pairs.after])):
        before, after = int(pairs.before[place]), int(pairs.after[place])
        found = (
            f"{readings.value(after)!r} after {readings.value(before)!r} of meter {readings.meter(after)!r}, {hours[place]:g} hours later"
        )
        yield readings.breach(after, "value", found)


@lru_cache(maxsize=1024)
def _most_per_hour(reading_type: ReadingType | None) -> float:
    """The most that a register of a type can gain in an hour, in millionths of its unit."""
    if reading_type is None or reading_type.measurement_kind != ENERGY or reading_type.unit not in _HOURLY_UNITS:
        return np.inf
    if abs(reading_type.multiplier) > MICRO_DIGITS:
        return np.inf
    watts = MOST_WATTS_AT_HIGH_VOLTAGE if reading_type.commodity == PRIMARY_METERED else MOST_WATTS
    return float(watts * 10.0**-reading_type.multiplier * MICRO)


_AT = (
    "<Readings><timeStamp>2026-03-01T0{}:00:00Z</timeStamp><value>{}</value>"
    '<ReadingType ref="0.0.0.1.1.{}.12.0.0.0.0.0.0.0.0.3.72.0"/></Readings>'
)

RULE = Rule(
    id="MR-50",
    requires="a register to gain on average no more than a megawatt, or a gigawatt where it is metered at high voltage",
    source="IEC 61968-9, ReadingType.accumulation (bulk quantity), ReadingType.multiplier",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        _AT.format(0, "100.5", 1) + _AT.format(1, "900.5", 1),
        _AT.format(0, "100.5", 2) + _AT.format(1, "101500", 2),
    ),
    fails=(_AT.format(0, "100.5", 1) + _AT.format(1, "101500", 1), _AT.format(0, "100.5", 1) + _AT.format(1, "4294967295", 1)),
    why="The customer is billed for a thousand times what was used, or for the largest number that the meter can write.",
    mend="Look for a multiplier that one of the readings lacks, and mark a reading that the meter could not take as missing.",
)

"""RT-03: the fields of a reading type must be able to be true together."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from ami import codes
from ami.findings import Severity
from ami.reading_type import DELTA, ELECTRICITY, ENERGY, WATT_HOUR, ReadingType
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns

ELECTRICITIES: Final = frozenset({ELECTRICITY, 2})
UNITS_OF_ELECTRICITY: Final = {
    4: frozenset({5, 69, 105}),
    ENERGY: frozenset({31, 71, 72, 73, 101, 163, 164}),
    15: frozenset({33}),
    37: frozenset({38, 61, 63, 81, 100, 161, 162}),
    54: frozenset({29, 67}),
    158: frozenset({29, 67}),
}
"""Measurement kind -> the units it can be measured in, where electricity is what is measured."""

KINDS_OF_ENERGY: Final = frozenset({8, ENERGY, 31, 32, 48, 120, 121, 124, 150, 151, 152})
"""Measurement kinds that a watt-hour can be the unit of: energy, demand, losses, limits, what was billed."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A reading type whose fields contradict one another."""
    for index, reading_type in enumerate(readings.parsed_types):
        if reading_type is None:
            continue
        for contradiction in _contradictions(reading_type):
            yield Breach(readings.where_type(index), f"{contradiction} in {readings.types[index]!r}")
        if _spans_nothing(reading_type) and (readings.cells.block_type == index).any():
            block = int(np.flatnonzero(readings.cells.block_type == index)[0])
            yield Breach(readings.where_block(block), f"interval data of no length under {readings.types[index]!r}")


def _contradictions(reading_type: ReadingType) -> Iterator[str]:
    kind, unit = reading_type.measurement_kind, reading_type.unit
    units = UNITS_OF_ELECTRICITY.get(kind)
    if units is not None and reading_type.commodity in ELECTRICITIES and unit not in units:
        yield f"{_named('measurement_kind', kind)} in {_named('unit', unit)}"
    elif unit == WATT_HOUR and kind not in KINDS_OF_ENERGY:
        yield f"{_named('unit', unit)} of {_named('measurement_kind', kind)}"
    if reading_type.currency and unit != 80 and kind not in (3, 16):
        yield f"a currency for {_named('unit', unit)}"
    for name in ("interharmonic", "argument"):
        if getattr(reading_type, f"{name}_numerator") and not getattr(reading_type, f"{name}_denominator"):
            yield f"an {name} divided by zero"


def _spans_nothing(reading_type: ReadingType) -> bool:
    return reading_type.accumulation == DELTA and not reading_type.measuring_period and not reading_type.macro_period


def _named(field: str, code: int) -> str:
    known = codes.table(codes.READING_TYPE_TABLES[field]).get(code)
    return known.phrase if known else f"{field.replace('_', ' ')} {code}"


RULE = Rule(
    id="RT-03",
    requires="the fields of a ReadingType to go together",
    source="IEC 61968-9, Annex C, ReadingType",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>',
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.73.0"/>',
        '<ReadingType ref="0.2.2.12.0.1.158.0.0.0.0.0.0.0.128.0.29.0"/>',
        '<ReadingType ref="0.0.2.4.1.7.58.0.0.0.0.0.0.0.0.0.42.0"/>',
    ),
    fails=(
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.38.0"/>',
        '<ReadingType ref="0.0.2.4.1.1.158.0.0.0.0.0.0.0.0.3.72.0"/>',
        '<ReadingType ref="0.0.2.4.1.1.0.0.0.0.0.0.0.0.0.3.72.0"/>',
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.978"/>',
        '<ReadingType ref="0.0.2.4.1.1.12.1.0.0.0.0.0.0.0.3.72.0"/>',
        '<ReadingType ref="0.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>',
    ),
    why="Two receivers make two different things of the same number.",
    mend="Look each field up in Annex C: energy is measured in Wh, VAh or varh, power in W, VA or var.",
)

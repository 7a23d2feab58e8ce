"""RT-05: only electricity has a voltage, and electricity has no volume."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import ELECTRICITIES, phrase, type_breaches
from conformance.views.readings import ReadingColumns

ELECTRIC_KINDS: Final = frozenset({2, 4, 5, 6, 10, 15, 33, 34, 35, 36, 38, 47, 54, 55, 57, 60, 64, 158, 159, 160, 161})
FLUID_KINDS: Final = frozenset({58, 155})
"""Volume and volumetric flow."""

_NOT_ELECTRIC: Final = frozenset(range(4, 40)) - {23, 24, 25}


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A kind of measurement that the commodity does not have."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    commodity, kind = reading_type.commodity, reading_type.measurement_kind
    if (commodity in ELECTRICITIES and kind in FLUID_KINDS) or (commodity in _NOT_ELECTRIC and kind in ELECTRIC_KINDS):
        return f"{phrase('measurement_kind', kind)} of {phrase('commodity', commodity)}"
    return ""


RULE = Rule(
    id="RT-05",
    requires="a kind of measurement that the commodity has",
    source="IEC 61968-9, Annex C, ReadingType.commodity and ReadingType.measurementKind",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        '<ReadingType ref="0.2.2.12.0.1.158.0.0.0.0.0.0.0.128.0.29.0"/>',
        '<ReadingType ref="0.0.2.4.1.7.58.0.0.0.0.0.0.0.0.0.42.0"/>',
    ),
    fails=(
        '<ReadingType ref="0.2.2.12.0.9.158.0.0.0.0.0.0.0.128.0.29.0"/>',
        '<ReadingType ref="0.0.2.4.1.1.58.0.0.0.0.0.0.0.0.0.42.0"/>',
    ),
    why="Gas lands on the electricity bill, or electricity on the water bill.",
    mend="Set the commodity that the meter measures: 1 electricity, 7 natural gas, 9 potable water.",
)

"""RT-18: a reading type has to say what is measured."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import phrase, type_breaches
from conformance.views.readings import ReadingColumns

OF_A_COMMODITY: Final = frozenset({8, 12, 37, 58, 155})
"""Demand, energy, power, volume, volumetric flow."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A reading type without a kind of measurement, or one of energy, power or volume without a commodity."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    kind = reading_type.measurement_kind
    if not kind:
        return "no kind of measurement"
    return f"{phrase('measurement_kind', kind)} of no commodity" if kind in OF_A_COMMODITY and not reading_type.commodity else ""


RULE = Rule(
    id="RT-18",
    requires="a ReadingType to say what is measured, and of which commodity",
    source="IEC 61968-9, Annex C, ReadingType.measurementKind and ReadingType.commodity",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>',
        '<ReadingType ref="0.0.2.12.0.0.46.0.0.0.0.0.0.0.0.0.23.0"/>',
    ),
    fails=(
        '<ReadingType ref="0.0.2.4.1.0.12.0.0.0.0.0.0.0.0.3.72.0"/>',
        '<ReadingType ref="0.0.2.12.0.0.0.0.0.0.0.0.0.0.0.0.23.0"/>',
    ),
    why="Gas and electricity are both counted in kWh, and are not the same price.",
    mend="Set commodity and measurementKind: 1 and 12 for electric energy.",
)

"""RT-04: water is not measured in volts."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import ELECTRICITIES, phrase, type_breaches
from conformance.views.readings import ReadingColumns

FLUIDS: Final = frozenset({7, 8, 9, 10, 11, 14})
"""Natural gas, propane, water, steam, waste water."""

ELECTRIC_UNITS: Final = frozenset({5, 25, 28, 29, 30, 33, 53, 61, 63, 67, 68, 69, 71, 73, 104, 105, 106})
VOLUMES: Final = frozenset({42, 45, 82, *range(119, 132), 134, *range(137, 140), 156, 157, 166, 167})
QUANTITIES: Final = frozenset({8, 12, 37, 58, 155})
"""Demand, energy, power, volume, volumetric flow: kinds that more than one commodity has."""

_JUDGED_BY_KIND: Final = frozenset({4, 12, 15, 37, 54, 58, 155, 158})
"""Kinds of electricity that are asked for one by one elsewhere."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A unit that the commodity cannot be measured in."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    commodity, unit, kind = reading_type.commodity, reading_type.unit, reading_type.measurement_kind
    is_fluid = commodity in FLUIDS and kind in QUANTITIES
    is_electric = commodity in ELECTRICITIES and kind not in _JUDGED_BY_KIND
    if (is_fluid and unit in ELECTRIC_UNITS) or (is_electric and unit in VOLUMES):
        return f"{phrase('commodity', commodity)} in {phrase('unit', unit)}"
    return ""


RULE = Rule(
    id="RT-04",
    requires="a unit that the commodity can be measured in",
    source="IEC 61968-9, Annex C, ReadingType.commodity and ReadingType.unit",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        '<ReadingType ref="0.0.2.4.1.9.58.0.0.0.0.0.0.0.0.0.42.0"/>',
        '<ReadingType ref="0.0.2.4.1.7.12.0.0.0.0.0.0.0.0.3.72.0"/>',
        '<ReadingType ref="0.0.2.4.1.1.8.0.0.0.0.0.0.0.0.3.38.0"/>',
    ),
    fails=(
        '<ReadingType ref="0.0.2.4.1.9.58.0.0.0.0.0.0.0.0.0.29.0"/>',
        '<ReadingType ref="0.0.2.4.1.7.12.0.0.0.0.0.0.0.0.3.73.0"/>',
        '<ReadingType ref="0.0.2.4.1.1.8.0.0.0.0.0.0.0.0.3.42.0"/>',
    ),
    why="The reading is billed at the price of another commodity, or set aside by hand.",
    mend="Look up which of commodity and unit is wrong: volumes go with gas and water, volts and amperes with electricity.",
)

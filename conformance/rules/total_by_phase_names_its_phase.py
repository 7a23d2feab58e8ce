"""RT-17: a total by phase is that of some phase."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import type_breaches
from conformance.views.readings import ReadingColumns

TOTAL_BY_PHASE: Final = 21


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """Flow direction 21 without phases."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    return "a total by phase of no phase" if reading_type.flow_direction == TOTAL_BY_PHASE and not reading_type.phases else ""


RULE = Rule(
    id="RT-17",
    requires="a total by phase to name the phase",
    source="IEC 61968-9, Annex C, ReadingType.flowDirection and ReadingType.phases",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(
        '<ReadingType ref="0.0.2.4.21.1.12.0.0.0.0.0.0.0.128.3.72.0"/>',
        '<ReadingType ref="0.0.2.4.20.1.12.0.0.0.0.0.0.0.0.3.72.0"/>',
    ),
    fails=('<ReadingType ref="0.0.2.4.21.1.12.0.0.0.0.0.0.0.0.3.72.0"/>',),
    why="One phase of three is taken for all of them, and two thirds of the use are not billed.",
    mend="Name the phase, or use 20 for the total of all.",
)

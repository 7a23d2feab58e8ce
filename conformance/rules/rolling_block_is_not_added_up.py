"""RT-15: rolling blocks overlap, so that what is counted in them is counted several times."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import DELTA, ENERGY, ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import phrase, type_breaches
from conformance.views.readings import ReadingColumns

ROLLING: Final = frozenset({*range(57, 78), 102})


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """Energy as delta data of a rolling block."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    is_counted = reading_type.accumulation == DELTA and reading_type.measurement_kind == ENERGY
    if is_counted and reading_type.measuring_period in ROLLING:
        return f"delta energy of a {phrase('measuring_period', reading_type.measuring_period)}"
    return ""


RULE = Rule(
    id="RT-15",
    requires="energy to be counted in intervals that do not overlap",
    source="IEC 61968-9, Annex C, ReadingType.measuringPeriod",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>',
        '<ReadingType ref="8.8.59.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0"/>',
    ),
    fails=('<ReadingType ref="0.0.59.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>',),
    why="A receiver that adds the blocks up bills the same quarter of an hour four times.",
    mend="Use a plain measuring period for energy; rolling blocks are for demand.",
)

"""RT-14: a maximum is the maximum of some span."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import phrase, type_breaches
from conformance.views.readings import ReadingColumns

OVER_A_SPAN: Final = frozenset({2, 8, 9, 16, 17, 23, 24, 25, 26})
"""Average, maxima, minima and sum."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """An aggregate of neither a macro period nor a measuring period."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    if reading_type.aggregate in OVER_A_SPAN and not reading_type.macro_period and not reading_type.measuring_period:
        return f"{phrase('aggregate', reading_type.aggregate)} over no span"
    return ""


RULE = Rule(
    id="RT-14",
    requires="an average, a maximum, a minimum or a sum to name the span that it is of",
    source="IEC 61968-9, Annex C, ReadingType.aggregate, macroPeriod and measuringPeriod",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(
        '<ReadingType ref="0.2.2.12.0.1.158.0.0.0.0.0.0.0.128.0.29.0"/>',
        '<ReadingType ref="8.8.0.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0"/>',
    ),
    fails=(
        '<ReadingType ref="0.2.0.12.0.1.158.0.0.0.0.0.0.0.128.0.29.0"/>',
        '<ReadingType ref="0.8.0.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0"/>',
    ),
    why="The peak of a day is billed as the peak of the month.",
    mend="Name the macro period, such as 8 for the billing period, or the measuring period.",
)

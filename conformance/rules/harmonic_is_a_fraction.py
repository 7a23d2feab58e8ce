"""RT-16: the order of a harmonic is a fraction of two counts, or 0 and 0 where there is none."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import type_breaches
from conformance.views.readings import ReadingColumns

_FRACTIONS: Final = ("interharmonic", "argument")


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A denominator without a numerator, or a part below zero."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    for name in _FRACTIONS:
        numerator, denominator = getattr(reading_type, f"{name}_numerator"), getattr(reading_type, f"{name}_denominator")
        if min(numerator, denominator) < 0 or (denominator and not numerator):
            return f"an {name} of {numerator}/{denominator}"
    return ""


RULE = Rule(
    id="RT-16",
    requires="interharmonic and argument to be fractions of two counts, or 0 and 0",
    source="IEC 61968-9, Annex C, ReadingType.interharmonic and ReadingType.argument",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(
        '<ReadingType ref="0.2.2.12.0.1.158.5.1.0.0.0.0.0.128.0.29.0"/>',
        '<ReadingType ref="0.2.2.12.0.1.158.0.0.0.0.0.0.0.128.0.29.0"/>',
    ),
    fails=(
        '<ReadingType ref="0.2.2.12.0.1.158.0.1.0.0.0.0.0.128.0.29.0"/>',
        '<ReadingType ref="0.2.2.12.0.1.158.-5.1.0.0.0.0.0.128.0.29.0"/>',
        '<ReadingType ref="0.2.2.12.0.1.158.0.0.0.2.0.0.0.128.0.29.0"/>',
    ),
    why="Complaints about flicker and hum are looked into with the wrong harmonic.",
    mend="Write the fifth harmonic as 5 and 1, and 0 and 0 where the value is of no harmonic.",
)

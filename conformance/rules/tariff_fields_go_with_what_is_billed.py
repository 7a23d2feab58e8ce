"""RT-13: a voltage has no tariff."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import UNDIRECTED_KINDS, phrase, type_breaches
from conformance.views.readings import ReadingColumns

_FIELDS: Final = {"tou": "time-of-use period", "cpp": "critical-peak period", "consumption_tier": "consumption tier"}


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A tariff period or tier of something that nobody is billed for."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    if reading_type.measurement_kind not in UNDIRECTED_KINDS:
        return ""
    named = [f"{words} {getattr(reading_type, field)}" for field, words in _FIELDS.items() if getattr(reading_type, field)]
    return f"{phrase('measurement_kind', reading_type.measurement_kind)} of {', '.join(named)}" if named else ""


RULE = Rule(
    id="RT-13",
    requires="a tariff period or tier only of what is billed",
    source="IEC 61968-9, Annex C, ReadingType.tou, cpp and consumptionTier",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(
        '<ReadingType ref="0.2.2.12.0.1.158.0.0.0.0.0.0.0.128.0.29.0"/>',
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.2.0.0.0.3.72.0"/>',
    ),
    fails=('<ReadingType ref="0.2.2.12.0.1.158.0.0.0.0.2.0.0.128.0.29.0"/>',),
    why="The fields of the reading type have slipped by one, and the price on the bill is that of another period.",
    mend="Count the eighteen fields: tou is the twelfth, cpp the thirteenth, consumptionTier the fourteenth.",
)

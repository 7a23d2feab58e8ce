"""RT-10: there are no thousands of yes and no."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import phrase, type_breaches
from conformance.views.readings import ReadingColumns

UNSCALED_UNITS: Final = frozenset({76, 108, 109, 110, 114, 118})
"""Characters, time stamps, yes and no, encoded values, event codes."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A multiplier on a unit that cannot be multiplied."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    if reading_type.multiplier and reading_type.unit in UNSCALED_UNITS:
        return f"{phrase('multiplier', reading_type.multiplier)} {phrase('unit', reading_type.unit)}"
    return ""


RULE = Rule(
    id="RT-10",
    requires="a multiplier only on a unit that can be multiplied",
    source="IEC 61968-9, Annex C, ReadingType.multiplier and ReadingType.unit",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=('<ReadingType ref="0.0.2.6.0.1.136.0.0.0.0.0.0.0.0.0.109.0"/>',),
    fails=('<ReadingType ref="0.0.2.6.0.1.136.0.0.0.0.0.0.0.0.3.109.0"/>',),
    why="A state that is multiplied by a thousand is no state any more, and the outage is not seen.",
    mend="Write 0 as multiplier of states, codes and time stamps.",
)

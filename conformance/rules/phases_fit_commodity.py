"""RT-09: gas and water have no phases."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import phrase, type_breaches
from conformance.views.readings import ReadingColumns

NOT_ELECTRIC: Final = frozenset(range(4, 41))


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A phase of something that is not electricity."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    if reading_type.phases and reading_type.commodity in NOT_ELECTRIC:
        return f"{phrase('phases', reading_type.phases)} of {phrase('commodity', reading_type.commodity)}"
    return ""


RULE = Rule(
    id="RT-09",
    requires="phases only of electricity",
    source="IEC 61968-9, Annex C, ReadingType.phases",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(
        '<ReadingType ref="0.0.2.4.1.7.58.0.0.0.0.0.0.0.0.0.42.0"/>',
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.128.3.72.0"/>',
    ),
    fails=('<ReadingType ref="0.0.2.4.1.7.58.0.0.0.0.0.0.0.128.0.42.0"/>',),
    why="The gas reading is not found under the type that it is looked for, and the bill waits.",
    mend="Write 0 for phases where the commodity is not electricity.",
)

"""RT-06: without a direction nobody knows whether energy was used or fed in."""

from collections.abc import Iterator

from ami.findings import Severity
from ami.reading_type import ENERGY, ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import ELECTRICITIES, phrase, type_breaches
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """Electric energy under flow direction 0."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    if reading_type.measurement_kind == ENERGY and reading_type.commodity in ELECTRICITIES and not reading_type.flow_direction:
        return f"{phrase('commodity', reading_type.commodity)} energy without a flow direction"
    return ""


RULE = Rule(
    id="RT-06",
    requires="electric energy to say which way it flows",
    source="IEC 61968-9, Annex C, ReadingType.flowDirection",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(
        '<ReadingType ref="0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>',
        '<ReadingType ref="0.0.2.4.19.1.12.0.0.0.0.0.0.0.0.3.72.0"/>',
    ),
    fails=('<ReadingType ref="0.0.2.4.0.1.12.0.0.0.0.0.0.0.0.3.72.0"/>',),
    why="A household with panels on its roof is billed for what it fed in.",
    mend="Write 1 for what was used, 19 for what was fed in, 4 for the difference.",
)

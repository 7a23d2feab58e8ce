"""RT-07: a voltage flows nowhere."""

from collections.abc import Iterator

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.rule import Breach, Rule
from conformance.views.reading_types import UNDIRECTED_KINDS, phrase, type_breaches
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A flow direction of something that has none."""
    yield from type_breaches(readings, _contradiction)


def _contradiction(reading_type: ReadingType) -> str:
    if reading_type.measurement_kind in UNDIRECTED_KINDS and reading_type.flow_direction:
        return f"{phrase('flow_direction', reading_type.flow_direction)} {phrase('measurement_kind', reading_type.measurement_kind)}"
    return ""


RULE = Rule(
    id="RT-07",
    requires="a flow direction only where something flows",
    source="IEC 61968-9, Annex C, ReadingType.flowDirection",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=('<ReadingType ref="0.2.2.12.0.1.158.0.0.0.0.0.0.0.128.0.29.0"/>',),
    fails=('<ReadingType ref="0.2.2.12.1.1.158.0.0.0.0.0.0.0.128.0.29.0"/>',),
    why="Two systems keep the same voltage under two names, and neither finds that of the other.",
    mend="Write 0 as flow direction of voltages, frequencies and temperatures.",
)

"""MR-03: a timestamp without an offset bills the wrong hour twice a year."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A timeStamp that does not say which hour it is when the clocks change."""
    for row in places(readings.moments.known & ~readings.moments.has_offset):
        yield readings.breach(row, "timeStamp")


RULE = Rule(
    id="MR-03",
    requires="every reading's timestamp to name its offset from UTC",
    source="IEC 61968-9, Reading.timeStamp",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        "<timeStamp>2026-03-01T00:30:00Z</timeStamp>",
        "<timeStamp>2026-03-01T01:30:00+01:00</timeStamp>",
        "<timeStamp>2026-02-28T19:00:00.000-05:30</timeStamp>",
    ),
    fails=("<timeStamp>2026-03-01T00:30:00</timeStamp>", "<timeStamp>2026-03-01T00:30:00.000</timeStamp>"),
    why="When the clocks go back, two hours have the same name, and one of them is billed twice.",
    mend="Write the moment in UTC with Z, or with its offset.",
)

"""MR-20: the span that a value is of has a beginning before its end."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.moments import written
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A timePeriod that does not start before it ends, or names no offset."""
    if not len(readings.cells.period_row):
        return
    spans = readings.named_periods
    for place in places((spans.known & (spans.start >= spans.end)) | spans.vague):
        reason = "without an offset from UTC" if spans.vague[place] else "backwards"
        found = f"{written(spans.start[place])} to {written(spans.end[place])}, {reason}"
        yield readings.breach(int(spans.row[place]), "timePeriod", found)


_BILLED = (
    "<Readings><timeStamp>2026-03-01T00:00:00Z</timeStamp><value>430</value>"
    '<ReadingType ref="8.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>'
    "<timePeriod><end>{}</end><start>{}</start></timePeriod></Readings>"
)

RULE = Rule(
    id="MR-20",
    requires="timePeriod to start before it ends, both with their offset from UTC",
    source="IEC 61968-9, Reading.timePeriod",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(_BILLED.format("2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z"),),
    fails=(
        _BILLED.format("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"),
        _BILLED.format("2026-03-01T00:00:00", "2026-02-01T00:00:00Z"),
    ),
    why="What was used in the billing period is put into another one, or into none.",
    mend="Write start and end in UTC with Z, the earlier one as start.",
)

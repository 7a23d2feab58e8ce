"""MR-11: a span has a beginning and an end, in that order, at moments that everybody reads alike."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.moments import written
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A valuesInterval that ends before it starts, or names no offset."""
    spans = readings.spans
    backwards = spans.known & (spans.start > spans.end)
    vague = (spans.starts.known & ~spans.starts.has_offset) | (spans.ends.known & ~spans.ends.has_offset)
    for place in places(backwards | vague):
        reason = "without an offset from UTC" if vague[place] else "backwards"
        found = f"{written(spans.start[place])} to {written(spans.end[place])}, {reason}"
        yield Breach(readings.where_member(place, "valuesInterval"), found)


_SPAN = "<valuesInterval><end>2026-03-01T01:00:00{}</end><start>2026-03-01T0{}:00:00Z</start></valuesInterval>"

RULE = Rule(
    id="MR-11",
    requires="valuesInterval to start before it ends, both with their offset from UTC",
    source="IEC 61968-9, MeterReading.valuesInterval",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(_SPAN.format("Z", 0), "<Meter><mRID>M-1</mRID></Meter>"),
    fails=(_SPAN.format("Z", 2), _SPAN.format("", 0)),
    why="A bill for a span that cannot be understood cannot be defended.",
    mend="Write start and end in UTC with Z, the earlier one as start.",
)

"""MR-47: half past twelve is when the interval from a quarter past ended, not when the next one begins."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.moments import written
from conformance.rule import Breach, Rule
from conformance.views.cells import places
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A block that fills valuesInterval only if its timestamps are taken for the beginnings of intervals."""
    for block in places(readings.named_by_beginning):
        row = int(readings.cells.block_first[block])
        member = int(readings.cells.block_member[block])
        found = f"{readings.stamp(row)!r} as the first in a span that starts at {written(readings.spans.start[member])}"
        yield readings.breach(row, "timeStamp", f"{found}, of meter {readings.meter(row)!r}")


_SPAN = "<valuesInterval><end>2026-03-01T01:00:00Z</end><start>2026-03-01T00:00:00Z</start></valuesInterval>"


def _block(*minutes: str) -> str:
    rows = (f"<IntervalReadings><timeStamp>2026-03-01T0{at}:00Z</timeStamp><value>0.1</value></IntervalReadings>" for at in minutes)
    return "".join(rows) + _SPAN


RULE = Rule(
    id="MR-47",
    requires="the timestamps of intervals to be their ends",
    source="IEC 61968-9, IntervalReading.timeStamp",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(_block("0:15", "0:30", "0:45", "1:00"),),
    fails=(_block("0:00", "0:15", "0:30", "0:45"),),
    why="All values of the day are billed a quarter of an hour too early, some of them at the wrong price.",
    mend="Write the end of each interval: the first of a day is a quarter past midnight, the last is midnight.",
)

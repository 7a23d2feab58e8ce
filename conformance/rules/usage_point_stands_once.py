"""MR-39: two meters that say the same of one place bill it twice."""

from collections.abc import Iterator
from itertools import combinations

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A usage point under two meters whose valuesIntervals share time and whose interval blocks share a reading type."""
    if not any(member.usage_point for member in readings.members):
        return
    at_point: dict[str, list[int]] = {}
    for number, member in enumerate(readings.members):
        if member.usage_point and member.meter:
            at_point.setdefault(member.usage_point, []).append(number)
    for point, members in at_point.items():
        for one, other in combinations(members, 2):
            if readings.members[one].meter != readings.members[other].meter and _share(readings, one, other):
                found = f"usage point {point!r} of meter {readings.members[one].meter!r} again, of {readings.members[other].meter!r}"
                yield Breach(readings.where_member(other, "UsagePoint"), found)


def _share(readings: ReadingColumns, one: int, other: int) -> bool:
    spans = readings.spans
    if not (spans.known[one] and spans.known[other]):
        return False
    types = [set(readings.cells.block_type[readings.cells.block_member == member].tolist()) for member in (one, other)]
    return bool(types[0] & types[1]) and max(spans.start[one], spans.start[other]) < min(spans.end[one], spans.end[other])


def _member(meter: str, hour: int) -> str:
    return (
        "<MeterReading><IntervalBlocks>"
        f"<IntervalReadings><timeStamp>2026-02-28T0{hour + 1}:00:00Z</timeStamp><value>0.1</value></IntervalReadings>"
        '<ReadingType ref="0.0.7.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></IntervalBlocks>'
        f"<Meter><mRID>{meter}</mRID></Meter><UsagePoint><mRID>UP-1</mRID></UsagePoint>"
        f"<valuesInterval><end>2026-02-28T0{hour + 1}:00:00Z</end><start>2026-02-28T0{hour}:00:00Z</start></valuesInterval></MeterReading>"
    )


RULE = Rule(
    id="MR-39",
    requires="the same time at a usage point from one meter only",
    source="IEC 61968-9, MeterReading.UsagePoint",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_member("M-1", 0) + _member("M-2", 1), _member("M-1", 0)),
    fails=(_member("M-1", 0) + _member("M-2", 0),),
    why="After an exchange both meters are billed for the same hours.",
    mend="End the old meter's span where the new one's begins; several meters at one place need a usage point each.",
)

"""MR-49: a usage point changes its meter; a reading does not."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A MeterReading that says where something was measured, and not by what."""
    for number, member in enumerate(readings.members):
        if member.usage_point and not member.meter:
            yield Breach(readings.where_member(number), f"readings of usage point {member.usage_point!r} by no meter")


_POINT = "<UsagePoint><mRID>UP-1</mRID></UsagePoint>"

RULE = Rule(
    id="MR-49",
    requires="readings of a usage point to name the meter that took them",
    source="IEC 61968-9, MeterReading.Meter and MeterReading.UsagePoint",
    severity=Severity.REMARK,
    works_on=ReadingColumns,
    check=check,
    passes=("<Meter><mRID>M-1</mRID></Meter>" + _POINT,),
    fails=("<Meter/>" + _POINT,),
    why="When the meter is exchanged on that day, nobody can tell whose readings these are.",
    mend="Write the meter's mRID or its serial number into Meter, where there is one.",
)

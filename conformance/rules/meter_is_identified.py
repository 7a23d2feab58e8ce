"""MR-01: a reading that belongs to no meter cannot be billed to anybody."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A MeterReading of which neither the meter nor the usage point has an mRID or a name."""
    for number, member in enumerate(readings.members):
        if not member.meter and not member.usage_point:
            yield Breach(readings.where_member(number), "a MeterReading without mRID or name of a meter, or of a usage point")


RULE = Rule(
    id="MR-01",
    requires="every MeterReading to identify its meter, or its usage point, by mRID or name",
    source="IEC 61968-9, MeterReading.Meter and MeterReading.UsagePoint",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        "<Meter><mRID>M-1</mRID></Meter>",
        "<Meter><Names><name>M-1</name></Names></Meter>",
    ),
    fails=("<Meter/>", "<Meter><Names><name> </name></Names></Meter>"),
    why="The kilowatt-hours were used, and nobody pays for them.",
    mend="Write the meter's mRID or its serial number into Meter.",
)

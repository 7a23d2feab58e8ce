"""MR-02: a meter that speaks twice in one message may contradict itself."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A meter that an earlier MeterReading of the message was about already."""
    seen: dict[str, str] = {}
    for number, member in enumerate(readings.members):
        if readings.is_inside_its_meter(number):
            continue
        if member.meter and member.meter in seen:
            yield Breach(readings.where_member(number, "Meter"), f"meter {member.meter!r} again, after {seen[member.meter]}")
        seen.setdefault(member.meter, member.path.rpartition("/")[2])


_ONE = "<MeterReading><Meter><mRID>{}</mRID></Meter></MeterReading>"
_WORK = (
    "<MeterServiceWork><kind>disconnect</kind><Meter><mRID>M-1</mRID>"
    + 2 * "<MeterReadings><valuesInterval><end>2026-03-01T00:00:00Z</end></valuesInterval></MeterReadings>"
    + "</Meter></MeterServiceWork>"
)

RULE = Rule(
    id="MR-02",
    requires="each meter to stand in one MeterReading of a message",
    source="IEC 61968-9, MeterReading.Meter",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_ONE.format("M-1") + _ONE.format("M-2"), _WORK),
    fails=(_ONE.format("M-1") + _ONE.format("M-1"),),
    why="Some systems keep the first half of the readings, others the second.",
    mend="Put all blocks and readings of a meter into one MeterReading.",
)

"""SC-03: what is to be read is named by eighteen numbers."""

import re
from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.orders import ScheduleView

EIGHTEEN_NUMBERS: Final = re.compile(r"-?[0-9]+(\.-?[0-9]+){17}", re.ASCII)


def check(schedule: ScheduleView) -> Iterator[Breach]:
    """A reading type whose name is not eighteen whole numbers."""
    for each in schedule.types:
        if not EIGHTEEN_NUMBERS.fullmatch(each.text):
            yield Breach(each.where, repr(each.text))


_SCHEDULE = (
    "<MeterReadSchedule><EndDevice><mRID>M-1</mRID></EndDevice><ReadingType><Names><name>{}</name></Names></ReadingType>"
    "<TimeSchedule><scheduleInterval><end>2026-03-02T00:00:00Z</end><start>2026-03-01T00:00:00Z</start></scheduleInterval></TimeSchedule>"
    "</MeterReadSchedule>"
)

RULE = Rule(
    id="SC-03",
    requires="reading types of eighteen whole numbers in a schedule",
    source="IEC 61968-9, MeterReadSchedule.ReadingType; Annex C",
    severity=Severity.WARNING,
    works_on=ScheduleView,
    check=check,
    passes=(_SCHEDULE.format("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"),),
    fails=(_SCHEDULE.format("0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72"), _SCHEDULE.format("kWh")),
    why="The head-end reads what it thinks was meant, and the register that the bill needs is not among it.",
    mend="Write all eighteen fields as the name of the reading type.",
)

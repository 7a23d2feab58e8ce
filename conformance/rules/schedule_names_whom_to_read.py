"""SC-02: a schedule must say whose readings it is for."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.orders import ScheduleView


def check(schedule: ScheduleView) -> Iterator[Breach]:
    """A schedule without any device, usage point, group, account or agreement."""
    if not schedule.targets and not schedule.ends:
        yield Breach(schedule.where, "a schedule for nobody")


_SPAN = (
    "<TimeSchedule><scheduleInterval><end>2026-03-02T00:00:00Z</end><start>2026-03-01T00:00:00Z</start></scheduleInterval></TimeSchedule>"
)

RULE = Rule(
    id="SC-02",
    requires="a schedule to name a meter, a usage point, a group, an account or an agreement",
    source="IEC 61968-9, MeterReadSchedule.EndDevice",
    severity=Severity.ERROR,
    works_on=ScheduleView,
    check=check,
    passes=(f"<EndDevice><mRID>M-1</mRID></EndDevice>{_SPAN}",),
    fails=(_SPAN,),
    why="Nothing is read, and at the end of the month there is nothing to bill.",
    mend="Write the mRID of each meter into an EndDevice.",
)

"""SC-05: whom to read is said once."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.orders import ScheduleView


def check(schedule: ScheduleView) -> Iterator[Breach]:
    """A device, usage point, group, account or agreement that a schedule names a second time."""
    seen: set[tuple[str, str]] = set()
    for target in schedule.asked:
        key = target.kind, target.name
        if target.name and key in seen:
            yield Breach(target.where, f"{target.name!r} again")
        seen.add(key)


_SCHEDULE = (
    "<EndDevice><mRID>M-1</mRID></EndDevice><EndDevice><mRID>{}</mRID></EndDevice>"
    "<TimeSchedule><scheduleInterval><end>2026-03-02T00:00:00Z</end><start>2026-03-01T00:00:00Z</start></scheduleInterval></TimeSchedule>"
)

RULE = Rule(
    id="SC-05",
    requires="each device, usage point and group once in a schedule",
    source="IEC 61968-9, MeterReadSchedule.EndDevice",
    severity=Severity.WARNING,
    works_on=ScheduleView,
    check=check,
    passes=(_SCHEDULE.format("M-2"),),
    fails=(_SCHEDULE.format("M-1"),),
    why="The meter is read twice, and a receiver that adds up bills it twice.",
    mend="Name each meter once.",
)

"""SC-06: an order to read says when."""

from collections.abc import Iterator

from ami.findings import Severity
from conformance.rule import Breach, Rule
from conformance.views.orders import ScheduleView


def check(schedule: ScheduleView) -> Iterator[Breach]:
    """A schedule with neither a span that starts somewhere nor a moment."""
    for each in schedule.schedules:
        starts = each.span is not None and each.span.start.text
        if not starts and not any(point.at.text for point in each.points):
            yield Breach(each.where, "a TimeSchedule without a start and without a moment")
    if not schedule.schedules and not schedule.ends:
        yield Breach(schedule.where, "a schedule without any TimeSchedule")


_SCHEDULE = "<EndDevice><mRID>M-1</mRID></EndDevice>{}"
_TIMES = "<TimeSchedule><scheduleInterval><end>2026-03-02T00:00:00Z</end>{}</scheduleInterval></TimeSchedule>"

RULE = Rule(
    id="SC-06",
    requires="a schedule to say when to read",
    source="IEC 61968-9, MeterReadSchedule.TimeSchedule",
    severity=Severity.WARNING,
    works_on=ScheduleView,
    check=check,
    passes=(
        _SCHEDULE.format(_TIMES.format("<start>2026-03-01T00:00:00Z</start>")),
        f"<root>CancelMeterReadSchedule</root><Verb>cancel</Verb>{_SCHEDULE.format('')}",
    ),
    fails=(_SCHEDULE.format(""), _SCHEDULE.format(_TIMES.format(""))),
    why="Nothing is read, and nobody has refused to.",
    mend="Write the span to read into scheduleInterval.",
)

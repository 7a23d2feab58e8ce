"""SC-08: nobody can read by a schedule that has ended."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.rule import Breach, Rule
from conformance.views.orders import ScheduleView

TOLERANCE: Final = timedelta(minutes=5)


def check(schedule: ScheduleView) -> Iterator[Breach]:
    """A schedule that is read again and again, until before the message that orders it."""
    if schedule.said_at is None or schedule.ends:
        return
    for each in schedule.schedules:
        end = moment(each.span.end.text) if each.span is not None else None
        if each.span is None or end is None or not end.has_offset or "recurrencePeriod" not in each.own:
            continue
        if schedule.said_at - end.at > TOLERANCE:
            yield Breach(each.span.end.where, f"{each.span.end.text!r} in a message of {schedule.said_at.isoformat()}")


_SCHEDULE = (
    "<EndDevice><mRID>M-1</mRID></EndDevice><TimeSchedule>{}"
    "<scheduleInterval><end>{}-03-02T00:00:00Z</end><start>2024-03-01T00:00:00Z</start></scheduleInterval></TimeSchedule>"
)
_DAILY = "<recurrencePeriod>86400</recurrencePeriod>"

RULE = Rule(
    id="SC-08",
    requires="a recurring schedule to end after the message that orders it",
    source="IEC 61968-9, MeterReadSchedule, TimeSchedule.scheduleInterval",
    severity=Severity.WARNING,
    works_on=ScheduleView,
    check=check,
    passes=(_SCHEDULE.format(_DAILY, 2026), _SCHEDULE.format("", 2025)),
    fails=(_SCHEDULE.format(_DAILY, 2025),),
    why="The head-end accepts the schedule, and never reads a meter by it.",
    mend="Check the year of the end, or leave the end out where the schedule goes on until it is cancelled.",
)

"""SC-07: the moments of a schedule lie within its span, and follow one another."""

from collections.abc import Iterator
from itertools import pairwise

from ami.findings import Severity
from conformance.moments import moment
from conformance.quantities import whole
from conformance.rule import Breach, Rule
from conformance.views.orders import ScheduleView, TimeScheduleView


def check(schedule: ScheduleView) -> Iterator[Breach]:
    """A moment outside the scheduleInterval, or one that is not later than the one before it in the sequence."""
    for each in schedule.schedules:
        yield from _outside(each)
        numbers = ((whole(point.number.text), place, point) for place, point in enumerate(each.points))
        in_order = sorted((number, place, point) for number, place, point in numbers if number is not None and moment(point.at.text))
        for (_, _, before), (_, _, after) in pairwise(in_order):
            first, second = moment(before.at.text), moment(after.at.text)
            if first is not None and second is not None and first.at >= second.at:
                yield Breach(after.at.where, f"{after.at.text!r} as number {after.number.text}, after {before.at.text!r}")


def _outside(schedule: TimeScheduleView) -> Iterator[Breach]:
    start = moment(schedule.span.start.text) if schedule.span is not None else None
    end = moment(schedule.span.end.text) if schedule.span is not None else None
    for point in schedule.points:
        at = moment(point.at.text)
        if at is not None and ((start is not None and at.at < start.at) or (end is not None and at.at > end.at)):
            yield Breach(point.at.where, f"{point.at.text!r} outside the scheduleInterval")


_SCHEDULE = (
    "<EndDevice><mRID>M-1</mRID></EndDevice><TimeSchedule>"
    "<scheduleInterval><end>2026-03-02T00:00:00Z</end><start>2026-03-01T00:00:00Z</start></scheduleInterval>"
    "<TimePoints><dateTime>2026-03-01T06:00:00Z</dateTime><sequenceNumber>1</sequenceNumber></TimePoints>"
    "<TimePoints><dateTime>{}</dateTime><sequenceNumber>{}</sequenceNumber></TimePoints></TimeSchedule>"
)

RULE = Rule(
    id="SC-07",
    requires="the moments of a schedule to lie within its scheduleInterval, in the order of their numbers",
    source="IEC 61968-9, MeterReadSchedule, TimeSchedule.TimePoints",
    severity=Severity.WARNING,
    works_on=ScheduleView,
    check=check,
    passes=(_SCHEDULE.format("2026-03-01T18:00:00Z", 2),),
    fails=(_SCHEDULE.format("2026-03-03T18:00:00Z", 2), _SCHEDULE.format("2026-03-01T18:00:00Z", 0)),
    why="The reading at the end of the month is not taken, and the bill is estimated.",
    mend="Widen the scheduleInterval or move the moment; number the moments from 1 in the order of time.",
)

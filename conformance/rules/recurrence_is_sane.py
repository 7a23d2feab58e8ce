"""SC-04: what recurs does so after some time, and within its span."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from conformance.moments import moment
from conformance.quantities import decimal
from conformance.rule import Breach, Rule
from conformance.views.orders import Interval, ScheduleView

SHORTEST_S: Final = 60


def check(schedule: ScheduleView) -> Iterator[Breach]:
    """A recurrencePeriod of less than a minute, or longer than the scheduleInterval that it recurs in."""
    for each in schedule.schedules:
        field = each.own.get("recurrencePeriod")
        if field is None:
            continue
        seconds = decimal(field.text)
        if seconds is None or seconds < SHORTEST_S:
            yield Breach(field.where, f"{field.text!r} seconds")
        elif each.span is not None and 0 < _seconds(each.span) < seconds:
            yield Breach(field.where, f"{field.text!r} seconds in a span of {_seconds(each.span):g}")


def _seconds(span: Interval) -> float:
    start, end = moment(span.start.text), moment(span.end.text)
    return (end.at - start.at).total_seconds() if start is not None and end is not None else 0.0


_SCHEDULE = (
    "<EndDevice><mRID>M-1</mRID></EndDevice><TimeSchedule><recurrencePeriod>{}</recurrencePeriod>"
    "<scheduleInterval><end>2026-03-08T00:00:00Z</end><start>2026-03-01T00:00:00Z</start></scheduleInterval></TimeSchedule>"
)

RULE = Rule(
    id="SC-04",
    requires="a recurrencePeriod of a minute or more that is not longer than its scheduleInterval",
    source="IEC 61968-9, MeterReadSchedule, TimeSchedule.recurrencePeriod (Seconds)",
    severity=Severity.WARNING,
    works_on=ScheduleView,
    check=check,
    passes=(_SCHEDULE.format("86400"),),
    fails=(_SCHEDULE.format("0"), _SCHEDULE.format("-86400"), _SCHEDULE.format("24"), _SCHEDULE.format("86400000")),
    why="Meters are read all the time until their batteries are empty, or once and never again.",
    mend="Write the period in seconds: a day is 86400.",
)

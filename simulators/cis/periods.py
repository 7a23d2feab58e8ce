"""Which time a bill may claim: none twice, and in the end none left out.

The rule: a bill is made for exactly the span that was asked for, less what other bills of the agreement hold already. What is
left over may be several stretches, and each becomes a bill of its own.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ami.days import days_span, local_day, moment
from ami.messages import Span

BILLING_TIME = time(8)


def common(one: Span, other: Span) -> Span | None:
    """The time that two spans share, or None."""
    shared = Span(max(one.start, other.start), min(one.end, other.end))
    return shared if shared.start < shared.end else None


def unclaimed(wanted: Span, claimed: Iterable[Span]) -> list[Span]:
    """What of `wanted` no span of `claimed` touches, in order of time."""
    left = []
    start = wanted.start
    for span in sorted(claimed):
        if span.start >= wanted.end:
            break
        if span.start > start:
            left.append(Span(start, span.start))
        start = max(start, span.end)
    if start < wanted.end:
        left.append(Span(start, wanted.end))
    return left


def first_of_next_month(day: date) -> date:
    """The first day of the month after that of `day`."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def next_cycle(now: datetime, zone: ZoneInfo) -> datetime:
    """The next moment, after `now`, at which bills on cycle are made: a first of the month at the local billing time."""
    today = local_day(now, zone)
    this_month = moment(today.replace(day=1), BILLING_TIME, zone)
    return this_month if this_month > now else moment(first_of_next_month(today), BILLING_TIME, zone)


def month_before(at: datetime, zone: ZoneInfo) -> Span:
    """The calendar month, in local days, before the month of `at`."""
    beyond = local_day(at, zone).replace(day=1)
    return days_span((beyond - timedelta(days=1)).replace(day=1), beyond, zone)


def next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    """The next moment, after `now`, of the local billing time."""
    today = local_day(now, zone)
    this_morning = moment(today, BILLING_TIME, zone)
    return this_morning if this_morning > now else moment(today + timedelta(days=1), BILLING_TIME, zone)


def days_charged(span: Span, zone: ZoneInfo) -> int:
    """How many standing charges a span owes: midnights passed, so that bills end to end charge every day once."""
    return (local_day(span.end, zone) - local_day(span.start, zone)).days

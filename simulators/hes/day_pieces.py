"""A span cut where local days end, as near as a meter's intervals allow."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ami.days import day_span, local_day
from ami.messages import Span


def interval_start(at: datetime, minutes: int) -> datetime:
    """The start of the interval of so many minutes that `at` lies in; intervals are counted in UTC."""
    step_s = minutes * 60
    return datetime.fromtimestamp(int(at.timestamp()) // step_s * step_s, UTC)


def by_day(span: Span, minutes: int, zone: ZoneInfo) -> Iterator[Span]:
    """The pieces of a span, each within one local day.

    Where midnight falls within an interval (a zone of half hours, a meter of hours), that interval belongs to the next day.
    """
    start = span.start
    while start < span.end:
        day = local_day(start, zone)
        end = interval_start(day_span(day, zone).end, minutes)
        if end <= start:
            end = interval_start(day_span(day + timedelta(days=1), zone).end, minutes)
        yield Span(start, min(end, span.end))
        start = end

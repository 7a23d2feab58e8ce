"""Days and months as a utility counts them: local, so that two days a year are an hour short or long."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ami.messages import Span


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The UTC moment of a local time on a local day; of two such moments in autumn, the first."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def day_span(day: date, zone: ZoneInfo) -> Span:
    """The local day from midnight to midnight, in UTC: 23, 24 or 25 hours."""
    return Span(moment(day, time(), zone), moment(day + timedelta(days=1), time(), zone))


def days_span(first: date, beyond: date, zone: ZoneInfo) -> Span:
    """From the start of the local day `first` to the start of the local day `beyond`, in UTC."""
    return Span(moment(first, time(), zone), moment(beyond, time(), zone))


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The local day that a moment falls in; the end of an interval at midnight belongs to the next day."""
    return at.astimezone(zone).date()


def interval_ends(span: Span, minutes: int) -> Iterator[datetime]:
    """The end of each interval within `span`, in order; `span` starts on an interval's start."""
    step = timedelta(minutes=minutes)
    end = span.start + step
    while end <= span.end:
        yield end
        end += step

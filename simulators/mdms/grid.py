"""The grid of time that a meter data management counts on: seconds since 1970, cut into the utility's local days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from ami.days import day_span


def seconds(at: datetime) -> int:
    """The whole seconds since 1970."""
    return int(at.timestamp())


def moment(at: int) -> datetime:
    """The moment of so many seconds since 1970."""
    return datetime.fromtimestamp(at, UTC)


class Grid:
    """Local days of one zone; each is worked out once."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._bounds: dict[date, tuple[int, int]] = {}

    def bounds(self, day: date) -> tuple[int, int]:
        """The start and the end of a local day."""
        known = self._bounds.get(day)
        if known is None:
            span = day_span(day, self.zone)
            known = self._bounds[day] = (seconds(span.start), seconds(span.end))
        return known

    def day(self, at: int) -> date:
        """The local day that a moment falls in; midnight begins the new one."""
        return moment(at).astimezone(self.zone).date()

    def day_ending(self, end: int) -> date:
        """The local day of the interval that ends then; midnight ends the old one."""
        return self.day(end - 1)

    def days(self, start: int, end: int) -> list[date]:
        """The local days that [start, end) touches."""
        if end <= start:
            return []
        first, last = self.day(start), self.day_ending(end)
        return [first + timedelta(days=count) for count in range((last - first).days + 1)]

    def ends(self, start: int, end: int, minutes: int) -> list[int]:
        """The ends of the intervals that lie wholly within [start, end), in order."""
        step = minutes * 60
        found: list[int] = []
        for day in self.days(start, end):
            day_start, day_end = self.bounds(day)
            if start <= day_start and day_end <= end:
                found.extend(range(day_start + step, day_end + 1, step))
            else:
                found.extend(at for at in range(day_start + step, day_end + 1, step) if start <= at - step and at <= end)
        return found

    def is_edge(self, at: int, minutes: int) -> bool:
        """Whether intervals begin and end at that moment."""
        return (at - self.bounds(self.day(at))[0]) % (minutes * 60) == 0

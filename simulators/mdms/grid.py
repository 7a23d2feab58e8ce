"""The grid of time that a meter data management counts on: seconds since 1970, cut into the utility's local days."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ami.days import day_span

MOST_SPANS: Final = 4096
"""So many worked-out spans are remembered: all meters ask for the same days."""


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
        self._last = (0, 0, date.min)
        self._edges: dict[tuple[int, int], bool] = {}
        self._ends: dict[tuple[int, int, int], tuple[int, ...]] = {}

    def bounds(self, day: date) -> tuple[int, int]:
        """The start and the end of a local day."""
        known = self._bounds.get(day)
        if known is None:
            span = day_span(day, self.zone)
            known = self._bounds[day] = (seconds(span.start), seconds(span.end))
        return known

    def day(self, at: int) -> date:
        """The local day that a moment falls in; midnight begins the new one."""
        start, end, day = self._last
        if not start <= at < end:
            day = moment(at).astimezone(self.zone).date()
            self._last = (*self.bounds(day), day)
        return day

    def day_ending(self, end: int) -> date:
        """The local day of the interval that ends then; midnight ends the old one."""
        return self.day(end - 1)

    def days(self, start: int, end: int) -> list[date]:
        """The local days that [start, end) touches."""
        if end <= start:
            return []
        first, last = self.day(start), self.day_ending(end)
        return [first + timedelta(days=count) for count in range((last - first).days + 1)]

    def ends(self, start: int, end: int, minutes: int) -> tuple[int, ...]:
        """The ends of the intervals that lie wholly within [start, end), in order."""
        known = self._ends.get((start, end, minutes))
        if known is None:
            if len(self._ends) > MOST_SPANS:
                self._ends.clear()
            known = self._ends[start, end, minutes] = tuple(self._counted(start, end, minutes * 60))
        return known

    def _counted(self, start: int, end: int, step: int) -> Iterator[int]:
        for day in self.days(start, end):
            day_start, day_end = self.bounds(day)
            yield from (at for at in range(day_start + step, day_end + 1, step) if start <= at - step and at <= end)

    def is_edge(self, at: int, minutes: int) -> bool:
        """Whether intervals begin and end at that moment."""
        known = self._edges.get((at, minutes))
        if known is None:
            if len(self._edges) > MOST_SPANS:
                self._edges.clear()
            known = self._edges[at, minutes] = (at - self.bounds(self.day(at))[0]) % (minutes * 60) == 0
        return known

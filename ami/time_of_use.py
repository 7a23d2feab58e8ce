"""The calendar of a time-of-use tariff: which period an hour belongs to, by season, weekday and holiday."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of a working day, [start, end), that belongs to `period`."""

    start: time
    end: time
    period: int


@dataclass(frozen=True, slots=True)
class Season:
    """Whole months with the same slots; hours outside every slot belong to the calendar's base period."""

    name: str
    months: frozenset[int]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class TimeOfUse:
    """A calendar. Periods count from 1; weekends and holidays belong to `base` all day."""

    zone: ZoneInfo
    period_names: tuple[str, ...]
    seasons: tuple[Season, ...]
    holidays: frozenset[date] = field(default=frozenset())
    base: int = 1

    def period_at(self, start: datetime) -> int:
        """The period of the interval that starts at `start` (aware)."""
        local = start.astimezone(self.zone)
        if local.weekday() in WEEKEND or local.date() in self.holidays:
            return self.base
        for season in self.seasons:
            if local.month in season.months:
                clock = local.time()
                return next((slot.period for slot in season.slots if slot.start <= clock < slot.end), self.base)
        return self.base

    @property
    def periods(self) -> tuple[int, ...]:
        """All periods, from 1."""
        return tuple(range(1, len(self.period_names) + 1))

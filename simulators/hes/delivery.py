"""Delivery of what was collected: in batches, day by day, with the habits that a head-end may have."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ami import names
from ami.days import local_day
from ami.messages import Message, MeterReading, MeterReadings
from simulators.hes.letters import Letters


@dataclass(frozen=True, slots=True)
class Habits:
    """How a head-end delivers. is_reversed: the last batch of the last day first; repeat: how often it sends each batch."""

    is_reversed: bool = False
    repeat: int = 1
    hold_until: datetime | None = None


class Delivery:
    """Readings on their way to the MDMS. batch: how many meters one message carries."""

    def __init__(self, zone: ZoneInfo, batch: int, letters: Letters) -> None:
        self.habits = Habits()
        self._zone = zone
        self._batch = batch
        self._letters = letters
        self._ready: list[MeterReading] = []

    def add(self, readings: Iterable[MeterReading]) -> None:
        """Take readings to deliver."""
        self._ready.extend(readings)

    def release(self, now: datetime) -> list[Message]:
        """The messages for all that is ready, unless it is held back."""
        hold_until = self.habits.hold_until
        if not self._ready or (hold_until is not None and now < hold_until):
            return []
        batches = list(self._batches())
        self._ready = []
        if self.habits.is_reversed:
            batches.reverse()
        return [
            self._letters.event(names.METER_READINGS, MeterReadings(tuple(batch)), names.MDMS, now)
            for batch in batches
            for _ in range(self.habits.repeat)
        ]

    def kept_back(self) -> list[str]:
        """The meters of which there is something to deliver still."""
        return sorted({reading.meter for reading in self._ready})

    def due_at(self) -> datetime | None:
        """When what is held back may go."""
        return self.habits.hold_until if self._ready else None

    def _batches(self) -> Iterator[Sequence[MeterReading]]:
        """So many meters of one day at a time, the earliest day first."""
        of_day: dict[date | None, list[MeterReading]] = {}
        for reading in self._ready:
            day = local_day(reading.span.start, self._zone) if reading.span else None
            of_day.setdefault(day, []).append(reading)
        for day in sorted(of_day, key=lambda day: day or date.min):
            readings = of_day[day]
            for first in range(0, len(readings), self._batch):
                yield readings[first : first + self._batch]

"""Scheduled collection: every night the day before, and whatever is missing from earlier days."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ami.days import day_span, local_day, moment
from ami.messages import MeterReading, Span
from simulators.hes.day_pieces import by_day, interval_start
from simulators.hes.holdings import Holdings
from simulators.hes.payloads import meter_reading
from simulators.hes.registry import Registry
from simulators.meter import MeterNetwork

RETRIES = 3
RETRY_AFTER = timedelta(hours=1)


class Collected(NamedTuple):
    """What one round came to. clocks_set: the meters whose clock was wrong and has been set."""

    readings: list[MeterReading]
    answered: list[str]
    unanswered: list[str]
    clocks_set: list[str]


class Retry(NamedTuple):
    """Meters that did not answer, when to try them again, and how often after that."""

    at: datetime
    meters: Sequence[str]
    left: int


class Collection:
    """Reads each registered meter once a day; a meter's readings are collected in order and without holes."""

    def __init__(
        self, zone: ZoneInfo, collect_at: time, registry: Registry, network: MeterNetwork, holdings: Holdings, now: datetime
    ) -> None:
        self.collected_from: dict[str, datetime] = {}
        self.collected_until: dict[str, datetime] = {}
        self._zone = zone
        self._collect_at = collect_at
        self._registry = registry
        self._network = network
        self._holdings = holdings
        self._next_at = self._next_after(now)
        self._retry: Retry | None = None

    def due_at(self) -> datetime:
        """When to collect next."""
        return self._next_at if self._retry is None else min(self._next_at, self._retry.at)

    def wake(self, now: datetime) -> Collected:
        """Collect what is due: all meters once a day, those that did not answer again every hour, three times."""
        if self._next_at <= now:
            self._next_at = self._next_after(now)
            collected = self.collect(now, list(self._registry))
            self._retry = Retry(now + RETRY_AFTER, collected.unanswered, RETRIES) if collected.unanswered else None
            return collected
        if self._retry is not None and self._retry.at <= now:
            left = self._retry.left - 1
            collected = self.collect(now, self._retry.meters)
            self._retry = Retry(now + RETRY_AFTER, collected.unanswered, left) if left and collected.unanswered else None
            return collected
        return Collected([], [], [], [])

    def collect(self, now: datetime, meters: Iterable[str]) -> Collected:
        """Read what is still missing of the days before today."""
        today = day_span(local_day(now, self._zone), self._zone).start
        collected = Collected([], [], [], [])
        for meter in meters:
            missing = list(self._missing(meter, today))
            if not missing:
                continue
            if not self._network.can_be_read(meter, now):
                collected.unanswered.append(meter)
                continue
            collected.answered.append(meter)
            if self._set_clock(meter, now):
                collected.clocks_set.append(meter)
            readings = (self._read(meter, usage_point, span, now) for usage_point, span in missing)
            collected.readings.extend(reading for reading in readings if reading is not None)
        return collected

    def _set_clock(self, meter: str, now: datetime) -> bool:
        """Set a meter's clock right, if it is wrong; whether it was."""
        found = self._network.find(meter)
        if not found.state.clock_offset_s or not self._network.answers(meter, now):
            return False
        found.set_clock(0, now)
        return True

    def _read(self, meter: str, usage_point: str, span: Span, now: datetime) -> MeterReading | None:
        """One meter's readings of one piece; a piece of which it has nothing counts as collected too."""
        readout = self._network.read_span(meter, span, now)
        if readout is None:
            self.collected_until[meter] = span.end
            return None
        self.collected_from.setdefault(meter, readout.span.start)
        self.collected_until[meter] = readout.span.end
        self._holdings.keep(readout)
        return meter_reading(readout, usage_point)

    def _missing(self, meter: str, today: datetime) -> Iterator[tuple[str, Span]]:
        """Where a meter served and when, day by day, in all the time before `today` that is not collected yet."""
        found = self._network.meters.get(meter)
        minutes = found.order.interval_minutes if found else 60
        reached = self.collected_until.get(meter) or (interval_start(found.order.installed_at, minutes) if found else None)
        for service in self._registry.services(meter):
            start = interval_start(service.start, minutes)
            end = interval_start(today, minutes)
            if reached is not None:
                start = max(start, reached)
            if service.end is not None:
                end = min(end, service.end)
            for span in by_day(Span(start, end), minutes, self._zone):
                yield service.usage_point, span

    def _next_after(self, now: datetime) -> datetime:
        day = local_day(now, self._zone)
        at = moment(day, self._collect_at, self._zone)
        return at if at > now else moment(day + timedelta(days=1), self._collect_at, self._zone)

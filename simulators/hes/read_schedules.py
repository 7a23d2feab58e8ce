"""Read schedules: spans that somebody asked to have collected and delivered, once or again and again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ami import reply_codes
from ami.messages import MeterReading, MeterReadSchedule, Reply, ReplyError, Span
from simulators.hes.collection import RETRIES, RETRY_AFTER
from simulators.hes.day_pieces import by_day
from simulators.hes.letters import meter_error, outcome
from simulators.hes.on_demand import OnDemand, type_errors
from simulators.hes.registry import Registry
from simulators.meter import MeterNetwork

SHORTEST_RECURRENCE_S = 900
LONGEST_RECURRENCE_S = 366 * 86_400


@dataclass(frozen=True, slots=True)
class Job:
    """One collection on order. left: how often to try those again that do not answer; recurs_after: None for once."""

    at: datetime
    meters: Sequence[str]
    reading_types: Sequence[str]
    span: Span
    left: int = RETRIES
    recurs_after: timedelta | None = None


class ReadSchedules:
    """The collections on order; each is done as soon as its span has passed."""

    def __init__(self, zone: ZoneInfo, registry: Registry, network: MeterNetwork, on_demand: OnDemand) -> None:
        self._zone = zone
        self._registry = registry
        self._network = network
        self._on_demand = on_demand
        self._jobs: list[Job] = []

    def order(self, schedule: MeterReadSchedule) -> Reply:
        """Take an order; the reply says which meters it cannot be done for."""
        errors = type_errors(schedule.reading_types)
        if schedule.span.end <= schedule.span.start:
            errors.append(ReplyError(reply_codes.NOT_ATTEMPTED, "FATAL", "the span ends before it starts"))
        if schedule.recurrence_s is not None and not SHORTEST_RECURRENCE_S <= schedule.recurrence_s <= LONGEST_RECURRENCE_S:
            reason = f"a schedule recurs after {SHORTEST_RECURRENCE_S} to {LONGEST_RECURRENCE_S} s"
            errors.append(ReplyError(reply_codes.CANCELED_BY_RULE, "FATAL", reason))
        if not schedule.meters:
            errors.append(ReplyError(reply_codes.INVALID_METER, "FATAL", "the schedule names no meter"))
        if errors:
            return outcome(errors, some_done=False)
        known = [meter for meter in dict.fromkeys(schedule.meters) if meter in self._registry]
        unknown = [meter for meter in dict.fromkeys(schedule.meters) if meter not in self._registry]
        if known:
            recurs_after = timedelta(seconds=schedule.recurrence_s) if schedule.recurrence_s else None
            self._jobs.append(Job(schedule.span.end, known, schedule.reading_types, schedule.span, recurs_after=recurs_after))
        errors = [meter_error(reply_codes.INVALID_METER, "not in the registry", meter) for meter in unknown]
        return outcome(errors, some_done=bool(known), done_code=reply_codes.ACKNOWLEDGED)

    def due_at(self) -> datetime | None:
        """When the next order can be carried out."""
        return min((job.at for job in self._jobs), default=None)

    def wake(self, now: datetime) -> list[MeterReading]:
        """What the orders that are due bring in."""
        due = [job for job in self._jobs if job.at <= now]
        self._jobs = [job for job in self._jobs if job.at > now]
        readings: list[MeterReading] = []
        for job in due:
            silent = [meter for meter in job.meters if not self._network.can_be_read(meter, now)]
            readings += self._read([meter for meter in job.meters if meter not in silent], job, now)
            if silent and job.left:
                self._jobs.append(replace(job, at=now + RETRY_AFTER, meters=silent, left=job.left - 1, recurs_after=None))
            if job.recurs_after is not None:
                # What recurred unseen in the past is not made up for: the next round is the first one still to come.
                ahead = ((now - job.span.end) // job.recurs_after + 1) * job.recurs_after
                following = Span(job.span.start + ahead, job.span.end + ahead)
                self._jobs.append(replace(job, at=following.end, span=following))
        return readings

    def _read(self, meters: Iterable[str], job: Job, now: datetime) -> Iterator[MeterReading]:
        """The readings of some meters, day by day, so that no message grows with the span."""
        for meter in meters:
            found = self._network.find(meter)
            readable = found.readable(job.span, now)
            if readable is None:
                continue
            for piece in by_day(readable, found.order.interval_minutes, self._zone):
                reading = self._on_demand.read(meter, piece, job.reading_types, now)
                if isinstance(reading, MeterReading):
                    yield reading

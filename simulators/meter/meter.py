"""A meter: a switch, a clock, registers, intervals and an event log, driven by nothing but the time that it is told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from ami import event_types
from ami.messages import Span
from ami.reading_type import FORWARD, REVERSE
from simulators.meter.channel import Channel
from simulators.meter.interval_log import Energy
from simulators.meter.switch import Switch, tell

CAPACITOR_CHARGES_IN = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Order:
    """What is put in the field. register_digits: whole kWh that the register can show, after which it starts again at 0."""

    meter: str
    interval_minutes: int
    energy: Energy
    installed_at: datetime
    reverse_energy: Energy | None = None
    register_wh: int = 0
    reverse_register_wh: int = 0
    register_digits: int = 6


class State(NamedTuple):
    """How a meter stands from a moment on; it measures while it is supplied and its switch is closed."""

    since_s: int
    switch: Switch = Switch.CLOSED
    supplied: bool = True
    clock_offset_s: int = 0

    @property
    def running(self) -> bool:
        """Whether current flows."""
        return self.supplied and self.switch is Switch.CLOSED


class LogEntry(NamedTuple):
    """A line of the meter's event log. at: by the meter's own clock."""

    at: datetime
    text: str
    event_type: str | None = None


class Meter:
    """One meter in the field. Its timeline of states and its energy are the truth; all it measures follows from them."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.removed_at: datetime | None = None
        self._log = [LogEntry(order.installed_at, "installed")]
        self._installed_s = _second(order.installed_at)
        self._timeline = [State(self._installed_s)]
        self._measured_s = self._installed_s
        self._charged_at = order.installed_at
        flows = [(FORWARD, order.energy, order.register_wh)]
        if order.reverse_energy is not None:
            flows.append((REVERSE, order.reverse_energy, order.reverse_register_wh))
        self.channels = {
            flow: Channel(flow, energy, order.interval_minutes, self._installed_s, register_wh) for flow, energy, register_wh in flows
        }

    @property
    def state(self) -> State:
        """How it stands now."""
        return self._timeline[-1]

    def is_in_the_field(self, now: datetime) -> bool:
        """Whether it was installed by now and not removed yet."""
        return self.order.installed_at <= now and (self.removed_at is None or now < self.removed_at)

    def clock_at(self, now: datetime) -> datetime:
        """What its clock shows."""
        return now + timedelta(seconds=self.state.clock_offset_s)

    def log(self, now: datetime) -> list[LogEntry]:
        """What its event log holds."""
        gone = self.removed_at is not None and self.removed_at <= now
        return [*self._log, LogEntry(self.removed_at, "removed")] if gone and self.removed_at else self._log.copy()

    def tell(self, command: str, event_type: str, now: datetime) -> None:
        """Work the switch. Raises WrongStateError where its table has no way on."""
        switch = tell(self.state.switch, command)
        self._become(self.state._replace(switch=switch), f"switch {switch.value}", event_type, now)

    def lose_supply(self, now: datetime) -> bool:
        """Go dark; whether its capacitor was charged for a last gasp."""
        gasps = now >= self._charged_at
        text = "supply lost, last gasp sent" if gasps else "supply lost, no charge for a last gasp"
        self._become(self.state._replace(supplied=False), text, event_types.LAST_GASP, now)
        return gasps

    def restore_supply(self, now: datetime) -> None:
        """Come back; the capacitor takes its time to charge."""
        self._charged_at = now + CAPACITOR_CHARGES_IN
        self._become(self.state._replace(supplied=True), "supply restored", event_types.POWER_RESTORED, now)

    def set_clock(self, offset_s: int, now: datetime) -> None:
        """Put the clock ahead of the true time by `offset_s` (behind, where negative)."""
        self._become(self.state._replace(clock_offset_s=offset_s), "clock set", event_types.CLOCK_SET, now)

    def note(self, text: str, event_type: str, now: datetime) -> None:
        """Write a line into the event log."""
        self._log.append(LogEntry(self.clock_at(now), text, event_type))

    def set_register(self, wh: int, now: datetime) -> None:
        """Let the forward register have stood elsewhere at the installation. Raises ValueError once it has counted anything."""
        self.measure_until(now)
        channel = self.channels[FORWARD]
        if channel.register_wh != channel.register_wh_at_start:
            raise ValueError(f"meter {self.order.meter!r} has counted already")
        channel.start_from(wh)
        self.order = replace(self.order, register_wh=wh)

    def remove(self, at: datetime) -> None:
        """Take it out of the field at `at`, be it past or to come.

        Raises ValueError if that was done already, or if `at` is before its installation.
        """
        if self.removed_at is not None:
            raise ValueError(f"meter {self.order.meter!r} was removed already")
        if at < self.order.installed_at:
            raise ValueError(f"meter {self.order.meter!r} cannot be removed before it was installed")
        self.removed_at = at
        if self._measured_s > _second(at):
            self._measured_s = self._installed_s
            for channel in self.channels.values():
                channel.forget()

    def measure_until(self, now: datetime) -> None:
        """Measure what has flowed by now."""
        end_s = _second(now) if self.removed_at is None else min(_second(now), _second(self.removed_at))
        if end_s <= self._measured_s:
            return
        for since_s, until_s, state in self._stretches(end_s):
            start_s = max(since_s, self._measured_s)
            for channel in self.channels.values():
                channel.measure(start_s, until_s, running=state.running, clock_offset_s=state.clock_offset_s)
        self._measured_s = end_s

    @property
    def first_end(self) -> datetime:
        """When its first interval ends."""
        return _moment(self._grid_at_or_before(self._installed_s) + self.order.interval_minutes * 60)

    def measured_wh(self, flow: int, now: datetime) -> list[int]:
        """Wh of all its intervals that have ended, by the true time; the one in which it was removed is the last."""
        self.measure_until(now)
        log = self.channels[flow].measured
        gone = self.removed_at is not None and self.removed_at <= now
        return log.wh.copy() if gone else log.wh[: log.position(_second(now))]

    def readable(self, span: Span, now: datetime) -> Span | None:
        """The part of a span that its log can tell by now: whole intervals by its clock, from installation to removal.

        The first interval may have begun before the installation, the last may end after the removal.
        """
        start_s = self._installed_s if _second(span.start) <= self._installed_s else self._grid_at_or_after(_second(span.start))
        end_s = self._grid_at_or_before(min(_second(span.end), _second(self.clock_at(now))))
        if self.removed_at is not None and self.removed_at <= min(span.end, now):
            end_s = self._grid_at_or_after(_second(self.removed_at))
        return Span(_moment(start_s), _moment(end_s)) if start_s < end_s else None

    def clock_faults(self, now: datetime) -> list[Span]:
        """The stretches in which its clock was wrong: whole intervals, by the true time and by its clock."""
        faults = []
        for since_s, until_s, state in self._stretches(_second(now) + 1):
            offset_s = state.clock_offset_s
            if offset_s:
                start_s = self._grid_at_or_before(min(since_s, since_s + offset_s))
                end_s = self._grid_at_or_after(max(until_s, until_s + offset_s))
                faults.append(Span(_moment(start_s), _moment(end_s)))
        return faults

    def face_wh(self, register_wh: int) -> int:
        """What a register shows that has counted `register_wh`."""
        return int(register_wh % (1000 * 10**self.order.register_digits))

    def _stretches(self, end_s: int) -> Iterator[tuple[int, int, State]]:
        """The timeline up to `end_s`: from when to when it stood how."""
        for state, following in pairwise((*self._timeline, None)):
            if state is not None and state.since_s < end_s:
                yield state.since_s, end_s if following is None else min(following.since_s, end_s), state

    def _grid_at_or_before(self, second: int) -> int:
        step_s = self.order.interval_minutes * 60
        return second // step_s * step_s

    def _grid_at_or_after(self, second: int) -> int:
        step_s = self.order.interval_minutes * 60
        return -(-second // step_s) * step_s

    def _become(self, state: State, text: str, event_type: str, now: datetime) -> None:
        self._timeline.append(state._replace(since_s=_second(now)))
        self.note(text, event_type, now)


def _second(at: datetime) -> int:
    return int(at.timestamp())


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)

"""What a meter tells when it is read: its intervals in a span and its registers at the span's ends."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from ami.messages import Span
from ami.reading_type import FORWARD
from simulators.meter.channel import Channel
from simulators.meter.meter import Meter
from simulators.meter.misread import KINDS, Misread


class FlowReadout(NamedTuple):
    """One direction of flow. wh: for each of the readout's ends, None where the meter has lost it.

    registers: when the register showed how many Wh.
    """

    flow: int
    wh: tuple[int | None, ...]
    registers: tuple[tuple[datetime, int], ...]


class Readout(NamedTuple):
    """What one meter told. ends: of its intervals; doubtful: those of them that a wrong clock has stamped."""

    meter: str
    minutes: int
    span: Span
    ends: tuple[datetime, ...]
    flows: tuple[FlowReadout, ...]
    doubtful: frozenset[datetime] = frozenset()


def read_span(meter: Meter, span: Span, misreads: Iterable[Misread], now: datetime) -> Readout | None:
    """The intervals that end in the span, as far as they can be told by now; None where there are none."""
    readable = meter.readable(span, now)
    if readable is None:
        return None
    meter.measure_until(now)
    start_s, end_s = int(readable.start.timestamp()), int(readable.end.timestamp())
    ends = _ends(start_s, end_s, meter.order.interval_minutes * 60)
    moments = [readable.start, readable.end]
    if meter.removed_at is not None and readable.start < meter.removed_at < readable.end:
        moments.insert(1, meter.removed_at)
    flows = []
    for flow, channel in meter.channels.items():
        wh: Sequence[int | None] = channel.stored.between(start_s, end_s)
        if flow == FORWARD:
            for misread in misreads:
                wh = _misread(wh, ends, misread, channel)
        flows.append(FlowReadout(flow, tuple(wh), _registers(meter, channel, moments)))
    faults = meter.clock_faults(now)
    doubtful = frozenset(end for end in ends if any(fault.start < end <= fault.end for fault in faults)) if faults else frozenset()
    return Readout(meter.order.meter, meter.order.interval_minutes, readable, ends, tuple(flows), doubtful)


def read_now(meter: Meter, now: datetime) -> Readout:
    """What stands on its registers now."""
    meter.measure_until(now)
    flows = tuple(FlowReadout(flow, (), ((now, meter.face_wh(channel.register_wh)),)) for flow, channel in meter.channels.items())
    return Readout(meter.order.meter, meter.order.interval_minutes, Span(now, now), (), flows)


def _registers(meter: Meter, channel: Channel, moments: Iterable[datetime]) -> tuple[tuple[datetime, int], ...]:
    """What the register showed at each moment. After its removal a meter goes on showing what it showed then."""
    step_s = meter.order.interval_minutes * 60
    shown = []
    for at in moments:
        second = int(at.timestamp())
        at_the_removal = at == meter.removed_at
        counted_wh = channel.register_wh_at(second + step_s - 1 if at_the_removal else second)
        shown.append((at, meter.face_wh(counted_wh)))
    return tuple(shown)


def _misread(wh: Sequence[int | None], ends: Sequence[datetime], misread: Misread, channel: Channel) -> Sequence[int | None]:
    """The values as told, those in the misread stretch wrongly."""
    told = KINDS[misread.kind]
    before_s = int(misread.start.timestamp())
    before = sum(channel.stored.between(before_s - channel.stored.step_s, before_s))
    return [
        told(value or 0, before, misread.wh) if misread.start < end <= misread.end else value for end, value in zip(ends, wh, strict=True)
    ]


@lru_cache(maxsize=64)
def _ends(start_s: int, end_s: int, step_s: int) -> tuple[datetime, ...]:
    """The ends of the intervals in a span; a fleet of meters is asked for the same few spans."""
    first_end_s = (start_s // step_s + 1) * step_s
    return tuple(datetime.fromtimestamp(end, UTC) for end in range(first_end_s, end_s + 1, step_s))

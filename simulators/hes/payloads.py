"""What was read from meters, as payloads: kWh in Decimal, reading types, qualities."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from functools import cache

from ami import quality
from ami.messages import MeterReading, Reading, Series
from ami.reading_type import interval_kwh, register_kwh
from simulators.meter import FlowReadout, Readout


def kwh(wh: int) -> Decimal:
    """Whole watt-hours as kWh, with their three decimals."""
    return Decimal(wh).scaleb(-3)


@cache
def interval_type(minutes: int, flow: int) -> str:
    """The reading type of an interval, as text."""
    return str(interval_kwh(minutes, flow))


@cache
def register_type(flow: int) -> str:
    """The reading type of a register, as text."""
    return str(register_kwh(flow))


def measured_types(readout: Readout) -> frozenset[str]:
    """The reading types that the meter of a readout measures."""
    intervals = {interval_type(readout.minutes, flow.flow) for flow in readout.flows}
    return frozenset(intervals | {register_type(flow.flow) for flow in readout.flows})


def meter_reading(readout: Readout, usage_point: str | None, reading_types: Collection[str] = ()) -> MeterReading:
    """One meter's readings. reading_types: those that are wanted; empty: all."""
    return MeterReading(
        readout.meter,
        usage_point,
        intervals=tuple(series for series in _intervals(readout) if not reading_types or series.reading_type in reading_types),
        readings=tuple(series for series in _registers(readout) if not reading_types or series.reading_type in reading_types),
        span=readout.span,
    )


def _intervals(readout: Readout) -> Iterator[Series]:
    for flow in readout.flows:
        readings = _doubtful(readout, flow) if readout.doubtful else _undoubted(readout, flow)
        if readings:
            yield Series(interval_type(readout.minutes, flow.flow), readings)


def _undoubted(readout: Readout, flow: FlowReadout) -> tuple[Reading, ...]:
    return tuple(Reading(end, kwh(wh)) for end, wh in zip(readout.ends, flow.wh, strict=False) if wh is not None)


def _doubtful(readout: Readout, flow: FlowReadout) -> tuple[Reading, ...]:
    marks = {True: (quality.CLOCK_CHANGED,), False: ()}
    return tuple(
        Reading(end, kwh(wh), marks[end in readout.doubtful]) for end, wh in zip(readout.ends, flow.wh, strict=False) if wh is not None
    )


def _registers(readout: Readout) -> Iterator[Series]:
    for flow in readout.flows:
        yield Series(register_type(flow.flow), tuple(Reading(at, kwh(wh)) for at, wh in flow.registers))

"""Billing determinants as the MDMS answers them, and the doubt with which a bill looks at them.

A wire that loses, scales, shifts or swaps a value is caught here: per meter, the total has to be what its register moved by,
the periods have to add up to the total, and every moment has to be one that was asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from ami.messages import MeterReading, MeterReadings, Reading, Span
from ami.quality import EDITED_CATEGORY, ESTIMATED_CATEGORY, category
from ami.reading_type import FORWARD, REVERSE, billed_kwh, register_kwh

TOLERANCE_KWH = Decimal("0.001")
"""One watt-hour per register: both of its readings may be rounded by half of one."""

TOTAL = 0
FLOW_NAMES = {FORWARD: "forward", REVERSE: "reverse"}


class DisagreementError(ValueError):
    """Determinants that contradict each other or the question; the text says how."""


class Part(NamedTuple):
    """The time in which one meter served a usage point."""

    meter: str
    span: Span


@dataclass(frozen=True, slots=True)
class Question:
    """What a bill asks for. periods: of the calendar, none where one price holds all day; flows: forward, perhaps reverse."""

    parts: tuple[Part, ...]
    periods: tuple[int, ...]
    flows: tuple[int, ...]

    def reading_types(self) -> tuple[str, ...]:
        """The reading types to ask the MDMS for."""
        determinants = [billed_kwh(period, flow) for flow in self.flows for period in (TOTAL, *self.periods)]
        return tuple(map(str, (*determinants, *(register_kwh(flow) for flow in self.flows))))


@dataclass(frozen=True, slots=True)
class Measured:
    """What one meter contributes. kwh: by flow and period (0 the total); qualities: the categories seen, by the same key.

    registers: first and last reading by flow; a meter without a reverse register has none for that flow.
    """

    part: Part
    kwh: dict[tuple[int, int], Decimal] = field(default_factory=dict)
    qualities: dict[tuple[int, int], frozenset[int]] = field(default_factory=dict)
    registers: dict[int, tuple[Reading, Reading]] = field(default_factory=dict)

    def is_estimated(self, flow: int, period: int) -> bool:
        """Whether some of that determinant was estimated."""
        return ESTIMATED_CATEGORY in self.qualities.get((flow, period), frozenset())

    def is_edited(self, flow: int, period: int) -> bool:
        """Whether somebody at the MDMS set some of that determinant by hand."""
        return EDITED_CATEGORY in self.qualities.get((flow, period), frozenset())


def measured(answer: MeterReadings, question: Question) -> list[Measured]:
    """What each meter contributes, in order of time. Raises DisagreementError where the answer cannot be billed."""
    given = sorted(answer.meter_readings, key=lambda reading: (reading.span or (), reading.meter))
    said = [f"{reading.meter} {_text(reading.span)}" for reading in given]
    asked = [f"{part.meter} {_text(part.span)}" for part in question.parts]
    if said != asked:
        raise DisagreementError(f"expected readings of {', '.join(asked)}; found {', '.join(said) or 'none'}")
    return [_measured(reading, part, question) for reading, part in zip(given, question.parts, strict=True)]


def register_difference(start: Decimal, end: Decimal) -> Decimal:
    """What a register moved by. One that stands lower than before went past its highest figure.

    Its highest figure is taken to be the power of ten just above where it started: it holds unless a meter runs through
    nine tenths of its register in one bill.
    """
    if end >= start:
        return end - start
    return Decimal(10) ** (start.adjusted() + 1) + end - start


def _measured(reading: MeterReading, part: Part, question: Question) -> Measured:
    given: dict[str, tuple[Reading, ...]] = {}
    for series in reading.readings:
        given[series.reading_type] = given.get(series.reading_type, ()) + series.readings
    result = Measured(part)
    for flow in question.flows:
        for period in (TOTAL, *question.periods):
            _determinant(result, flow, period, given.get(str(billed_kwh(period, flow)), ()))
        _registers(result, flow, given.get(str(register_kwh(flow)), ()))
        _agree(result, flow, question.periods)
    return result


def _determinant(result: Measured, flow: int, period: int, readings: Sequence[Reading]) -> None:
    name = f"{result.part.meter}: the {FLOW_NAMES[flow]} {f'kWh of period {period}' if period else 'total'}"
    if not readings and period:
        # A period that did not occur may be left out; if energy is missing with it, the sum says so.
        result.kwh[flow, period] = Decimal(0)
        return
    if len(readings) != 1:
        raise DisagreementError(f"{name} is there {len(readings)} times")
    reading = readings[0]
    if reading.at != result.part.span.end or reading.period not in (None, result.part.span):
        raise DisagreementError(f"{name} is for {_text(reading.period)} at {reading.at:%Y-%m-%dT%H:%MZ}, not for {_text(result.part.span)}")
    if reading.value < 0:
        raise DisagreementError(f"{name} is negative: {reading.value:f}")
    result.kwh[flow, period] = reading.value
    result.qualities[flow, period] = _categories(name, reading)


def _categories(name: str, reading: Reading) -> frozenset[int]:
    try:
        return frozenset(map(category, reading.qualities))
    except ValueError:
        raise DisagreementError(f"{name} has a quality that is none: {', '.join(reading.qualities)}") from None


def _registers(result: Measured, flow: int, readings: Sequence[Reading]) -> None:
    if flow == REVERSE and not readings:
        # Many meters count what flows back by interval only; the forward register has no such excuse.
        return
    by_moment = {reading.at: reading for reading in readings}
    span = result.part.span
    if len(readings) != len(by_moment) or set(by_moment) != set(span):
        moments = ", ".join(f"{reading.at:%Y-%m-%dT%H:%MZ}" for reading in readings) or "nothing"
        raise DisagreementError(
            f"{result.part.meter}: expected the {FLOW_NAMES[flow]} register at the start and end of {_text(span)}; found {moments}"
        )
    for reading in readings:
        _categories(f"{result.part.meter}: the {FLOW_NAMES[flow]} register", reading)
    result.registers[flow] = (by_moment[span.start], by_moment[span.end])


def _agree(result: Measured, flow: int, periods: Sequence[int]) -> None:
    total = result.kwh[flow, TOTAL]
    if flow in result.registers:
        start, end = (reading.value for reading in result.registers[flow])
        moved = register_difference(start, end)
        if abs(moved - total) > TOLERANCE_KWH:
            raise DisagreementError(
                f"{result.part.meter}: the {FLOW_NAMES[flow]} register moved by {moved:f} kWh ({start:f} to {end:f}), "
                f"the total is {total:f} kWh"
            )
    by_period = sum((result.kwh[flow, period] for period in periods), Decimal(0))
    if periods and by_period != total:
        raise DisagreementError(
            f"{result.part.meter}: the {FLOW_NAMES[flow]} periods add up to {by_period:f} kWh, the total is {total:f} kWh"
        )


def _text(span: Span | None) -> str:
    return f"{span.start:%Y-%m-%dT%H:%MZ}/{span.end:%Y-%m-%dT%H:%MZ}" if span else "no span"


def energy_by_period(parts: Sequence[Measured], flow: int, period: int) -> tuple[Decimal, bool]:
    """The kWh of all meters together, and whether some of it was estimated."""
    kwh = sum((part.kwh[flow, period] for part in parts), Decimal(0))
    return kwh, any(part.is_estimated(flow, period) for part in parts)


def remark(parts: Sequence[Measured], names_of_periods: Mapping[int, str]) -> str | None:
    """What a customer should know about where the figures come from, or None."""
    notes = []
    for part in parts:
        has_periods = any(period != TOTAL for _, period in part.kwh)
        for flow, period in part.kwh:
            if (period != TOTAL) is not has_periods:
                continue
            what = f"{names_of_periods.get(period, 'energy')} ({FLOW_NAMES[flow]}) of meter {part.part.meter}"
            if part.is_estimated(flow, period):
                notes.append(f"{what} is partly estimated")
            if part.is_edited(flow, period):
                notes.append(f"{what} is partly corrected by hand")
    return "; ".join(notes) or None

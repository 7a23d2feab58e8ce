"""The reading types that this system knows, told apart by what they ask for."""

from functools import lru_cache
from typing import NamedTuple

from ami.reading_type import (
    BILLING_PERIOD,
    DELTA,
    FORWARD,
    MEASURING_PERIOD_MINUTES,
    REVERSE,
    ReadingType,
    billed_kwh,
    interval_kwh,
    register_kwh,
)

FLOWS = (FORWARD, REVERSE)


class Interval(NamedTuple):
    """Interval readings of so many minutes."""

    flow: int
    minutes: int


class Register(NamedTuple):
    """The register's face."""

    flow: int


class Billed(NamedTuple):
    """The energy of a time-of-use period; period 0 is all day."""

    flow: int
    tou: int


Known = Interval | Register | Billed


@lru_cache(maxsize=1024)
def known(text: str) -> Known | None:
    """What a reading type asks for, or None where this system does not keep it."""
    try:
        asked = ReadingType.parse(text)
    except ValueError:
        return None
    flow = asked.flow_direction
    if flow not in FLOWS:
        return None
    if asked == register_kwh(flow):
        return Register(flow)
    minutes = MEASURING_PERIOD_MINUTES.get(asked.measuring_period)
    if minutes is not None and asked == interval_kwh(minutes, flow):
        return Interval(flow, minutes)
    if asked.macro_period == BILLING_PERIOD and asked.accumulation == DELTA and asked == billed_kwh(asked.tou, flow):
        return Billed(flow, asked.tou) if asked.tou >= 0 else None
    return None

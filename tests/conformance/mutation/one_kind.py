"""Readings of one kind to mutate: single ones, and series of them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Final

from ami import names
from tests.conformance.generate.making import Maker, Object, Spec, written
from tests.conformance.mutation.made import BARE, Made, told

READ_AT: Final = datetime.fromisoformat("2026-03-08T00:00:00Z")
SINGLE: Final = "MeterReading/Readings"
ROW: Final = "MeterReading/IntervalBlocks/IntervalReadings"
TYPE: Final = f"{SINGLE}/ReadingType"

ENERGY: Final = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"
AMOUNT: Final = "0.0.2.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"
MONTH: Final = "8.0.0.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"
VOLTAGE: Final = "0.2.2.12.0.1.158.0.0.0.0.0.0.0.128.0.29.0"
FACTOR: Final = "0.2.2.12.0.1.38.0.0.0.0.0.0.0.0.0.65.0"
MOST_DEMAND: Final = "8.8.2.6.1.1.8.0.0.0.0.0.0.0.0.3.38.0"
GAS: Final = "0.0.2.4.1.7.58.0.0.0.0.0.0.0.0.0.42.0"
MONEY: Final = "8.0.0.4.1.1.16.0.0.0.0.0.0.0.0.0.80.978"
DAILY: Final = "0.0.4.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"
PROFILE: Final = "0.0.2.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"


def single(text: str, value: str, *, period: timedelta | None = None) -> Callable[[Random], Made]:
    """One reading of one meter. period: the span that it is of."""

    def spec(make: Maker) -> Object:
        reading: Object = {"timeStamp": written(READ_AT), "value": value, "ReadingType": text}
        if period is not None:
            reading["timePeriod"] = make.span(READ_AT, period)
        return {"MeterReading": {"Meter": {"mRID": make.uuid()}, "Readings": [reading]}}

    return told(names.METER_READINGS, spec, *BARE)


def series(
    text: str, minutes: int, values: Callable[[Maker], list[str]], meters: int = 1, *, spans: bool = False
) -> Callable[[Random], Made]:
    """Intervals of some meters, one after the other. spans: whether valuesInterval says from when to when they are."""

    def spec(make: Maker) -> Object:
        members: list[Spec] = []
        for _ in range(meters):
            shown = values(make)
            rows: list[Spec] = [
                {"timeStamp": written(READ_AT - timedelta(minutes=minutes) * (len(shown) - 1 - place)), "value": value}
                for place, value in enumerate(shown)
            ]
            span: Object = {"valuesInterval": make.span(READ_AT, timedelta(minutes=minutes) * len(shown))} if spans else {}
            block: Object = {"IntervalReadings": rows, "ReadingType": text}
            members.append({"IntervalBlocks": block, "Meter": {"mRID": make.uuid()}, **span})
        return {"MeterReading": members}

    return told(names.METER_READINGS, spec, *BARE)


def some(count: int, least: int, most: int) -> Callable[[Maker], list[str]]:
    """So many values between two, in thousandths."""
    return lambda make: [f"{make.random.randint(least, most) / 1000:.3f}" for _ in range(count)]


def rising(count: int) -> Callable[[Maker], list[str]]:
    """So many values that never fall."""

    def values(make: Maker) -> list[str]:
        start = make.random.randint(10**6, 10**8)
        return [f"{(start + place * make.random.randint(200, 300)) / 1000:.3f}" for place in range(count)]

    def sorted_values(make: Maker) -> list[str]:
        return sorted(values(make), key=float)

    return sorted_values


REGISTER: Final = single(ENERGY, "1234.5")
VOLTS: Final = single(VOLTAGE, "230.4")
A_MONTH: Final = single(MONTH, "430.25", period=timedelta(days=28))
PEAK: Final = single(MOST_DEMAND, "4.2", period=timedelta(days=28))

"""Readings as a head-end delivers them: a day or part of it, blocks that follow the clock, registers that agree with them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from ami.reading_type import FORWARD, REVERSE, interval_kwh, register_kwh
from tests.conformance.generate.making import AT, Maker, Object, Spec, written

MINUTES: Final = (5, 10, 15, 30, 60)
QUALITIES: Final = ("3.8.0", "3.7.0", "1.2.32")
HIGHEST_WH_A_MINUTE: Final = 200


def readings(make: Maker) -> Object:
    """What some meters measured."""
    return {"MeterReading": [_meter_reading(make) for _ in range(make.random.randint(1, 3))]}


def _meter_reading(make: Maker) -> Object:
    minutes = make.random.choice(MINUTES)
    count = make.random.randint(2, 12)
    start = (AT - timedelta(days=make.random.randint(1, 20))).replace(hour=0, minute=0, second=0, microsecond=0)
    end = start + timedelta(minutes=minutes * count)
    by_mrid = make.chance()
    blocks: list[Spec] = []
    registers: list[Spec] = []
    for flow in make.random.choice(((FORWARD,), (REVERSE,), (FORWARD, REVERSE))):
        values = [make.random.randint(1, HIGHEST_WH_A_MINUTE * minutes) for _ in range(count)]
        blocks.append({"IntervalReadings": list(_rows(make, start, minutes, values)), "ReadingType": str(interval_kwh(minutes, flow))})
        if make.chance(0.7):
            before = make.random.randint(1_000, 900_000_000)
            registers += [_register(flow, start, before), _register(flow, end, before + sum(values))]
    return {
        "IntervalBlocks": blocks,
        "Meter": {"mRID": make.uuid()} if by_mrid else {"Names": {"name": make.fresh("M")}},
        "Readings": registers,
        "valuesInterval": make.span(end, end - start),
        **({"UsagePoint": {"Names": {"name": make.fresh("UP")}}} if make.chance(0.3) else {}),
    }


def _rows(make: Maker, start: datetime, minutes: int, values: list[int]) -> Iterator[Object]:
    for place, value in enumerate(values, 1):
        row: Object = {"timeStamp": written(start + timedelta(minutes=minutes * place)), "value": kwh(value)}
        if make.chance(0.1):
            row["ReadingQualities"] = {"ReadingQualityType": make.random.choice(QUALITIES)}
        yield row


def _register(flow: int, at: datetime, watt_hours: int) -> Object:
    return {"timeStamp": written(at), "value": kwh(watt_hours), "ReadingType": str(register_kwh(flow))}


def kwh(watt_hours: int) -> str:
    """Watt-hours as kWh with three decimals."""
    return f"{watt_hours // 1000}.{watt_hours % 1000:03}"

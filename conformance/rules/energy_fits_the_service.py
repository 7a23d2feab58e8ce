"""CF-23: through a fuse of 63 amperes goes no more than 63 amperes."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from ami.findings import Severity
from ami.reading_type import DELTA, ENERGY, WATT_HOUR, ReadingType
from conformance.quantities import MICRO, decimal
from conformance.rule import Breach, Rule
from conformance.views.configuration import ConfigurationView, Part
from conformance.views.conversation import Conversation
from conformance.views.readings import ReadingColumns
from conformance.views.spacing import HOUR

LEEWAY: Final = 1.5
"""A fuse takes more than its rating for a while."""

_RATINGS: Final = ("ratedPower", "ratedCurrent", "nominalServiceVoltage")
_PHASES: Final = 3
_LARGEST_MULTIPLIER: Final = 9


def check(conversation: Conversation) -> Iterator[Breach]:
    """An interval of more energy than its usage point, as it was configured before, can carry."""
    most_watts: dict[str, float] = {}
    for said in conversation.messages:
        view = said.view(ConfigurationView)
        for each in view.objects if view is not None else ():
            watts = _watts(each) if each.kind == "UsagePoint" and each.name else None
            if watts:
                most_watts[each.name] = watts
        readings = said.readings
        if not most_watts or readings is None:
            continue
        for number, member in enumerate(readings.members):
            if member.usage_point in most_watts:
                watts = most_watts[member.usage_point]
                for row in _too_much(readings, number, watts):
                    found = f"{readings.value(row)!r} of meter {readings.meter(row)!r} through a service of {watts / 1000:g} kW"
                    yield Breach(readings.where(row, "value"), found, said.index)


def _watts(point: Part) -> float | None:
    """The most that a usage point can carry, as far as its configuration tells."""
    power, current, voltage = (decimal(point.fields[name].text) if name in point.fields else None for name in _RATINGS)
    if power is not None and power > 0:
        return float(power)
    return float(current * voltage) * _PHASES if current is not None and voltage is not None else None


def _too_much(readings: ReadingColumns, member: int, watts: float) -> list[int]:
    periods = readings.spacing.period_of_type.tolist()
    limits = np.array([_limit(each, period, watts) for each, period in zip(readings.parsed_types, periods, strict=True)], np.float64)
    count = readings.interval_count
    is_over = (readings.cells.member[:count] == member) & (readings.micro[:count] > limits[readings.cells.type_index[:count]])
    found: list[int] = np.flatnonzero(is_over).tolist()
    return found


def _limit(reading_type: ReadingType | None, period: int, watts: float) -> float:
    """The most energy of an interval in millionths of the type's unit."""
    if reading_type is None or not period or (reading_type.accumulation, reading_type.measurement_kind) != (DELTA, ENERGY):
        return np.inf
    if reading_type.unit != WATT_HOUR or abs(reading_type.multiplier) > _LARGEST_MULTIPLIER:
        return np.inf
    return LEEWAY * watts * period / HOUR * 10.0**-reading_type.multiplier * MICRO


def _conversation(value: str) -> str:
    return (
        "<conversation><capture><MessageID>a</MessageID><UsagePointConfig><UsagePoint><mRID>UP-1</mRID>"
        "<nominalServiceVoltage>230</nominalServiceVoltage><ratedCurrent>63</ratedCurrent></UsagePoint></UsagePointConfig></capture>"
        f"<capture><MessageID>b</MessageID><UsagePoint><mRID>UP-1</mRID></UsagePoint><value>{value}</value></capture></conversation>"
    )


RULE = Rule(
    id="CF-23",
    requires="intervals that the service of their usage point can carry",
    source="IEC 61968-9, UsagePointConfig; UsagePoint.ratedCurrent, ratedPower and nominalServiceVoltage",
    severity=Severity.WARNING,
    works_on=Conversation,
    check=check,
    passes=(_conversation("9.500"),),
    fails=(_conversation("95.00"),),
    why="A household gets the bill of a factory.",
    mend="Check the multiplier and the transformer ratios, and the rating of the usage point.",
)

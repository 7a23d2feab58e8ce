"""A ReadingType: the eighteen numbers that say what a value measures."""

import re
from typing import Final, NamedTuple, Self

_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")


class ReadingType(NamedTuple):
    """The eighteen fields of IEC 61968-9 Annex C, in wire order; the tables of `ami.codes` name their values."""

    macro_period: int = 0
    aggregate: int = 0
    measuring_period: int = 0
    accumulation: int = 0
    flow_direction: int = 0
    commodity: int = 0
    measurement_kind: int = 0
    interharmonic_numerator: int = 0
    interharmonic_denominator: int = 0
    argument_numerator: int = 0
    argument_denominator: int = 0
    tou: int = 0
    cpp: int = 0
    consumption_tier: int = 0
    phases: int = 0
    multiplier: int = 0
    unit: int = 0
    currency: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """The type written as eighteen whole numbers with dots between. Raises ValueError on anything else."""
        fields = text.split(".")
        if len(fields) != len(cls._fields):
            raise ValueError(f"a ReadingType has {len(cls._fields)} fields, {text!r} has {len(fields)}")
        if not all(map(_NUMBER.fullmatch, fields)):  # Python takes blanks, low lines and the digits of every script for numbers
            raise ValueError(f"a ReadingType has whole numbers, {text!r} has others")
        return cls(*map(int, fields))

    def __str__(self) -> str:
        return ".".join(map(str, self))


ELECTRICITY = 1
PRIMARY_METERED = 2
ENERGY = 12
WATT_HOUR = 72
KILO = 3
FORWARD, REVERSE = 1, 19
BULK, DELTA = 1, 4
BILLING_PERIOD = 8

MEASURING_PERIOD_MINUTES = {
    1: 10,
    2: 15,
    3: 1,
    4: 1440,
    5: 30,
    6: 5,
    7: 60,
    10: 2,
    14: 3,
    31: 20,
    78: 12,
    79: 120,
    80: 240,
    81: 360,
    82: 720,
    83: 180,
}
"""The measuring periods that are a plain spacing of intervals, in minutes."""

_CODE_OF_MINUTES = {minutes: code for code, minutes in MEASURING_PERIOD_MINUTES.items()}


def interval_kwh(minutes: int, flow: int = FORWARD) -> ReadingType:
    """The delta kWh of one interval. minutes: 15, 30, 60 or another spacing that has a code; KeyError otherwise."""
    return ReadingType(
        measuring_period=_CODE_OF_MINUTES[minutes],
        accumulation=DELTA,
        flow_direction=flow,
        commodity=ELECTRICITY,
        measurement_kind=ENERGY,
        multiplier=KILO,
        unit=WATT_HOUR,
    )


def register_kwh(flow: int = FORWARD) -> ReadingType:
    """The bulk kWh on a register's face."""
    return ReadingType(
        accumulation=BULK,
        flow_direction=flow,
        commodity=ELECTRICITY,
        measurement_kind=ENERGY,
        multiplier=KILO,
        unit=WATT_HOUR,
    )


def billed_kwh(tou: int, flow: int = FORWARD) -> ReadingType:
    """A billing determinant: the kWh of one time-of-use period over a billing period. tou: from 1; 0 is all day."""
    return ReadingType(
        macro_period=BILLING_PERIOD,
        accumulation=DELTA,
        flow_direction=flow,
        commodity=ELECTRICITY,
        measurement_kind=ENERGY,
        tou=tou,
        multiplier=KILO,
        unit=WATT_HOUR,
    )

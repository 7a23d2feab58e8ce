"""MR-40: when nobody uses anything, nobody has looked."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from ami.findings import Severity
from ami.reading_type import DELTA, ENERGY, FORWARD
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns

FEWEST_METERS: Final = 10
"""A few empty houses may well be delivered together."""

FEWEST_INTERVALS: Final = 4


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A message in which many meters used nothing at all."""
    count = readings.interval_count
    if len(readings.members) < FEWEST_METERS or count < FEWEST_METERS * FEWEST_INTERVALS or readings.micro[0]:
        return
    is_used = readings.types_where(
        lambda each: each.accumulation == DELTA and each.measurement_kind == ENERGY and each.flow_direction == FORWARD
    )
    rows = np.flatnonzero(is_used[readings.cells.type_index[:count]])
    meters = len(np.unique(readings.cells.member[rows]))
    if meters >= FEWEST_METERS and len(rows) >= meters * FEWEST_INTERVALS and not readings.micro[rows].any():
        yield Breach(readings.where_member(0), f"{len(rows):,} intervals of {meters} meters, all of them 0")


def _members(value: str) -> str:
    rows = "".join(
        f"<IntervalReadings><timeStamp>2026-02-28T0{hour}:00:00Z</timeStamp><value>{value if hour == 4 else 0}</value></IntervalReadings>"
        for hour in range(1, FEWEST_INTERVALS + 1)
    )
    block = f'<IntervalBlocks>{rows}<ReadingType ref="0.0.7.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/></IntervalBlocks>'
    first = f"<MeterReading>{block}<Meter><mRID>M-0</mRID></Meter></MeterReading>"
    rest = "".join(
        f"<MeterReading>{block.replace(f'<value>{value}</value>', '<value>0</value>')}<Meter><mRID>M-{number}</mRID></Meter></MeterReading>"
        for number in range(1, FEWEST_METERS)
    )
    return first + rest


RULE = Rule(
    id="MR-40",
    requires="some of many meters to have used something",
    source="practice of validation: zero-filled deliveries",
    severity=Severity.REMARK,
    works_on=ReadingColumns,
    check=check,
    passes=(_members("0.2"),),
    fails=(_members("0"),),
    why="A collector that was not reached is billed as a street in which nobody used anything.",
    mend="Leave out the value of what was not read, and mark the interval as missing with a quality such as 2.5.259.",
)

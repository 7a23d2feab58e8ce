"""MR-37: amounts go up and down; what only ever goes up is a register under the wrong type."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from ami.findings import Severity
from ami.reading_type import DELTA, ENERGY
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns

FEWEST: Final = 12
"""Intervals in a block: fewer may well ascend by chance."""

RISING: Final = 0.75
"""The least share of steps that rise."""

_STANDS: Final = 10
"""The first value is at least so many times the whole rise: a register has counted for long before."""

_LOOKS: Final = 5
"""At so many places a block is looked at before it is looked at whole: what goes up and down is nearly always seen so."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """A block of delta energy that never falls, rises nearly always, and stands high above its rise."""
    firsts = readings.cells.block_first.astype(np.intp)
    long = np.flatnonzero(np.diff(firsts) >= FEWEST)
    if not len(long):
        return
    first, last = firsts[long], firsts[long + 1] - 1
    micro = readings.micro
    suspect = micro[first] > 0
    for share in range(_LOOKS):
        suspect &= micro[first + (last - first) * share // _LOOKS] <= micro[first + (last - first) * (share + 1) // _LOOKS]
    is_delta = readings.types_where(lambda each: each.accumulation == DELTA and each.measurement_kind == ENERGY)
    for block in long[suspect & is_delta[readings.cells.block_type[long]]].tolist():
        values = micro[firsts[block] : firsts[block + 1]]
        steps = np.diff(values)
        if (steps >= 0).all() and float((steps > 0).mean()) >= RISING and int(values[0]) >= _STANDS * int(values[-1] - values[0]):
            start, end = int(firsts[block]), int(firsts[block + 1]) - 1
            found = f"from {readings.value(start)!r} up to {readings.value(end)!r} without once falling, of meter {readings.meter(start)!r}"
            yield Breach(readings.where_block(block), found)


def _block(values: list[float], accumulation: int) -> str:
    rows = "".join(
        f"<IntervalReadings><timeStamp>2026-02-28T{(place + 1) // 4:02}:{(place + 1) % 4 * 15:02}:00Z</timeStamp>"
        f"<value>{value:.3f}</value></IntervalReadings>"
        for place, value in enumerate(values)
    )
    return f'{rows}<ReadingType ref="0.0.2.{accumulation}.1.1.12.0.0.0.0.0.0.0.0.3.72.0"/>'


_REGISTER = [5000 + 0.25 * place for place in range(FEWEST)]

RULE = Rule(
    id="MR-37",
    requires="delta data to be the amounts of their intervals",
    source="IEC 61968-9, Annex C, ReadingType.accumulation (delta data)",
    severity=Severity.WARNING,
    works_on=ReadingColumns,
    check=check,
    passes=(_block([value / 50 for value in _REGISTER], 1), _block([0.1 * (place + 1) for place in range(FEWEST)], 4)),
    fails=(_block([value / 50 for value in _REGISTER], 4),),
    why="All that the meter has counted in its life is billed for each quarter of an hour.",
    mend="Use accumulation 1 (bulk) for what the register shows, or deliver the differences.",
)

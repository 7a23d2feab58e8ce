"""Registers in a message: from one reading of a register to the next."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ami.reading_type import BULK, ELECTRICITY, FORWARD, REVERSE
from conformance.quantities import MICRO
from conformance.views.readings import ReadingColumns

Rows = NDArray[np.intp]

_NEVER_BACK_FLOWS: Final = frozenset({FORWARD, REVERSE, 20})
"""Forward, reverse and total only ever count up; net and the quadrants' differences may turn back."""

_COMMODITIES_WITHOUT_FLOW: Final = frozenset({7, 9})
"""Gas and water meters turn one way, whatever their flow direction says."""

RESET: Final = "4.8"
"""Category and index of the quality that says that a register was set back."""

_ROLLS_WITHIN: Final = 0.25
"""A register that starts again from zero stood in the last quarter of its face before, and stands in the first one after."""


class RegisterPairs(NamedTuple):
    """Two readings of one register that follow each other in time: rows of the message's columns."""

    before: Rows
    after: Rows


def counts_up(readings: ReadingColumns) -> NDArray[np.bool_]:
    """For each reading type whether it is a register that only counts up."""
    flags = [
        each is not None
        and each.accumulation == BULK
        and (each.flow_direction in _NEVER_BACK_FLOWS or (each.commodity > ELECTRICITY + 1 and each.commodity in _COMMODITIES_WITHOUT_FLOW))
        for each in readings.parsed_types
    ]
    return np.array(flags, np.bool_)


def register_pairs(readings: ReadingColumns) -> RegisterPairs:
    """Each register reading of the message with the next one of the same meter and type."""
    taken = readings.cells
    first = readings.interval_count
    is_register = counts_up(readings)[taken.type_index[first:]] & readings.moments.known[first:] & readings.quantities.known[first:]
    rows = np.flatnonzero(is_register) + first
    meters = readings.meter_index[taken.member[rows]]
    types = taken.type_index[rows]
    order = np.lexsort((readings.at[rows], types, meters))
    rows, meters, types = rows[order], meters[order], types[order]
    related = (meters[1:] == meters[:-1]) & (types[1:] == types[:-1]) & (readings.at[rows[1:]] > readings.at[rows[:-1]])
    return RegisterPairs(rows[:-1][related], rows[1:][related])


def has_rolled_over(before: int, after: int) -> bool:
    """Whether a register that shows less than before can have started again from zero. Both in millionths of a unit."""
    face = MICRO
    while face <= before:
        face *= 10
    return before >= (1 - _ROLLS_WITHIN) * face and after <= _ROLLS_WITHIN * face

"""Single readings of a message that are said twice."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from conformance.moments import Flags, Integers
from conformance.views.cells import Indexes, ReadingCells

Rows = NDArray[np.intp]


class Pairs(NamedTuple):
    """Rows that belong together two by two: an earlier one and a later one of the message, or of time."""

    before: Rows
    after: Rows


def said_twice(taken: ReadingCells, at: Integers, is_said: Flags, meter_index: Indexes) -> Pairs:
    """Single readings of one meter, one reading type and one moment, without a span of their own: each with the next such one.

    at, is_said: of each row its moment, and whether it has one and a value. meter_index: of each member, the same for the same meter.
    """
    first = taken.interval_count
    is_single = is_said[first:].copy()
    if len(taken.period_row):
        is_single[taken.period_row[taken.period_row >= first] - first] = False
    rows = np.flatnonzero(is_single) + first
    if len(rows) < 2:
        return Pairs(rows[:0], rows[:0])
    series = meter_index[taken.member[rows]].astype(np.int64) * len(taken.types) + taken.type_index[rows]
    order = np.lexsort((at[rows], series))
    rows, series, stamps = rows[order], series[order], at[rows[order]]
    again = (series[1:] == series[:-1]) & (stamps[1:] == stamps[:-1])
    return Pairs(rows[:-1][again], rows[1:][again])

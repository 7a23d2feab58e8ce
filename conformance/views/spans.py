"""The spans of time in a message: what each MeterReading claims to cover, and what single values say that they are of."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from conformance.moments import Flags, Integers, MomentColumn, moments
from conformance.views.cells import ReadingCells


class Spans(NamedTuple):
    """The valuesInterval of each member: its two moments, and whether both are there."""

    starts: MomentColumn
    ends: MomentColumn
    known: Flags

    @property
    def start(self) -> Integers:
        """Microseconds, where `known`."""
        return self.starts.at

    @property
    def end(self) -> Integers:
        """Microseconds, where `known`."""
        return self.ends.at


class Periods(NamedTuple):
    """The timePeriod of each reading that names one. row: of the reading; known: both moments are there; vague: one has no offset."""

    row: NDArray[np.int32]
    start: Integers
    end: Integers
    known: Flags
    vague: Flags


def covered(taken: ReadingCells) -> Spans:
    """What each member claims to cover."""
    starts, ends = moments(taken.span_start), moments(taken.span_end)
    return Spans(starts, ends, starts.known & ends.known)


def periods(taken: ReadingCells) -> Periods:
    """Every span that a reading names for itself."""
    starts, ends = moments(taken.period_start), moments(taken.period_end)
    vague = (starts.known & ~starts.has_offset) | (ends.known & ~ends.has_offset)
    return Periods(taken.period_row, starts.at, ends.at, starts.known & ends.known, vague)

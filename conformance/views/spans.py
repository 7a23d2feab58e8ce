"""The spans of time in a message: what each MeterReading claims to cover, and what single values say that they are of."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from conformance.moments import Flags, Integers, MomentColumn, moments
from conformance.views.cells import ReadingCells
from conformance.views.spacing import Spacing


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


def named_by_beginning(taken: ReadingCells, spans: Spans, spacing: Spacing) -> Flags:
    """Of each block whether it fills its member's span exactly, if each of its timestamps is taken for the beginning of an interval."""
    period, extent = spacing.period_of_type[taken.block_type], spacing.extent_of_block
    start, end = spans.start[taken.block_member], spans.end[taken.block_member]
    is_full = np.diff(taken.block_first) * period == end - start
    flags: Flags = (
        spans.known[taken.block_member]
        & extent.known
        & ~extent.empty
        & (period > 0)
        & is_full
        & (extent.first == start)
        & (extent.last == end - period)
    )
    return flags

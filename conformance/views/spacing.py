"""How the intervals of a message follow one another in their blocks."""

from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ami.reading_type import MEASURING_PERIOD_MINUTES, ReadingType
from conformance.moments import MICROSECONDS, Flags, Integers, MomentColumn
from conformance.views.cells import ReadingCells

MINUTE: Final = 60 * MICROSECONDS
"""In the unit of every moment here, microseconds."""

HOUR: Final = 60 * MINUTE


class Extents(NamedTuple):
    """Of each block the first and the last moment at which an interval ends, where all its moments are `known`.

    empty: it holds no interval.
    """

    first: Integers
    last: Integers
    known: Flags
    empty: Flags


class Steps(NamedTuple):
    """From each interval to the next one of its block. row: of the later one; micros: between their ends."""

    row: NDArray[np.intp]
    micros: Integers


class Spacing:
    """Steps, lengths and extents of interval blocks; each is worked out when the first rule asks for it."""

    def __init__(self, taken: ReadingCells, moments: MomentColumn, types: tuple[ReadingType | None, ...]) -> None:
        self._cells = taken
        self._known = moments.known[: taken.interval_count]
        self._at = moments.at[: taken.interval_count]
        self._types = types

    @cached_property
    def period_of_type(self) -> Integers:
        """For each of `types` the length of its intervals in microseconds; 0 where it names no plain length."""
        minutes = [MEASURING_PERIOD_MINUTES.get(each.measuring_period, 0) if each else 0 for each in self._types]
        return np.array(minutes, np.int64) * MINUTE

    @cached_property
    def interval_period(self) -> Integers:
        """The length of each interval by its type; 0 where the type does not tell."""
        return self.period_of_type[self._cells.type_index[: self._cells.interval_count]]

    @cached_property
    def steps(self) -> Steps:
        """From each interval to the next of its block, where both have a moment."""
        block = self._cells.block[: self._cells.interval_count]
        related = (block[1:] == block[:-1]) & self._known[1:] & self._known[:-1]
        if related.all():
            return Steps(np.arange(1, len(related) + 1), np.diff(self._at))
        rows = np.flatnonzero(related) + 1
        return Steps(rows, self._at[rows] - self._at[rows - 1])

    @cached_property
    def is_even(self) -> bool:
        """Whether every interval follows the one before it at just the length that its type names: so it is nearly always."""
        periods = self.interval_period[self.steps.row]
        return bool((self.steps.micros == periods).all()) and bool((periods > 0).all())

    @cached_property
    def pace_of_block(self) -> Integers:
        """The shortest step in each block, which is how its intervals are spaced; 0 where there is none, or one goes back."""
        paces = np.zeros(len(self._cells.block_member), np.int64)
        ahead = self.steps.micros != 0
        rows, micros = (self.steps.row, self.steps.micros) if ahead.all() else (self.steps.row[ahead], self.steps.micros[ahead])
        if len(rows):
            blocks = self._cells.block[rows]
            starts = np.flatnonzero(np.concatenate(([True], blocks[1:] != blocks[:-1])))
            paces[blocks[starts]] = np.maximum(np.minimum.reduceat(micros, starts), 0)
        return paces

    @cached_property
    def is_mostly_shorter(self) -> Flags:
        """Whether more than half of a block's steps, and more than one, are shorter than its type says: clocks change only now and then."""
        blocks, count = self._cells.block[self.steps.row], len(self._cells.block_member)
        shorter = np.bincount(blocks, self.steps.micros < self.interval_period[self.steps.row], count)
        return (shorter > 1) & (2 * shorter > np.bincount(blocks, minlength=count))

    @cached_property
    def extent_of_block(self) -> Extents:
        """From when to when each block reaches."""
        firsts = self._cells.block_first
        empty = firsts[1:] == firsts[:-1]
        first, last = np.zeros(len(empty), np.int64), np.zeros(len(empty), np.int64)
        known = np.zeros(len(empty), np.bool_)
        full = np.flatnonzero(~empty)
        if len(full):
            starts = firsts[full]
            first[full] = np.minimum.reduceat(self._at, starts)
            last[full] = np.maximum.reduceat(self._at, starts)
            known[full] = np.logical_and.reduceat(self._known, starts)
        return Extents(first, last, known, empty)

    @staticmethod
    def slack(period: Integers) -> Integers:
        """By how much intervals of a length may differ from it: those of two hours and more follow local time, also when clocks change."""
        return np.where(period >= 2 * HOUR, HOUR, 0)

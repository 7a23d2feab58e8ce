"""MeterReadings of a large message that share a meter or a usage point, wherever they stand in it."""

import re
from array import array
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from conformance.large.pieces import PIECE, Piece
from conformance.parser import MOST_BYTES
from conformance.views.cells import Member

MOST_TOGETHER: Final = 2000
"""MeterReadings that share a name and are judged together; those beyond say nothing new."""


class Place(NamedTuple):
    """Where a MeterReading stands. number: from 1; start, length: in bytes; line: that of its first byte; lines: ends of lines in it."""

    number: int
    start: int
    length: int
    line: int
    lines: int


class Index:
    """Where each MeterReading stands and what it is called: a few bytes for each of millions."""

    def __init__(self) -> None:
        self._meters, self._usage_points = array("q"), array("q")
        self._places = array("q")

    def add(self, piece: Piece, close: bytes, first_line: int, members: Sequence[Member]) -> None:
        """The members of a piece; none where they cannot be told apart."""
        ends = [found.end() for found in re.finditer(re.escape(close), piece.inside)]
        if len(ends) != len(members):
            return
        start, line = 0, first_line
        for end, member in zip(ends, members, strict=True):
            lines = piece.inside.count(b"\n", start, end)
            self._meters.append(hash(member.meter) if member.meter else 0)
            self._usage_points.append(hash(member.usage_point) if member.usage_point else 0)
            self._places.extend((piece.start + start, end - start, line, lines))
            start, line = end, line + lines

    def sharing(self) -> Iterator[list[Place]]:
        """Members that share a meter or a usage point, directly or through others: in groups that can be judged, in their order."""
        places = np.array(self._places, np.int64).reshape(-1, 4)
        joined: dict[int, int] = {}
        for names in (np.array(self._meters, np.int64), np.array(self._usage_points, np.int64)):
            values, where, counts = np.unique(names, return_inverse=True, return_counts=True)
            rows = np.flatnonzero((counts[where] > 1) & (values[where] != 0))[:MOST_TOGETHER]
            firsts: dict[int, int] = {}
            for row in rows.tolist():
                joined[_root(joined, row)] = _root(joined, firsts.setdefault(int(where[row]), row))
        named = sorted((_root(joined, row), row) for row in joined)
        yield from _groups([(name, Place(row + 1, *map(int, places[row]))) for name, row in named])


def _root(joined: dict[int, int], row: int) -> int:
    """The row that stands for all that a row is joined with."""
    while joined.setdefault(row, row) != row:
        row = joined[row]
    return row


def _groups(named: Sequence[tuple[int, Place]]) -> Iterator[list[Place]]:
    """Groups of about a piece, no name of which stands in two of them."""
    group: list[Place] = []
    size, last = 0, -1
    for name, place in named:
        if name != last and size > PIECE:
            yield sorted(group)
            group, size = [], 0
        if size + place.length <= MOST_BYTES:
            group.append(place)
            size += place.length
        last = name
    if group:
        yield sorted(group)

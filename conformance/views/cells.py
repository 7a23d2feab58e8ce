"""The texts of a message's readings as columns, before anything is made of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from conformance.moments import Cells, Flags

Indexes = NDArray[np.int32]


class Member(NamedTuple):
    """One MeterReading: where it stands, and whose it is. Empty texts are not there. also: their other names."""

    path: str
    meter: str
    usage_point: str
    also: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReadingCells:
    """The columns.

    Rows: all readings of interval blocks in the order of the message, then all single readings. A row points to its member
    (MeterReading), its block (-1: a single reading) and its reading type. Blocks point to member and type, too; block_first is the
    first row of each, and then of none. Qualities and periods are lists of their own that point to rows. span_start, span_end: the
    valuesInterval of each member. member_line, block_line, line_of: the line that one, or a part of a row, starts on.
    """

    members: tuple[Member, ...]
    member_line: Callable[[int], int]
    span_start: Cells
    span_end: Cells
    interval_count: int
    member: Indexes
    block: Indexes
    stamps: Cells
    values: Cells
    has_value: Flags
    type_index: Indexes
    types: tuple[str, ...]
    block_member: Indexes
    block_type: Indexes
    block_first: Indexes
    block_line: Callable[[int], int]
    quality_row: Indexes
    quality_index: Indexes
    qualities: tuple[str, ...]
    period_row: Indexes
    period_start: Cells
    period_end: Cells
    line_of: Callable[[int, str], int]


def numbered(texts: list[bytes]) -> tuple[Indexes, tuple[str, ...]]:
    """Each text's place among the different ones, and those, in the order in which they come."""
    places: dict[bytes, int] = {}
    indexes = np.fromiter((places.setdefault(text, len(places)) for text in texts), np.int32, len(texts))
    return indexes, tuple(text.decode("utf-8", "replace") for text in places)


def places(flags: Flags) -> list[int]:
    """The places where a column says yes."""
    found: list[int] = np.flatnonzero(flags).tolist()
    return found


def cells(texts: list[bytes]) -> Cells:
    """A column of texts; S1 at least, since numpy knows no empty width."""
    return np.array(texts, dtype=np.bytes_) if texts else np.zeros(0, "S1")

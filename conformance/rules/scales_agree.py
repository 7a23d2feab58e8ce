"""MR-33: the same energy in Wh and in kWh is the same energy."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ami.findings import Severity
from ami.reading_type import ReadingType
from conformance.quantities import MICRO, MICRO_DIGITS
from conformance.rule import Breach, Rule
from conformance.views.readings import ReadingColumns, Rows

_ROUNDED: Final = 1.01
"""Of a last place: a face that is cut off rather than rounded shows up to a whole one less."""

_MOST_ALIKE: Final = 2 * (2 * MICRO_DIGITS + 1)
"""Types that differ in nothing else; there are no more multipliers, unless somebody writes them with zeros in front."""


def check(readings: ReadingColumns) -> Iterator[Breach]:
    """Two values of one meter and moment whose types differ in nothing but the multiplier, and which are not the same amount."""
    for one, other in _alike(readings):
        rows, others = _together(readings, one, other)
        amounts, rounding = _units(readings, rows, one)
        other_amounts, other_rounding = _units(readings, others, other)
        for place in np.flatnonzero(np.abs(amounts - other_amounts) > rounding + other_rounding).tolist():
            row, beside = int(others[place]), int(rows[place])
            found = f"{readings.value(row)!r} under {readings.type_text(row)} beside {readings.value(beside)!r} under another multiplier"
            yield readings.breach(row, "value", found)


def _alike(readings: ReadingColumns) -> Iterator[tuple[int, int]]:
    """Pairs of types that differ in the multiplier alone."""
    parsed = readings.parsed_types
    if len(parsed) > 1:
        scaled: dict[ReadingType, list[int]] = {}
        for index, each in enumerate(parsed):
            if each is not None and abs(each.multiplier) <= MICRO_DIGITS:
                scaled.setdefault(each._replace(multiplier=0), []).append(index)
        for alike in scaled.values():
            yield from combinations(alike[:_MOST_ALIKE], 2)


def _together(readings: ReadingColumns, one: int, other: int) -> tuple[Rows, Rows]:
    """Rows of one type and of the other that are of the same meter and moment."""
    places: dict[tuple[int, int], int] = {}
    known = readings.moments.known & readings.quantities.known
    meters = readings.meter_index[readings.cells.member]
    for row in np.flatnonzero((readings.cells.type_index == one) & known).tolist():
        places[int(meters[row]), int(readings.at[row])] = row
    rows = np.flatnonzero((readings.cells.type_index == other) & known).tolist()
    pairs = [(places[key], row) for row in rows if (key := (int(meters[row]), int(readings.at[row]))) in places]
    return np.array([row for row, _ in pairs], np.intp), np.array([row for _, row in pairs], np.intp)


def _units(readings: ReadingColumns, rows: Rows, index: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The amounts in rows without a multiplier, and by how much each may be rounded."""
    reading_type = readings.parsed_types[index]
    scale = 10.0**reading_type.multiplier if reading_type else 1.0
    return readings.micro[rows] / MICRO * scale, 10.0 ** -readings.quantities.places[rows].astype(np.float64) * scale * _ROUNDED


_REGISTER = (
    "<Readings><timeStamp>2026-03-01T00:00:00Z</timeStamp><value>{}</value>"
    '<ReadingType ref="0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.{}.72.0"/></Readings>'
)

RULE = Rule(
    id="MR-33",
    requires="the same amount under each multiplier, where a value is delivered under two",
    source="IEC 61968-9, Annex C, ReadingType.multiplier",
    severity=Severity.ERROR,
    works_on=ReadingColumns,
    check=check,
    passes=(
        _REGISTER.format("100.512", 3) + _REGISTER.format("100512", 0),
        _REGISTER.format("101", 3) + _REGISTER.format("100512", 0),
    ),
    fails=(
        _REGISTER.format("100.512", 3) + _REGISTER.format("100.512", 0),
        _REGISTER.format("100.512", 3) + _REGISTER.format("100612", 0),
    ),
    why="One of the two is billed, and it may be the one that is a thousand times too large.",
    mend="Convert the value with its multiplier, or deliver it under one multiplier alone.",
)

"""Values as the wire writes them (xs:float), read exactly: a column of millionths, and the odd ones by Decimal."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from conformance.moments import FEW, Cells, Flags, Integers

MICRO_DIGITS: Final = 6
MICRO: Final = 10**MICRO_DIGITS
"""Values are counted in millionths of their unit: exact for all that a meter says."""

_LONGEST_PLAIN: Final = 17
_MOST_MICROS: Final = 10**18
_MOST_DIGITS: Final = 11
_SMALLEST_DIGITS: Final = 30
_FLOAT = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:[eE]([+-]?)0*(\d+))?", re.ASCII)
_MOST_EXPONENT: Final = 999
"""Beyond what any float holds, and still what Decimal can count with."""

_NOT_FINITE: Final = frozenset({"NaN", "INF", "-INF", "+INF"})
_POWERS: Final = 10 ** np.arange(MICRO_DIGITS, -1, -1, dtype=np.int64)
_ZERO, _NINE, _POINT, _MINUS = np.uint8(ord("0")), np.uint8(9), np.uint8(ord(".")), np.uint8(ord("-"))


_MOST_WHOLE: Final = 18
"""Digits of a number that a field of any message may hold; more are nobody's count, and take time to read."""


def whole(text: str) -> int | None:
    """The number that some digits are; None for any other text, and for more digits than a count can have."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_WHOLE else None


class QuantityColumn(NamedTuple):
    """A column of values. micro: in millionths, rounded where not `exact`, cut off at 10**12 units. known: the text is a finite number.

    not_finite: it is NaN or infinite. places: decimal places as written, at most six.
    """

    micro: Integers
    known: Flags
    exact: Flags
    not_finite: Flags
    places: NDArray[np.int8]


class _Read(NamedTuple):
    """One value, read by itself; the fields are those of a column."""

    micro: int = 0
    known: bool = False
    exact: bool = False
    not_finite: bool = False
    places: int = 0


def quantities(cells: Cells) -> QuantityColumn:
    """A column of values: plain decimal numbers are read all at once, others, and a few, one by one."""
    count = len(cells)
    if count <= FEW:
        micro, known, places = np.zeros(count, np.int64), np.zeros(count, np.bool_), np.zeros(count, np.int8)
    else:
        micro, known, places = _plain(cells)
    column = QuantityColumn(micro, known, known.copy(), np.zeros(count, np.bool_), places)
    fields: tuple[NDArray[Any], ...] = column
    for row in np.flatnonzero(~known).tolist():
        for values, value in zip(fields, _read(cells[row]), strict=True):
            values[row] = value
    return column


def decimal(text: str) -> Decimal | None:
    """The finite number that a text is, or None. One that is too large for any float stays so, with a smaller exponent."""
    found = _FLOAT.fullmatch(text.strip())
    if found is None:
        return None
    mantissa, sign, exponent = found.groups()
    return Decimal(f"{mantissa}E{sign}{_MOST_EXPONENT}" if len(exponent or "") > len(str(_MOST_EXPONENT)) else found[0])


def _plain(cells: Cells) -> tuple[Integers, Flags, NDArray[np.int8]]:
    """Millionths, whether plain, and decimal places, of cells such as `12`, `-0.5`, `12.345`."""
    count, width = len(cells), cells.dtype.itemsize
    texts = np.ascontiguousarray(cells).view(np.uint8).reshape(count, width).T.copy()
    if width > _LONGEST_PLAIN:
        plain = ~texts[_LONGEST_PLAIN:].any(axis=0)
        texts = texts[:_LONGEST_PLAIN]
    else:
        plain = np.ones(count, np.bool_)
    negative = texts[0] == _MINUS
    if negative.any():
        plain &= ~negative | (texts[min(1, len(texts) - 1)] - _ZERO <= _NINE)
        texts[0] = np.where(negative, _ZERO, texts[0])
    figures = texts - _ZERO
    is_figure = figures <= _NINE
    is_point = texts == _POINT
    plain &= (is_figure | is_point | (texts == 0)).all(axis=0) & (is_point.sum(axis=0, dtype=np.int8) <= 1) & is_figure[0]
    figures *= is_figure
    total = np.zeros(count, np.int64)
    for row in range(len(texts)):
        np.multiply(total, 10, out=total, where=is_figure[row])
        total += figures[row]
    ends = texts != 0
    lengths = ends.sum(axis=0, dtype=np.int8)
    points = np.where(is_point.any(axis=0), is_point.argmax(axis=0), lengths - 1).astype(np.int8)
    places = (lengths - 1 - points).astype(np.int8)
    plain &= (places <= MICRO_DIGITS) & (lengths - places <= _LONGEST_PLAIN - MICRO_DIGITS)
    micro = total * _POWERS[np.clip(places, 0, MICRO_DIGITS)]
    return np.where(negative, -micro, micro), plain, places


@lru_cache(maxsize=4096)
def _read(cell: bytes) -> _Read:
    text = cell.decode("ascii", "replace").strip()
    number = decimal(text)
    if number is None:
        return _Read(not_finite=text in _NOT_FINITE)
    exponent = number.as_tuple().exponent
    places = min(MICRO_DIGITS, max(0, -exponent)) if isinstance(exponent, int) else 0
    if not number:
        return _Read(0, True, True, False, places)
    if number.adjusted() > _MOST_DIGITS:
        return _Read(_MOST_MICROS if number > 0 else -_MOST_MICROS, True, False, False, places)
    if number.adjusted() < -_SMALLEST_DIGITS:
        return _Read(0, True, False, False, places)
    in_micros = number.scaleb(MICRO_DIGITS)
    micro = int(in_micros.to_integral_value())
    return _Read(micro, True, in_micros == micro, False, places)

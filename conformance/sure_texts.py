"""Texts that every schema of ours allows where it allows one of their kind: moments, numbers and codes, many asked at once.

What is not sure is not wrong: it is left to the schema.
"""

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from conformance.moments import Flags

Positions = NDArray[np.intp]
Letters = NDArray[np.uint8]

LONGEST: Final = 24
"""Letters of a number or a code; longer ones are not sure."""

_MOMENT = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)")
_SECONDS_END: Final = len("2026-03-01T00:30:00")
_OFFSET_LENGTH: Final = len("+01:00")
_MOST_POINTS_OF_CODE: Final = 3
_FIGURES: Final = b"0123456789"
_ZERO, _NINE, _POINT, _MINUS = np.uint8(ord("0")), np.uint8(9), np.uint8(ord(".")), np.uint8(ord("-"))
_DAYS: Final = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.uint8)
_FEBRUARY: Final = 2


def are_moments(raw: bytes, starts: Positions, stops: Positions, like: bytes) -> Flags:
    """Whether texts are xs:dateTime of this century with an offset. like: one of them; who puts other signs between figures is not sure."""
    if not _MOMENT.fullmatch(like):
        return np.zeros(len(starts), np.bool_)
    length = len(like)
    sure: Flags = (stops - starts == length) & (starts <= len(raw) - length)
    letters = _letters(raw, np.where(sure, starts, 0), length)
    figures = letters - _ZERO
    for place, letter in enumerate(like):
        sure &= figures[place] <= _NINE if letter in _FIGURES else letters[place] == letter
    year, month, day, hour, minute, second = (figures[place] * np.uint8(10) + figures[place + 1] for place in (2, 5, 8, 11, 14, 17))
    sure &= (figures[0] == 2) & (figures[1] == 0) & (month >= 1) & (month <= 12) & (day >= 1)
    # Each fourth year of this century is a leap year, its first one too.
    sure &= (day <= _DAYS[np.minimum(month, 12)]) | ((month == _FEBRUARY) & (day == 29) & (year % 4 == 0))
    sure &= (hour <= 23) & (minute <= 59) & (second <= 59)
    if length >= _SECONDS_END + _OFFSET_LENGTH and like[-1:] != b"Z":
        away = figures[-5:]
        sure &= (away[0] * np.uint8(10) + away[1] <= 13) & (away[3] <= 5)
    return sure


def are_numbers(raw: bytes, starts: Positions, stops: Positions) -> Flags:
    """Whether texts are plain decimal numbers, such as `12`, `-0.5`, `12.345`."""
    is_below = np.frombuffer(raw, np.uint8)[starts] == _MINUS
    return _are_figures(raw, starts + is_below, stops, 1)


def are_codes(raw: bytes, starts: Positions, stops: Positions) -> Flags:
    """Whether texts are numbers with points between, such as `3.8.0`: sure where the schema takes any text."""
    return _are_figures(raw, starts, stops, _MOST_POINTS_OF_CODE)


def _are_figures(raw: bytes, starts: Positions, stops: Positions, most_points: int) -> Flags:
    """Whether texts are figures and points, a figure first and last."""
    lengths = stops - starts
    sure = (lengths > 0) & (lengths <= LONGEST)
    width = int(lengths[sure].max()) if sure.any() else 1
    sure &= starts <= len(raw) - width
    letters = _letters(raw, np.where(sure, starts, 0), width)
    is_figure = letters - _ZERO <= _NINE
    is_point = letters == _POINT
    beyond = np.arange(width)[:, None] >= lengths
    is_point &= ~beyond
    sure &= (is_figure | is_point | beyond).all(axis=0) & (is_point.sum(axis=0, dtype=np.int8) <= most_points)
    last = np.frombuffer(raw, np.uint8)[np.where(sure, stops, 1) - 1]
    sure &= is_figure[0] & (last - _ZERO <= _NINE)
    return sure


def _letters(raw: bytes, starts: Positions, width: int) -> Letters:
    """The letters of texts, one text a column."""
    cells = np.ndarray((len(raw) - width + 1,), f"S{width}", raw, 0, (1,))[starts]
    letters: Letters = np.ascontiguousarray(cells.view(np.uint8).reshape(len(starts), width).T)
    return letters

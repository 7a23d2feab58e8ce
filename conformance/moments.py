"""Moments as the wire writes them (xs:dateTime): one by one, and a whole column at a time."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

MICROSECONDS: Final = 1_000_000
"""In a second."""

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

Cells = NDArray[np.bytes_]
"""Texts of one column as fixed-width bytes; an empty one is a text that is not there."""

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

_DATE_TIME = re.compile(
    rb"\s*(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?\s*",
)
_DIGITS: Final = (0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18)
_SEPARATORS: Final = ((7, ord("-")), (10, ord("T")), (13, ord(":")), (16, ord(":")))
FEW: Final = 24
"""Cells that are read one by one faster than all at once: neighbours in time share most of their moments."""

_LONGEST_PLAIN: Final = 29
_FRACTION_LENGTH: Final = 4
_OFFSET_LENGTH: Final = 6
_DAY_S: Final = 86_400
_ZERO, _TEN = np.uint8(ord("0")), np.uint8(10)
_FIRST_YEAR, _BEYOND_YEAR = 1900, 2200


class MomentColumn(NamedTuple):
    """A column of moments. at: microseconds since 1970 UTC, where `known`; has_offset: whether the text names its offset from UTC."""

    at: Integers
    known: Flags
    has_offset: Flags


class Moment(NamedTuple):
    """One moment; without an offset it is read as if it were UTC."""

    at: datetime
    has_offset: bool


def as_datetime(at: int) -> datetime:
    """The UTC moment of a column's number."""
    return EPOCH + timedelta(microseconds=int(at))


def written(at: int) -> str:
    """A column's number as the wire would write it, in UTC."""
    return as_datetime(at).isoformat().replace("+00:00", "Z")


@lru_cache(maxsize=4096)
def moment(text: str) -> Moment | None:
    """The moment that an xs:dateTime names; None for other text, and for years that no calendar here holds."""
    micros = _microseconds(text.encode("utf-8", "replace"))
    return None if micros is None else Moment(as_datetime(micros[0]), micros[1])


def moments(cells: Cells) -> MomentColumn:
    """A column of moments. The usual writings are read all at once, odd ones one by one."""
    count = len(cells)
    column = MomentColumn(np.zeros(count, np.int64), np.zeros(count, np.bool_), np.zeros(count, np.bool_))
    if not count:
        return column
    if count <= FEW:
        _read_one_by_one(cells, np.arange(count), slice(None), column)
        return column
    cells = np.ascontiguousarray(cells)
    width = cells.dtype.itemsize
    all_alike = bool(cells.view(np.uint8)[width - 1 :: width].all())
    lengths = None if all_alike else np.char.str_len(cells)
    for length in (width,) if lengths is None else np.unique(lengths).tolist():
        rows = slice(None) if lengths is None else np.flatnonzero(lengths == length)
        if length:
            _read_alike(cells[rows], length, rows, column)
    return column


def _read_alike(cells: Cells, length: int, rows: slice | NDArray[np.intp], column: MomentColumn) -> None:
    """Reads cells of one length into their rows of the column."""
    has_offset, fraction, offset = _layout(cells[0], length)
    texts = np.ascontiguousarray(np.ascontiguousarray(cells).view(np.uint8).reshape(len(cells), -1).T)
    if length > _LONGEST_PLAIN or length < len("2026-03-01T00:30:00"):
        plain = np.zeros(len(cells), np.bool_)
        at = np.zeros(len(cells), np.int64)
    else:
        at, plain = _date_and_time(texts)
        plain &= _read_rest(texts[19:length], at, fraction, offset)
    column.at[rows], column.known[rows], column.has_offset[rows] = at, plain, plain & has_offset
    if not plain.all():
        _read_one_by_one(cells, np.flatnonzero(~plain), rows, column)


def _layout(cell: bytes, length: int) -> tuple[bool, bool, bool]:
    """What follows the seconds in cells of a length, going by the first: (any offset, a fraction of milliseconds, an offset in figures)."""
    rest = length - len("2026-03-01T00:30:00")
    has_zulu = cell[-1:] == b"Z"
    offset = rest in (_OFFSET_LENGTH, _OFFSET_LENGTH + _FRACTION_LENGTH)
    return has_zulu or offset, rest - has_zulu - offset * _OFFSET_LENGTH == _FRACTION_LENGTH, offset


def _date_and_time(texts: NDArray[np.uint8]) -> tuple[Integers, Flags]:
    """Microseconds of `YYYY-MM-DDTHH:MM:SS`, one cell a column of `texts`, and which cells are such a text."""
    figures = texts[:19] - _ZERO
    plain = texts[4] == ord("-")
    for place, separator in _SEPARATORS:
        plain &= texts[place] == separator
    for place in _DIGITS:
        plain &= figures[place] <= 9
    century, year, month, day, hour, minute, second = (figures[place] * _TEN + figures[place + 1] for place in (0, 2, 5, 8, 11, 14, 17))
    plain &= (month >= 1) & (month <= 12) & (hour <= 23) & (minute <= 59) & (second <= 59)
    months = (century.astype(np.int32) * 100 + year - _FIRST_YEAR) * 12 + month - 1
    plain &= (months >= 0) & (months < len(_DAYS_IN_MONTH))
    if not plain.all():
        months[~plain] = 0
    plain &= (day >= 1) & (day <= _DAYS_IN_MONTH[months])
    seconds = (_DAYS_BEFORE_MONTH[months] + day) * _DAY_S
    seconds += (hour.astype(np.int32) * 60 + minute) * 60 + second
    return seconds * MICROSECONDS, plain


def _read_rest(texts: NDArray[np.uint8], at: Integers, fraction: bool, offset: bool) -> Flags:
    """Adds what follows the seconds to `at`; whether each cell follows the layout of the first one."""
    plain = np.ones(len(at), np.bool_)
    if fraction:
        figures = (texts[1:4] - np.uint8(ord("0"))).astype(np.int64)
        plain &= (texts[0] == ord(".")) & (figures <= 9).all(axis=0)
        at += ((figures[0] * 10 + figures[1]) * 10 + figures[2]) * 1000
        texts = texts[4:]
    if offset:
        figures = (texts - np.uint8(ord("0"))).astype(np.int64)
        ahead = texts[0] == ord("+")
        plain &= (ahead | (texts[0] == ord("-"))) & (texts[3] == ord(":")) & (figures[[1, 2, 4, 5]] <= 9).all(axis=0)
        away_s = ((figures[1] * 10 + figures[2]) * 60 + figures[4] * 10 + figures[5]) * 60
        at -= np.where(ahead, away_s, -away_s) * MICROSECONDS
    elif len(texts):
        plain &= (texts[0] == ord("Z")) & (len(texts) == 1)
    return plain


def _read_one_by_one(cells: Cells, odd: NDArray[np.intp], rows: slice | NDArray[np.intp], column: MomentColumn) -> None:
    places = np.arange(len(column.at))[rows]
    for place in odd.tolist():
        read = _microseconds(cells[place])
        if read is not None:
            column.at[places[place]], column.has_offset[places[place]] = read
            column.known[places[place]] = True


@lru_cache(maxsize=4096)
def _microseconds(text: bytes) -> tuple[int, bool] | None:
    """(microseconds since 1970 UTC, whether the offset is named) of one xs:dateTime; 24:00:00 is the next day's midnight."""
    found = _DATE_TIME.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    at_midnight = (hour, minute, second) == (24, 0, 0)
    try:
        at = datetime(year, month, day, 0 if at_midnight else hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    micros = (at - EPOCH) // timedelta(microseconds=1) + at_midnight * _DAY_S * MICROSECONDS
    micros += int((found[7] or b"")[:6].ljust(6, b"0"))
    offset = found[8]
    if offset and offset != b"Z":
        away_s = (int(offset[1:3]) * 60 + int(offset[4:6])) * 60
        micros += -away_s * MICROSECONDS if offset[:1] == b"+" else away_s * MICROSECONDS
    if not _FIRST_MICROS <= micros <= _LAST_MICROS:
        return None
    return micros, offset is not None


def _month_tables() -> tuple[Integers, Integers]:
    """For each month from _FIRST_YEAR on: the days from 1970 until the day before its first, and the days that it has."""
    firsts = np.arange(f"{_FIRST_YEAR}-01", f"{_BEYOND_YEAR}-02", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return firsts[:-1] - 1, np.diff(firsts)


_DAYS_BEFORE_MONTH, _DAYS_IN_MONTH = _month_tables()
_FIRST_MICROS = (datetime.min.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)
_LAST_MICROS = (datetime.max.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)

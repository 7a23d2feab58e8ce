"""A large message without the rows that are written like the row before them, so that parser and schema read a tenth of it.

A delivery says the same thing ten thousand times. Of interval readings that follow each other directly and are written tag for tag
alike, with nothing but a moment, a number and perhaps a quality in them, a schema that allows the first allows any number of them:
that is so for ours, which neither count rows nor compare them. What a moment, a number or a quality may be is asked of the columns
(`Thinned.stands`). Whatever does not fit is judged in full, and so is every message in which anything at all is found.
"""

import re
from typing import Final, NamedTuple

import numpy as np

from conformance.moments import Cells, Flags
from conformance.parser import COUNTED_FROM_BYTES, MOST_BYTES
from conformance.views.readings import ReadingColumns
from conformance.views.tags import CODES, NotPlainError, Positions, Tags, tags_inside, window

WORTH_IT_FROM: Final = 24 * 1024
"""Bytes; smaller messages are parsed sooner than thinned."""

_MOST_LEFT: Final = 0.5
"""Of a message that is worth it, no more than this share is left."""

_TOP = re.compile(rb"<(?:([\w.-]+):)?MeterReadings(?:\s[^<>]*[^<>/])?>")
QUALITY = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}")
_PLAIN_TAGS, _QUALITY_TAGS = 6, 9
_WORD: Final = 8


class Thinned(NamedTuple):
    """body: what is left. tags: of the whole message, for its columns. prefix: of its payload, None for none. gone: intervals left out."""

    body: bytes
    tags: Tags
    prefix: str | None
    gone: Flags

    def stands(self, readings: ReadingColumns) -> bool:
        """Whether what was left out holds nothing that a schema could mind. readings: of the whole message."""
        if readings.interval_count != len(self.gone):
            return False
        stamps, values = readings.moments, readings.quantities
        count = readings.interval_count
        is_plain = stamps.known[:count] & values.known[:count] & zulu(readings.cells.stamps[:count])
        return bool((is_plain | ~self.gone).all()) and all(map(QUALITY.fullmatch, readings.cells.qualities))


def zulu(stamps: Cells) -> Flags:
    """Which moments are of the usual length and end in Z: an offset in figures may lie beyond what xs:dateTime allows."""
    width = stamps.dtype.itemsize
    flags: Flags = np.ascontiguousarray(stamps).view(np.uint8)[width - 1 :: width] == ord("Z")
    return flags


def thinned(raw: bytes) -> Thinned | None:
    """A message without its repetitions; None where it is written in another way, or has too few of them."""
    try:
        return thin(raw)
    except NotPlainError:
        return None


def thin(raw: bytes) -> Thinned | None:
    """As `thinned`. Raises NotPlainError where the message is written in another way."""
    if not WORTH_IT_FROM <= len(raw) <= MOST_BYTES or (len(raw) > COUNTED_FROM_BYTES and raw.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return None
    top = _TOP.search(raw)
    if top is None:
        return None
    prefix = top[1] or b""
    colon = prefix + b":" if prefix else b""
    tags = tags_inside(raw, colon, b"MeterReadings")
    intervals = np.flatnonzero(tags.code == CODES[b"IntervalReadings"])
    # A row so near to the end that it cannot be whole is no repetition.
    rows = intervals[: np.searchsorted(intervals, len(tags.starts) - _QUALITY_TAGS)]
    if not len(rows):
        return None
    last = _last_tags(tags, rows, colon)
    gone = np.zeros(len(intervals), np.bool_)
    gone[: len(rows)] = _repetitions(tags, rows, last)
    body = _without(raw, tags, rows, last, gone[: len(rows)])
    return Thinned(body, tags, prefix.decode("ascii") or None, gone) if len(body) <= _MOST_LEFT * len(raw) else None


def _last_tags(tags: Tags, rows: Positions, colon: bytes) -> Positions:
    """The closing tag of each row that is written as plainly as can be; 0 for the others."""
    moment = _written(b"<{}IntervalReadings><{}timeStamp>", colon)
    value = _written(b"</{}timeStamp><{}value>", colon)
    end = _written(b"</{}value></{}IntervalReadings>", colon)
    quality = _written(b'</{}value><{}ReadingQualities><{}ReadingQualityType ref="', colon)
    quality_end = _written(b'"/></{}ReadingQualities></{}IntervalReadings>', colon)
    starts = tags.starts
    is_row = _are(tags.raw, starts[rows], moment) & _are(tags.raw, starts[rows + 2], value)
    is_plain = is_row & _are(tags.raw, starts[rows + 4], end)
    last = np.where(is_plain, rows + _PLAIN_TAGS - 1, 0)
    if not is_plain.all():
        has_quality = is_row & _are(tags.raw, starts[rows + 4], quality) & _are(tags.raw, tags.ends[rows + 6] - 2, quality_end)
        last = np.where(has_quality, rows + _QUALITY_TAGS - 1, last)
    return last


def _written(pattern: bytes, colon: bytes) -> bytes:
    return pattern.replace(b"{}", colon)


def _are(raw: bytes, starts: Positions, literal: bytes) -> Flags:
    """Whether these very bytes stand at each of some places; compared by words of eight, which is much quicker than as texts."""
    width = -(-len(literal) // _WORD) * _WORD
    # What would reach beyond the end is no row: at the start of the message stands none either.
    found = window(raw, width)[np.where(starts <= len(raw) - width, starts, 0)].view("<u8").reshape(-1, width // _WORD)
    wanted = np.frombuffer(literal.ljust(width, b"\0"), "<u8")
    masks = np.frombuffer((b"\xff" * len(literal)).ljust(width, b"\0"), "<u8")
    same = np.ones(len(starts), np.bool_)
    for place in range(len(wanted)):
        same &= (found[:, place] & masks[place]) == wanted[place]
    return same


def _repetitions(tags: Tags, rows: Positions, last: Positions) -> Flags:
    """The rows that follow directly on one of the same kind, on the same line or the next."""
    kind = last - rows
    gap = tags.starts[rows[1:]] - tags.ends[last[:-1]]
    follows = (kind[1:] == kind[:-1]) & (kind[1:] > 0)
    text = np.frombuffer(tags.raw, np.uint8)
    follows &= (gap == 1) | ((gap == 2) & (text[tags.starts[rows[1:]] - 1] == ord("\n")))
    return np.concatenate(([False], follows))


def _without(raw: bytes, tags: Tags, rows: Positions, last: Positions, gone: Flags) -> bytes:
    """The message without some rows."""
    edges = np.diff(np.concatenate(([False], gone, [False])).astype(np.int8))
    firsts, beyonds = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    pieces, place = [], 0
    for start, end in zip(tags.starts[rows[firsts]].tolist(), (tags.ends[last[beyonds - 1]] + 1).tolist(), strict=True):
        pieces.append(raw[place:start])
        place = end
    return b"".join((*pieces, raw[place:]))

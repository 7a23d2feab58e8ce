"""A large message without the rows that are written like a row before them, so that parser and schema read a tenth of it.

A delivery says the same thing ten thousand times. Of readings that follow each other directly, with nothing but white space between,
a schema that allows one allows any number of those that are written like it (`conformance.row_writing`): that is so for ours, which
neither count rows nor compare them. Whatever does not fit stays, and a message in which anything at all is found is judged in full.
"""

import re
from typing import Final, NamedTuple

import numpy as np

from conformance.moments import Flags
from conformance.parser import COUNTED_FROM_BYTES, MOST_BYTES
from conformance.row_writing import row_writing
from conformance.views.readings import ReadingColumns
from conformance.views.tags import CODES, NotPlainError, Positions, Tags, tags_inside, window

WORTH_IT_FROM: Final = 24 * 1024
"""Bytes; smaller messages are parsed sooner than thinned."""

_MOST_LEFT: Final = 0.5
"""Of a message that is worth it, no more than this share is left."""

_MOST_WRITINGS: Final = 12
"""Of the rows of a message; where there are more, rows are hardly alike."""

_TOP = re.compile(rb"<(?:([\w.-]+):)?MeterReadings(?:\s[^<>]*[^<>/])?>")
_SPACE: Final = b" \t\r\n"
_MOST_SPACE: Final = 256


class Thinned(NamedTuple):
    """body: what is left. tags: of the whole message, for its columns. prefix: of its payload, None for none. gone: rows left out."""

    body: bytes
    tags: Tags
    prefix: str | None
    gone: Flags

    def stands(self, readings: ReadingColumns) -> bool:
        """Whether what was left out are rows that the columns have. readings: of the whole message."""
        return len(readings) == len(self.gone)


class _Written(NamedTuple):
    """How the rows are written, one entry a row.

    kind: the number of its writing from 1; 0 where it is like none. last: its closing tag, where it has a kind. differs: from the row
    before it of its kind, in a text that is to be common.
    """

    kind: Positions
    last: Positions
    differs: Flags


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
    tags = tags_inside(raw, prefix + b":" if prefix else b"", b"MeterReadings")
    rows = np.flatnonzero((tags.code == CODES[b"IntervalReadings"]) | (tags.code == CODES[b"Readings"]))
    if not len(rows):
        return None
    written = _written(tags, rows)
    gone = _repetitions(written, _follows(tags, rows, written))
    body = _without(raw, tags, rows, written.last, gone)
    return Thinned(body, tags, prefix.decode("ascii") or None, gone) if len(body) <= _MOST_LEFT * len(raw) else None


def _written(tags: Tags, rows: Positions) -> _Written:
    """How each row is written."""
    written = _Written(np.zeros(len(rows), np.intp), np.zeros(len(rows), np.intp), np.zeros(len(rows), np.bool_))
    rest = np.arange(len(rows))
    for kind in range(1, _MOST_WRITINGS + 1):
        writing = row_writing(tags, int(rows[rest[0]]))
        if writing is None:
            rest = rest[1:]
        else:
            alike = writing.is_that_of(tags, rows[rest])
            chosen = rest[alike]
            written.kind[chosen] = kind
            written.last[chosen] = rows[chosen] + (writing.tags - 1)
            written.differs[chosen] = writing.differs(tags, rows[chosen])
            alike[0] = True  # where its own texts are not sure, none is like it
            rest = rest[~alike]
        if not len(rest):
            break
    return written


def _follows(tags: Tags, rows: Positions, written: _Written) -> Flags:
    """The rows that stand right behind another one, with the same white space between as most of them have."""
    is_next = (written.kind[1:] > 0) & (written.kind[:-1] > 0) & (rows[1:] == written.last[:-1] + 1)
    places = np.flatnonzero(is_next)
    if len(places):
        starts, stops = tags.ends[written.last[places]] + 1, tags.starts[rows[places + 1]]
        is_next[places] = _are_the_usual_space(tags.raw, starts, stops)
    return np.concatenate(([False], is_next))


def _are_the_usual_space(raw: bytes, starts: Positions, stops: Positions) -> Flags:
    """Which gaps hold the white space that most of them have, if it is any."""
    lengths = np.minimum(stops - starts, _MOST_SPACE)
    length = int(np.bincount(lengths).argmax())
    usual: Flags = lengths == length
    place = int(starts[usual.argmax()])
    space = raw[place : place + length]
    if length == _MOST_SPACE or space.strip(_SPACE):
        usual[:] = False
    elif space:
        usual &= window(raw, length)[starts] == space
    return usual


def _repetitions(written: _Written, follows: Flags) -> Flags:
    """The rows that are written like one before them, with nothing but such rows between the two."""
    run = np.cumsum(~follows)
    gone = follows.copy()
    for number in range(1, int(written.kind.max()) + 1):
        rows = np.flatnonzero(written.kind == number)
        gone[rows[(np.diff(run[rows], prepend=-1) != 0) | written.differs[rows]]] = False
    return gone


def _without(raw: bytes, tags: Tags, rows: Positions, last: Positions, gone: Flags) -> bytes:
    """The message without some rows."""
    edges = np.diff(np.concatenate(([False], gone, [False])).astype(np.int8))
    firsts, beyonds = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    pieces, place = [], 0
    for start, end in zip(tags.starts[rows[firsts]].tolist(), (tags.ends[last[beyonds - 1]] + 1).tolist(), strict=True):
        pieces.append(raw[place:start])
        place = end
    return b"".join((*pieces, raw[place:]))

"""How a row of readings is written: what stands there letter for letter, and between that the texts that each row has of its own.

Rows that are written alike are the same to a parser and to a schema, whatever white space is in them and whatever prefix they have,
so long as the texts of their own are sure (`conformance.sure_texts`).
"""

from typing import Final, NamedTuple

import numpy as np

from conformance.moments import Flags
from conformance.sure_texts import are_codes, are_moments, are_numbers
from conformance.views.tags import CODES, Positions, Tags, window

_MOST_TAGS: Final = 64
_WORD: Final = 8
_CLOSING: Final = 0
_REFERENCE: Final = b' ref="'
_QUALITY: Final = b"ReadingQualityType"
_MOMENT, _NUMBER, _CODE, _COMMON = "moment", "number", "code", "common"
_KINDS: Final = {
    **{(int(CODES[name]), 1): _MOMENT for name in (b"timeStamp", b"reportedDateTime")},
    **{(int(CODES[name]), 2): _MOMENT for name in (b"start", b"end")},
    (int(CODES[b"value"]), 1): _NUMBER,
    **{(int(CODES[name]), depth): _COMMON for name in (b"source", b"comment", b"reason") for depth in (1, 2)},
    (int(CODES[b"timeStamp"]), 2): _COMMON,
}
"""(Code of a tag, its depth below the row) -> the kind of its text. A row's own are those that columns have, or that no rule asks for."""

_TAGS: Final = frozenset(
    {
        *(code for code, _ in _KINDS),
        *(int(CODES[name]) for name in (b"IntervalReadings", b"Readings", b"ReadingQualities", b"timePeriod")),
        *(int(CODES[name]) for name in (_QUALITY, b"ReadingType")),
        _CLOSING,
    }
)
"""What a row may hold; a name or an id of its own may be asked for elsewhere."""


class _Piece(NamedTuple):
    """A part of a row that all have that are written alike.

    tag, is_at_end, shift: where it begins in any of them, counted from the start or the end of its tag of that number.
    text: the one right before it, of the row that all are compared with; kind: what that is, empty where there is none.
    """

    literal: bytes
    tag: int
    is_at_end: bool = False
    shift: int = 0
    kind: str = ""
    text: bytes = b""

    def begins(self, tags: Tags, rows: Positions) -> Positions:
        """Where it has to begin in each row."""
        return (tags.ends if self.is_at_end else tags.starts)[rows + self.tag] + self.shift


class RowWriting(NamedTuple):
    """How one row is written. tags: how many it has, opening and closing."""

    pieces: tuple[_Piece, ...]
    tags: int

    def is_that_of(self, tags: Tags, rows: Positions) -> Flags:
        """Which rows are certainly written in this way, and have no text of their own that a schema could mind."""
        alike = rows + self.tags <= len(tags.starts)
        chosen = np.flatnonzero(alike)
        for piece in self.pieces:
            begins = piece.begins(tags, rows[chosen])
            chosen = chosen[_are(tags.raw, begins, piece.literal)]
        for before, piece in zip(self.pieces, self.pieces[1:], strict=False):
            starts = before.begins(tags, rows[chosen]) + len(before.literal)
            chosen = chosen[_are_sure(tags.raw, starts, piece.begins(tags, rows[chosen]), piece)]
        alike[:] = False
        alike[chosen] = True
        return alike

    def differs(self, tags: Tags, rows: Positions) -> Flags:
        """Which of some rows that are written so have another text than the one before where a text is to be common to all."""
        differs = np.zeros(len(rows), np.bool_)
        for before, piece in zip(self.pieces, self.pieces[1:], strict=False):
            if piece.kind == _COMMON:
                starts, stops = before.begins(tags, rows) + len(before.literal), piece.begins(tags, rows)
                texts = tags.slices(starts, stops)
                differs[1:] |= (np.diff(stops - starts) != 0) | (texts[1:] != texts[:-1])
        return differs


def row_writing(tags: Tags, row: int) -> RowWriting | None:
    """How a row is written; None where it is so long that others are hardly alike, has no end, or holds more than a reading."""
    count = _tags_of(tags, row)
    if count is None or not _TAGS.issuperset(tags.code[row : row + count].tolist()):
        return None
    raw, depth = tags.raw, int(tags.depth[row])
    pieces: list[_Piece] = []
    place = int(tags.starts[row])
    next_piece = _Piece(b"", 0)
    for number in range(row, row + count):
        found = _own_text(tags, number, int(tags.depth[number]) - depth)
        if found is None:
            continue
        start, stop, kind = found
        pieces.append(next_piece._replace(literal=raw[place:start]))
        is_reference = stop < int(tags.ends[number])
        next_piece = (
            _Piece(b"", number - row, True, stop - int(tags.ends[number]), kind, raw[start:stop])
            if is_reference
            else _Piece(b"", number + 1 - row, kind=kind, text=raw[start:stop])
        )
        place = stop
    pieces.append(next_piece._replace(literal=raw[place : int(tags.ends[row + count - 1]) + 1]))
    return RowWriting(tuple(pieces), count)


def _tags_of(tags: Tags, row: int) -> int | None:
    """How many tags a row has, with its closing one."""
    after = slice(row + 1, row + _MOST_TAGS)
    closing = np.flatnonzero((tags.depth[after] == tags.depth[row]) & (tags.code[after] == _CLOSING))
    return int(closing[0]) + 2 if len(closing) else None


def _own_text(tags: Tags, number: int, depth: int) -> tuple[int, int, str] | None:
    """Where a text of a tag lies that is each row's own, and its kind. depth: of the tag, below its row."""
    code = int(tags.code[number])
    if code == CODES[_QUALITY] and tags.stops[number] > tags.begins[number] + len(_QUALITY):
        return int(tags.begins[number]) + len(_QUALITY) + len(_REFERENCE), int(tags.stops[number]) - 1, _CODE
    kind = _KINDS.get((code, depth))
    has_text = number + 1 < len(tags.code) and tags.code[number + 1] == _CLOSING and tags.depth[number + 1] == tags.depth[number]
    return (int(tags.ends[number]) + 1, int(tags.starts[number + 1]), kind) if kind and has_text else None


def _are_sure(raw: bytes, starts: Positions, stops: Positions, piece: _Piece) -> Flags:
    if piece.kind == _MOMENT:
        return are_moments(raw, starts, stops, piece.text)
    if piece.kind == _COMMON:
        return np.ones(len(starts), np.bool_)
    return are_numbers(raw, starts, stops) if piece.kind == _NUMBER else are_codes(raw, starts, stops)


def _are(raw: bytes, starts: Positions, literal: bytes) -> Flags:
    """Whether these very bytes stand at each of some places; compared by words of eight, which is much quicker than as texts."""
    width = -(-len(literal) // _WORD) * _WORD
    same = (starts >= 0) & (starts <= len(raw) - width)
    found = window(raw, width)[np.where(same, starts, 0)].view("<u8").reshape(-1, width // _WORD)
    wanted = np.frombuffer(literal.ljust(width, b"\0"), "<u8")
    masks = np.frombuffer((b"\xff" * len(literal)).ljust(width, b"\0"), "<u8")
    for place in range(len(wanted)):
        same &= (found[:, place] & masks[place]) == wanted[place]
    return same

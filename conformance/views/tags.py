"""The tags of a plainly written payload as columns: where each begins and ends, how deep it stands, what it is called."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from conformance.moments import Cells

Positions = NDArray[np.intp]

_LONGEST_TEXT: Final = 256
_COMMON: Final = (b"IntervalReadings", b"timeStamp", b"value", b"Readings", b"ReadingQualities")
_OTHERS: Final = (
    *(b"MeterReading", b"Meter", b"UsagePoint", b"mRID", b"Names", b"name", b"NameType", b"NameTypeAuthority", b"description"),
    *(b"IntervalBlocks", b"valuesInterval", b"timePeriod", b"start", b"end", b"source", b"reason", b"comment", b"reportedDateTime"),
)
_REFERENCES: Final = (b"ReadingQualityType", b"ReadingType")
_REFERENCE: Final = b' ref="'
_QUOTES: Final = (b'"', b"'")
_REFERENCE_SIGN: Final = b"&"
_LENGTH_FACTOR: Final = 0x9E3779B97F4A7C15
_PLACES: Final = np.arange(_LONGEST_TEXT, dtype=np.uint16)
_MASKS: Final = np.array([(1 << (8 * length)) - 1 for length in range(9)], np.uint64)


class NotPlainError(Exception):
    """The message is written in a way that only the tree shows."""


def _key(name: bytes) -> int:
    """A number for a name: its first eight bytes and its length."""
    return (int.from_bytes(name[:8], "little") + len(name) * _LENGTH_FACTOR) % 2**64


KEYS: Final = {name: np.uint64(_key(name)) for name in (*_COMMON, *_OTHERS, *_REFERENCES)}
"""Every name that a plain payload may use -> its number; no two are alike."""

CODES: Final = {name: np.uint8(place) for place, name in enumerate(KEYS, 1)}
"""Every name -> its code in `Tags.code`; 0 stands at closing tags."""


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags inside a payload, in order.

    starts, ends: of `<` and `>`. begins, stops: of the name and of what follows it. code: the name of each opening tag. depth: of
    every tag below the payload. has_references: whether a `&` stands anywhere in it.
    """

    raw: bytes
    starts: Positions
    ends: Positions
    begins: Positions
    stops: Positions
    code: NDArray[np.uint8]
    depth: NDArray[np.int16]
    has_references: bool = False

    def named(self, name: bytes, depth: int | None = None) -> Positions:
        """The opening tags of a name, at a depth if one is given."""
        places = np.flatnonzero(self.code == CODES[name])
        return places if depth is None else places[self.depth[places] == depth]

    def children(self, parents: Positions, name: bytes) -> tuple[Positions, Positions]:
        """The opening tags of a name right inside some tags of equal depth and name, and the place of each one's parent."""
        if not len(parents):
            return parents, parents
        depth = self.depth[parents[0]]
        places = self.named(name, int(depth) + 1)
        if not len(places):
            return places, places
        level = np.flatnonzero((self.depth == depth) & (self.code > 0))
        above = level[np.maximum(np.searchsorted(level, places) - 1, 0)]
        inside = self.code[above] == self.code[parents[0]]
        return places[inside], np.searchsorted(parents, above[inside])

    def texts(self, places: Positions) -> Cells:
        """The text after each of these opening tags, up to the next tag. Raises NotPlainError where it is written with a reference."""
        return self._without(_REFERENCE_SIGN, self.written(places)) if self.has_references else self.written(places)

    def written(self, places: Positions) -> Cells:
        """As `texts`, with references as they are written."""
        return self.slices(self.ends[places] + 1, self.starts[places + 1])

    def references(self, places: Positions, name: bytes) -> Cells:
        """The value of the attribute `ref` of each of these tags. Raises NotPlainError where there is another attribute."""
        cells = self.slices(self.begins[places] + len(name) + len(_REFERENCE), self.stops[places] - 1)
        for sign in (*_QUOTES, *([_REFERENCE_SIGN] if self.has_references else [])):
            self._without(sign, cells)
        return cells

    def slices(self, starts: Positions, ends: Positions) -> Cells:
        """The bytes between starts and ends, as cells. Raises NotPlainError for long ones."""
        if not len(starts):
            return np.zeros(0, "S1")
        lengths = ends - starts
        width = max(int(lengths.max()), 1)
        if width > _LONGEST_TEXT or int(starts[-1]) + width > len(self.raw):
            raise NotPlainError
        cells = window(self.raw, width)[starts]
        if int(lengths.min()) < width:
            text = cells.view(np.uint8).reshape(-1, width)
            text *= _PLACES[:width] < lengths.astype(np.uint16)[:, None]
        return cells

    @staticmethod
    def _without(sign: bytes, cells: Cells) -> Cells:
        """The same cells. Raises NotPlainError where one holds a sign."""
        if (cells.view(np.uint8) == ord(sign)).any():
            raise NotPlainError
        return cells


def window(raw: bytes, width: int) -> Cells:
    """The `width` bytes from each position on, as one cell a position; nothing is copied."""
    return np.ndarray((len(raw) - width + 1,), f"S{width}", raw, 0, (1,))


def tags_inside(raw: bytes, prefix: bytes, payload: bytes) -> Tags:
    """The tags inside the payload element. prefix: with its colon, or empty. Raises NotPlainError for unusual writing."""
    top = re.search(b"<" + re.escape(prefix + payload) + rb"(?:\s[^<>]*[^<>/])?>", raw)
    last = raw.rfind(b"</" + prefix + payload + b">")
    if top is None or last < 0:
        raise NotPlainError
    inside = np.frombuffer(raw, np.uint8)[top.end() : last + 1]
    starts = np.flatnonzero(inside == ord("<"))
    ends = np.flatnonzero(inside == ord(">"))
    if len(starts) != len(ends) + 1 or not (starts[:-1] < ends).all() or not (ends < starts[1:]).all():
        raise NotPlainError
    starts += top.end()
    ends += top.end()
    text = np.frombuffer(raw, np.uint8)
    is_close = text[starts + 1] == ord("/")
    is_single = text[ends - 1] == ord("/")
    steps = np.where(is_close, np.int8(-1), np.int8(1))
    steps[:-1][is_single] = 0
    depth = np.cumsum(steps, dtype=np.int16)
    depth += is_close
    single = np.flatnonzero(is_single)
    depth[single] += 1
    stops = ends.copy()
    stops[single] -= 1
    stops[single] -= text[stops[single] - 1] == ord(" ")
    begins = starts + (1 + len(prefix))
    opening = np.flatnonzero(~is_close)
    if prefix and not (window(raw, len(prefix))[starts[opening] + 1] == prefix).all():
        raise NotPlainError
    code = np.zeros(len(starts), np.uint8)
    code[opening] = _codes(raw, begins[opening], stops[opening])
    return Tags(raw, starts, ends, begins, stops, code, depth, raw.find(_REFERENCE_SIGN, top.end(), last) >= 0)


def _codes(raw: bytes, begins: Positions, stops: Positions) -> NDArray[np.uint8]:
    """The code of each opening tag. Raises NotPlainError for a name or an attribute that is not of the usual ones."""
    words: NDArray[np.uint64] = np.ndarray((len(raw) - 7,), "<u8", raw, 0, (1,))[begins]
    lengths = stops - begins
    words &= _MASKS[np.minimum(lengths, 8)]
    words += lengths.astype(np.uint64) * np.uint64(_LENGTH_FACTOR)
    codes = np.zeros(len(words), np.uint8)
    for name in _COMMON:
        codes += (words == KEYS[name]) * CODES[name]
    rest = np.flatnonzero(codes == 0)
    keys = words[rest]
    found = np.zeros(len(rest), np.uint8)
    for name in _OTHERS:
        found += (keys == KEYS[name]) * CODES[name]
    codes[rest] = found
    unknown = rest[found == 0]
    if len(unknown):
        codes[unknown] = _codes_with_reference(raw, begins[unknown], stops[unknown])
    return codes


def _codes_with_reference(raw: bytes, begins: Positions, stops: Positions) -> NDArray[np.uint8]:
    """Codes of tags that are not a bare name: each must be one that may carry `ref`, and carry nothing else."""
    codes = np.zeros(len(begins), np.uint8)
    closing = np.frombuffer(raw, np.uint8)[stops - 1]
    for quote in _QUOTES:
        for name in _REFERENCES:
            start = name + _REFERENCE.replace(b'"', quote)
            codes[(window(raw, len(start))[begins] == start) & (closing == ord(quote))] = CODES[name]
        if codes.all():
            return codes
    raise NotPlainError

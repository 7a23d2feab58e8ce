"""The offsets from UTC that timestamps state, as a column: few different ones, however many timestamps."""

import re
from datetime import timedelta
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from conformance.moments import Cells, Integers
from conformance.views.cells import numbered

_WIDTH: Final = 6
_ZULU: Final = ord("Z")
_OFFSET: Final = re.compile(rb"(?:Z|[+-]\d\d:\d\d)\s*$")


class Offsets(NamedTuple):
    """The stated offsets. of_row: of each timestamp, into `texts`; a text is empty where none is stated."""

    of_row: NDArray[np.int32]
    texts: tuple[str, ...]

    def micros(self) -> Integers:
        """Of each text, in microseconds; 0 where none is stated."""
        return np.array([microseconds(text) for text in self.texts], np.int64)


def microseconds(text: str) -> int:
    """The offset that a text such as `+05:45` states, in microseconds; 0 for Z and for other text."""
    if len(text) != _WIDTH:
        return 0
    away = timedelta(hours=int(text[1:3]), minutes=int(text[4:6])) // timedelta(microseconds=1)
    return -away if text[0] == "-" else away


def offsets(stamps: Cells) -> Offsets | None:
    """The offsets of a column of timestamps; None where each is in UTC, written Z, as most messages write it."""
    width, count = stamps.dtype.itemsize, len(stamps)
    if not count:
        return None
    letters = np.ascontiguousarray(stamps).view(np.uint8).reshape(count, width)
    last = letters[:, -1]
    if (last == _ZULU).all():
        return None
    if width >= _WIDTH and last.all():
        tails = np.ascontiguousarray(letters[:, -_WIDTH:]).view(f"S{_WIDTH}").ravel()
        if _OFFSET.fullmatch(tails[0]) and (tails == tails[0]).all():
            return Offsets(np.zeros(count, np.int32), (tails[0].decode(),))
    found = (_OFFSET.search(stamp) for stamp in stamps.tolist())
    index, texts = numbered([each[0].strip() if each else b"" for each in found])
    return None if texts == ("Z",) else Offsets(index, texts)

"""A page: all versions of all intervals of one channel on one local day, as a block of numbers."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

VEE: Final = "vee"
EDITOR: Final = "editor"

RECORD: Final = np.dtype(
    [
        ("at", "<i8"),
        ("wh", "<i8"),
        ("received_at", "<i8"),
        ("version", "<i2"),
        ("quality", "<i2"),
        ("doubt", "<i2"),
        ("source", "<i2"),
        ("current", "<i2"),
    ]
)
"""One version of one interval; quality, doubt and source are numbers of words."""


class Channel(NamedTuple):
    """One series of a meter. flow: as in a reading type; minutes: its interval length, 0 for the register."""

    meter: str
    flow: int
    minutes: int


class Version(NamedTuple):
    """One version of one value. doubt: the check that doubted it when it came, or empty; source: who it is from."""

    version: int
    wh: int
    quality: str
    doubt: str
    source: str
    received_at: int
    current: int

    @property
    def is_measured(self) -> bool:
        """Whether it was delivered, not made here."""
        return self.source not in (VEE, EDITOR)


History = dict[int, list[Version]]
"""The versions of each moment, in the order in which they came."""


class Plain(NamedTuple):
    """A day's first delivery with nothing remarkable about it: every value is version 1 and current."""

    ends: tuple[int, ...]
    wh: tuple[int, ...]
    quality: str
    source: str
    received_at: int


class Words:
    """The numbers by which pages write words; a word gets its number when it is first used."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self.words = list(words)
        self._codes = {word: code for code, word in enumerate(self.words)}

    def code(self, word: str) -> int:
        """The number of a word."""
        known = self._codes.get(word)
        if known is None:
            known = self._codes[word] = len(self.words)
            self.words.append(word)
        return known


class Page:
    """One page, opened only as far as it is read.

    content: as the database has it; plain: instead of it, what a new page holds. total_wh: None until the day is validated.
    """

    __slots__ = ("_content", "_history", "_plain", "is_changed", "is_new", "total_wh")

    def __init__(self, content: bytes | None = None, plain: Plain | None = None, total_wh: int | None = None) -> None:
        self._content = content
        self._plain = plain
        self._history: History | None = None
        self.total_wh = total_wh
        self.is_new = content is None
        self.is_changed = self.is_new

    def plain_wh(self, ends: Sequence[int]) -> tuple[int, ...] | None:
        """The values of just these intervals if there is nothing remarkable about any of them, else None."""
        return self._plain.wh if self._plain is not None and self._plain.ends == ends else None

    def history(self, words: Words) -> History:
        """All versions, by the interval's end."""
        if self._history is None:
            self._history = {}
            if self._plain is not None:
                ends, values, quality, source, received_at = self._plain
                self._history = {at: [Version(1, wh, quality, "", source, received_at, 1)] for at, wh in zip(ends, values, strict=True)}
                self._plain = None
            elif self._content is not None:
                known = words.words
                for at, wh, received_at, version, quality, doubt, source, current in np.frombuffer(self._content, RECORD).tolist():
                    one = Version(version, wh, known[quality], known[doubt], known[source], received_at, current)
                    self._history.setdefault(at, []).append(one)
        return self._history

    def put(self, at: int, version: Version, words: Words) -> None:
        """Write a version: a new one, or another opinion of one that is there."""
        versions = self.history(words).setdefault(at, [])
        versions[version.version - 1 :] = [version, *versions[version.version :]]
        self.is_changed = True

    def set_total(self, total_wh: int | None) -> None:
        """Note what the validated day came to, or that it is not validated."""
        if total_wh != self.total_wh:
            self.total_wh = total_wh
            self.is_changed = True

    def content(self, words: Words) -> bytes:
        """The page as the database keeps it."""
        if self._plain is not None:
            ends, values, quality, source, received_at = self._plain
            block = np.empty(len(ends), RECORD)
            block["at"], block["wh"], block["received_at"] = ends, values, received_at
            block["version"] = block["current"] = 1
            block["quality"], block["doubt"], block["source"] = words.code(quality), words.code(""), words.code(source)
            return block.tobytes()
        if self._history is None and self._content is not None:
            return self._content
        code = words.code
        records = [
            (at, one.wh, one.received_at, one.version, code(one.quality), code(one.doubt), code(one.source), one.current)
            for at, versions in sorted(self.history(words).items())
            for one in versions
        ]
        return np.array(records, RECORD).tobytes()


def current_of(versions: Sequence[Version]) -> Version | None:
    """The version that counts."""
    for version in reversed(versions):
        if version.current:
            return version
    return None


def measured_of(versions: Sequence[Version]) -> Version | None:
    """The version that was delivered last."""
    for version in reversed(versions):
        if version.is_measured:
            return version
    return None

"""What the page opens only when asked: JSON packed in parcels, so that a large run still makes a small, quick page."""

import json
from base64 import b64encode
from gzip import compress
from typing import NamedTuple

from ami.ports import Json

PARCEL_SIZE = 400_000
"""Characters of JSON after which a parcel is closed: neighbours compress well together, and one must open quickly."""


class Place(NamedTuple):
    """Where a value lies: which parcel, and which item in it."""

    parcel: int
    item: int


class Parcels:
    """Values put away one after the other; the same value twice is kept once."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._size = 0
        self._closed: list[str] = []
        self._place_of: dict[str, Place] = {}

    def put(self, value: Json) -> Place:
        """Put `value` away and tell where."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        place = self._place_of.get(text)
        if place is None:
            place = self._place_of[text] = Place(len(self._closed), len(self._open))
            self._open.append(text)
            self._size += len(text)
            if self._size >= PARCEL_SIZE:
                self._close()
        return place

    def packed(self) -> list[str]:
        """Every parcel: a JSON array, gzipped, in base64."""
        if self._open:
            self._close()
        return self._closed

    def _close(self) -> None:
        packed = compress(f"[{','.join(self._open)}]".encode(), compresslevel=6, mtime=0)
        self._closed.append(b64encode(packed).decode())
        self._open, self._size = [], 0

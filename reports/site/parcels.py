"""What the page opens only when asked: JSON packed in parcels, one file each, so that a large run still makes a small, quick page."""

import json
from base64 import b64encode
from gzip import compress
from hashlib import blake2b
from typing import NamedTuple

from ami.ports import Json

PARCEL_SIZE = 400_000
"""Characters of JSON after which a parcel is closed: neighbours compress well together, and one must open quickly."""


class Place(NamedTuple):
    """Where a value lies: which parcel, and which item in it."""

    parcel: int
    item: int


class Parcels:
    """Values put away one after the other; the same value twice is kept once. name: the first part of the files' names."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._open: list[str] = []
        self._size = 0
        self._closed: list[str] = []
        self._place_of: dict[bytes, Place] = {}

    def put(self, value: Json) -> Place:
        """Put a value away."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        # The texts of a large run are more than a small machine can remember: their digests are enough.
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        place = self._place_of.get(digest)
        if place is None:
            place = self._place_of[digest] = Place(len(self._closed), len(self._open))
            self._open.append(text)
            self._size += len(text)
            if self._size >= PARCEL_SIZE:
                self._close()
        return place

    def files(self) -> dict[str, str]:
        """Every parcel as a script by the name of its file: a page that was opened from a file may load scripts, and nothing else.

        The script hands over a JSON array, gzipped, in base64: whatever stands in it, none of it is program.
        """
        if self._open:
            self._close()
        return {f"{self.name}-{number}.js": f'meterGate("{self.name}-{number}","{packed}")\n' for number, packed in enumerate(self._closed)}

    def _close(self) -> None:
        packed = compress(f"[{','.join(self._open)}]".encode(), compresslevel=6, mtime=0)
        self._closed.append(b64encode(packed).decode())
        self._open, self._size = [], 0

"""The end of a record that is still being written."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

Line = dict[str, Any]


class RecordTail:
    """Hands out the lines of a record as they come; half a line waits for its other half."""

    def __init__(self, record: Path) -> None:
        self._record = record
        self._file: BinaryIO | None = None
        self._half = b""

    def lines(self) -> Iterator[Line]:
        """The lines written since the last call; none while there is no file."""
        if self._file is None:
            try:
                self._file = self._record.open("rb")
            except FileNotFoundError:
                return
        *whole, self._half = (self._half + self._file.read()).split(b"\n")
        for raw in whole:
            try:
                line = json.loads(raw)
            except ValueError:
                continue  # no line of ours; the reader of the whole record will say so
            if isinstance(line, dict):
                yield line

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

"""The record of a run: one line of JSON per event, written as it happens, so that a crash loses nothing that came before it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Self, TextIO

from ami.ports import Json

FILE_NAME = "record.ndjson"


class Record:
    """An append-only file. A line is whole or, after a crash, the last one."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / FILE_NAME
        self._number = 0
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        self._file = self.path.open("x", encoding="utf-8", newline="\n")
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def write(self, kind: str, **fields: Json) -> None:
        """Append one event. Raises ValueError once the record is closed."""
        if self._file is None:
            raise ValueError("the record is closed")
        self._number += 1
        line = {"type": kind, "number": self._number, "at": datetime.now(UTC).isoformat(timespec="milliseconds"), **fields}
        self._file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":"), default=str) + "\n")
        self._file.flush()

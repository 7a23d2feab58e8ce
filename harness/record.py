"""The record of a run: one line of JSON per event, written as it happens, so that a crash loses nothing that came before it."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Self

from ami.ports import Json
from harness import seal
from harness.masking import Mask

FILE_NAME = "record.ndjson"

KEPT_FOR_GOOD = frozenset({"run_started", "collection_finished", "scenario_finished", "run_finished"})
"""After these the disk is asked to have everything, so that even a machine that loses power keeps whole scenarios."""


class Record:
    """An append-only file, sealed line by line. A line is whole or, after a crash, the last one.

    name: of the file in `folder`. secret: the key of the seal, empty for a plain one. mask: what leaves each line before it is written.
    """

    def __init__(self, folder: Path, name: str = FILE_NAME, secret: bytes | None = None, mask: Mask | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / name
        self._secret = seal.key() if secret is None else secret
        self._mask = mask
        self._number = 0
        self._seal = seal.FIRST
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        self._file = self.path.open("xb")
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    @property
    def sealed(self) -> str:
        """How the lines are sealed: keyed or plain."""
        return "keyed" if self._secret else "plain"

    @property
    def last_seal(self) -> str:
        """The seal of the last line: whoever notes it down can prove that nothing was cut from the end."""
        return self._seal

    def write(self, kind: str, **fields: Json) -> None:
        """Append one event of this moment. Raises ValueError once the record is closed."""
        self.append(kind, datetime.now(UTC).isoformat(timespec="milliseconds"), fields)

    def append(self, kind: str, at: str, fields: dict[str, Json]) -> None:
        """Append one event of the moment `at`. Raises ValueError once the record is closed."""
        if self._file is None:
            raise ValueError("the record is closed")
        self._number += 1
        told = self._mask.line(kind, fields) if self._mask is not None else fields
        line = {"type": kind, "number": self._number, "at": at, **told}
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":"), default=str)
        content = text.removesuffix("}").encode("utf-8", "replace")
        self._seal = seal.digest(content, self._seal, self._secret)
        self._file.write(seal.with_seal(content, self._seal))
        self._file.flush()
        if kind in KEPT_FOR_GOOD:
            os.fsync(self._file.fileno())

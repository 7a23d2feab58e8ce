"""Files and folders as the command line names them, opened one after the other."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISREG
from typing import Final

from ami.errors import ConfigurationError
from conformance.inputs import archive, content
from conformance.inputs.entry import Entry, unbounded
from conformance.parser import MOST_BYTES

MOST_HELD: Final = 256 * 1024 * 1024
"""Bytes of a recording or an archive; a message of MeterReadings may be of any size."""

_PIECE: Final = 64 * 1024
_STANDARD_INPUT: Final = "-"
STANDARD_INPUT: Final = Path(_STANDARD_INPUT)


def listed(named: Iterable[Path]) -> list[str]:
    """Every file that is meant: folders stand for the files in them that may hold messages, in the order of their names.

    Raises ConfigurationError for what is not there or must not be read, before anything is judged.
    """
    found: list[str] = []
    for path in named:
        if path != STANDARD_INPUT and path.is_dir():
            below = (os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names)  # noqa: PTH118 - as below
            found += sorted(name for name in below if name.lower().endswith(content.ENDINGS))
        else:
            found.append(str(path))
    for name in found:
        if name != _STANDARD_INPUT and not os.access(name, os.R_OK):
            reason = "it may not be read" if Path(name).exists() else "no such file"
            raise ConfigurationError(f"cannot read {name}: {reason}")
    return found


def is_large(name: str) -> bool:
    """Whether a file is a message that is not to be held in memory. Raises ConfigurationError where it cannot be read."""
    try:
        if name == _STANDARD_INPUT:
            return False
        about = os.stat(name)  # noqa: PTH116 - a third of the time, for each of ten thousand files
        if about.st_size <= MOST_BYTES or not S_ISREG(about.st_mode):
            return False
        with Path(name).open("rb") as file:
            return content.is_alone(name, file.read(content.HEAD))
    except OSError as error:
        raise ConfigurationError(f"cannot read {name}: {error.strerror or error}") from None


def entries(name: str) -> Iterable[Entry]:
    """The messages in one file. Raises ConfigurationError where it cannot be read after all."""
    raw = read(name)
    if len(raw) > MOST_HELD:
        return (unbounded(name, f"a file of more than {MOST_HELD // 1024 // 1024} MiB that is no message that could be cut"),)
    if archive.is_archive(raw[:4]):
        return archive.unpacked(name, raw)
    return content.entries(name, raw)


def read(name: str) -> bytes:
    """The bytes of a file, or of standard input, and at most one more than are taken. Raises ConfigurationError where it cannot be read."""
    try:
        if name == _STANDARD_INPUT:
            return sys.stdin.buffer.read(MOST_HELD + 1)
        # Without a file object: that is a third of the time for a small file.
        opened = os.open(name, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            raw = os.read(opened, _PIECE)
            more = os.read(opened, _PIECE)
            if not more:
                return raw
            with open(opened, "rb", closefd=False) as file:
                return b"".join((raw, more, file.read(max(0, MOST_HELD + 1 - len(raw) - len(more)))))
        finally:
            os.close(opened)
    except OSError as error:
        raise ConfigurationError(f"cannot read {name}: {error.strerror or error}") from None

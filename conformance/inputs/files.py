"""Files and folders as the command line names them, opened one after the other."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_ISREG
from typing import Final

from ami.errors import ConfigurationError
from conformance.inputs import archive, content
from conformance.inputs.entry import Entry, unbounded
from conformance.parser import MOST_BYTES

MOST_HELD: Final = 256 * 1024 * 1024
"""Bytes of a recording or an archive; a message of MeterReadings may be of any size."""

_STANDARD_INPUT: Final = "-"
STANDARD_INPUT: Final = Path(_STANDARD_INPUT)


def listed(named: Iterable[Path]) -> list[Path]:
    """Every file that is meant: folders stand for the files in them that may hold messages, in the order of their names.

    Raises ConfigurationError for what is not there or must not be read, before anything is judged.
    """
    found: list[Path] = []
    for path in named:
        if path != STANDARD_INPUT and path.is_dir():
            below = (f"{folder}/{name}" for folder, _, names in os.walk(path) for name in names if name.lower().endswith(content.ENDINGS))
            found += map(Path, sorted(below))
        else:
            found.append(path)
    for path in found:
        name = str(path)
        if name != _STANDARD_INPUT and not os.access(name, os.R_OK):
            reason = "it may not be read" if path.exists() else "no such file"
            raise ConfigurationError(f"cannot read {path}: {reason}")
    return found


def is_large(path: Path) -> bool:
    """Whether a file is a message that is not to be held in memory. Raises ConfigurationError where it cannot be read."""
    try:
        if str(path) == _STANDARD_INPUT:
            return False
        about = os.stat(str(path))  # noqa: PTH116 - a third of the time, for each of ten thousand files
        if about.st_size <= MOST_BYTES or not S_ISREG(about.st_mode):
            return False
        with path.open("rb") as file:
            return content.is_alone(str(path), file.read(content.HEAD))
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror or error}") from None


def entries(path: Path) -> Iterator[Entry]:
    """The messages in one file. Raises ConfigurationError where it cannot be read after all."""
    name = str(path)
    raw = read(path)
    if len(raw) > MOST_HELD:
        yield unbounded(name, f"a file of more than {MOST_HELD // 1024 // 1024} MiB that is no message that could be cut")
        return
    if archive.is_archive(raw[:4]):
        yield from archive.unpacked(name, raw)
    else:
        yield from content.entries(name, raw)


def read(path: Path) -> bytes:
    """The bytes of a file, or of standard input, and at most one more than are taken. Raises ConfigurationError where it cannot be read."""
    try:
        if str(path) == _STANDARD_INPUT:
            return sys.stdin.buffer.read(MOST_HELD + 1)
        with open(str(path), "rb") as file:  # noqa: PTH123 - as above
            about = os.fstat(file.fileno())
            return file.read() if S_ISREG(about.st_mode) and about.st_size <= MOST_HELD else file.read(MOST_HELD + 1)
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror or error}") from None

"""Files and folders as the command line names them, opened one after the other."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ami.errors import ConfigurationError
from conformance.inputs import archive, content
from conformance.inputs.entry import Entry, unbounded
from conformance.parser import MOST_BYTES

MOST_HELD: Final = 256 * 1024 * 1024
"""Bytes of a recording or an archive; a message of MeterReadings may be of any size."""

STANDARD_INPUT: Final = Path("-")


def listed(named: Iterable[Path]) -> list[Path]:
    """Every file that is meant: folders stand for the files in them that may hold messages, in the order of their names.

    Raises ConfigurationError for what is not there or must not be read, before anything is judged.
    """
    found: list[Path] = []
    for path in named:
        if path != STANDARD_INPUT and path.is_dir():
            found += sorted(
                Path(folder) / name for folder, _, names in os.walk(path) for name in names if name.lower().endswith(content.ENDINGS)
            )
        else:
            found.append(path)
    for path in found:
        if path != STANDARD_INPUT and not os.access(path, os.R_OK):
            reason = "it may not be read" if path.exists() else "no such file"
            raise ConfigurationError(f"cannot read {path}: {reason}")
    return found


def is_large(path: Path) -> bool:
    """Whether a file is a message that is not to be held in memory. Raises ConfigurationError where it cannot be read."""
    try:
        if path == STANDARD_INPUT or not path.is_file() or path.stat().st_size <= MOST_BYTES:
            return False
        with path.open("rb") as file:
            return content.is_alone(str(path), file.read(content.HEAD))
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror or error}") from None


def entries(path: Path) -> Iterator[Entry]:
    """The messages in one file. Raises ConfigurationError where it cannot be read after all."""
    name = str(path)
    if path != STANDARD_INPUT and path.is_file() and path.stat().st_size > MOST_HELD:
        yield unbounded(
            name, f"a file of {path.stat().st_size:,} bytes that cannot be cut; at most {MOST_HELD // 1024 // 1024} MiB are taken"
        )
        return
    raw = read(path)
    if archive.is_archive(raw[:4]):
        yield from archive.unpacked(name, raw)
    else:
        yield from content.entries(name, raw)


def read(path: Path) -> bytes:
    """The bytes of a file, or of standard input. Raises ConfigurationError where it cannot be read."""
    try:
        return sys.stdin.buffer.read() if path == STANDARD_INPUT else path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror or error}") from None

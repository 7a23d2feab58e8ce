"""Files and folders as the command line names them, opened one after the other."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Final, NoReturn

from ami.errors import ConfigurationError
from conformance.inputs import archive, content
from conformance.inputs.entry import Entry, unbounded, without_message
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
    named, found = list(named), list[str]()
    if named.count(STANDARD_INPUT) > 1:
        raise ConfigurationError("standard input (-) is named twice, and can be read once")
    for path in named:
        if str(path) == _STANDARD_INPUT or not S_ISDIR(_about(str(path)).st_mode):
            found.append(str(path))
        else:
            # One that holds nothing is told, as a file without a message is.
            found += _below(path) or [str(path)]
    for name in found:
        if name != _STANDARD_INPUT and not os.access(name, os.R_OK):
            raise ConfigurationError(f"cannot read {name}: it may not be read")
    return found


def _below(folder: Path) -> list[str]:
    """The files in a folder that may hold messages. Nothing is passed over that cannot be looked into, nor waited for that is no file."""
    found: list[str] = []
    folders = [str(folder)]
    try:
        for place in folders:
            with os.scandir(place) as inside:
                for each in inside:
                    if each.is_dir():
                        folders += [] if each.is_symlink() else [each.path]
                    elif each.name.lower().endswith(content.ENDINGS):
                        if not each.is_file() and _about(each.path):
                            told = "it is no file; take it out of the folder, or name it by itself"
                            raise ConfigurationError(f"cannot read {each.path}: {told}")
                        found.append(each.path)
    except OSError as error:
        _refuse(error)
    return sorted(found)


def _about(name: str) -> os.stat_result:
    try:
        return os.stat(name)  # noqa: PTH116 - a third of the time, for each of ten thousand files
    except OSError as error:
        _refuse(error)


def _refuse(error: OSError) -> NoReturn:
    reason = "no such file" if isinstance(error, FileNotFoundError) else error.strerror or error
    raise ConfigurationError(f"cannot read {error.filename}: {reason}") from None


def entries(name: str) -> Iterable[Entry] | None:
    """The messages in one file; None where it is a message that is not to be held in memory.

    Raises ConfigurationError where it cannot be read after all.
    """
    try:
        raw = read(name)
    except IsADirectoryError:
        return (without_message(name, f"no file in this folder ends in {', '.join(content.ENDINGS)}"),)
    if raw is None:
        return None
    if len(raw) > MOST_HELD:
        return (unbounded(name, f"a file of more than {MOST_HELD // 1024 // 1024} MiB that is no message that could be cut"),)
    if archive.is_archive(raw[:4]):
        return archive.unpacked(name, raw)
    return content.entries(name, raw)


def read(name: str) -> bytes | None:
    """The bytes of a file, or of standard input, and at most one more than are taken; None for one large message.

    Raises ConfigurationError where it cannot be read, and IsADirectoryError for a folder.
    """
    try:
        if name == _STANDARD_INPUT:
            if sys.stdin is None:
                raise ConfigurationError("cannot read standard input: it is closed")
            return sys.stdin.buffer.read(MOST_HELD + 1)
        # Without a file object: that is a third of the time for a small file.
        opened = os.open(name, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            raw = os.read(opened, _PIECE)
            more = os.read(opened, _PIECE)
            if not more and len(raw) <= MOST_BYTES:
                return raw
            about = os.fstat(opened)
            if about.st_size > MOST_BYTES and S_ISREG(about.st_mode) and content.is_alone(name, raw[: content.HEAD]):
                return None
            with open(opened, "rb", closefd=False) as file:
                return b"".join((raw, more, file.read(max(0, MOST_HELD + 1 - len(raw) - len(more)))))
        finally:
            os.close(opened)
    except IsADirectoryError:
        raise
    except OSError as error:
        raise ConfigurationError(f"cannot read {name}: {error.strerror or error}") from None

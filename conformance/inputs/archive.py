"""Zip archives, archives in them too, opened within bounds."""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from conformance.inputs.content import ARCHIVE, ENDINGS, entries
from conformance.inputs.entry import Entry, unbounded, unreadable, without_message
from conformance.parser import MOST_BYTES

MOST_LEVELS: Final = 3
_LISTED: Final = b"PK\x01\x02"
"""What the directory of an archive begins each of its files with."""

MOST_FILES: Final = 100_000
MOST_UNPACKED: Final = 1024 * 1024 * 1024
"""Bytes, of all files of one archive together."""

_NOT_UNPACKED: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)


class _Budget:
    """What may still be unpacked."""

    def __init__(self) -> None:
        self.files = MOST_FILES
        self.bytes = MOST_UNPACKED


def is_archive(head: bytes) -> bool:
    """Whether bytes begin as a zip archive does."""
    return head.startswith(ARCHIVE)


def unpacked(file: str, raw: bytes) -> Iterator[Entry]:
    """The messages of an archive, each file of it as if it stood in a folder."""
    found = False
    for entry in _opened(file, "", raw, MOST_LEVELS, _Budget()):
        found = True
        yield entry
    if not found:
        yield without_message(file, f"no file in this archive ends in {', '.join(ENDINGS)}")


def _opened(file: str, inside: str, raw: bytes, levels: int, budget: _Budget) -> Iterator[Entry]:
    if not levels:
        yield unbounded(file, f"archives within archives, more than {MOST_LEVELS} deep")._replace(part=inside)
        return
    if raw.count(_LISTED) > MOST_FILES:  # the directory alone would be too much to hold
        yield unbounded(file, f"more than {MOST_FILES:,} files")._replace(part=inside)
        return
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        yield unreadable(file, f"an archive that cannot be opened: {error}")._replace(part=inside)
        return
    with archive:
        for member in sorted(archive.infolist(), key=lambda each: each.filename):
            if member.is_dir() or not member.filename.lower().endswith(ENDINGS):
                continue
            budget.files -= 1
            if budget.files < 0:
                yield unbounded(file, f"more than {MOST_FILES:,} files")._replace(part=inside)
                return
            yield from _member(file, f"{inside}#{member.filename}", archive, member, levels, budget)
            if budget.bytes < 0:
                return


def _member(file: str, inside: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, levels: int, budget: _Budget) -> Iterator[Entry]:
    try:
        with archive.open(member) as opened:
            content = opened.read(MOST_BYTES + 1)
    except _NOT_UNPACKED as error:
        yield unreadable(file, f"a file that cannot be unpacked: {error}")._replace(part=inside)
        return
    budget.bytes -= len(content)
    if len(content) > MOST_BYTES:
        yield unbounded(file, f"a file of more than {MOST_BYTES // 1024 // 1024} MiB")._replace(part=inside)
    elif budget.bytes < 0:
        yield unbounded(file, f"more than {MOST_UNPACKED // 1024 // 1024:,} MiB in one archive")._replace(part=inside)
    elif is_archive(content):
        yield from _opened(file, inside, content, levels - 1, budget)
    else:
        yield from (entry.inside(file, inside) for entry in entries(f"{file}{inside}", content))

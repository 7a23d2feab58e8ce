"""Zip archives with everything that one may and may not hold."""

import io
import struct
import warnings
import zipfile
from collections.abc import Sequence
from random import Random
from typing import Final

from tests.conformance.hostile.random_edits import flip

_NAMES: Final = (
    *("a.xml", "a.xml", "b.har", "c.ndjson", "d.http", "e.wsdl", "f.soap", "g.zip", "notes.txt", "folder/", "folder/a.xml", "A.XML"),
    *("../../a.xml", "/etc/a.xml", "C:\\a.xml", "a\nb.xml", "\x1b[31ma.xml", "\u202elmx.xml", "ä.xml", "\x9b.xml", "-.xml", "#1.xml"),
    *("x" * 5000 + ".xml", ".xml"),
    *("a.xml\0.txt", "a b.xml", "[/x].xml", "\U0001f600.xml"),
)
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_CENTRAL: Final = b"PK\x01\x02"
_END: Final = b"PK\x05\x06"

_IN_CENTRAL: Final = ((8, "<H"), (10, "<H"), (16, "<L"), (20, "<L"), (24, "<L"), (28, "<H"), (42, "<L"))
_IN_END: Final = ((8, "<H"), (10, "<H"), (12, "<L"), (16, "<L"), (20, "<H"))
"""Fields of a header: where they begin, and how they are written."""


def archive(random: Random, members: Sequence[bytes]) -> bytes:
    """An archive of some of those contents, perhaps with something odd about it."""
    made = io.BytesIO(b"prefix" if random.random() < 0.02 else b"")
    with warnings.catch_warnings(), zipfile.ZipFile(made, "a") as opened:
        warnings.simplefilter("ignore", UserWarning)  # of a name that stands in it twice
        for body in random.sample(members, min(len(members), random.randrange(5))):
            info = zipfile.ZipInfo(random.choice(_NAMES))
            info.compress_type = random.choice(_METHODS)
            info.external_attr = random.choice((0, 0, 0o120777 << 16, 0o010644 << 16))
            info.extra = random.choice((b"", b"", b"\x01\x00\x08\x00" + b"\xff" * 8, b"\x75\x70\x05\x00\x01abcd", b"\x01\x00\xff\xff"))
            opened.writestr(info, archive(random, members) if random.random() < 0.15 else body)
        opened.comment = random.choice((b"", b"", _END + b"\0" * 18, b"x" * 60_000))
    return _spoiled(random, made.getvalue())


def _spoiled(random: Random, raw: bytes) -> bytes:
    kind = random.choice(("not", "not", "flip", "central", "end", "zip64", "cut", "swallow"))
    if kind == "flip":
        return flip(random, raw, b"")
    if kind == "central":
        return _written(random, raw, _CENTRAL, random.choice(_IN_CENTRAL))
    if kind == "end":
        return _written(random, raw, _END, random.choice(_IN_END))
    if kind == "zip64":
        place = raw.rfind(_END)
        numbers = [random.choice((0, 1, 2**32, 2**63, random.randrange(1000))) for _ in range(4)]
        ending = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, *numbers) + b"PK\x06\x07" + struct.pack("<LQL", 0, place, 1)
        return raw[:place] + ending + raw[place : place + 16] + b"\xff\xff\xff\xff" + raw[place + 20 :]
    if kind == "cut":
        return raw[: random.randrange(len(raw) + 1)]
    return raw + raw if kind == "swallow" else raw


def _written(random: Random, raw: bytes, mark: bytes, field: tuple[int, str]) -> bytes:
    """One field of a header is another number."""
    offset, form = field
    place = raw.rfind(mark)
    size = struct.calcsize(form)
    if place < 0 or place + offset + size > len(raw):
        return raw
    most = 256**size - 1
    other = random.choice((0, 1, 9, 12, 14, 99, most, most // 2, 2049 & most, random.randrange(most)))
    return raw[: place + offset] + struct.pack(form, other) + raw[place + offset + size :]

"""Cutting a large message between its MeterReadings, without holding it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from conformance.parser import MOST_BYTES

PIECE: Final = 4 * 1024 * 1024
"""Bytes of MeterReadings that are judged at a time."""

LONGEST_END: Final = 64 * 1024
"""Bytes before the first MeterReading, or after the last one."""

_TOP = re.compile(rb"<(?:([\w.-]+):)?MeterReadings(?:\s[^<>]*[^<>/])?>")


class Piece(NamedTuple):
    """Some MeterReadings. start: their first byte in the file.

    lines_before, members_before: in the file; own_lines: ends of lines among them.
    """

    inside: bytes
    start: int
    lines_before: int
    members_before: int
    own_lines: int
    is_last: bool


class Ends(NamedTuple):
    """How a message begins and ends, and what closes a MeterReading in it."""

    head: bytes
    tail: bytes
    close: bytes

    def around(self, piece: Piece) -> bytes:
        """A piece as a message."""
        return self.head + piece.inside + self.tail


def joined(piece: Piece, following: Piece) -> Piece:
    """Two pieces that follow each other, as one."""
    return piece._replace(
        inside=piece.inside + following.inside, own_lines=piece.own_lines + following.own_lines, is_last=following.is_last
    )


def ends_of(path: Path) -> Ends | None:
    """How a message in a file begins and ends; None where it is not one of MeterReadings, plainly written."""
    with path.open("rb") as file:
        start = file.read(LONGEST_END)
        top = _TOP.search(start)
        size = file.seek(0, 2)
        file.seek(max(0, size - LONGEST_END))
        rest = file.read()
    if top is None or b"<!" in start[: top.end()]:
        return None
    prefix = top[1] + b":" if top[1] else b""
    last = rest.rfind(b"</" + prefix + b"MeterReadings>")
    return Ends(start[: top.end()], rest[last:], b"</" + prefix + b"MeterReading>") if last >= 0 else None


def pieces(path: Path, ends: Ends, size: int) -> Iterator[Piece | None]:
    """The message in pieces; None where something stands in it that may hide where a MeterReading ends."""
    left = path.stat().st_size - len(ends.head) - len(ends.tail)
    start = len(ends.head)
    lines = members = 0
    held = b""
    with path.open("rb") as file:
        file.seek(len(ends.head))
        while left > 0:
            # The last piece is no smaller than the others: a rule about many meters needs many.
            read = file.read(size if left >= 2 * size else left)
            left -= len(read) or left
            held += read
            if b"<!" in held or b"<?" in held:
                yield None
                return
            cut = held.rfind(ends.close) + len(ends.close) if left else len(held)
            if cut < len(ends.close) and left:
                if len(held) > MOST_BYTES:
                    yield None
                    return
                continue
            inside, held = held[:cut], held[cut:]
            own = inside.count(b"\n")
            yield Piece(inside, start, lines, members, own, not left)
            start += len(inside)
            lines += own
            members += inside.count(ends.close)

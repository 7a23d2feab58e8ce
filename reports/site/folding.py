"""A message cut into rows that a person can read; joined again they are the message, character for character."""

import re
from collections.abc import Iterator
from typing import NamedTuple

LONG_LINE = 160
"""A line up to this many characters stays as it is."""

_BETWEEN_TAGS = re.compile(r"(?<=>)(?=<)")
_START_TAG = re.compile(r"<[^\s<>/!?][^<>]*(?<!/)>")
_END_TAG = re.compile(r"</[^<>]*>")
_DUMP_WIDTH = 16


class Row(NamedTuple):
    """A piece of a message. line: of the message itself, from 1; part: the piece of that line, from 0 (0 alone: the whole line).

    start: its first character's place in the message; depth: how far to indent it.
    """

    line: int
    part: int
    depth: int
    start: int
    text: str

    @property
    def label(self) -> str:
        """What stands beside it in the margin: 12, or 1:37 for the 37th piece of line 1."""
        return f"{self.line}:{self.part}" if self.part else str(self.line)


def fold(body: str) -> list[Row]:
    """The rows of a message. Long lines are cut between tags, each piece indented by its depth within that line."""
    rows: list[Row] = []
    start = 0
    for number, line in enumerate(body.split("\n"), 1):
        pieces = list(_pieces(line)) if len(line) > LONG_LINE else [line]
        if len(pieces) == 1:
            rows.append(Row(number, 0, 0, start, line))
        else:
            rows.extend(_indented(number, start, pieces))
        start += len(line) + 1
    return rows


def _pieces(line: str) -> Iterator[str]:
    """Cut before each tag that follows a tag, except between the two tags of an empty element."""
    held = ""
    for piece in _BETWEEN_TAGS.split(line):
        if held and not (piece.startswith("</") and _START_TAG.fullmatch(held)):
            yield held
            held = ""
        held += piece
    yield held


def _indented(number: int, start: int, pieces: list[str]) -> Iterator[Row]:
    depth = 0
    for part, piece in enumerate(pieces, 1):
        closed = len(_END_TAG.findall(piece))
        if piece.startswith("</"):
            depth = max(depth - 1, 0)
            closed -= 1
        yield Row(number, part, depth, start, piece)
        depth = max(depth + len(_START_TAG.findall(piece)) - closed, 0)
        start += len(piece)


def dump(content: bytes, at_most: int) -> list[Row]:
    """The first bytes of something that is no text: offset, hexadecimal, and the letters among them."""
    rows = []
    for at in range(0, min(len(content), at_most), _DUMP_WIDTH):
        some = content[at : at + _DUMP_WIDTH]
        letters = "".join(chr(byte) if 0x20 <= byte < 0x7F else "·" for byte in some)
        rows.append(Row(at // _DUMP_WIDTH + 1, 0, 0, at, f"{at:08x}  {some.hex(' '):<47}  {letters}"))
    return rows

"""Edits of any bytes at random places."""

import re
from random import Random
from typing import Final

from tests.conformance.hostile.values import PIECES

MOST_BYTES: Final = 200_000
"""Of what an edit repeats."""

_NUMBER = re.compile(rb"\d+")
_ENCODINGS: Final = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "utf-7", "latin-1", "cp037", "cp1252", "shift_jis")
_DECLARED = re.compile(r"encoding=[\"'][^\"']*[\"']")


def flip(random: Random, body: bytes, _other: bytes) -> bytes:
    """Some bytes become others."""
    spoiled = bytearray(body)
    for _ in range(random.choice((1, 1, 1, 2, 8, 40))):
        if spoiled:
            place = random.randrange(len(spoiled))
            spoiled[place] = random.choice((random.randrange(256), spoiled[place] ^ 1 << random.randrange(8)))
    return bytes(spoiled)


def truncate(random: Random, body: bytes, _other: bytes) -> bytes:
    """The end is missing, or the beginning."""
    place = random.randrange(len(body) + 1)
    return body[:place] if random.random() < 0.8 else body[place:]


def splice(random: Random, body: bytes, other: bytes) -> bytes:
    """The beginning of one, and the end of another."""
    return body[: random.randrange(len(body) + 1)] + other[random.randrange(len(other) + 1) :]


def swallow(random: Random, body: bytes, other: bytes) -> bytes:
    """Another one in the middle."""
    place = random.randrange(len(body) + 1)
    return body[:place] + other + body[place:]


def repeat(random: Random, body: bytes, _other: bytes) -> bytes:
    """A piece comes again and again."""
    start, end = _span(random, body)
    piece = body[start:end]
    times = min(random.choice((2, 2, 3, 10, 100, 2000)), MOST_BYTES // (len(piece) or 1))
    return body[:start] + piece * times + body[end:]


def drop(random: Random, body: bytes, _other: bytes) -> bytes:
    """A piece is missing."""
    start, end = _span(random, body)
    return body[:start] + body[end:]


def swap(random: Random, body: bytes, _other: bytes) -> bytes:
    """Two pieces change places."""
    a, b, c, d = sorted(random.randrange(len(body) + 1) for _ in range(4))
    return body[:a] + body[c:d] + body[b:c] + body[a:b] + body[d:]


def insert(random: Random, body: bytes, _other: bytes) -> bytes:
    """Something that has a meaning stands where it has none."""
    place = random.randrange(len(body) + 1)
    return body[:place] + random.choice(PIECES) + body[place:]


def number(random: Random, body: bytes, _other: bytes) -> bytes:
    """A number, perhaps a length, is another."""
    found = list(_NUMBER.finditer(body))
    if not found:
        return insert(random, body, _other)
    one = random.choice(found)
    other = random.choice((b"0", b"-1", b"1", b"65536", b"4294967295", b"9" * 30, b"9" * 5000, b"", str(random.randrange(10**6)).encode()))
    return body[: one.start()] + other + body[one.end() :]


def encode(random: Random, body: bytes, _other: bytes) -> bytes:
    """The same text in other bytes, and perhaps said so."""
    text = body.decode("utf-8", "replace")
    encoding = random.choice(_ENCODINGS)
    if random.random() < 0.5:
        text = _DECLARED.sub(f'encoding="{random.choice((encoding, "UTF-16", "UTF-8", "x" * 2000))}"', text, count=1)
    return text.encode(encoding, "replace")


EDITS: Final = (flip, truncate, splice, swallow, repeat, drop, swap, insert, insert, number, encode)


def edit(random: Random, body: bytes, other: bytes) -> bytes:
    """Any of them."""
    return random.choice(EDITS)(random, body, other)


def _span(random: Random, body: bytes) -> tuple[int, int]:
    start = random.randrange(len(body) + 1)
    return start, min(len(body), start + random.choice((1, 4, 20, 100, 1000, 5000)))

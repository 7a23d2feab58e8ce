"""Spoiled files, one after the other: the same seed makes the same ones."""

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Final, NamedTuple

from tests.conformance.hostile import archives, json_edits, random_edits, xml_edits
from tests.conformance.hostile.seeds import KINDS, Seed, compressed, seeds

MOST_BYTES: Final = 4_000_000
"""Of one case; larger ones are tests of their own."""

WEIGHTS: Final = (10, 1, 3, 4, 3, 3)
"""How often each kind is made."""

OF_A_FAMILY: Final = 20
"""Files, one after the other, that may have the same seed: the judge takes what is written alike together."""

_DIGIT = re.compile(rb"\d")

Edit = Callable[[Random, bytes, bytes], bytes]


class Case(NamedTuple):
    """A file that somebody hands in. kind: its ending; made_from: which seed, and what was done to it."""

    kind: str
    body: bytes
    made_from: str


def cases(seed: str, count: int, start: int = 0) -> Iterator[Case]:
    """So many spoiled files, from that number on."""
    for number in range(start, start + count):
        family = Random(f"{seed} family {number // OF_A_FAMILY}")
        random = Random(f"{seed} {number}")
        kind = family.random()
        if kind < 0.4:
            ancestors = [each for each in seeds()["xml"] if each.name.startswith("delivery")] if kind < 0.15 else seeds()["xml"]
            yield _member(random, family.choice(ancestors))
        else:
            yield case(random)


def case(random: Random) -> Case:
    """One spoiled file."""
    (kind,) = random.choices(KINDS, WEIGHTS)
    chosen, other = random.choice(seeds()[kind]), _any(random)
    if kind == "zip" and random.random() < 0.7:
        members = [case(random).body if random.random() < 0.5 else _any(random).body for _ in range(4)]
        return Case(kind, archives.archive(random, members)[:MOST_BYTES], "an archive")
    done, body = [], chosen.body
    if kind == "xml" and random.random() < 0.1:
        done, body = ["compressed"], compressed(random, _any(random).body)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        name, body = _edited(random, kind, body, other.body)
        done.append(name)
        body = body[:MOST_BYTES]
    return Case(kind, body, f"{chosen.name}, {', '.join(done)}, with {other.name}")


def _member(random: Random, seed: Seed) -> Case:
    """One of a family: nearly the same as the others, often as sound as they are."""
    body = seed.body
    for _ in range(random.choice((0, 1, 1, 2, 6))):
        places = list(_DIGIT.finditer(body))
        if places:
            place = random.choice(places).start()
            body = body[:place] + str(random.randrange(10)).encode() + body[place + 1 :]
    done = "digits"
    if random.random() < 0.3:
        edit: Edit = random.choice((*xml_edits.EDITS, *random_edits.EDITS))
        done, body = f"digits, {edit.__name__}", edit(random, body, seed.body)[:MOST_BYTES]
    return Case(seed.kind, body, f"{seed.name}, {done}")


def _any(random: Random) -> Seed:
    return random.choice(seeds()[random.choices(KINDS, WEIGHTS)[0]])


def _edited(random: Random, kind: str, body: bytes, other: bytes) -> tuple[str, bytes]:
    edit: Edit = random.choice(xml_edits.EDITS if kind in ("xml", "wsdl") and random.random() < 0.6 else random_edits.EDITS)
    if kind in ("har", "ndjson") and random.random() < 0.7:
        recording = json_edits.har if kind == "har" else json_edits.record
        inner: Edit = random.choice((*xml_edits.EDITS, *random_edits.EDITS))
        return f"{kind} {inner.__name__}", recording(random, body, inner, other)
    return edit.__name__, edit(random, body, other)

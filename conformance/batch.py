"""The readings of many small messages, asked all at once: a rule costs as much for one row as for a thousand.

Messages are laid side by side as if they were one, with meters that keep apart what belongs to different messages. Where no rule
finds anything in that, none would find anything in any of them; which rules could be deceived, a test asks of every rule. A message
that a rule points to is judged again by itself, so that what is found is always found in the ordinary way.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple

import numpy as np

from conformance.catalogue import RULES_BY_VIEW
from conformance.moments import EPOCH, MICROSECONDS, Flags, Integers
from conformance.rule import MOST_COUNTED, Breach
from conformance.thinning import thin
from conformance.views.cells import Member, ReadingCells
from conformance.views.readings import ReadingColumns
from conformance.views.scan import scan
from conformance.views.tags import NotPlainError

MOST_BYTES: Final = 96 * 1024
"""Of one message: a meter's day of quarter-hours, however it is written. What is larger has readings enough of its own."""

MOST_MEMBERS: Final = 8
"""Of one message; what many meters say together is a question to a message of many."""

_END_WITHIN: Final = 1024
"""Bytes of the end of a message, in which the end of its payload stands."""

_MEMBER = re.compile(r"/MeterReading\[(\d+)\]")
_NEAR: Final = 400 * 86_400 * MICROSECONDS
_LARGE: Final = 10**13
_NEVER: Final = 2**62
_BETWEEN: Final = b"\0"
_TOP = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?MeterReadings(?:\s[^<>]*[^<>/])?>")


class Cut(NamedTuple):
    """Where the content of a message's MeterReadings lies. prefix: of its names, None for none; start, end: in the message's bytes."""

    prefix: str | None
    start: int
    end: int


class Readings(NamedTuple):
    """What a message holds between the tags of its MeterReadings.

    members: how many MeterReading it holds; said_at, verb: as `ReadingColumns` has them.
    """

    inside: bytes
    prefix: str | None
    members: int
    said_at: datetime | None
    verb: str


class _SideBySide(ReadingColumns):
    """The readings of many messages, each of which was made at another moment."""

    def __init__(self, taken: ReadingCells, verb: str, made_at: Integers) -> None:
        super().__init__(taken, None, verb)
        self.made_at = made_at


def cut_out(raw: bytes) -> Cut | None:
    """Where the readings of a message lie; None where it is large, or written in a way that only its tree shows."""
    if len(raw) > MOST_BYTES or b"MeterReadings>" not in raw[-_END_WITHIN:]:
        return None
    # Where there is a Payload they stand in it; behind its tag they are found at once.
    top = _TOP.search(raw, max(0, raw.find(b"Payload>")))
    if top is None:
        return None
    start = top.end()
    end = raw.rfind(b"</%b:MeterReadings>" % top[1] if top[1] else b"</MeterReadings>")
    if end < start or raw.find(b"&", start, end) >= 0 or raw.find(b"!", start, end) >= 0:
        return None
    if raw.find(b"?", start, end) >= 0 or raw.find(_BETWEEN, start, end) >= 0:
        return None
    if raw.find(b"<!", 0, top.start()) >= 0 or raw.find(b"<!", end) >= 0:
        return None
    if raw.count(b"MeterReading>", start, end) > 2 * MOST_MEMBERS:
        return None
    return Cut(top[1].decode("ascii") if top[1] else None, start, end)


def thinned_together(raws: Sequence[bytes], cuts: Sequence[Cut | None]) -> list[bytes | None]:
    """Each message without the rows that are written like the row before them; None where nothing can be left out."""
    left: list[bytes | None] = [None] * len(raws)
    for prefix in {cut.prefix for cut in cuts if cut is not None}:
        alike = [(place, cut) for place, cut in enumerate(cuts) if cut is not None and cut.prefix == prefix]
        for place, body in _thin(raws, alike, "MeterReadings" if prefix is None else f"{prefix}:MeterReadings"):
            left[place] = body
    return left


def _thin(raws: Sequence[bytes], alike: Sequence[tuple[int, Cut]], name: str) -> Iterator[tuple[int, bytes]]:
    """The places of messages that can be thinned, with what is left of them."""
    insides = [raws[place][cut.start : cut.end] for place, cut in alike]
    try:
        joined = thin(b"".join((f"<{name}>".encode(), _BETWEEN.join(insides), f"</{name}>".encode())))
    except NotPlainError:
        half = len(alike) // 2
        if half:
            yield from _thin(raws, alike[:half], name)
            yield from _thin(raws, alike[half:], name)
        return
    if joined is None:
        return
    for (place, cut), whole, inside in zip(alike, insides, joined.body[len(name) + 2 : -len(name) - 3].split(_BETWEEN), strict=True):
        if len(inside) < len(whole):
            yield place, raws[place][: cut.start] + inside + raws[place][cut.end :]


def suspects(readings: Sequence[Readings]) -> set[int]:
    """The places of those messages that have to be looked at one by one: all others break no rule about readings."""
    found: set[int] = set()
    for alike in {(each.prefix, each.verb) for each in readings}:
        places = [place for place, each in enumerate(readings) if (each.prefix, each.verb) == alike]
        found |= _suspects([readings[place] for place in places], places)
    return found


def _suspects(readings: Sequence[Readings], places: Sequence[int]) -> set[int]:
    prefix = readings[0].prefix
    counts = [each.members for each in readings]
    name = "MeterReadings" if prefix is None else f"{prefix}:MeterReadings"
    joined = b"".join((f"<{name}>".encode(), *(each.inside for each in readings), f"</{name}>".encode()))
    taken = scan(joined, "", prefix, sum(counts))
    if taken is None:
        if len(readings) == 1:
            return set(places)
        half = len(readings) // 2
        return _suspects(readings[:half], places[:half]) | _suspects(readings[half:], places[half:])
    owner = np.repeat(np.arange(len(readings)), counts)
    odd = set(owner[taken.member[~_ordinary(ReadingColumns(taken))]].tolist())
    if odd:
        rest = [number for number in range(len(readings)) if number not in odd]
        others = _suspects([readings[number] for number in rest], [places[number] for number in rest]) if rest else set()
        return others | {places[number] for number in odd}
    made_at = np.repeat(np.array([_micros(each.said_at) for each in readings], np.int64), counts)[taken.member]
    kept_apart = _kept_apart(taken, counts)
    columns = _SideBySide(kept_apart.taken, readings[0].verb, made_at)
    found: set[int] = set()
    for rule in RULES_BY_VIEW.get(ReadingColumns, ()):
        for breach in islice(rule.check(columns), MOST_COUNTED):
            member = _member(breach)
            if member is None:
                return set(places)
            found.add(int(owner[member - 1]))
    found |= {number for number, earlier in kept_apart.repeats if earlier in found}
    return {places[number] for number in found}


def _ordinary(columns: ReadingColumns) -> Flags:
    """Which rows are such that no rule gives up the whole message for them: moments near to one another, plain numbers, sound types."""
    if not len(columns):
        return np.ones(0, np.bool_)
    moments, quantities = columns.moments, columns.quantities
    is_near = np.abs(moments.at - int(np.median(moments.at))) < _NEAR
    is_small = np.abs(quantities.micro) < _LARGE
    has_type = np.array([each is not None for each in columns.parsed_types], np.bool_)[columns.cells.type_index]
    flags: Flags = moments.known & moments.has_offset & is_near & quantities.known & quantities.exact & is_small & has_type
    return flags


def _micros(said_at: datetime | None) -> int:
    """A moment in microseconds; of a message that names none, one that nothing is later than."""
    return _NEVER if said_at is None else round((said_at - EPOCH).total_seconds()) * MICROSECONDS


def _member(breach: Breach) -> int | None:
    """Which MeterReading a breach is in, from 1; None for one of the message as a whole."""
    named = _MEMBER.match(breach.where.path)
    return int(named[1]) if named else None


class _KeptApart(NamedTuple):
    """Readings whose meters and usage points are called differently in different messages.

    repeats: (message, the earlier one that has a name of it first); whatever is wrong with a name shows at the first one alone.
    """

    taken: ReadingCells
    repeats: set[tuple[int, int]]


def _kept_apart(taken: ReadingCells, counts: Iterable[int]) -> _KeptApart:
    firsts: dict[str, int] = {"": -1}
    repeats: set[tuple[int, int]] = set()
    members: list[Member] = []
    place = 0
    for number, count in enumerate(counts):
        for path, *names in (member[:3] for member in taken.members[place : place + count]):
            apart: list[str] = []
            for name in names:
                first = firsts.setdefault(name, number)
                is_own = first in (number, -1)
                apart.append(name if is_own else f"{name} {number}")
                if not is_own:
                    repeats.add((number, first))
            members.append(Member(path, apart[0], apart[1]))
        place += count
    return _KeptApart(replace(taken, members=tuple(members)), repeats)

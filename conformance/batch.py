"""The readings of many small messages, asked all at once: a rule costs as much for one row as for a thousand.

Messages are laid side by side as if they were one, with meters that keep apart what belongs to different messages. Where no rule
finds anything in that, none would find anything in any of them; which rules could be deceived, a test asks of every rule. A message
that a rule points to is judged again by itself, so that what is found is always found in the ordinary way.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, islice
from typing import Final, NamedTuple

from conformance.catalogue import RULES_BY_VIEW
from conformance.rule import MOST_COUNTED, Breach
from conformance.views.cells import Member, ReadingCells
from conformance.views.readings import ReadingColumns
from conformance.views.scan import scan

MOST_BYTES: Final = 24 * 1024
"""Of one message; what is larger has readings enough of its own."""

_MEMBER = re.compile(r"/MeterReading\[(\d+)\]")
_ODD: Final = (b"&", b"<!", b"<?", b"EndDeviceEvents")


class Readings(NamedTuple):
    """What a message holds between the tags of its MeterReadings. prefix: of its names; members: how many MeterReading it holds."""

    inside: bytes
    prefix: str | None
    members: int


def readings_in(raw: bytes, prefix: str | None, members: int) -> Readings | None:
    """The readings of a valid message; None where it is written in a way that only its tree shows."""
    name = b"MeterReadings" if prefix is None else prefix.encode() + b":MeterReadings"
    top = re.search(rb"<" + re.escape(name) + rb"(?:\s[^<>]*)?>", raw)
    end = raw.rfind(b"</" + name)
    if top is None or end < top.end() or len(raw) > MOST_BYTES or not members:
        return None
    inside = raw[top.end() : end]
    if any(odd in inside for odd in _ODD) or b"<!" in raw[: top.start()] or b"<!" in raw[end:]:
        return None
    return Readings(inside, prefix, members)


def suspects(readings: Sequence[Readings]) -> set[int]:
    """The places of those messages that have to be looked at one by one: all others break no rule about readings."""
    found: set[int] = set()
    for prefix in {each.prefix for each in readings}:
        places = [place for place, each in enumerate(readings) if each.prefix == prefix]
        found |= _suspects([readings[place] for place in places], places, prefix)
    return found


def _suspects(readings: Sequence[Readings], places: Sequence[int], prefix: str | None) -> set[int]:
    counts = [each.members for each in readings]
    name = "MeterReadings" if prefix is None else f"{prefix}:MeterReadings"
    joined = b"".join((f"<{name}>".encode(), *(each.inside for each in readings), f"</{name}>".encode()))
    taken = scan(joined, "", prefix, sum(counts))
    if taken is None:
        if len(readings) == 1:
            return set(places)
        half = len(readings) // 2
        return _suspects(readings[:half], places[:half], prefix) | _suspects(readings[half:], places[half:], prefix)
    firsts = list(accumulate(counts, initial=0))
    columns = ReadingColumns(_kept_apart(taken, counts))
    owner = [place for place, count in zip(places, counts, strict=True) for _ in range(count)]
    found: set[int] = set()
    for rule in RULES_BY_VIEW.get(ReadingColumns, ()):
        for breach in islice(rule.check(columns), MOST_COUNTED):
            member = _member(breach)
            if member is None or member > firsts[-1]:
                return set(places)
            found.add(owner[member - 1])
    return found


def _member(breach: Breach) -> int | None:
    """Which MeterReading a breach is in, from 1; None for one of the message as a whole."""
    named = _MEMBER.match(breach.where.path)
    return int(named[1]) if named else None


def _kept_apart(taken: ReadingCells, counts: Iterable[int]) -> ReadingCells:
    """The same readings, with the meters of different messages called differently."""
    members, place = [], 0
    for number, count in enumerate(counts):
        for path, meter, usage_point in taken.members[place : place + count]:
            members.append(Member(path, f"{number} {meter}" if meter else "", f"{number} {usage_point}" if usage_point else ""))
        place += count
    return replace(taken, members=tuple(members))

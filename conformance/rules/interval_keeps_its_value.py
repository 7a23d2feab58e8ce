"""MR-45: what was measured once does not change, unless somebody says that he changed it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

import numpy as np

from ami.findings import Severity
from conformance.moments import Flags
from conformance.rule import Breach, Rule
from conformance.views.conversation import Conversation, Said
from conformance.views.readings import ReadingColumns

CORRECTED: Final = frozenset({7, 8, 11, 12})
"""Edited, estimated, derived, projected: such a value says itself that it may differ."""

DOUBTED: Final = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12})
"""A value with any of these may be replaced by a better one."""

_Series = tuple[object, str, str, str]
_Block = tuple[Said, ReadingColumns, int]


def check(conversation: Conversation) -> Iterator[Breach]:
    """An interval that the same wire said before with another value, where neither is marked and no verb says that it was changed."""
    heard: dict[_Series, list[_Block]] = defaultdict(list)
    for said in conversation.messages:
        readings = said.readings
        if readings is None or not readings.interval_count or readings.verb == "changed":
            continue
        for block, series in enumerate(_series(said, readings)):
            for other, earlier, place in heard[series] if series[2] else ():
                if other.index != said.index and _overlap(earlier, place, readings, block):
                    yield from _contradictions(other, earlier, place, said, readings, block)
            heard[series].append((said, readings, block))


def _series(said: Said, readings: ReadingColumns) -> Iterator[_Series]:
    """Of each block its wire and leg, its meter, which may be empty, and its reading type."""
    for member, type_index in zip(readings.cells.block_member.tolist(), readings.cells.block_type.tolist(), strict=True):
        yield said.capture.wire, said.capture.leg, readings.members[member].meter, readings.types[type_index]


def _overlap(earlier: ReadingColumns, place: int, readings: ReadingColumns, block: int) -> bool:
    one, other = earlier.spacing.extent_of_block, readings.spacing.extent_of_block
    return bool(one.first[place] <= other.last[block] and other.first[block] <= one.last[place])


def _contradictions(other: Said, earlier: ReadingColumns, place: int, said: Said, readings: ReadingColumns, block: int) -> Iterator[Breach]:
    old, new = _rows(earlier, place), _rows(readings, block)
    was, now = earlier.at[old], readings.at[new]
    _, before, after = np.intersect1d(was, now, return_indices=True)
    rows, olds = np.arange(new.start, new.stop)[after], np.arange(old.start, old.stop)[before]
    differ = _plain(earlier, DOUBTED)[olds] & _plain(readings, CORRECTED)[rows] & (earlier.micro[olds] != readings.micro[rows])
    for row, old_row in zip(rows[differ].tolist(), olds[differ].tolist(), strict=True):
        found = f"{readings.value(row)!r} of meter {readings.meter(row)!r}, and {earlier.value(old_row)!r} in message {other.index + 1}"
        yield Breach(readings.where(row, "value"), found, said.index)


def _rows(readings: ReadingColumns, block: int) -> slice:
    return slice(int(readings.cells.block_first[block]), int(readings.cells.block_first[block + 1]))


def _plain(readings: ReadingColumns, marks: frozenset[int]) -> Flags:
    known = readings.moments.known & readings.quantities.known
    return known & ~readings.has_quality(marks) if readings.cells.qualities else known


def _two(value: str, quality: str = "") -> str:
    reading = "<capture><MessageID>{}</MessageID><value>{}</value>{}</capture>"
    return f"<conversation>{reading.format('a', '0.250', '')}{reading.format('b', value, quality)}</conversation>"


RULE = Rule(
    id="MR-45",
    requires="an interval to have the same value in every message of a wire, unless a quality says that it was changed",
    source="IEC 61968-9, IntervalReading.value and ReadingQualities",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(_two("0.250"), _two("0.300", '<ReadingQualities><ReadingQualityType ref="3.7.0"/></ReadingQualities>')),
    fails=(_two("0.300"),),
    why="The customer has seen one number in the portal and finds another one on the bill.",
    mend="Find out which of the two was measured; mark a corrected value with category 7 or 8 in a changed message.",
)

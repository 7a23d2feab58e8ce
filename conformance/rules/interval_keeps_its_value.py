"""MR-45: what was measured once does not change, unless somebody says that he changed it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

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


class _Block(NamedTuple):
    """An interval block of a message: its place among them, and when its first and its last interval ended, in microseconds."""

    said: Said
    readings: ReadingColumns
    place: int
    first: int
    last: int


def check(conversation: Conversation) -> Iterator[Breach]:
    """An interval that the same wire said before with another value, where neither is marked and no verb says that it was changed."""
    heard: dict[_Series, list[_Block]] = defaultdict(list)
    latest: dict[_Series, int] = {}
    for said in conversation.messages:
        readings = said.readings
        if readings is None or not readings.interval_count or readings.verb == "changed":
            continue
        for series, block in _blocks(said, readings):
            reached = latest.get(series, block.first - 1)
            for earlier in heard[series] if block.first <= reached else ():
                if earlier.said.index != said.index and earlier.first <= block.last and block.first <= earlier.last:
                    yield from _contradictions(earlier, block)
            heard[series].append(block)
            latest[series] = max(reached, block.last)


def _blocks(said: Said, readings: ReadingColumns) -> Iterator[tuple[_Series, _Block]]:
    """Each block of a meter that has a name, with its wire and leg, its meter and its reading type."""
    extent, taken = readings.spacing.extent_of_block, readings.cells
    columns = zip(taken.block_member.tolist(), taken.block_type.tolist(), extent.first.tolist(), extent.last.tolist(), strict=True)
    for place, (member, type_index, first, last) in enumerate(columns):
        meter = readings.members[member].meter
        if meter:
            yield (said.capture.wire, said.capture.leg, meter, readings.types[type_index]), _Block(said, readings, place, first, last)


def _contradictions(one: _Block, other: _Block) -> Iterator[Breach]:
    """Where two blocks of one series differ. one: the earlier message's."""
    earlier, readings = one.readings, other.readings
    old, new = _rows(earlier, one.place), _rows(readings, other.place)
    was, now = earlier.at[old], readings.at[new]
    _, before, after = np.intersect1d(was, now, return_indices=True)
    rows, olds = np.arange(new.start, new.stop)[after], np.arange(old.start, old.stop)[before]
    differ = _plain(earlier, DOUBTED)[olds] & _plain(readings, CORRECTED)[rows] & (earlier.micro[olds] != readings.micro[rows])
    for row, old_row in zip(rows[differ].tolist(), olds[differ].tolist(), strict=True):
        found = f"{readings.value(row)!r} of meter {readings.meter(row)!r}, and {earlier.value(old_row)!r} in message {one.said.index + 1}"
        yield Breach(readings.where(row, "value"), found, other.said.index)


def _rows(readings: ReadingColumns, block: int) -> slice:
    return slice(int(readings.cells.block_first[block]), int(readings.cells.block_first[block + 1]))


def _plain(readings: ReadingColumns, marks: frozenset[int]) -> Flags:
    known = readings.moments.known & readings.quantities.known
    return known & ~readings.has_quality(marks) if readings.cells.qualities else known


def _two(value: str, quality: str = "", between: str = "") -> str:
    reading = "<capture><MessageID>{}</MessageID><value>{}</value>{}</capture>"
    return f"<conversation>{reading.format('a', '0.250', '')}{between}{reading.format('b', value, quality)}</conversation>"


_LATE = (
    "<capture><MessageID>c</MessageID><IntervalReadings><timeStamp>2026-02-28T00:15:00Z</timeStamp><value>0.7</value></IntervalReadings>"
    "</capture>"
)


RULE = Rule(
    id="MR-45",
    requires="an interval to have the same value in every message of a wire, unless a quality says that it was changed",
    source="IEC 61968-9, IntervalReading.value and ReadingQualities",
    severity=Severity.ERROR,
    works_on=Conversation,
    check=check,
    passes=(
        _two("0.250"),
        _two("0.250", between=_LATE),
        _two("0.300", '<ReadingQualities><ReadingQualityType ref="3.7.0"/></ReadingQualities>'),
    ),
    fails=(_two("0.300"), _two("0.300", between=_LATE)),
    why="The customer has seen one number in the portal and finds another one on the bill.",
    mend="Find out which of the two was measured; mark a corrected value with category 7 or 8 in a changed message.",
)

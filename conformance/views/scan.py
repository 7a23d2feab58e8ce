"""Readings taken out of the bytes of a large message, many at once, without visiting its tree.

Only for messages that are well-formed and valid, so that names, order and nesting are known to be those of the schema; and only
for plain writing: UTF-8, no comment, no CDATA, no reference but in names, no attribute but `ref`. For all else it answers None, and
`conformance.views.walk` does the same work on the tree.
"""

from functools import partial
from typing import Final

import numpy as np
from lxml import etree

from conformance.moments import Cells
from conformance.parser import parser
from conformance.views.cells import Indexes, Member, ReadingCells, numbered
from conformance.views.tags import CODES, NotPlainError, Positions, Tags, tags_inside

_USUAL_DISTANCE: Final = {b"timeStamp": 1, b"value": 3}
"""Tags from an IntervalReadings to its child, where nothing stands before or between them."""

_FEW: Final = 8


class _Lines:
    """The line of each position, counted from 1; the line ends are looked for when the first is asked."""

    def __init__(self, raw: bytes, positions: Positions) -> None:
        self._raw = raw
        self._positions = positions
        self._ends: Positions | None = None

    def __call__(self, row: int) -> int:
        return self.at(int(self._positions[row]))

    def at(self, position: int) -> int:
        """The line of any position."""
        return int(np.searchsorted(self._line_ends(), position)) + 1

    def _line_ends(self) -> Positions:
        if self._ends is None:
            self._ends = np.flatnonzero(np.frombuffer(self._raw, np.uint8) == ord("\n"))
        return self._ends


def scan(raw: bytes, top: str, prefix: str | None, meter_readings: int, known: Tags | None = None) -> ReadingCells | None:
    """The readings of a valid MeterReadings payload; None where the tree has to be walked instead.

    top: the payload's path. prefix: the one of its element and thus of all in it. meter_readings: how many it holds. known: its tags,
    where somebody has looked for them before.
    """
    try:
        tags = known or tags_inside(raw, (prefix + ":").encode() if prefix else b"", b"MeterReadings")
        members = tags.named(b"MeterReading", 1)
        return _columns(tags, members, top) if len(members) == meter_readings else None
    except NotPlainError:
        return None


def _columns(tags: Tags, members: Positions, top: str) -> ReadingCells:
    blocks, intervals, singles = tags.named(b"IntervalBlocks", 2), tags.named(b"IntervalReadings", 3), tags.named(b"Readings", 2)
    count = len(intervals)
    stamps, values = (_children(tags, intervals, singles, name) for name in (b"timeStamp", b"value"))
    block_first = np.searchsorted(intervals, blocks)
    block = np.full(count + len(singles), -1, np.int32)
    block[:count] = np.repeat(np.arange(len(blocks), dtype=np.int32), np.diff(np.append(block_first, count)))
    member_of_block = _owner(blocks, members)
    row_types, block_types, types = _types(tags, blocks, singles, block[:count])
    qualities, quality_row = _inner(tags, intervals, singles, b"ReadingQualities", b"ReadingQualityType")
    quality_index, quality_texts = _numbered(tags.references(qualities, b"ReadingQualityType"))
    periods, period_row = _inner(tags, intervals, singles, b"timePeriod", b"")
    rows = np.concatenate((intervals, singles))
    return ReadingCells(
        members=_members(tags, members, top),
        member_line=_Lines(tags.raw, tags.starts[members]),
        span_start=_span_texts(tags, members, b"start"),
        span_end=_span_texts(tags, members, b"end"),
        interval_count=count,
        member=np.concatenate((member_of_block[block[:count]], _owner(singles, members))),
        block=block,
        stamps=_texts(tags, stamps),
        values=_texts(tags, values),
        has_value=values > 0,
        type_index=row_types,
        types=types,
        block_member=member_of_block,
        block_type=block_types,
        block_first=np.append(block_first, count).astype(np.int32),
        block_line=_Lines(tags.raw, tags.starts[blocks]),
        quality_row=quality_row,
        quality_index=quality_index,
        qualities=quality_texts,
        period_row=period_row,
        period_start=_texts(tags, _first_children(tags, periods, b"start")),
        period_end=_texts(tags, _first_children(tags, periods, b"end")),
        line_of=partial(_line_of, tags, _Lines(tags.raw, tags.starts[rows]), {"timeStamp": stamps, "value": values}),
    )


def _line_of(tags: Tags, lines: _Lines, parts: dict[str, Positions], row: int, part: str) -> int:
    """The line of a part of a row, or of the row itself where it has no such part."""
    place = int(parts[part][row]) if part in parts else 0
    return lines.at(int(tags.starts[place])) if place else lines(row)


def _owner(inner: Positions, outer: Positions) -> Indexes:
    """For each tag, the last of `outer` that stands before it."""
    if len(inner) == len(outer) and (outer < inner).all() and (inner[:-1] < outer[1:]).all():
        return np.arange(len(inner), dtype=np.int32)
    return (np.searchsorted(outer, inner) - 1).astype(np.int32)


def _children(tags: Tags, intervals: Positions, singles: Positions, name: bytes) -> Positions:
    """The place of a child of each row; 0 where it has none."""
    distance = _USUAL_DISTANCE[name]
    if len(intervals) and (tags.code[intervals + distance] == CODES[name]).all():
        return np.concatenate((intervals + distance, _first_children(tags, singles, name)))
    return np.concatenate((_first_children(tags, intervals, name), _first_children(tags, singles, name)))


def _first_children(tags: Tags, parents: Positions, name: bytes) -> Positions:
    """The place of the child of that name in each parent; 0 where it has none. Parents of different depth are looked at apart."""
    found = np.zeros(len(parents), np.intp)
    for depth in np.unique(tags.depth[parents]).tolist():
        chosen = np.flatnonzero(tags.depth[parents] == depth)
        places, owner = tags.children(parents[chosen], name)
        found[chosen[owner]] = places
    return found


def _inner(tags: Tags, intervals: Positions, singles: Positions, outer: bytes, inner: bytes) -> tuple[Positions, Indexes]:
    """Every `outer` in a row, or the `inner` in it, with its row."""
    places, rows = [], []
    for parents, first in ((intervals, 0), (singles, len(intervals))):
        found, owner = tags.children(parents, outer)
        places.append(_first_children(tags, found, inner) if inner else found)
        rows.append(owner + first)
    return np.concatenate(places), np.concatenate(rows).astype(np.int32)


def _texts(tags: Tags, places: Positions) -> Cells:
    """The text of each tag; empty for place 0, where no tag is."""
    present = np.flatnonzero(places)
    if len(present) == len(places):
        return tags.texts(places)
    texts = tags.texts(places[present])
    column = np.zeros(len(places), texts.dtype)
    column[present] = texts
    return column


def _types(tags: Tags, blocks: Positions, singles: Positions, block: Indexes) -> tuple[Indexes, Indexes, tuple[str, ...]]:
    """The reading type of each row and of each block. Each block and each single reading names exactly one."""
    places = tags.named(b"ReadingType", 3)
    owners = np.sort(np.concatenate((blocks, singles)))
    if len(places) != len(owners):
        raise NotPlainError
    index, texts = _numbered(tags.references(places, b"ReadingType"))
    of_blocks, of_singles = index[np.searchsorted(owners, blocks)], index[np.searchsorted(owners, singles)]
    return np.concatenate((of_blocks[block], of_singles)), of_blocks, texts


def _numbered(cells: Cells) -> tuple[Indexes, tuple[str, ...]]:
    """As `cells.numbered`, quick where there are few different texts."""
    indexes = np.zeros(len(cells), np.int32)
    texts: list[str] = []
    rest = np.arange(len(cells))
    while len(rest):
        if len(texts) == _FEW:
            return numbered([text.strip() for text in cells.tolist()])
        text = cells[rest[0]]
        alike = cells[rest] == text
        indexes[rest[alike]] = len(texts)
        texts.append(str(text, "utf-8", "replace").strip())
        rest = rest[~alike]
    return indexes, tuple(texts)


def _members(tags: Tags, members: Positions, top: str) -> tuple[Member, ...]:
    meters, usage_points, others = _names(tags, members)
    return tuple(
        Member(
            f"{top}/MeterReading[{number + 1}]",
            meters.get(number, ""),
            usage_points.get(number, ""),
            frozenset(others[number]) if number in others else frozenset(),
        )
        for number in range(len(members))
    )


def _span_texts(tags: Tags, members: Positions, name: bytes) -> Cells:
    """The start or the end of each member's valuesInterval; a timePeriod has them too, but deeper."""
    places = tags.named(name, 3)
    texts = tags.texts(places)
    if len(places) == len(members):
        return texts
    column = np.zeros(len(members), texts.dtype)
    column[_owner(places, members)] = texts
    return column


def _names(tags: Tags, members: Positions) -> tuple[dict[int, str], dict[int, str], dict[int, list[str]]]:
    """Member -> what its meter and its usage point are called, the mRID, else the first name; and what either is called besides."""
    meters, usage_points = tags.named(b"Meter", 2), tags.named(b"UsagePoint", 2)
    objects = np.sort(np.concatenate((meters, usage_points)))
    is_meter = np.isin(objects, meters, assume_unique=True).tolist()
    member = _owner(objects, members).tolist()
    called: tuple[dict[int, str], dict[int, str]] = ({}, {})
    others: dict[int, list[str]] = {}
    for name, depth in ((b"mRID", 3), (b"name", 4)):
        places = tags.named(name, depth)
        if not len(places):
            continue
        for owner, text in zip(_owner(places, objects).tolist(), tags.written(places).tolist(), strict=True):
            plain = (_resolved(text) if b"&" in text else text.decode("utf-8", "replace")).strip()
            if plain and called[not is_meter[owner]].setdefault(member[owner], plain) != plain:
                others.setdefault(member[owner], []).append(plain)
    return *called, others


def _resolved(text: bytes) -> str:
    """What a text of a well-formed document says that is written with references, such as `Smith &amp; Sons`."""
    return etree.fromstring(b"<text>%b</text>" % text, parser()).text or ""

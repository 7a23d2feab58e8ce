"""Readings taken out of the bytes of a large message, many at once, without visiting its tree.

Only for messages that are well-formed and valid, so that names, order and nesting are known to be those of the schema; and only
for plain writing: UTF-8, no comment, no CDATA, no entity, no attribute but `ref`. For all else it answers None, and
`conformance.views.walk` does the same work on the tree.
"""

import numpy as np
from numpy.typing import NDArray

from conformance.moments import Cells
from conformance.views.cells import Indexes, Member, ReadingCells, counted, numbered
from conformance.views.tags import NotPlainError, Positions, Tags, tags_inside


class _Lines:
    """The line of each position, counted from 1; the line ends are looked for when the first is asked."""

    def __init__(self, raw: bytes, positions: Positions) -> None:
        self._raw = raw
        self._positions = positions
        self._ends: Positions | None = None

    def __call__(self, row: int) -> int:
        return int(np.searchsorted(self._line_ends(), self._positions[row])) + 1

    def all(self) -> list[int]:
        """The line of every position."""
        lines: list[int] = (np.searchsorted(self._line_ends(), self._positions) + 1).tolist()
        return lines

    def _line_ends(self) -> Positions:
        if self._ends is None:
            self._ends = np.flatnonzero(np.frombuffer(self._raw, np.uint8) == ord("\n"))
        return self._ends


def scan(raw: bytes, top: str, prefix: str | None, meter_readings: int) -> ReadingCells | None:
    """The readings of a valid MeterReadings payload; None where the tree has to be walked instead.

    top: the payload's path. prefix: the one of its element and thus of all in it. meter_readings: how many it holds.
    """
    try:
        tags = tags_inside(raw, (prefix + ":").encode() if prefix else b"", b"MeterReadings")
        members = tags.named(b"MeterReading", 1)
        return _columns(tags, members, top) if len(members) == meter_readings else None
    except NotPlainError:
        return None


def _columns(tags: Tags, members: Positions, top: str) -> ReadingCells:
    blocks, intervals, singles = tags.named(b"IntervalBlocks", 2), tags.named(b"IntervalReadings", 3), tags.named(b"Readings", 2)
    rows = np.sort(np.concatenate((intervals, singles)))
    order = np.concatenate((np.searchsorted(rows, intervals), np.searchsorted(rows, singles)))
    place = np.empty(len(rows), np.int32)
    place[order] = np.arange(len(rows), dtype=np.int32)
    stamps, _ = _column(tags, rows, b"timeStamp", order)
    values, has_value = _column(tags, rows, b"value", order)
    block_first = np.searchsorted(intervals, blocks)
    block = np.full(len(rows), -1, np.int32)
    block[: len(intervals)] = np.repeat(np.arange(len(blocks)), np.diff(np.append(block_first, len(intervals))))
    member_of_block = _owner(blocks, members)
    member = np.empty(len(rows), np.int32)
    member[: len(intervals)] = member_of_block[block[: len(intervals)]]
    member[len(intervals) :] = _owner(singles, members)
    row_types, block_types, types = _types(tags, blocks, singles, block[: len(intervals)])
    qualities = tags.named(b"ReadingQualityType")
    quality_index, quality_texts = _numbered(tags.references(qualities, b"ReadingQualityType"))
    period_row, period_start, period_end = _periods(tags, rows)
    return ReadingCells(
        members=_members(tags, members, top),
        span_start=_span_texts(tags, members, b"start"),
        span_end=_span_texts(tags, members, b"end"),
        interval_count=len(intervals),
        member=member,
        block=block,
        number=np.concatenate((counted(block[: len(intervals)]), counted(member[len(intervals) :]))),
        stamps=stamps,
        values=values,
        has_value=has_value,
        type_index=row_types,
        types=types,
        block_member=member_of_block,
        block_number=counted(member_of_block),
        block_type=block_types,
        block_first=np.append(block_first, len(intervals)).astype(np.int32),
        block_lines=_Lines(tags.raw, tags.starts[blocks]),
        quality_row=place[_owner(qualities, rows)],
        quality_index=quality_index,
        qualities=quality_texts,
        period_row=place[period_row],
        period_start=period_start,
        period_end=period_end,
        line_of=_Lines(tags.raw, tags.starts[rows[order]]),
    )


def _owner(inner: Positions, outer: Positions) -> Indexes:
    """For each tag, the last of `outer` that stands before it."""
    if len(inner) == len(outer) and (outer < inner).all() and (inner[:-1] < outer[1:]).all():
        return np.arange(len(inner), dtype=np.int32)
    return (np.searchsorted(outer, inner) - 1).astype(np.int32)


def _column(tags: Tags, rows: Positions, name: bytes, order: Positions) -> tuple[Cells, NDArray[np.bool_]]:
    """The text of a child of each row, and whether it has one; rows in the order of the columns."""
    places = tags.named(name)
    owner = _owner(places, rows)
    is_child = tags.depth[places] == tags.depth[rows[owner]] + 1
    if not is_child.all():
        places, owner = places[is_child], owner[is_child]
    texts = tags.texts(places)
    column = np.zeros(len(rows), texts.dtype)
    column[owner] = texts
    has_text = np.zeros(len(rows), np.bool_)
    has_text[owner] = True
    return column[order], has_text[order]


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
    """As `cells.numbered`, quick where most texts are alike."""
    if len(cells) and (cells == cells[0]).all():
        return np.zeros(len(cells), np.int32), (cells[0].decode("utf-8", "replace").strip(),)
    return numbered([text.strip() for text in cells.tolist()])


def _periods(tags: Tags, rows: Positions) -> tuple[Indexes, Cells, Cells]:
    """The periods that readings name for themselves: (row, start, end)."""
    periods = tags.named(b"timePeriod")
    columns = []
    for name in (b"start", b"end"):
        places = tags.named(name)
        places = places[tags.depth[places] > 3]
        texts = tags.texts(places)
        column = np.zeros(len(periods), texts.dtype)
        column[_owner(places, periods)] = texts
        columns.append(column)
    return _owner(periods, rows), columns[0], columns[1]


def _members(tags: Tags, members: Positions, top: str) -> tuple[Member, ...]:
    meters, usage_points = _names(tags, members)
    lines = _Lines(tags.raw, tags.starts[members]).all()
    return tuple(
        Member(f"{top}/MeterReading[{number + 1}]", line, meters.get(number, ""), usage_points.get(number, ""))
        for number, line in enumerate(lines)
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


def _names(tags: Tags, members: Positions) -> tuple[dict[int, str], dict[int, str]]:
    """Member -> what its meter and its usage point are called: the mRID, else the first name."""
    meters, usage_points = tags.named(b"Meter", 2), tags.named(b"UsagePoint", 2)
    objects = np.sort(np.concatenate((meters, usage_points)))
    is_meter = np.isin(objects, meters, assume_unique=True).tolist()
    member = _owner(objects, members).tolist()
    called: tuple[dict[int, str], dict[int, str]] = ({}, {})
    for name, depth in ((b"mRID", 3), (b"name", 4)):
        places = tags.named(name, depth)
        if not len(places):
            continue
        for owner, text in zip(_owner(places, objects).tolist(), tags.texts(places).tolist(), strict=True):
            plain = text.decode("utf-8", "replace").strip()
            if plain:
                called[not is_meter[owner]].setdefault(member[owner], plain)
    return called

"""Readings taken out of a tree, element by element: right for every message, and fast enough for small ones."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from lxml import etree

from conformance.views.cells import Indexes, Member, ReadingCells, cells, numbered
from conformance.views.place import child, children, local_name, name_of, names_in, path, text

_LONGEST_TEXT: Final = 256
"""Signs of a value or a moment; what is longer is none that anybody reckons with."""

_EMPTY: Final = b""


@dataclass(slots=True)
class _Rows:
    """What the walk has found so far, one entry a row in each list."""

    member: list[int] = field(default_factory=list)
    block: list[int] = field(default_factory=list)
    stamps: list[bytes] = field(default_factory=list)
    values: list[bytes] = field(default_factory=list)
    has_value: list[bool] = field(default_factory=list)
    types: list[bytes] = field(default_factory=list)
    lines: list[dict[str, int]] = field(default_factory=list)
    qualities: list[tuple[int, bytes]] = field(default_factory=list)
    periods: list[tuple[int, bytes, bytes]] = field(default_factory=list)


@dataclass(slots=True)
class _Blocks:
    """The interval blocks found so far."""

    member: list[int] = field(default_factory=list)
    types: list[bytes] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


class Place(NamedTuple):
    """A MeterReading, the meter that it belongs to, and its path."""

    element: etree._Element
    meter: etree._Element | None
    path: str


def meter_readings(payload: etree._Element) -> list[Place]:
    """Every MeterReading of a payload; in MeterServiceRequests they stand inside the meter, and are called MeterReadings."""
    top = path(payload)
    found: list[Place] = []
    for element in children(payload):
        if local_name(element) == "MeterReading":
            found.append(Place(element, child(element, "Meter"), f"{top}/MeterReading[{len(found) + 1}]"))
        elif local_name(element) == "MeterServiceWork":
            for meter in children(element):
                if local_name(meter) in ("Meter", "OldMeter"):
                    found += [Place(inner, meter, path(inner)) for inner in children(meter) if local_name(inner) == "MeterReadings"]
    return found


def walk(payload: etree._Element) -> ReadingCells | None:
    """The readings of a payload; None where it holds no MeterReading."""
    members = meter_readings(payload)
    if not members:
        return None
    intervals, singles, blocks = _Rows(), _Rows(), _Blocks()
    for number, place in enumerate(members):
        for part in children(place.element):
            name = local_name(part)
            if name == "IntervalBlocks":
                _take_block(part, number, intervals, blocks)
            elif name == "Readings":
                _take(part, number, -1, singles)
                singles.types.append(_reference(child(part, "ReadingType")))
    return _assembled(members, intervals, singles, blocks)


def _take_block(block: etree._Element, member: int, rows: _Rows, blocks: _Blocks) -> None:
    first = len(rows.member)
    for part in children(block):
        if local_name(part) == "IntervalReadings":
            _take(part, member, len(blocks.member), rows)
    reading_type = _reference(child(block, "ReadingType"))
    rows.types += [reading_type] * (len(rows.member) - first)
    blocks.member.append(member)
    blocks.types.append(reading_type)
    blocks.first.append(first)
    blocks.lines.append(block.sourceline or 0)


def _take(reading: etree._Element, member: int, block: int, rows: _Rows) -> None:
    row = len(rows.member)
    stamp = value = _EMPTY
    has_value = False
    lines = {"": reading.sourceline or 0}
    for part in children(reading):
        name = local_name(part)
        if name == "timeStamp":
            stamp = _bytes(part)
            lines[name] = part.sourceline or 0
        elif name == "value":
            value, has_value = _bytes(part), True
            lines[name] = part.sourceline or 0
        elif name == "ReadingQualities":
            rows.qualities.append((row, _reference(child(part, "ReadingQualityType"))))
        elif name == "timePeriod":
            rows.periods.append((row, _bytes(child(part, "start")), _bytes(child(part, "end"))))
    rows.member.append(member)
    rows.block.append(block)
    rows.stamps.append(stamp)
    rows.values.append(value)
    rows.has_value.append(has_value)
    rows.lines.append(lines)


def _member(place: Place) -> Member:
    element, meter, place_path = place
    usage_point = child(element, "UsagePoint")
    return Member(
        place_path,
        name_of(meter),
        name_of(usage_point),
        frozenset((*names_in(meter), *names_in(usage_point))) - {name_of(meter), name_of(usage_point)},
    )


def _assembled(members: list[Place], intervals: _Rows, singles: _Rows, blocks: _Blocks) -> ReadingCells:
    count = len(intervals.member)
    spans = [child(place.element, "valuesInterval") for place in members]
    lines = intervals.lines + singles.lines
    type_index, types = numbered(intervals.types + singles.types + blocks.types)
    rows = count + len(singles.member)
    qualities = intervals.qualities + [(row + count, text) for row, text in singles.qualities]
    periods = intervals.periods + [(row + count, start, end) for row, start, end in singles.periods]
    quality_index, quality_texts = numbered([text for _, text in qualities])
    block = _indexes(intervals.block + singles.block)
    member = _indexes(intervals.member + singles.member)
    return ReadingCells(
        members=tuple(map(_member, members)),
        member_line=[place.element.sourceline or 0 for place in members].__getitem__,
        span_start=cells([_bytes(child(span, "start")) for span in spans]),
        span_end=cells([_bytes(child(span, "end")) for span in spans]),
        interval_count=count,
        member=member,
        block=block,
        stamps=cells(intervals.stamps + singles.stamps),
        values=cells(intervals.values + singles.values),
        has_value=np.array(intervals.has_value + singles.has_value, np.bool_),
        type_index=type_index[:rows],
        types=types,
        block_member=_indexes(blocks.member),
        block_type=type_index[rows:],
        block_first=_indexes([*blocks.first, count]),
        block_line=blocks.lines.__getitem__,
        quality_row=_indexes([row for row, _ in qualities]),
        quality_index=quality_index,
        qualities=quality_texts,
        period_row=_indexes([row for row, _, _ in periods]),
        period_start=cells([start for _, start, _ in periods]),
        period_end=cells([end for _, _, end in periods]),
        line_of=lambda row, part: lines[row].get(part) or lines[row][""],
    )


def _indexes(numbers: list[int]) -> Indexes:
    return np.array(numbers, np.int32)


def _bytes(element: etree._Element | None) -> bytes:
    # A column is as wide as its widest cell: one text of megabytes would take as much for every row.
    return text(element)[:_LONGEST_TEXT].encode("utf-8", "replace") if element is not None else _EMPTY


def _reference(element: etree._Element | None) -> bytes:
    return (element.get("ref") or "").strip().encode("utf-8", "replace") if element is not None else _EMPTY

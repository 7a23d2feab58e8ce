"""Segments: stretches of time between one look at a register and the next, within which intervals must add up."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from simulators.mdms.linkage import Part
from simulators.mdms.vee import register


class Point(NamedTuple):
    """What a register showed at a moment."""

    at: int
    wh: int


class Segment(NamedTuple):
    """[start, end); `advance` is what the register went meanwhile, None where no two looks bound it or it went backwards."""

    start: int
    end: int
    advance: int | None


def presence(parts: Sequence[Part], beyond: int) -> list[tuple[int, int]]:
    """When a meter was at any usage point, until `beyond` if it still is; moves without a pause make one stay."""
    stays: list[tuple[int, int]] = []
    for part in sorted(parts, key=lambda one: one.start):
        end = beyond if part.end is None else part.end
        if stays and part.start <= stays[-1][1]:
            stays[-1] = (stays[-1][0], max(end, stays[-1][1]))
        elif part.start < end:
            stays.append((part.start, end))
    return stays


def segments(points: Sequence[Point], start: int, end: int, digits: int) -> Iterator[Segment]:
    """The segments that together cover [start, end); those at its edges reach out to the nearest look at the register.

    points: in order of time.
    """
    earlier = [point for point in points if point.at <= start][-1:]
    within = [point for point in points if start < point.at < end]
    later = [point for point in points if point.at >= end][:1]
    looks = [*earlier, *within, *later]
    if not looks:
        yield Segment(start, end, None)
        return
    if looks[0].at > start:
        yield Segment(start, looks[0].at, None)
    for one, other in pairwise(looks):
        yield Segment(one.at, other.at, register.advance(one.wh, other.wh, digits))
    if looks[-1].at < end:
        yield Segment(looks[-1].at, end, None)

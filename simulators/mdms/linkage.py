"""Linkage: which meter served which usage point, and from when to when."""

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from simulators.mdms.schema import LINKAGES


class Part(NamedTuple):
    """A meter's time at a usage point; `end` is None while it is there."""

    meter: str
    usage_point: str
    start: int
    end: int | None

    def clipped(self, start: int, end: int) -> tuple[int, int] | None:
        """The part of [start, end) in which the meter was there, or None."""
        first, last = max(start, self.start), end if self.end is None else min(end, self.end)
        return (first, last) if first < last else None


def link(connection: Connection, usage_point: str, meter: str | None, effective_at: int) -> None:
    """Let `meter` serve `usage_point` from then on; what was said of the same moment before is replaced."""
    known = (LINKAGES.c.usage_point == usage_point) & (LINKAGES.c.effective_at == effective_at)
    connection.execute(delete(LINKAGES).where(known))
    connection.execute(insert(LINKAGES), {"usage_point": usage_point, "effective_at": effective_at, "meter": meter})


def _parts(rows: Iterable[tuple[str, int, str | None]]) -> list[Part]:
    """The parts of links in the order of usage point and time; a link that changes nothing (a new customer) starts none."""
    parts: list[Part] = []
    for usage_point, group in groupby(rows, key=lambda row: row[0]):
        there: tuple[str, int] | None = None
        for _, effective_at, meter in group:
            if there and there[0] != meter:
                parts.append(Part(there[0], usage_point, there[1], effective_at))
                there = None
            if meter and there is None:
                there = (meter, effective_at)
        if there:
            parts.append(Part(there[0], usage_point, there[1], None))
    return parts


_LINKS = select(LINKAGES.c.usage_point, LINKAGES.c.effective_at, LINKAGES.c.meter).order_by(LINKAGES.c.usage_point, LINKAGES.c.effective_at)


def parts_of_usage_point(connection: Connection, usage_point: str) -> list[Part]:
    """The meters that served it, in order."""
    rows = connection.execute(_LINKS.where(LINKAGES.c.usage_point == usage_point))
    return _parts(rows)


def parts_of_meters(connection: Connection, meters: Collection[str] | None = None) -> dict[str, list[Part]]:
    """Where each of the meters (all, if None) has been; one that was never linked has no entry."""
    query = _LINKS
    if meters is not None:
        places = select(LINKAGES.c.usage_point).where(LINKAGES.c.meter.in_(meters))
        query = query.where(LINKAGES.c.usage_point.in_(places))
    found: dict[str, list[Part]] = {}
    for part in _parts(connection.execute(query)):
        if meters is None or part.meter in meters:
            found.setdefault(part.meter, []).append(part)
    for parts in found.values():
        parts.sort(key=lambda part: part.start)
    return found


def linked(connection: Connection, meters: Collection[str]) -> set[str]:
    """Those of the meters that are or were linked to a usage point."""
    return set(connection.scalars(select(LINKAGES.c.meter).where(LINKAGES.c.meter.in_(meters)).distinct()))


def is_usage_point(connection: Connection, usage_point: str) -> bool:
    """Whether anybody ever told of it."""
    return connection.execute(select(LINKAGES.c.usage_point).where(LINKAGES.c.usage_point == usage_point)).first() is not None

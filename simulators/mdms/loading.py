"""Loading: all that is known of meters' days before they are judged, in as few questions to the database as possible."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from simulators.mdms import linkage, store
from simulators.mdms.events import outages
from simulators.mdms.grid import Grid
from simulators.mdms.schema import VALIDATED_DAYS, VERSIONS
from simulators.mdms.segments import Point, Segment, presence, segments
from simulators.mdms.store import REGISTER, Channel, History
from simulators.mdms.vee.power import Outage

DAY_S: Final = 86_400
FARTHEST_LOOK_S: Final = 100 * DAY_S
"""Registers further away than this do not bound anything: a quarter's reading and some grace."""

Totals = dict[tuple[str, int], dict[int, int]]


class Known(NamedTuple):
    """What was loaded of one channel. stays: when the meter was in use; outages: when it had no power."""

    channel: Channel
    stays: list[tuple[int, int]]
    segments: list[Segment]
    history: History
    outages: list[Outage]


def _looks(connection: Connection, meters: Collection[str], first: int, last: int) -> dict[tuple[str, int], list[Point]]:
    """What the registers of the meters showed between two moments, both included."""
    columns = VERSIONS.c
    query = (
        select(columns.meter, columns.flow, columns.at, columns.wh)
        .where(columns.meter.in_(meters), columns.minutes == REGISTER, columns.at.between(first, last))
        .where(columns.current == 1, columns.doubt == "")
        .order_by(columns.meter, columns.flow, columns.at)
    )
    found: dict[tuple[str, int], list[Point]] = defaultdict(list)
    for meter, flow, at, wh in connection.execute(query):
        found[meter, flow].append(Point(at, wh))
    return found


def load(connection: Connection, grid: Grid, wanted: Mapping[Channel, Collection[date]], digits: int) -> Iterator[Known]:
    """What is known of each channel around its wanted days; a channel of a meter that was not in use then is left out.

    digits: the usual number of digits of a register.
    """
    windows = {channel: (grid.bounds(min(days))[0], grid.bounds(max(days))[1]) for channel, days in wanted.items()}
    meters = {channel.meter for channel in wanted}
    first, last = min(start for start, _ in windows.values()), max(end for _, end in windows.values())
    looks = _looks(connection, meters, first, last)
    unbound = {
        channel.meter
        for channel, (start, end) in windows.items()
        if not (points := looks.get((channel.meter, channel.flow))) or points[0].at > start or points[-1].at < end
    }
    if unbound:
        looks |= _looks(connection, unbound, first - FARTHEST_LOOK_S, last + FARTHEST_LOOK_S)
    parts = linkage.parts_of_meters(connection, meters)
    dark = outages(connection, meters)
    groups: dict[tuple[int, int, int], list[tuple[Channel, list[tuple[int, int]], list[Segment]]]] = defaultdict(list)
    for channel, (start, end) in windows.items():
        stays = presence(parts.get(channel.meter, []), last + FARTHEST_LOOK_S)
        points = [point for point in looks.get((channel.meter, channel.flow), []) if grid.is_edge(point.at, channel.minutes)]
        clipped = list(_in_use(segments(points, start, end, digits), stays))
        if clipped:
            whole_days = (grid.bounds(grid.day(clipped[0].start))[0], grid.bounds(grid.day_ending(clipped[-1].end))[1])
            groups[channel.minutes, *whole_days].append((channel, stays, clipped))
    for (minutes, start, end), members in groups.items():
        histories = store.histories(connection, {channel.meter for channel, _, _ in members}, minutes, start, end + minutes * 60)
        for channel, stays, clipped in members:
            yield Known(channel, stays, clipped, histories.get(channel, {}), dark.get(channel.meter, []))


def _in_use(whole: Iterator[Segment], stays: list[tuple[int, int]]) -> Iterator[Segment]:
    """The segments, cut to when the meter was in use; one that is cut is bound by registers no more."""
    for segment in whole:
        for stay_start, stay_end in stays:
            start, end = max(segment.start, stay_start), min(segment.end, stay_end)
            if start < end:
                is_whole = (start, end) == (segment.start, segment.end)
                yield segment if is_whole else Segment(start, end, None)


def totals(connection: Connection, meters: Collection[str], first: int, last: int) -> Totals:
    """The totals of validated days that start between two moments, by meter and direction."""
    columns = VALIDATED_DAYS.c
    query = select(columns.meter, columns.flow, columns.day_start, columns.total_wh)
    query = query.where(columns.meter.in_(meters), columns.day_start.between(first, last))
    found: Totals = defaultdict(dict)
    for meter, flow, day_start, total in connection.execute(query):
        found[meter, flow][day_start] = total
    return found

"""Loading: all that is known of meters' days before they are judged, in as few questions to the database as possible."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import select

from simulators.mdms import linkage
from simulators.mdms.book import REGISTER, Book
from simulators.mdms.events import outages
from simulators.mdms.page import Channel
from simulators.mdms.schema import PAGES
from simulators.mdms.segments import Point, Segment, presence, segments
from simulators.mdms.vee.power import Outage

DAY_S: Final = 86_400
FARTHEST_LOOK_S: Final = 100 * DAY_S
"""Registers further away than this do not bound anything: a quarter's reading and some grace."""

Totals = dict[tuple[str, int], dict[int, int]]


class Known(NamedTuple):
    """What is known of one channel. stays: when the meter was in use; outages: when it had no power."""

    channel: Channel
    stays: list[tuple[int, int]]
    segments: list[Segment]
    outages: list[Outage]


def load(book: Book, wanted: Mapping[Channel, Collection[date]], digits: int) -> list[Known]:
    """Open the pages around the wanted days of each channel; one of a meter that was not in use then is left out.

    digits: the usual number of digits of a register.
    """
    bounds = book.grid.bounds
    windows = {channel: (bounds(min(days))[0], bounds(max(days))[1]) for channel, days in wanted.items()}
    meters = {channel.meter for channel in wanted}
    first, last = min(start for start, _ in windows.values()), max(end for _, end in windows.values())
    book.load(meters, first, last)
    looks = {channel: _looks(book, channel) for channel in windows}
    unbound = {
        channel
        for channel, (start, end) in windows.items()
        if not looks[channel] or looks[channel][0].at > start or looks[channel][-1].at < end
    }
    if unbound:
        book.load_registers({channel.meter for channel in unbound}, first - FARTHEST_LOOK_S, last + FARTHEST_LOOK_S)
        looks |= {channel: _looks(book, channel) for channel in unbound}
    parts = linkage.parts_of_meters(book.connection, meters)
    dark = outages(book.connection, meters)
    found: list[Known] = []
    wider: dict[tuple[int, int], set[str]] = defaultdict(set)
    for channel, (start, end) in windows.items():
        stays = presence(parts.get(channel.meter, []), last + FARTHEST_LOOK_S)
        clipped = list(_in_use(segments(looks[channel], start, end, digits), stays))
        if not clipped:
            continue
        found.append(Known(channel, stays, clipped, dark.get(channel.meter, [])))
        if clipped[0].start < first or clipped[-1].end > last:
            wider[clipped[0].start, clipped[-1].end - 1].add(channel.meter)
    for (start, end), some in wider.items():
        book.load(some, start, end)
    return found


def _looks(book: Book, channel: Channel) -> list[Point]:
    """The looks at a meter's register that fall on the edges of its intervals."""
    register = channel._replace(minutes=REGISTER)
    return [Point(at, wh) for at, wh in book.looks(register) if book.grid.is_edge(at, channel.minutes)]


def _in_use(whole: Iterator[Segment], stays: list[tuple[int, int]]) -> Iterator[Segment]:
    """The segments, cut to when the meter was in use; one that is cut is bound by registers no more."""
    for segment in whole:
        for stay_start, stay_end in stays:
            start, end = max(segment.start, stay_start), min(segment.end, stay_end)
            if start < end:
                is_whole = (start, end) == (segment.start, segment.end)
                yield segment if is_whole else Segment(start, end, None)


def totals(book: Book, meters: Collection[str], day_starts: Collection[int]) -> Totals:
    """The totals of validated days, by meter and direction."""
    columns = PAGES.c
    query = select(columns.meter, columns.flow, columns.day_start, columns.total_wh)
    query = query.where(columns.meter.in_(meters), columns.day_start.in_(day_starts), columns.total_wh.is_not(None))
    found: Totals = defaultdict(dict)
    for meter, flow, day_start, total in book.connection.execute(query):
        found[meter, flow][day_start] = total
    return found

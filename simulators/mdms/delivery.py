"""A delivery: what one message said of one channel, and how the book takes it without losing or repeating anything."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ami.quality import QUESTIONABLE, VALID
from simulators.mdms.book import REGISTER, Book
from simulators.mdms.page import EDITOR, Channel, Plain, Version, current_of, measured_of
from simulators.mdms.vee import duplicate
from simulators.mdms.vee.clock import OFF_GRID


class Mark(NamedTuple):
    """What a value came with. doubt: the check that doubts it already, or empty."""

    quality: str = VALID
    doubt: str = ""


class Delivery(NamedTuple):
    """The values of one channel by moment. days: the day starts in order, each with the places of its values.

    marks: what sets values apart, by place; most have nothing. rivals: the further values of moments told twice.
    """

    channel: Channel
    moments: tuple[int, ...]
    wh: tuple[int, ...]
    days: Sequence[tuple[int, range]]
    marks: Mapping[int, Mark] = {}
    rivals: Sequence[tuple[int, int]] = ()


class Taken(NamedTuple):
    """What deliveries changed: new values by channel, and edited intervals that they contradict."""

    new: dict[Channel, Sequence[int]]
    contradicted: list[tuple[Channel, int]]


def settle_rivals(delivery: Delivery) -> Delivery:
    """The delivery with every moment once; what was told twice with two values is in doubt."""
    if len(set(delivery.moments)) == len(delivery.moments):
        return delivery
    rivals = duplicate.rivals(zip(delivery.moments, delivery.wh, strict=True))
    first: dict[int, int] = {}
    for place, at in enumerate(delivery.moments):
        first.setdefault(at, place)
    kept = sorted(first.values())
    marks = {new: delivery.marks[old] for new, old in enumerate(kept) if old in delivery.marks}
    moments = tuple(delivery.moments[old] for old in kept)
    marks |= {place: Mark(QUESTIONABLE, duplicate.DOUBT) for place, at in enumerate(moments) if at in rivals}
    others = [(at, wh) for at, values in rivals.items() for wh in values[1:]]
    return Delivery(delivery.channel, moments, tuple(delivery.wh[old] for old in kept), (), marks, others)


def take(book: Book, deliveries: Iterable[Delivery], source: str, received_at: int) -> Taken:
    """Keep what was delivered; the book has loaded what was there before.

    A repetition changes nothing. Another value becomes a version, and the current one unless a person edited the interval.
    An interval off the grid is kept, but never current: it would count energy twice.
    """
    taken = Taken({}, [])
    for delivery in deliveries:
        channel, moments, values, days, marks, rivals = delivery
        if channel.minutes != REGISTER and days and not marks and all(book.page(channel, start) is None for start, _ in days):
            for day_start, places in days:
                some = slice(places.start, places.stop)
                book.open_plain(channel, day_start, Plain(moments[some], values[some], VALID, source, received_at))
            taken.new[channel] = moments
            continue
        for place, (at, wh) in enumerate(zip(moments, values, strict=True)):
            mark = marks.get(place, Mark())
            _take_one(book, taken, channel, at, Version(0, wh, *mark, source, received_at, 1))
        for at, wh in rivals:
            _take_one(book, taken, channel, at, Version(0, wh, QUESTIONABLE, duplicate.DOUBT, source, received_at, 1))
    return taken


def _take_one(book: Book, taken: Taken, channel: Channel, at: int, value: Version) -> None:
    """Take one value among those that may be there already."""
    versions = book.versions(channel, at)
    if _is_repetition(value, versions):
        return
    standing = current_of(versions)
    wins = value.doubt != OFF_GRID
    if standing is not None and standing.source == EDITOR:
        taken.contradicted.append((channel, at))
        wins = False
    elif standing is not None and wins:
        book.put(channel, at, standing._replace(current=0))
    book.put(channel, at, value._replace(version=len(versions) + 1, current=int(wins)))
    taken.new[channel] = (*taken.new.get(channel, ()), at)


def _is_repetition(value: Version, versions: Sequence[Version]) -> bool:
    """Whether the value says nothing new; the same value without the earlier doubt does."""
    if value.doubt:
        return any(one.is_measured and one.wh == value.wh and one.doubt == value.doubt for one in versions)
    last = measured_of(versions)
    return last is not None and last.wh == value.wh and not last.doubt

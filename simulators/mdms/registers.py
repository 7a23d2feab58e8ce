"""Registers at any moment: what was read then, or what the nearest look and the intervals between say it must have shown."""

from typing import NamedTuple

from ami.quality import ESTIMATED
from simulators.mdms.book import REGISTER, Book
from simulators.mdms.loading import FARTHEST_LOOK_S
from simulators.mdms.page import Channel
from simulators.mdms.vee import register


class Face(NamedTuple):
    """What a register showed, and how good that is."""

    wh: int
    quality: str


def _nearest(book: Book, channel: Channel, at: int) -> list[tuple[int, int]]:
    """The looks at the register on either side of `at`, (moment, Wh), the nearer first."""
    book.load_registers({channel.meter}, at - FARTHEST_LOOK_S, at + FARTHEST_LOOK_S)
    looks = [look for look in book.looks(channel._replace(minutes=REGISTER)) if book.grid.is_edge(look[0], channel.minutes)]
    before = [look for look in looks if look[0] <= at][-1:]
    after = [look for look in looks if look[0] > at][:1]
    return sorted(before + after, key=lambda look: abs(look[0] - at))


def _used(book: Book, channel: Channel, start: int, end: int) -> int | None:
    """The energy between two moments by the intervals, of which the one that `end` cuts counts in part; None with a gap."""
    step = channel.minutes * 60
    values = book.currents(channel, start + 1, end + step - 1)
    ends = book.grid.ends(start, end, channel.minutes)
    edge = ends[-1] if ends else start
    if any(at not in values for at in ends):
        return None
    total = sum(values[at].wh for at in ends)
    if edge == end:
        return total
    cut = values.get(edge + step)
    return None if cut is None else total + cut.wh * (end - edge) // step


def face(book: Book, channel: Channel, at: int, digits: int) -> Face | None:
    """What the register showed at `at`; None where nothing tells. channel: the interval channel beside the register.

    digits: the usual number of digits of a register.
    """
    exact = book.currents(channel._replace(minutes=REGISTER), at, at).get(at)
    if exact is not None and not exact.doubt:
        return Face(exact.wh, exact.quality)
    for moment, wh in _nearest(book, channel, at):
        used = _used(book, channel, min(moment, at), max(moment, at))
        if used is not None:
            turn = register.turn_wh(register.digits_holding(wh, digits))
            return Face((wh + used if moment <= at else wh - used) % turn, ESTIMATED)
    return None

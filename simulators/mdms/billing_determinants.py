"""Billing determinants: what a meter measured over a billing period, in all and by time-of-use period."""

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from ami.messages import Reading, Series, Span
from ami.quality import EDITED, EDITED_CATEGORY, ESTIMATED, ESTIMATED_CATEGORY, VALID, category
from ami.reading_type import FORWARD, billed_kwh
from ami.time_of_use import TimeOfUse
from simulators.mdms.book import Book, is_billable
from simulators.mdms.grid import moment
from simulators.mdms.page import Channel, Version
from simulators.mdms.reading_types import Billed

TOTAL = 0
"""The time-of-use number that stands for all day."""


class NotFinalError(ValueError):
    """Intervals that a bill needs are missing or questionable."""


class Stay(NamedTuple):
    """The time of a meter at a usage point that is asked about, [start, end). is_removed: it left at `end`."""

    meter: str
    usage_point: str
    start: int
    end: int
    is_removed: bool

    @property
    def span(self) -> Span:
        """The same as moments."""
        return Span(moment(self.start), moment(self.end))

    def last_end(self, minutes: int) -> int:
        """The latest end of an interval that belongs to the stay.

        A removed meter counted until the moment of its removal, also in the interval that it did not live to see end.
        """
        return self.end + minutes * 60 - 1 if self.is_removed else self.end


def kwh(wh: int) -> Decimal:
    """Watt-hours as the wire has them."""
    return Decimal(wh).scaleb(-3)


def qualities(values: Iterable[Version]) -> tuple[str, ...]:
    """How good a sum is: estimated or edited if any part of it is, else valid."""
    categories = {category(value.quality) for value in values}
    found = tuple(quality for quality, number in ((ESTIMATED, ESTIMATED_CATEGORY), (EDITED, EDITED_CATEGORY)) if number in categories)
    return found or (VALID,)


def final_values(book: Book, channel: Channel, stay: Stay) -> dict[int, Version]:
    """All intervals of a stay by their end. Raises NotFinalError if any is missing or may not be billed."""
    values = book.currents(channel, stay.start + 1, stay.last_end(channel.minutes))
    ends = book.grid.ends(stay.start, stay.end, channel.minutes)
    missing = [at for at in ends if at not in values]
    if missing:
        raise NotFinalError(f"{len(missing)} of {len(ends)} intervals of meter {channel.meter} are missing")
    questionable = [at for at, value in values.items() if not is_billable(value)]
    if questionable:
        raise NotFinalError(f"{len(questionable)} of {len(ends)} intervals of meter {channel.meter} are questionable")
    return values


def determinant(values: dict[int, Version], minutes: int, asked: Billed, period_at: Callable[[datetime], int], stay: Stay) -> Series:
    """One determinant over a stay. values: its intervals by their end; period_at: the calendar."""
    step = minutes * 60
    mine = [value for at, value in values.items() if asked.tou == TOTAL or period_at(moment(at - step)) == asked.tou]
    total = kwh(sum(value.wh for value in mine))
    reading = Reading(moment(stay.end), total, qualities(mine), stay.span)
    return Series(str(billed_kwh(asked.tou, asked.flow)), (reading,))


def determinants(book: Book, calendar: TimeOfUse, channels: Iterable[Channel], stay: Stay, asked: Iterable[Billed]) -> list[Series]:
    """All determinants that are asked for. channels: those of the meter.

    A meter that has a forward but no reverse channel delivered nothing: its reverse determinants are zero.
    Raises NotFinalError.
    """
    period_at = cache(calendar.period_at)
    asked = tuple(asked)
    by_flow = {channel.flow: channel for channel in channels}
    needed = {FORWARD if one.flow not in by_flow else one.flow for one in asked}
    if not needed <= by_flow.keys():
        raise NotFinalError(f"meter {stay.meter} has not delivered any interval")
    values = {flow: final_values(book, by_flow[flow], stay) for flow in needed}
    return [
        determinant(values.get(one.flow, {}), by_flow[one.flow].minutes if one.flow in by_flow else 0, one, period_at, stay)
        for one in asked
    ]

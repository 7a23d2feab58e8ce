"""The agenda of validation: which days are due, whoever delivered or did not."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Final, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import func, select, update

from simulators.mdms import linkage
from simulators.mdms.book import Book
from simulators.mdms.intake import Wanted
from simulators.mdms.schema import PAGES
from simulators.mdms.segments import presence

LONGEST_DAY_S: Final = 25 * 3600


class Agenda(NamedTuple):
    """When the next daily validation is, and before which day gaps do not wait any more.

    seed: what ids derive from. resumed: how often the system went on after a crash.
    """

    seed: str
    resumed: int
    validate_at: datetime
    settled: date


AGENDA: Final = TypeAdapter(Agenda)


def open_days(book: Book, before: date) -> Wanted:
    """The days before `before` that a linked meter should have and that are not validated yet, by channel."""
    beyond = book.grid.bounds(before)[0]
    columns = PAGES.c
    is_done = (columns.day_start < beyond) & columns.total_wh.is_not(None)
    counted = select(columns.meter, columns.flow, func.count()).where(is_done).group_by(columns.meter, columns.flow)
    finished = {(meter, flow): count for meter, flow, count in book.connection.execute(counted)}
    parts = linkage.parts_of_meters(book.connection)
    wanted: Wanted = {}
    for meter, channels in book.channels().items():
        stays = presence(parts.get(meter, []), beyond)
        days = {day for start, end in stays for day in book.grid.days(start, min(end, beyond))}
        for channel in channels:
            if finished.get((meter, channel.flow), 0) < len(days):
                starts = select(columns.day_start).where(columns.meter == meter, columns.flow == channel.flow, is_done)
                done = set(book.connection.scalars(starts))
                wanted[channel] = {day for day in days if book.grid.bounds(day)[0] not in done}
    return wanted


def reopen(book: Book, meters: Collection[str], since: int) -> None:
    """Let the days from a moment on count as not validated: where the meters were from then on has changed."""
    of_meters = PAGES.c.meter.in_(meters) & (PAGES.c.day_start > since - LONGEST_DAY_S)
    book.connection.execute(update(PAGES).where(of_meters).values(total_wh=None))

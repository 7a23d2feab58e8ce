"""Provisioning: master data says which meter serves which usage point; readings that waited for it are taken in."""

from collections.abc import Sequence

from sqlalchemy import Connection

from ami import reply_codes
from ami.messages import Linkage, ReplyError
from simulators.mdms import agenda, linkage
from simulators.mdms.book import Book
from simulators.mdms.grid import seconds
from simulators.mdms.intake import Intake, Wanted


def provision(book: Book, linkages: Sequence[Linkage], intake: Intake) -> tuple[list[ReplyError], Wanted]:
    """Note the linkages. Returns what cannot be noted, and the days that have to be looked at again."""
    errors: list[ReplyError] = []
    touched: Wanted = {}
    for one in linkages:
        at = seconds(one.effective_at)
        elsewhere = _elsewhere(book.connection, one, at)
        if elsewhere is not None:
            reason = f"the meter serves usage point {elsewhere} at that time"
            errors.append(ReplyError(reply_codes.METER_MISMATCH, "FATAL", reason, one.meter, "Meter"))
            continue
        served = {part.meter for part in linkage.parts_of_usage_point(book.connection, one.usage_point)}
        linkage.link(book.connection, one.usage_point, one.meter, at)
        affected = served | ({one.meter} if one.meter else set())
        channels = [channel for some in book.channels(affected).values() for channel in some]
        if channels:
            agenda.reopen(book, affected, at)
        for channel in channels:
            touched.setdefault(channel, set()).update({book.grid.day(at), book.grid.day_ending(at)})
        if one.meter is not None:
            for channel, days in intake.linked(book, one.meter).items():
                touched.setdefault(channel, set()).update(days)
    return errors, touched


def _elsewhere(connection: Connection, one: Linkage, at: int) -> str | None:
    """The other usage point that the meter serves at that moment, if there is one."""
    if one.meter is None:
        return None
    for part in linkage.parts_of_meters(connection, {one.meter}).get(one.meter, []):
        if part.usage_point != one.usage_point and part.clipped(at, at + 1):
            return part.usage_point
    return None

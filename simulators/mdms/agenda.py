"""The agenda of validation: which days are due, whoever delivered or did not."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, delete, func, select

from simulators.mdms import linkage, store
from simulators.mdms.grid import Grid
from simulators.mdms.intake import Wanted
from simulators.mdms.schema import VALIDATED_DAYS
from simulators.mdms.segments import presence


def open_days(connection: Connection, grid: Grid, before: date) -> Wanted:
    """The days before `before` that a linked meter should have and that are not validated yet, by channel."""
    beyond = grid.bounds(before)[0]
    columns = VALIDATED_DAYS.c
    counted = select(columns.meter, columns.flow, func.count()).where(columns.day_start < beyond).group_by(columns.meter, columns.flow)
    finished = {(meter, flow): count for meter, flow, count in connection.execute(counted)}
    parts = linkage.parts_of_meters(connection)
    wanted: Wanted = {}
    for meter, channels in store.channels(connection).items():
        stays = presence(parts.get(meter, []), beyond)
        days = {day for start, end in stays for day in grid.days(start, min(end, beyond))}
        for channel in channels:
            if finished.get((meter, channel.flow), 0) < len(days):
                starts = select(columns.day_start).where(columns.meter == meter, columns.flow == channel.flow)
                done = set(connection.scalars(starts))
                wanted[channel] = {day for day in days if grid.bounds(day)[0] not in done}
    return wanted


def reopen(connection: Connection, meters: Mapping[str, int]) -> None:
    """Let days count as not validated: who uses what has changed. meters: each with the moment from which on."""
    for meter, since in meters.items():
        connection.execute(delete(VALIDATED_DAYS).where(VALIDATED_DAYS.c.meter == meter, VALIDATED_DAYS.c.day_start > since - 2 * 86_400))

"""Provisioning: master data says which meter serves which usage point; readings that waited for it are taken in."""

from collections.abc import Sequence

from sqlalchemy import Connection

from ami import reply_codes
from ami.messages import Linkage, ReplyError
from simulators.mdms import agenda, linkage, store
from simulators.mdms.grid import Grid, seconds
from simulators.mdms.intake import Intake, Wanted


def provision(connection: Connection, linkages: Sequence[Linkage], intake: Intake, grid: Grid) -> tuple[list[ReplyError], Wanted]:
    """Note the linkages. Returns what cannot be noted, and the days that have to be looked at again."""
    errors: list[ReplyError] = []
    touched: Wanted = {}
    for one in linkages:
        at = seconds(one.effective_at)
        elsewhere = _elsewhere(connection, one, at)
        if elsewhere is not None:
            reason = f"the meter serves usage point {elsewhere} at that time"
            errors.append(ReplyError(reply_codes.METER_MISMATCH, "FATAL", reason, one.meter, "Meter"))
            continue
        served = {part.meter for part in linkage.parts_of_usage_point(connection, one.usage_point)}
        linkage.link(connection, one.usage_point, one.meter, at)
        affected = served | ({one.meter} if one.meter else set())
        agenda.reopen(connection, dict.fromkeys(affected, at))
        for channels in store.channels(connection, affected).values():
            for channel in channels:
                touched.setdefault(channel, set()).update({grid.day(at), grid.day_ending(at)})
        if one.meter is not None:
            for channel, days in intake.linked(connection, one.meter).items():
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

"""Events of the field: all are kept; power outages excuse empty intervals, and what smells of tampering goes to the CIS."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, insert, select

from ami.event_types import LAST_GASP, POWER_RESTORED, TAMPER
from ami.messages import EndDeviceEvent
from simulators.mdms.grid import moment, seconds
from simulators.mdms.schema import EVENTS
from simulators.mdms.vee.power import Outage


def keep(connection: Connection, events: Iterable[EndDeviceEvent], now: int) -> None:
    """Store events as they came."""
    rows = [
        {
            "meter": event.meter,
            "event_type": event.event_type,
            "at": seconds(event.created_at),
            "tracking_id": event.tracking_id,
            "received_at": now,
        }
        for event in events
    ]
    if rows:
        connection.execute(insert(EVENTS), rows)


def of_interest_to_customers(events: Iterable[EndDeviceEvent]) -> tuple[EndDeviceEvent, ...]:
    """Those that the CIS is told of."""
    return tuple(event for event in events if event.event_type == TAMPER)


def outages(connection: Connection, meters: Collection[str]) -> dict[str, list[Outage]]:
    """The power outages of each of the meters that had any, whatever the order in which their events came."""
    columns = EVENTS.c
    query = (
        select(columns.meter, columns.event_type, columns.at)
        .where(columns.meter.in_(meters), columns.event_type.in_((LAST_GASP, POWER_RESTORED)))
        .order_by(columns.meter, columns.at, columns.event_type)
    )
    found: dict[str, list[Outage]] = {}
    for meter, event_type, at in connection.execute(query):
        known = found.setdefault(meter, [])
        is_out = bool(known) and known[-1].restored_at is None
        if event_type == LAST_GASP and not is_out:
            known.append(Outage(moment(at), None))
        elif event_type == POWER_RESTORED and is_out:
            known[-1] = known[-1]._replace(restored_at=moment(at))
    return found

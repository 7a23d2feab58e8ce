"""What the field says about a meter, where it concerns a customer: a tamper alarm opens an investigation on the account."""

from sqlalchemy import select

from ami import names, reply_codes
from ami.event_types import TAMPER
from ami.messages import EndDeviceEvent, EndDeviceEvents, Message, Reply, ReplyError
from simulators.cis import installations, store
from simulators.cis.tables import agreements
from simulators.cis.turn import TAKEN, Turn, refused


def on_events(turn: Turn, message: Message) -> Reply:
    """Take events of meters. Those of meters that hang nowhere are named in the reply."""
    if message.sender != names.MDMS:
        return refused(reply_codes.NOT_AUTHORIZED, f"{message.sender} does not speak for the MDMS")
    events = message.payload.events if isinstance(message.payload, EndDeviceEvents) else ()
    unknown = []
    for event in events:
        home = installations.meter_at(turn, event.meter, event.created_at)
        if home is None:
            unknown.append(ReplyError(reply_codes.INVALID_METER, reason="hangs nowhere", object_id=event.meter, object_type="Meter"))
        elif event.event_type == TAMPER:
            _investigate(turn, event, home["usage_point"])
    if not unknown:
        return TAKEN
    return Reply("FAILED" if len(unknown) == len(events) else "PARTIAL", tuple(unknown))


def _investigate(turn: Turn, event: EndDeviceEvent, usage_point: str) -> None:
    table = agreements.c
    then = (table.usage_point == usage_point) & (table.starts_at <= event.created_at)
    row = store.first(turn.connection, select(agreements).where(then).order_by(table.starts_at.desc()))
    is_supplied = row is not None and (row["ends_at"] is None or row["ends_at"] > event.created_at)
    text = f"tampering at meter {event.meter} at {event.created_at:%Y-%m-%dT%H:%M:%SZ}: {event.reason or 'to be investigated'}"
    turn.notice(
        "tamper", text, account=row["account"] if row is not None and is_supplied else None, usage_point=usage_point, meter=event.meter
    )

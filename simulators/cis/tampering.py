"""What the field says about a meter, where it concerns a customer: a tamper alarm opens an investigation on the account."""

from ami import names, reply_codes
from ami.event_types import TAMPER
from ami.messages import EndDeviceEvent, EndDeviceEvents, Message, Reply, ReplyError
from simulators.cis import customers, installations
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
    agreement = customers.agreement_at(turn, usage_point, event.created_at)
    text = f"tampering at meter {event.meter} at {event.created_at:%Y-%m-%dT%H:%M:%SZ}: {event.reason or 'to be investigated'}"
    turn.notice("tamper", text, account=agreement["account"] if agreement is not None else None, usage_point=usage_point, meter=event.meter)

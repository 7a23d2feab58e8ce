"""Orders to disconnect and reconnect: carried out by the MDMS through the head-end, closed by the event that says so.

An order is never sent twice: whoever is not sure that a supply was cut does not cut it again. A person decides.
"""

from collections.abc import Mapping

from sqlalchemy import select

from ami import names, reply_codes
from ami.errors import WrongStateError
from ami.messages import Message, MeterServiceRequests, MeterServiceWork, Reply
from simulators.cis import customers, installations, store
from simulators.cis.register_values import latest_register
from simulators.cis.tables import service_orders, usage_points
from simulators.cis.turn import TAKEN, Turn, errors_text, refused

PURPOSE = "service order"
OPEN = ("requested", "accepted")

NEXT: Mapping[tuple[str, str], str] = {
    ("requested", "acknowledged"): "accepted",
    ("requested", "refused"): "refused",
    ("requested", "undelivered"): "undelivered",
    ("requested", "completed"): "completed",
    ("requested", "failed"): "failed",
    ("accepted", "completed"): "completed",
    ("accepted", "failed"): "failed",
    # The request had arrived after all; only its acknowledgement was lost, or came last.
    ("undelivered", "completed"): "completed",
    ("undelivered", "failed"): "failed",
    ("completed", "acknowledged"): "completed",
    ("failed", "acknowledged"): "failed",
}

SUPPLY = {("disconnect", False): "disconnected", ("reconnect", False): "connected", ("reconnect", True): "armed"}
"""What a completed order makes of the supply, by kind and by whether the switch was only armed."""


def order(turn: Turn, usage_point: str, kind: str, reason: str, *, armed: bool = False) -> str:
    """Send an order for the meter that hangs at a usage point; the answer is the order's id.

    armed: the customer closes the switch himself. Raises LookupError where no meter hangs, WrongStateError while another order is open.
    """
    agreement = customers.present_agreement(turn, usage_point)
    hanging = installations.current(turn, usage_point, turn.now)
    if hanging is None:
        raise LookupError(f"meter at usage point {usage_point!r}")
    table = service_orders.c
    is_open = (table.usage_point == usage_point) & table.state.in_(OPEN)
    other = store.first(turn.connection, select(service_orders).where(is_open))
    if other is not None:
        raise WrongStateError(f"{other['service_order']} to {other['kind']} {usage_point} is still {other['state']}")
    new = store.next_id(turn.connection, "S")
    row = {"service_order": new, "usage_point": usage_point, "agreement": agreement["agreement"] if agreement is not None else None}
    more = {"meter": hanging["meter"], "kind": kind, "armed": armed, "reason": reason, "state": "requested", "text": ""}
    store.add(turn.connection, service_orders, **row, **more, asked_at=turn.now)
    work = MeterServiceWork(kind, hanging["meter"], usage_point, requested_at=turn.now, priority="armed" if armed else None)
    payload = MeterServiceRequests((work,))
    turn.ask(names.MDMS, "create", names.METER_SERVICE_REQUESTS, payload, purpose=PURPOSE, subject=new, comment=reason)
    return new


def on_reply(turn: Turn, service_order: str, message: Message) -> None:
    """The MDMS took the order, or refused it."""
    row = store.found(turn.connection, service_orders.c.service_order, service_order, "service order")
    if message.reply is not None and message.reply.result == "OK":
        _move(turn, row, "acknowledged")
    else:
        _move(turn, row, "refused", text=errors_text(message.reply), closed_at=turn.now)
        _complain(turn, row, f"refused: {errors_text(message.reply)}")


def on_undelivered(turn: Turn, service_order: str, reason: str) -> None:
    """Nobody knows whether the order arrived."""
    row = store.found(turn.connection, service_orders.c.service_order, service_order, "service order")
    _move(turn, row, "undelivered", text=reason)
    _complain(turn, row, f"not delivered, and not sent again: {reason}")


def on_changed(turn: Turn, message: Message) -> Reply:
    """The MDMS says what became of an order; it is believed if it speaks of one that was sent."""
    if message.sender != names.MDMS:
        return refused(reply_codes.NOT_AUTHORIZED, f"{message.sender} does not speak for the MDMS")
    said = turn.said(message.header.correlation_id)
    if said is None or said["purpose"] != PURPOSE or not isinstance(message.payload, MeterServiceRequests):
        return refused(reply_codes.INVALID_REQUEST_ID, f"no order was sent as {message.header.correlation_id}")
    row = store.found(turn.connection, service_orders.c.service_order, said["subject"], "service order")
    strangers = [work.meter for work in message.payload.works if work.meter != row["meter"]]
    if strangers or len(message.payload.works) != 1:
        return refused(reply_codes.METER_MISMATCH, f"the order was for {row['meter']}", "".join(strangers[:1]) or None)
    work = message.payload.works[0]
    if work.status not in ("completed", "failed"):
        store.amend(turn.connection, service_orders.c.service_order, row["service_order"], text=f"{work.status}")
        return TAKEN
    register = latest_register(work.readings)
    try:
        _move(
            turn,
            row,
            work.status,
            text=work.status_reason or "",
            closed_at=turn.now,
            register_kwh=register.value if register else None,
            read_at=register.at if register else None,
        )
    except WrongStateError as error:
        return refused(reply_codes.INVALID_REQUEST_ID, str(error))
    if work.status == "completed" and (row["kind"], row["armed"]) in SUPPLY:
        store.amend(turn.connection, usage_points.c.usage_point, row["usage_point"], supply=SUPPLY[row["kind"], row["armed"]])
    elif work.status == "failed":
        _complain(turn, row, f"failed: {work.status_reason or 'no reason given'}")
    return TAKEN


def _complain(turn: Turn, row: store.Row, text: str) -> None:
    whole = f"{row['service_order']} to {row['kind']} {row['usage_point']}: {text}"
    turn.notice("service order", whole, usage_point=row["usage_point"], meter=row["meter"])


def _move(turn: Turn, row: store.Row, event: str, **values: object) -> None:
    try:
        state = NEXT[row["state"], event]
    except KeyError:
        raise WrongStateError(f"{row['service_order']} is {row['state']}, it cannot be {event}") from None
    store.amend(turn.connection, service_orders.c.service_order, row["service_order"], state=state, **values)

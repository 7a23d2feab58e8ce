"""Reads on demand: asked of the MDMS, acknowledged at once, answered later, or timed out."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from ami import names, reply_codes
from ami.errors import WrongStateError
from ami.messages import GetMeterReadings, Message, MeterReadings, Reply
from ami.reading_type import register_kwh
from simulators.backoff import backoff
from simulators.cis import customers, installations, store
from simulators.cis.register_values import latest_register
from simulators.cis.tables import reads
from simulators.cis.turn import TAKEN, Turn, errors_text, refused

PURPOSE = "read"
ANSWER_WITHIN = timedelta(minutes=15)
PENDING = ("asked", "acknowledged", "waiting")

NEXT: Mapping[tuple[str, str], str] = {
    ("asked", "acknowledged"): "acknowledged",
    ("asked", "undelivered"): "waiting",
    ("waiting", "asked"): "asked",
    **{(state, "answered"): "answered" for state in PENDING},
    **{(state, "refused"): "failed" for state in PENDING},
    **{(state, "expired"): "timed out" for state in PENDING},
}


def read_now(turn: Turn, usage_point: str) -> str:
    """Ask for what stands on the meter of a usage point; the answer is the read's id. Raises LookupError where no meter hangs."""
    agreement = customers.present_agreement(turn, usage_point)
    hanging = installations.current(turn, usage_point, turn.now)
    if hanging is None:
        raise LookupError(f"meter at usage point {usage_point!r}")
    new = store.next_id(turn.connection, "R")
    expires_at = turn.now + ANSWER_WITHIN
    row = {"meter_read": new, "usage_point": usage_point, "agreement": agreement["agreement"] if agreement is not None else None}
    more = {"meter": hanging["meter"], "state": "asked", "text": "", "attempts": 1, "asked_at": turn.now}
    store.add(turn.connection, reads, **row, **more, expires_at=expires_at, due_at=expires_at)
    _send(turn, new, hanging["meter"])
    return new


def on_reply(turn: Turn, meter_read: str, message: Message) -> Reply | None:
    """An acknowledgement (to which nothing is said: None), a refusal, or the reading itself."""
    row = store.found(turn.connection, reads.c.meter_read, meter_read, "read")
    if row["state"] in PENDING and row["expires_at"] <= turn.now:
        row = _expire(turn, row)
    if row["state"] not in PENDING:
        return refused(reply_codes.INVALID_REQUEST_ID, f"{meter_read} is {row['state']}")
    if message.reply is None or message.reply.result == "FAILED":
        _move(turn, row, "refused", text=errors_text(message.reply), due_at=None)
        return TAKEN
    if message.payload is None and row["state"] == "asked":
        _move(turn, row, "acknowledged")
        return None
    given = message.payload.meter_readings if isinstance(message.payload, MeterReadings) else ()
    if [reading.meter for reading in given] != [row["meter"]]:
        return refused(reply_codes.METER_MISMATCH, f"{row['meter']} was asked for")
    register = latest_register(given[0].readings)
    if register is None:
        _move(turn, row, "refused", text="the answer holds no register reading", due_at=None)
    else:
        _move(turn, row, "answered", register_kwh=register.value, read_at=register.at, due_at=None)
    return TAKEN


def on_undelivered(turn: Turn, meter_read: str, reason: str) -> None:
    """The question did not arrive; it is asked again while there is time."""
    row = store.found(turn.connection, reads.c.meter_read, meter_read, "read")
    due_at = min(turn.now + backoff(row["attempts"]), row["expires_at"])
    _move(turn, row, "undelivered", text=reason, due_at=due_at)


def wake(turn: Turn) -> None:
    """Give up what nobody answered in time, and ask again for what did not arrive."""
    for row in store.rows(turn.connection, select(reads).where(reads.c.due_at <= turn.now).order_by(reads.c.meter_read)):
        if row["expires_at"] <= turn.now:
            _expire(turn, row)
        else:
            _move(turn, row, "asked", attempts=row["attempts"] + 1, due_at=row["expires_at"])
            _send(turn, row["meter_read"], row["meter"])


def _expire(turn: Turn, row: store.Row) -> store.Row:
    _move(turn, row, "expired", text="no answer within 15 minutes", due_at=None)
    return store.found(turn.connection, reads.c.meter_read, row["meter_read"], "read")


def _send(turn: Turn, meter_read: str, meter: str) -> None:
    payload = GetMeterReadings(meters=(meter,), reading_types=(str(register_kwh()),))
    turn.ask(names.MDMS, names.GET, names.METER_READINGS, payload, purpose=PURPOSE, subject=meter_read, later=True)


def _move(turn: Turn, row: store.Row, event: str, **values: object) -> None:
    try:
        state = NEXT[row["state"], event]
    except KeyError:
        raise WrongStateError(f"{row['meter_read']} is {row['state']}, it cannot be {event}") from None
    store.amend(turn.connection, reads.c.meter_read, row["meter_read"], state=state, **values)

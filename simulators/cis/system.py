"""The customer information and billing system: every message, alarm and command is one turn in one transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, func, select

from ami import names, reply_codes
from ami.errors import WrongStateError
from ami.identifiers import Identifiers
from ami.messages import Kind, Message, Reply
from ami.ports import Answered, Json
from ami.time_of_use import TimeOfUse
from simulators.cis import billing, linkage, periods, reads, service_orders, store, tampering
from simulators.cis.control_port import obey
from simulators.cis.tables import bills, cycles, identity, linkages, sent_messages
from simulators.cis.tables import reads as read_table
from simulators.cis.tariff import tariffs
from simulators.cis.turn import TAKEN, Office, Turn, refused

BROKEN_OFF = "this system stopped while the message was under way, and whether it arrived is not known"

ON_REPLY: Mapping[str, Callable[[Turn, str, Message], None]] = {
    linkage.PURPOSE: linkage.on_reply,
    billing.PURPOSE: billing.on_reply,
    service_orders.PURPOSE: service_orders.on_reply,
}
"""Replies that come once, on the connection of their request."""

ON_UNDELIVERED: Mapping[str, Callable[[Turn, str, str], None]] = {
    linkage.PURPOSE: linkage.on_undelivered,
    billing.PURPOSE: billing.on_undelivered,
    service_orders.PURPOSE: service_orders.on_undelivered,
    reads.PURPOSE: reads.on_undelivered,
}

ON_EVENT: Mapping[tuple[str, str], Callable[[Turn, Message], Reply]] = {
    ("changed", names.METER_SERVICE_REQUESTS): service_orders.on_changed,
    ("created", names.END_DEVICE_EVENTS): tampering.on_events,
}


class CustomerInformation:
    """A stand-in for the system that knows the customers and makes their bills.

    zone: of local days and months. calendar: whose periods a time-of-use tariff prices. engine: of the database, whose tables
    are made where they are missing. currency: ISO 4217 code of all prices.
    """

    name = names.CIS

    def __init__(self, zone: ZoneInfo, calendar: TimeOfUse, engine: Engine, currency: str = "EUR") -> None:
        self._zone = zone
        self._calendar = calendar
        self._engine = engine
        self._currency = currency
        self._office = self._seeded("")
        store.create(engine)
        with engine.begin() as connection:
            self._due_at = _earliest(connection)

    def reset(self, seed: str, now: datetime) -> None:
        """Forget everything; from here on all ids, names and addresses derive from `seed`."""
        self._office = self._seeded(seed)
        with self._engine.begin() as connection:
            store.empty(connection)
            store.add(connection, identity, seed=seed, resumed=0)
            store.add(connection, cycles, cycle=billing.CYCLE, due_at=periods.next_cycle(now, self._zone))
            self._due_at = _earliest(connection)

    def resume(self, now: datetime) -> bool:
        """Go on from what an earlier process left in the database; False where that is nothing."""
        with self._engine.begin() as connection:
            known = store.first(connection, select(identity))
            if known is None:
                return False
            resumed = known["resumed"] + 1
            store.amend(connection, identity.c.seed, known["seed"], resumed=resumed)
        # Names still derive from the seed alone; ids count from one again, and derive from how often it was resumed, too.
        self._office = replace(self._seeded(known["seed"]), identifiers=Identifiers(f"{known['seed']}/resumed {resumed}", names.CIS))
        with self._turn(now) as turn:
            for said in store.rows(turn.connection, select(sent_messages).where(sent_messages.c.replied.is_(False))):
                _broke_off(turn, said)
        return True

    def receive(self, message: Message, now: datetime) -> Sequence[Message]:
        """Take a reply or an event; whatever else comes is refused."""
        with self._turn(now) as turn:
            if message.kind is Kind.RESPONSE:
                reply = _response(turn, message)
            elif message.kind is Kind.EVENT:
                reply = _event(turn, message)
            else:
                reply = refused(reply_codes.INVALID_VERB, "this system takes events and replies only")
            said = [turn.answer(message, reply)] if reply is not None else []
            return [*said, *turn.sends]

    def undelivered(self, message: Message, reason: str, now: datetime) -> Sequence[Message]:
        """Learn that a message did not arrive: what can be said twice is said again later, service orders never."""
        with self._turn(now) as turn:
            said = turn.said(message.header.message_id)
            if said is not None and not said["replied"]:
                try:
                    ON_UNDELIVERED[said["purpose"]](turn, said["subject"], reason)
                except WrongStateError as error:
                    turn.notice("undelivered", f"{error}: {reason}")
            return turn.sends

    def wake(self, now: datetime) -> Sequence[Message]:
        """Bill what is due, ask again, tell again, give up."""
        with self._turn(now) as turn:
            linkage.wake(turn)
            reads.wake(turn)
            billing.wake(turn)
            return turn.sends

    def due_at(self) -> datetime | None:
        """The earliest moment at which something is to be done."""
        return self._due_at

    def control(self, command: str, arguments: Mapping[str, Json], now: datetime) -> Answered:
        """Carry out a command of the control port."""
        with self._turn(now) as turn:
            return Answered(obey(turn, command, arguments), tuple(turn.sends))

    @contextmanager
    def _turn(self, now: datetime) -> Iterator[Turn]:
        with self._engine.begin() as connection:
            yield Turn(connection, now.astimezone(UTC), self._office)
            due_at = _earliest(connection)
        self._due_at = due_at

    def _seeded(self, seed: str) -> Office:
        return Office(self._zone, self._calendar, self._currency, tariffs(), seed, Identifiers(seed, names.CIS))


def _earliest(connection: Connection) -> datetime | None:
    columns = (cycles.c.due_at, bills.c.due_at, linkages.c.due_at, read_table.c.due_at)
    earliest = select(*(select(func.min(column)).scalar_subquery() for column in columns))
    return min((at for at in connection.execute(earliest).one() if at is not None), default=None)


def _response(turn: Turn, message: Message) -> Reply | None:
    """Find what a reply is about; None where nothing is said to it."""
    if turn.took(message):
        return TAKEN
    said = turn.said(message.header.correlation_id)
    if said is None or said["system"] != message.sender or said["replied"]:
        return _stray(turn, message, f"answers nothing that {message.sender} was asked")
    if said["purpose"] == reads.PURPOSE:
        reply = reads.on_reply(turn, said["subject"], message)
        if reply is TAKEN:
            turn.take(message)
        return reply
    try:
        ON_REPLY[said["purpose"]](turn, said["subject"], message)
    except WrongStateError as error:
        return _stray(turn, message, str(error))
    store.amend(turn.connection, sent_messages.c.message, said["message"], replied=True)
    return None


def _broke_off(turn: Turn, said: store.Row) -> None:
    """Take what was under way when the system stopped for undelivered, unless its subject has moved on since."""
    with suppress(WrongStateError):
        ON_UNDELIVERED[said["purpose"]](turn, said["subject"], BROKEN_OFF)


def _stray(turn: Turn, message: Message, why: str) -> Reply:
    turn.notice("stray reply", f"{message.header.noun} {message.header.message_id} from {message.sender}: {why}")
    return refused(reply_codes.INVALID_REQUEST_ID, why)


def _event(turn: Turn, message: Message) -> Reply:
    """Let an event have its effect, once."""
    if turn.took(message):
        return TAKEN
    take = ON_EVENT.get((message.header.verb, message.header.noun))
    if take is None:
        return refused(reply_codes.INVALID_VERB, "this system takes no such event")
    reply = take(turn, message)
    if reply.result != "FAILED":
        turn.take(message)
    return reply

"""A CIS between neighbours that answer by hand, and meters so regular that every figure can be reckoned in the head."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from itertools import count
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from ami import names
from ami.messages import (
    EndDeviceEvent,
    EndDeviceEvents,
    GetMeterReadings,
    Header,
    Kind,
    Message,
    MeterReading,
    MeterReadings,
    MeterServiceRequests,
    Payload,
    Reading,
    Reply,
    ReplyError,
    Series,
    Span,
)
from ami.ports import Json
from ami.quality import VALID
from ami.reading_type import FORWARD, ReadingType, register_kwh
from ami.time_of_use import Season, Slot, TimeOfUse
from simulators.cis import CustomerInformation

LONDON = ZoneInfo("Europe/London")
ALL_YEAR = Season("all year", frozenset(range(1, 13)), (Slot(time(7), time(16), 2), Slot(time(16), time(20), 3)))
CALENDAR = TimeOfUse(LONDON, ("off-peak", "shoulder", "peak"), (ALL_YEAR,))
ORIGIN = datetime(2026, 1, 1, tzinfo=UTC)
MARCH = Span(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 31, 23, tzinfo=UTC))
"""In London: the clock goes forward on the 29th."""
BILLING_DAY = datetime(2026, 4, 1, 7, tzinfo=UTC)
"""The first of April, 08:00 in London."""
REVERSE_SHARE = Decimal("0.25")

OK = Reply("OK", (ReplyError("0.0", "INFORM"),))
ACKNOWLEDGED = Reply("OK", (ReplyError("0.3", "INFORM"),))
UNAVAILABLE = Reply("FAILED", (ReplyError("5.7", reason="not final"),))


@cache
def database() -> Engine:
    """The database of all tests: making it, and its statements, takes longer than most of them. A reset empties it."""
    return create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})


def new_cis(now: datetime = MARCH.start, seed: str = "7") -> CustomerInformation:
    """A CIS with an empty database in memory; the one before it is of no use any more."""
    cis = CustomerInformation(LONDON, CALENDAR, database())
    cis.reset(seed, now)
    return cis


def hours(span: Span) -> Decimal:
    """How many hours a span lasts."""
    return Decimal(round((span.end - span.start).total_seconds())) / 3600


def register(at: datetime, flow: int = FORWARD) -> Decimal:
    """What stands on any meter at a moment: one kWh each hour forward, a quarter of one back."""
    return hours(Span(ORIGIN, at)) * (1 if flow == FORWARD else REVERSE_SHARE)


def determinant(code: ReadingType, span: Span) -> Decimal:
    """What any meter measures in a span, in one period of the calendar, or in all (0)."""
    share = 1 if code.flow_direction == FORWARD else REVERSE_SHARE
    if code.tou == 0:
        return hours(span) * share
    minutes = int(hours(span) * 60)
    return sum(
        (Decimal("0.5") for minute in range(0, minutes, 30) if CALENDAR.period_at(span.start + timedelta(minutes=minute)) == code.tou),
        Decimal(0),
    )


def measured_by(meter: str, span: Span, reading_types: tuple[str, ...]) -> MeterReading:
    """What an honest MDMS says of one meter."""
    series = []
    for text in reading_types:
        code = ReadingType.parse(text)
        if code == register_kwh(code.flow_direction):
            readings = tuple(Reading(at, register(at, code.flow_direction), (VALID,)) for at in span)
        else:
            readings = (Reading(span.end, determinant(code, span), (VALID,), span),)
        series.append(Series(text, readings))
    return MeterReading(meter, "UP-1", readings=tuple(series), span=span)


class Neighbours:
    """A CIS, the clock, what it said that nobody has answered yet (`out`), and the answers."""

    def __init__(self, now: datetime = MARCH.start) -> None:
        self.cis = new_cis(now)
        self.now = now
        self.out: list[Message] = []
        self._numbers = count(1)

    def crash(self) -> None:
        """The process ends, and another goes on with its database."""
        self.cis = CustomerInformation(LONDON, CALENDAR, database())
        assert self.cis.resume(self.now)
        self.out.clear()

    def control(self, command: str, **arguments: Json) -> Json:
        """Tell the CIS something at its control port."""
        answered = self.cis.control(command, arguments, self.now)
        self.out.extend(answered.sends)
        return answered.result

    def wake(self, now: datetime) -> None:
        """Let time come to `now`, stopping wherever the CIS wants to do something."""
        while (due := self.cis.due_at()) is not None and due <= now:
            self.now = due
            self.out.extend(self.cis.wake(due))
        self.now = now

    def hear(self, message: Message) -> Message | None:
        """Give the CIS a message; the answer is its reply."""
        said = self.cis.receive(message, self.now)
        self.out.extend(sent for sent in said if sent.to is not None)
        return next((sent for sent in said if sent.to is None), None)

    def take(self, noun: str, system: str = names.MDMS) -> Message:
        """The oldest message of a noun to a system that is not answered yet."""
        found = next(message for message in self.out if message.header.noun == noun and message.to == system)
        self.out.remove(found)
        return found

    def lose(self, message: Message, reason: str = "connection refused") -> None:
        """A message does not arrive."""
        self.out.extend(self.cis.undelivered(message, reason, self.now))

    def response(self, request: Message, reply: Reply = OK, payload: Payload | None = None) -> Message:
        """A reply of the system that a request went to."""
        sender = request.to or ""
        header = Header("reply", request.header.noun, f"reply {next(self._numbers)}", self.now, sender, request.header.message_id)
        return Message(Kind.RESPONSE, header, reply, payload, sender=sender)

    def event(self, verb: str, noun: str, payload: Payload, correlation_id: str | None = None, sender: str = names.MDMS) -> Message:
        """An event that a neighbour tells."""
        header = Header(verb, noun, f"event {next(self._numbers)}", self.now, sender, correlation_id)
        return Message(Kind.EVENT, header, payload=payload, sender=sender)

    def accept_linkages(self) -> None:
        """Both readers accept every linkage, until none is left."""
        while linkages := [message for message in self.out if message.header.noun == names.MASTER_DATA_LINKAGE_CONFIG]:
            self.out.remove(linkages[0])
            self.hear(self.response(linkages[0]))

    def question(self) -> GetMeterReadings:
        """The oldest unanswered question to the MDMS."""
        found = next(message for message in self.out if message.header.noun == names.METER_READINGS)
        assert isinstance(found.payload, GetMeterReadings)
        return found.payload

    def answer_bill(self, *meters: MeterReading, reply: Reply = OK) -> None:
        """The MDMS answers the oldest question: with these readings, or as an honest one that knows of M-1 only."""
        asked = self.question()
        assert asked.span is not None
        honest = (measured_by("M-1", asked.span, asked.reading_types),)
        self.hear(self.response(self.take(names.METER_READINGS), reply, MeterReadings(meters or honest) if reply is OK else None))

    def bills(self) -> list[dict[str, Json]]:
        """All bills."""
        return list(self.control("bills"))

    def account(self) -> dict[str, Json]:
        """The first entry of the accounts."""
        return dict(self.control("accounts")[0])


def supplied(tariff: str = "flat", at: datetime = MARCH.start, now: datetime = MARCH.start) -> Neighbours:
    """A CIS with one customer, at UP-1 through meter M-1, whom both readers know."""
    neighbours = Neighbours(now)
    neighbours.control("move_in", usage_point="UP-1", meter="M-1", tariff=tariff, at=at.isoformat(), address="12 Mill Lane")
    neighbours.accept_linkages()
    return neighbours


def on_billing_day(tariff: str = "flat") -> Neighbours:
    """A CIS that has just asked for the bill of March."""
    neighbours = supplied(tariff)
    neighbours.wake(BILLING_DAY)
    return neighbours


def raised(reading: MeterReading, kwh: int) -> MeterReading:
    """A meter reading whose registers stand so much higher, at both ends."""
    series = (
        one._replace(readings=tuple(single if single.period else single._replace(value=single.value + kwh) for single in one.readings))
        for one in reading.readings
    )
    return replace(reading, readings=tuple(series))


def altered(reading: MeterReading, reading_type: ReadingType, **changes: object) -> MeterReading:
    """A meter reading with something changed in every reading of one type."""
    series = tuple(
        Series(one.reading_type, tuple(reading._replace(**changes) for reading in one.readings))  # type: ignore[arg-type]  # fields of Reading
        if one.reading_type == str(reading_type)
        else one
        for one in reading.readings
    )
    return replace(reading, readings=series)


def work_done(request: Message, status: str = "completed", **changes: object) -> MeterServiceRequests:
    """What the MDMS says of an order: status and the register reading."""
    assert isinstance(request.payload, MeterServiceRequests)
    face = Series(str(register_kwh()), (Reading(request.header.timestamp, Decimal("123.456")),))
    done = replace(request.payload.works[0], status=status, readings=(face,))
    return MeterServiceRequests((replace(done, **changes),))  # type: ignore[arg-type]  # fields of MeterServiceWork


def tamper(meter: str, at: datetime) -> EndDeviceEvents:
    """A tamper alarm."""
    return EndDeviceEvents((EndDeviceEvent("3.12.0.257", meter, at),))

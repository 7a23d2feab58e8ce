"""A meter data management with an empty database, and what its neighbours say to it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from ami import names
from ami.days import day_span, interval_ends
from ami.messages import (
    EndDeviceEvent,
    EndDeviceEvents,
    GetMeterReadings,
    Header,
    Kind,
    Linkage,
    MasterDataLinkageConfig,
    Message,
    MeterReading,
    MeterReadings,
    MeterServiceRequests,
    MeterServiceWork,
    Payload,
    Reading,
    Reply,
    Series,
    Span,
)
from ami.reading_type import FORWARD, interval_kwh, register_kwh
from ami.time_of_use import Season, Slot, TimeOfUse
from simulators.mdms import MeterDataManagement

ZONE = ZoneInfo("Europe/Berlin")
DAY = date(2026, 3, 2)
CALENDAR = TimeOfUse(
    ZONE, ("off-peak", "peak"), (Season("all year", frozenset(range(1, 13)), (Slot(time(8), time(20), 2),)),), frozenset({date(2026, 5, 1)})
)


def at(day: date, clock: time = time(), *, zone: ZoneInfo = ZONE) -> datetime:
    """The UTC moment of a local time."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


class Neighbours:
    """All neighbours of one meter data management; `now` is the morning after the day that is spoken of."""

    zone = ZONE

    def __init__(self, **options: Any) -> None:
        self._engine = create_engine("sqlite://", poolclass=StaticPool)
        self.mdms = MeterDataManagement(options.pop("zone", ZONE), CALENDAR, self._engine, **options)
        self.now = at(DAY)
        self._numbers = count(1)
        self.mdms.reset("7", self.now)

    def crash(self) -> None:
        """The process ends, and another goes on with its database."""
        self.mdms = MeterDataManagement(ZONE, CALENDAR, self._engine)
        assert self.mdms.resume(self.now)

    def say(
        self, kind: str, verb: str, noun: str, payload: Payload | None, sender: str, reply: Reply | None = None, **header: Any
    ) -> list[Message]:
        """Let a neighbour say something."""
        header.setdefault("message_id", f"{sender}-{next(self._numbers)}")
        message = Message(Kind(kind), Header(verb, noun, timestamp=self.now, source=sender, **header), reply, payload, sender=sender)
        return list(self.mdms.receive(message, self.now))

    def link(self, meter: str | None = "M-1", usage_point: str = "U-1", since: datetime | None = None, verb: str = "create") -> Reply:
        """CIS links a meter (none: unlinks) and hears the reply."""
        payload = MasterDataLinkageConfig((Linkage(usage_point, since or at(DAY), meter=meter),))
        return self.reply(self.say(Kind.REQUEST, verb, names.MASTER_DATA_LINKAGE_CONFIG, payload, names.CIS))

    def readings(
        self,
        wh: Mapping[datetime, int] | Sequence[int | None] | int,
        *,
        meter: str = "M-1",
        day: date = DAY,
        minutes: int = 30,
        flow: int = FORWARD,
        registers: Mapping[datetime, int] | None = None,
        qualities: tuple[str, ...] = (),
        zone: ZoneInfo = ZONE,
    ) -> MeterReading:
        """One meter's readings. wh: by interval end, or for each interval of the day (None: not told), or the same for all."""
        span = day_span(day, zone)
        if isinstance(wh, int):
            wh = [wh] * len(list(interval_ends(span, minutes)))
        if not isinstance(wh, Mapping):
            wh = {end: one for end, one in zip(interval_ends(span, minutes), wh, strict=True) if one is not None}
        told = tuple(Reading(end, kwh(one), qualities) for end, one in wh.items())
        looks = tuple(Reading(moment, kwh(one)) for moment, one in (registers or {}).items())
        return MeterReading(
            meter,
            None,
            (Series(str(interval_kwh(minutes, flow)), told),) if told else (),
            (Series(str(register_kwh(flow)), looks),) if looks else (),
            span,
        )

    def deliver(self, *readings: MeterReading, verb: str = "created", sender: str = names.HES, **header: Any) -> Reply:
        """The head-end delivers readings and hears the reply."""
        payload = MeterReadings(readings)
        return self.reply(self.say(Kind.EVENT, verb, names.METER_READINGS, payload, sender, **header))

    def event(self, event_type: str, moment: datetime, meter: str = "M-1") -> list[Message]:
        """The head-end tells of an event."""
        payload = EndDeviceEvents((EndDeviceEvent(event_type, meter, moment),))
        return self.say(Kind.EVENT, "created", names.END_DEVICE_EVENTS, payload, names.HES)

    def ask(self, *, sender: str = names.CIS, span: Span | None = None, organization: str | None = None, **query: Any) -> Message:
        """Somebody asks for readings and hears the reply. query: as in GetMeterReadings."""
        payload = GetMeterReadings(span=span, **query)
        return self.say(Kind.REQUEST, "get", names.METER_READINGS, payload, sender, organization=organization)[0]

    @staticmethod
    def question(span: Span | None = None, **query: Any) -> GetMeterReadings:
        """A question, to be said by hand."""
        return GetMeterReadings(span=span, **query)

    def order(self, kind: str, meter: str = "M-1", **work: Any) -> list[Message]:
        """CIS orders work at a meter."""
        payload = MeterServiceRequests((MeterServiceWork(kind, meter, **work),))
        return self.say(Kind.REQUEST, "create", names.METER_SERVICE_REQUESTS, payload, names.CIS, message_id=f"order-{next(self._numbers)}")

    def answer(self, question: Message, reply: Reply, payload: Payload | None = None, sender: str | None = None) -> list[Message]:
        """A neighbour answers something that was said to it."""
        header = question.header
        return self.say(Kind.RESPONSE, "reply", header.noun, payload, sender or question.to or "", reply, correlation_id=header.message_id)

    def control(self, command: str, **arguments: Any) -> Any:
        """Somebody at the screen does something."""
        return self.mdms.control(command, arguments, self.now).result

    def wake(self, moment: datetime) -> list[Message]:
        """Time goes on."""
        self.now = moment
        return list(self.mdms.wake(moment))

    def intervals(self, meter: str = "M-1", flow: int = FORWARD) -> dict[datetime, dict[str, Any]]:
        """The current intervals of a meter by their end."""
        held = self.control("holdings", meters=[meter])["meters"][meter]["intervals"]
        return {datetime.fromisoformat(one["end"]): one for one in held if one["flow"] == flow}

    def wh(self, day: date = DAY, meter: str = "M-1") -> list[int | None]:
        """The current values of a day's half hours."""
        held = self.intervals(meter)
        return [held[end]["wh"] if end in held else None for end in interval_ends(day_span(day, ZONE), 30)]

    def total(self, day: date = DAY) -> int:
        """The day's energy; fails while an interval of it is missing."""
        values = self.wh(day)
        assert None not in values
        return sum(one or 0 for one in values)

    def checks(self) -> list[str]:
        """The checks that found something, in alphabetical order."""
        return sorted(one["check"] for one in self.control("exceptions"))

    @staticmethod
    def reply(messages: Sequence[Message]) -> Reply:
        """The reply among what comes back."""
        first = messages[0]
        assert first.to is None
        assert first.reply is not None
        return first.reply


def kwh(wh: int) -> Decimal:
    """Watt-hours as the wire has them."""
    return Decimal(wh) / 1000


def parts(answer: Message) -> tuple[MeterReading, ...]:
    """The meter readings of an answer; fails where it has none."""
    assert isinstance(answer.payload, MeterReadings)
    return answer.payload.meter_readings


def outcome(answer: Message) -> tuple[str, list[tuple[str, str | None]]]:
    """The result of an answer, and its errors by code and object."""
    assert answer.reply is not None
    return answer.reply.result, [(error.code, error.object_id) for error in answer.reply.errors if error.level != "INFORM"]

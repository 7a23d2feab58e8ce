"""A head-end with its meters and its neighbours, for tests: what it sends is kept, and answered as it should be."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ami import names
from ami.messages import Header, Kind, Linkage, MasterDataLinkageConfig, Message, MeterReading, MeterReadings, Payload, Reply, ReplyError
from ami.ports import Json, StandIn
from simulators.hes import HeadEnd

ZONE = ZoneInfo("Europe/Berlin")
START = datetime(2026, 3, 1, tzinfo=ZONE).astimezone(UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FORWARD_INTERVAL = "0.0.7.4.1.1.12.0.0.0.0.0.0.0.0.3.72.0"
FORWARD_REGISTER = "0.0.0.1.1.1.12.0.0.0.0.0.0.0.0.3.72.0"


class Field:
    """Meters of 100 Wh an hour, each at its usage point; the MDMS takes all, unless told to be deaf."""

    def __init__(self, batch: int = 25, start: datetime = START, zone: ZoneInfo = ZONE) -> None:
        self.now = start
        self.head_end: StandIn = HeadEnd(zone, batch=batch)
        self.head_end.reset("7", start)
        self.sent: list[Message] = []
        self.is_deaf = False
        self._asked = 0

    def install(self, *meters: str, told: bool = True, **more: Json) -> None:
        """Put meters in the field, now, and tell the head-end."""
        made = [{"meter": meter, "interval_minutes": 60, "profile": {"kind": "constant", "wh": 100}, **more} for meter in meters]
        self.control("install", meters=made)
        if told:
            self.link(*(Linkage(f"U-{meter}", self.now, meter) for meter in meters))

    def link(self, *linkages: Linkage, verb: str = "create") -> Reply:
        """Tell the head-end who serves where."""
        return self.reply(self.ask(verb, names.MASTER_DATA_LINKAGE_CONFIG, MasterDataLinkageConfig(linkages), sender=names.CIS))

    def ask(
        self,
        verb: str,
        noun: str,
        payload: Payload | None,
        *,
        sender: str | None = names.MDMS,
        message_id: str | None = None,
        is_async: bool = False,
    ) -> Sequence[Message]:
        """Send a request; all that comes of it, the reply first."""
        self._asked += 1
        header = Header(
            verb, noun, f"asked-{self._asked}" if message_id is None else message_id, self.now, sender or "?", async_reply=is_async
        )
        said = self.head_end.receive(Message(Kind.REQUEST, header, payload=payload, sender=sender), self.now)
        assert said[0].to is None
        self._take(said[1:])
        return said

    def control(self, command: str, **arguments: Json) -> Json:
        """Use the control port."""
        answered = self.head_end.control(command, arguments, self.now)
        self._take(answered.sends)
        return answered.result

    def pass_time(self, until: datetime) -> None:
        """Let time come to `until`, waking the head-end whenever it is due."""
        while (due := self.head_end.due_at()) is not None and due <= until:
            self.now = max(self.now, due)
            self._take(self.head_end.wake(self.now))
        self.now = until

    def wake(self) -> None:
        """Wake the head-end, whether or not it is due."""
        self._take(self.head_end.wake(self.now))

    def answer(self, message: Message, result: str, *errors: ReplyError, sender: str | None = None) -> None:
        """Answer a message that the head-end has sent."""
        header = Header(
            "reply", message.header.noun, f"to-{message.header.message_id}", self.now, "x", correlation_id=message.header.message_id
        )
        self.head_end.receive(Message(Kind.RESPONSE, header, reply=Reply(result, errors), sender=sender or message.to), self.now)

    def reply(self, said: Sequence[Message]) -> Reply:
        """The reply among all that came of a request."""
        assert said[0].reply is not None
        return said[0].reply

    def delivered(self) -> list[MeterReading]:
        """All that went to the MDMS as readings, in the order of the wire."""
        return [reading for message in self.deliveries() for reading in readings_in(message)]

    def deliveries(self) -> list[Message]:
        """The messages that carried them."""
        return [message for message in self.sent if message.header.noun == names.METER_READINGS and message.kind is Kind.EVENT]

    def truth(self, meter: str) -> Json:
        """What a meter truly measured."""
        return self.control("truth")["meters"][meter]

    def _take(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self.sent.append(message)
            if self.is_deaf:
                self.head_end.undelivered(message, "nobody is there", self.now)
            else:
                self.answer(message, "OK")


def readings_in(message: Message) -> tuple[MeterReading, ...]:
    """The readings that a message carries."""
    assert isinstance(message.payload, MeterReadings)
    return message.payload.meter_readings


def codes(reply: Reply) -> list[tuple[str, str | None]]:
    """The errors of a reply by code and object."""
    return [(error.code, error.object_id) for error in reply.errors]

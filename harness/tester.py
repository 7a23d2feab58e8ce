"""The tester: a neighbour of all systems who asks them as any other system would, and sometimes as no system should."""

from dataclasses import dataclass, replace
from decimal import Decimal
from http import HTTPStatus

from ami import names
from ami.identifiers import Identifiers
from ami.messages import Header, Kind, Message, MeterReadings, Payload, Reply
from harness.landscape import Landscape
from simulators import wire

REQUEST_VERBS = (names.GET, *names.REQUEST_VERBS)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a message, or why it was none. status: of HTTP; fault: the reason of a SOAP Fault or of an unreadable answer."""

    status: int
    message: Message | None = None
    fault: str | None = None

    @property
    def reply(self) -> Reply:
        """The Reply of the message; a FAILED one with no errors where there is no message."""
        return self.message.reply if self.message and self.message.reply else Reply("FAILED")

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the reply's errors."""
        return tuple(error.code for error in self.reply.errors)

    @property
    def is_refused(self) -> bool:
        """Whether the system would have nothing of it."""
        return self.status >= HTTPStatus.BAD_REQUEST or self.fault is not None or self.reply.result == "FAILED"

    @property
    def readings(self) -> MeterReadings:
        """The readings that came; none where none came."""
        payload = self.message.payload if self.message else None
        return payload if isinstance(payload, MeterReadings) else MeterReadings(())

    @property
    def register_kwh(self) -> Decimal | None:
        """The first register value that came; None where none came."""
        readings = (reading for entry in self.readings.meter_readings for series in entry.readings for reading in series.readings)
        return next((reading.value for reading in readings), None)

    def __str__(self) -> str:
        if self.message is None:
            return f"HTTP {self.status}: {self.fault or 'no message'}"
        errors = ", ".join(f"{error.code} {error.reason}".strip() for error in self.reply.errors)
        return f"{self.reply.result} ({errors})"


class Tester:
    """Speaks on the wires that start at the tester; its message ids derive from the story's seed."""

    def __init__(self, landscape: Landscape) -> None:
        self._landscape = landscape
        self._identifiers = Identifiers(landscape.story, names.TESTER)

    def message(
        self, verb: str, noun: str, payload: Payload | None, *, source: str = names.TESTER, correlation_id: str | None = None
    ) -> Message:
        """A message of the tester's, not sent yet."""
        kind = Kind.RESPONSE if verb == names.REPLY else Kind.REQUEST if verb in REQUEST_VERBS else Kind.EVENT
        header = Header(verb, noun, self._identifiers.fresh(), self._landscape.stamp(), source, correlation_id=correlation_id)
        return Message(kind, header, reply=Reply("OK") if kind is Kind.RESPONSE else None, payload=payload)

    def ask(self, target: str, verb: str, noun: str, payload: Payload | None, organization: str | None = None) -> Answer:
        """Send a message as any neighbour would, and let the landscape act on it."""
        message = self.message(verb, noun, payload)
        if organization is not None:
            message = replace(message, header=replace(message.header, user="tester", organization=organization))
        answer = self.send(target, message)
        self._landscape.settle()
        return answer

    def send(self, target: str, message: Message, *, is_deliberate: bool = False, authorization: str | None = "") -> Answer:
        """Send a message as it is. authorization: the tester's own unless told otherwise, None for none."""
        return self.send_bytes(
            target,
            self.written(message, target),
            self._landscape.dialect_with(target).action(message.header.verb, message.header.noun),
            is_deliberate=is_deliberate,
            authorization=authorization,
        )

    def written(self, message: Message, target: str) -> bytes:
        """The bytes of a message for a system."""
        return wire.write(message, self._landscape.dialect_with(target))

    def exchange_bytes(self, target: str, body: bytes, action: str) -> bytes:
        """Send bytes as they are, let the landscape act on them, and return the answer as it came."""
        reply = self._landscape.post(target, body, action, self._landscape.authorization(names.TESTER))
        self._landscape.settle()
        return reply.body

    def send_bytes(self, target: str, body: bytes, action: str, *, is_deliberate: bool = True, authorization: str | None = "") -> Answer:
        """Send bytes as they are, with the tester's credentials unless told otherwise."""
        credentials = self._landscape.authorization(names.TESTER) if authorization == "" else authorization
        reply = self._landscape.post(target, body, action, credentials, is_deliberate=is_deliberate)
        try:
            return Answer(reply.status, wire.read(reply.body, self._landscape.dialect_with(target)))
        except (wire.FaultReceivedError, wire.UnreadableError, wire.InvalidMessageError) as error:
            return Answer(reply.status, fault=str(error))

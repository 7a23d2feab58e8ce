"""Reception: what each message that comes in means here, and what is answered to it."""

from collections.abc import Callable
from datetime import datetime

from ami import names, reply_codes
from ami.event_types import LAST_GASP, POWER_RESTORED
from ami.messages import (
    EndDeviceEvent,
    EndDeviceEvents,
    GetMeterReadings,
    Kind,
    MasterDataLinkageConfig,
    Message,
    MeterReadings,
    MeterServiceRequests,
    ReplyError,
)
from simulators.mdms import events, linkage
from simulators.mdms.book import Book
from simulators.mdms.commands import Commands
from simulators.mdms.conversation import ACKNOWLEDGED, Conversation, failed
from simulators.mdms.grid import seconds
from simulators.mdms.intake import Intake, Outcome, Wanted
from simulators.mdms.on_demand import OnDemand
from simulators.mdms.provisioning import provision
from simulators.mdms.queries import Queries, result

Judge = Callable[[Book, Wanted, datetime], None]


class Keeping:
    """How readings are kept: taken in, and judged at once as far as they are complete."""

    def __init__(self, intake: Intake, judge: Judge) -> None:
        self.intake = intake
        self.judge = judge

    def read(self, book: Book, message: Message, now: datetime) -> Outcome:
        """Keep the readings of a message, be it a delivery or an answer."""
        if not isinstance(message.payload, MeterReadings):
            return Outcome([], {})
        source = message.sender or names.HES
        outcome = self.intake.accept(book, message.payload, message.header.message_id, source, seconds(now))
        self.judge(book, outcome.touched, now)
        return outcome


class Reception:
    """The messages that this system takes, each with what is done about it."""

    def __init__(self, conversation: Conversation, keeping: Keeping, queries: Queries, commands: Commands, on_demand: OnDemand) -> None:
        self._conversation = conversation
        self._keeping = keeping
        self._queries = queries
        self._commands = commands
        self._on_demand = on_demand
        self.handlers: dict[tuple[str, str], Callable[[Book, Message, datetime], list[Message]]] = {
            (names.METER_READINGS, "created"): self._readings,
            (names.METER_READINGS, "changed"): self._readings,
            (names.METER_READINGS, names.GET): self._query,
            (names.END_DEVICE_EVENTS, "created"): self._events,
            (names.METER_SERVICE_REQUESTS, "create"): self._service_requests,
            (names.MASTER_DATA_LINKAGE_CONFIG, "create"): self._linkages,
            (names.MASTER_DATA_LINKAGE_CONFIG, "change"): self._linkages,
        }

    def _readings(self, book: Book, message: Message, now: datetime) -> list[Message]:
        if not isinstance(message.payload, MeterReadings):
            return [self._without_payload(message, now)]
        outcome = self._keeping.read(book, message, now)
        wrong = {error.object_id for error in outcome.errors if error.code == reply_codes.INVALID_METER}
        is_partly_taken = bool(outcome.touched) or any(one.meter not in wrong for one in message.payload.meter_readings)
        return [self._conversation.reply(message, result(is_partly_taken, outcome.errors), now)]

    def _query(self, book: Book, message: Message, now: datetime) -> list[Message]:
        query = message.payload
        if not isinstance(query, GetMeterReadings):
            return [self._without_payload(message, now)]
        refusal = self._queries.refusal(query)
        if refusal is not None:
            return [self._conversation.reply(message, refusal, now)]
        if query.span is None:
            return self._on_demand.accept(book.connection, message, query, now)
        reply, readings = self._queries.answer(book, query, query.span, message.header.organization)
        if not message.header.async_reply:
            return [self._conversation.reply(message, reply, now, readings)]
        return [
            self._conversation.reply(message, ACKNOWLEDGED, now),
            self._conversation.send(
                message.sender,
                Kind.RESPONSE,
                names.REPLY,
                names.METER_READINGS,
                now,
                readings,
                reply=reply,
                correlation_id=message.header.message_id,
            ),
        ]

    def _events(self, book: Book, message: Message, now: datetime) -> list[Message]:
        if not isinstance(message.payload, EndDeviceEvents):
            return [self._without_payload(message, now)]
        told = message.payload.events
        known = linkage.linked(book.connection, {event.meter for event in told})
        events.keep(book.connection, told, seconds(now))
        self._keeping.judge(book, self._explained(book, [event for event in told if event.meter in known], now), now)
        errors = [
            ReplyError(reply_codes.INVALID_METER, "FATAL", "the meter is linked to no usage point", meter, "Meter")
            for meter in dict.fromkeys(event.meter for event in told)
            if meter not in known
        ]
        messages = [self._conversation.reply(message, result(bool(known), errors), now)]
        forwarded = events.of_interest_to_customers(event for event in told if event.meter in known)
        if forwarded:
            payload = EndDeviceEvents(forwarded)
            messages.append(self._conversation.send(names.CIS, Kind.EVENT, "created", names.END_DEVICE_EVENTS, now, payload))
        return messages

    @staticmethod
    def _explained(book: Book, told: list[EndDeviceEvent], now: datetime) -> Wanted:
        """The days before today that an outage, told late, shows in another light."""
        touched: Wanted = {}
        today = book.grid.day(seconds(now))
        for event in told:
            day = book.grid.day(seconds(event.created_at))
            if event.event_type in (LAST_GASP, POWER_RESTORED) and day < today:
                for channel in book.channels({event.meter}).get(event.meter, []):
                    touched.setdefault(channel, set()).add(day)
        return touched

    def _service_requests(self, book: Book, message: Message, now: datetime) -> list[Message]:
        if not isinstance(message.payload, MeterServiceRequests):
            return [self._without_payload(message, now)]
        return self._commands.accept(book.connection, message, message.payload, now)

    def _linkages(self, book: Book, message: Message, now: datetime) -> list[Message]:
        if not isinstance(message.payload, MasterDataLinkageConfig):
            return [self._without_payload(message, now)]
        linkages = message.payload.linkages
        errors, touched = provision(book, linkages, self._keeping.intake)
        self._keeping.judge(book, touched, now)
        return [self._conversation.reply(message, result(len(errors) < len(linkages), errors), now)]

    def _without_payload(self, message: Message, now: datetime) -> Message:
        reason = f"the payload is not a {message.header.noun}"
        return self._conversation.reply(message, failed(reply_codes.SCHEMA_INVALID, reason), now)

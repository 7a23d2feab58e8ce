"""The meter data management stand-in: a function of what comes in and of the time that it is told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, delete

from ami import names, reply_codes
from ami.days import moment as local_moment
from ami.messages import (
    EndDeviceEvents,
    GetMeterReadings,
    Kind,
    MasterDataLinkageConfig,
    Message,
    MeterReadings,
    MeterServiceRequests,
    ReplyError,
)
from ami.ports import Answered, Json
from ami.time_of_use import TimeOfUse
from simulators.mdms import access, agenda, events, linkage
from simulators.mdms.book import Book
from simulators.mdms.commands import PREFIX, Commands
from simulators.mdms.control_port import ControlPort
from simulators.mdms.conversation import ACKNOWLEDGED, OK, Conversation, Sent, failed, is_acknowledgement
from simulators.mdms.grid import Grid, seconds
from simulators.mdms.intake import Intake, Wanted
from simulators.mdms.on_demand import OnDemand
from simulators.mdms.provisioning import provision
from simulators.mdms.queries import Queries, result
from simulators.mdms.schema import METADATA
from simulators.mdms.validation import Validation
from simulators.mdms.vee.estimate import Almanac
from simulators.mdms.vee.limits import Limits

VALIDATED_DAILY_AT: Final = time(6)
"""Local; after the head-end's last retry of the night."""


class MeterDataManagement:
    """The system that keeps what meters measured, checks and completes it, and says what may be billed.

    engine: an empty or earlier database of its own. settle_after_days: for how many days, counted to the daily validation,
    gaps wait for late readings before they are estimated.
    """

    name = names.MDMS

    def __init__(
        self, zone: ZoneInfo, calendar: TimeOfUse, engine: Engine, settle_after_days: int = 1, limits: Limits | None = None
    ) -> None:
        limits = limits or Limits()
        self._engine = engine
        self._grid = Grid(zone)
        self._settle_after = timedelta(days=settle_after_days)
        self._intake = Intake(self._grid)
        self._validation = Validation(self._grid, Almanac(zone, calendar.holidays), limits)
        self._queries = Queries(calendar, limits)
        self._handlers: dict[tuple[str, str], Callable[[Book, Message, datetime], list[Message]]] = {
            (names.METER_READINGS, "created"): self._readings,
            (names.METER_READINGS, "changed"): self._readings,
            (names.METER_READINGS, names.GET): self._query,
            (names.END_DEVICE_EVENTS, "created"): self._events,
            (names.METER_SERVICE_REQUESTS, "create"): self._service_requests,
            (names.MASTER_DATA_LINKAGE_CONFIG, "create"): self._linkages,
            (names.MASTER_DATA_LINKAGE_CONFIG, "change"): self._linkages,
        }
        METADATA.create_all(engine)

    def reset(self, seed: str, now: datetime) -> None:
        """Forget everything; from here on all ids derive from `seed`."""
        self._conversation = Conversation(self.name, seed)
        self._commands = Commands(self._conversation, self._keep_read)
        self._on_demand = OnDemand(self._conversation, self._keep_read)
        self._port = ControlPort(self._commands, self._conversation, self._validate_all, self._judge)
        self._validate_at = self._validation_after(now)
        self._settled = self._settled_by(now)
        with self._engine.begin() as connection:
            for table in METADATA.sorted_tables:
                connection.execute(delete(table))

    @contextmanager
    def _book(self) -> Iterator[Book]:
        """The readings for one transaction."""
        with self._engine.begin() as connection:
            book = Book(connection, self._grid)
            yield book
            book.write()

    def _validation_after(self, now: datetime) -> datetime:
        """The next daily validation."""
        today = self._grid.day(seconds(now))
        days = (today, today + timedelta(days=1))
        return next(at for day in days if (at := local_moment(day, VALIDATED_DAILY_AT, self._grid.zone)) > now)

    def _settled_by(self, now: datetime) -> date:
        """The first day whose gaps still wait, by the latest daily validation, even if nobody woke this system for it."""
        latest = self._grid.day(seconds(self._validation_after(now))) - timedelta(days=1)
        return latest - self._settle_after + timedelta(days=1)

    def receive(self, message: Message, now: datetime) -> Sequence[Message]:
        """Take a message: a request (answered), an event (acknowledged), or a response to something of ours."""
        if message.kind is Kind.RESPONSE:
            return self._response(message, now)
        handler = self._handlers.get((message.header.noun, message.header.verb))
        if handler is None:
            return [self._conversation.reply(message, failed(reply_codes.INVALID_VERB, "this system does not take that"), now)]
        if not access.may_say(message):
            reason = f"{message.sender} may not {message.header.verb} {message.header.noun} here"
            return [self._conversation.reply(message, failed(reply_codes.NOT_AUTHORIZED, reason), now)]
        if self._conversation.has_heard(message):
            replayed = failed(reply_codes.POLICY_VIOLATION, "this request was made before")
            return [self._conversation.reply(message, OK if message.kind is Kind.EVENT else replayed, now)]
        with self._book() as book:
            messages = handler(book, message, now)
        self._conversation.hear(message)
        return messages

    def _readings(self, book: Book, message: Message, now: datetime) -> list[Message]:
        if not isinstance(message.payload, MeterReadings):
            return [self._without_payload(message, now)]
        outcome = self._intake.accept(book, message.payload, message.header.message_id, message.sender or names.HES, seconds(now))
        self._judge(book, outcome.touched, now)
        wrong = {error.object_id for error in outcome.errors if error.code == reply_codes.INVALID_METER}
        is_partly_taken = bool(outcome.touched) or any(one.meter not in wrong for one in message.payload.meter_readings)
        return [self._conversation.reply(message, result(is_partly_taken, outcome.errors), now)]

    def _keep_read(self, book: Book, message: Message, now: datetime) -> None:
        """Keep readings that the head-end gave as an answer."""
        if isinstance(message.payload, MeterReadings):
            source = message.sender or names.HES
            outcome = self._intake.accept(book, message.payload, message.header.message_id, source, seconds(now))
            self._judge(book, outcome.touched, now)

    def _judge(self, book: Book, touched: Wanted, now: datetime) -> None:
        self._validation.run(book, touched, self._settled, seconds(now))

    def _validate_all(self, book: Book, now: datetime) -> None:
        """Judge all complete days before now, settled or not."""
        self._settled = max(self._settled, self._grid.day(seconds(now)))
        self._complete(book, now)

    def _complete(self, book: Book, now: datetime) -> None:
        """Judge all settled days that are not validated yet, gaps or not."""
        wanted = agenda.open_days(book, self._settled)
        self._validation.run(book, wanted, self._settled, seconds(now))

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

    def _service_requests(self, book: Book, message: Message, now: datetime) -> list[Message]:
        if not isinstance(message.payload, MeterServiceRequests):
            return [self._without_payload(message, now)]
        return self._commands.accept(book.connection, message, message.payload, now)

    def _linkages(self, book: Book, message: Message, now: datetime) -> list[Message]:
        if not isinstance(message.payload, MasterDataLinkageConfig):
            return [self._without_payload(message, now)]
        linkages = message.payload.linkages
        errors, touched = provision(book, linkages, self._intake)
        self._judge(book, touched, now)
        return [self._conversation.reply(message, result(len(errors) < len(linkages), errors), now)]

    def _without_payload(self, message: Message, now: datetime) -> Message:
        reason = f"the payload is not a {message.header.noun}"
        return self._conversation.reply(message, failed(reply_codes.SCHEMA_INVALID, reason), now)

    def _response(self, message: Message, now: datetime) -> list[Message]:
        """Take an answer, if something of ours was asked of just this neighbour; all else changes nothing."""
        sent = self._conversation.answered(message)
        if sent is None:
            reason = "nothing of that id was asked of you"
            return [self._conversation.reply(message, failed(reply_codes.INVALID_REQUEST_ID, reason), now)]
        if sent.task and not sent.acknowledged and is_acknowledgement(message):
            return []
        thanks = [self._conversation.reply(message, OK, now)] if sent.acknowledged else []
        if not sent.task:
            return thanks
        party = self._party(sent)
        with self._book() as book:
            return thanks + party.answered(book, sent, message, now)

    def _party(self, sent: Sent) -> Commands | OnDemand:
        """Who waits for the answer."""
        return self._commands if sent.task.startswith(PREFIX) else self._on_demand

    def undelivered(self, message: Message, reason: str, now: datetime) -> Sequence[Message]:
        """Learn that a message of ours did not arrive: it is said again later, unless it was a command."""
        sent = self._conversation.undelivered(message, reason, now)
        if sent is None or not sent.task:
            return []
        return self._party(sent).given_up(sent, f"{message.to} could not be reached: {reason}", now)

    def wake(self, now: datetime) -> Sequence[Message]:
        """Do what is due: the daily validation, messages to be said again, questions nobody answered."""
        if now >= self._validate_at:
            self._validate_at = self._validation_after(now)
            self._settled = max(self._settled, self._settled_by(now))
            with self._book() as book:
                self._complete(book, now)
        messages: list[Message] = []
        for sent in self._conversation.expired(now):
            messages += self._party(sent).given_up(sent, f"{sent.message.to} did not answer in time", now)
        return messages + self._conversation.retries(now)

    def due_at(self) -> datetime | None:
        """The next daily validation, or an earlier retry or time limit."""
        waiting = self._conversation.due_at()
        return self._validate_at if waiting is None else min(waiting, self._validate_at)

    def control(self, command: str, arguments: Mapping[str, Json], now: datetime) -> Answered:
        """Do what a person at the screen does. Raises LookupError or ValueError."""
        if command not in self._port.commands:
            raise LookupError(f"no control command {command!r}: choose one of {', '.join(sorted(self._port.commands))}")
        with self._book() as book:
            return Answered(self._port.commands[command](book, arguments, now))

"""The meter data management stand-in: a function of what comes in and of the time that it is told."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, delete

from ami import names, reply_codes
from ami.days import moment as local_moment
from ami.messages import Kind, Message
from ami.ports import Answered, Json
from ami.time_of_use import TimeOfUse
from simulators.mdms import access
from simulators.mdms.agenda import AGENDA, Agenda, open_days
from simulators.mdms.book import Book
from simulators.mdms.commands import PREFIX, Commands
from simulators.mdms.control_port import ControlPort
from simulators.mdms.conversation import OK, Conversation, Sent, failed, is_acknowledgement
from simulators.mdms.grid import Grid, seconds
from simulators.mdms.intake import Intake, Wanted
from simulators.mdms.memory import Memory
from simulators.mdms.on_demand import OnDemand
from simulators.mdms.queries import Queries
from simulators.mdms.reception import Keeping, Reception
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
        METADATA.create_all(engine)

    def reset(self, seed: str, now: datetime) -> None:
        """Forget everything; from here on all ids derive from `seed`."""
        self._open(seed)
        self._agenda = Agenda(seed, 0, self._validation_after(now), self._settled_by(now))
        with self._engine.begin() as connection:
            for table in METADATA.sorted_tables:
                connection.execute(delete(table))
            self._memory.write(connection)

    def resume(self, now: datetime) -> bool:
        """Go on from what an earlier process left in the database; False where that is nothing."""
        self._open("")
        with self._engine.begin() as connection:
            self._memory.load(connection)
            if not self._agendas:
                return False
            # Ids count from one again: they derive from how often it was resumed, too.
            again = self._agenda._replace(resumed=self._agenda.resumed + 1)
            self._open(f"{again.seed}/resumed {again.resumed}")
            self._memory.load(connection)
            self._agenda = again
            self._conversation.resume(now)
            self._memory.write(connection)
        return True

    def _open(self, seed: str) -> None:
        """Put the parts of the system together, with nothing in mind."""
        self._memory = Memory()
        self._agendas = self._memory.shelf("agenda", AGENDA)
        self._conversation = Conversation(self.name, seed, self._memory)
        keep = Keeping(self._intake, self._judge)
        self._commands = Commands(self._conversation, keep.read, self._memory)
        self._on_demand = OnDemand(self._conversation, keep.read, self._memory)
        self._reception = Reception(self._conversation, keep, self._queries, self._commands, self._on_demand)
        self._port = ControlPort(self._commands, self._conversation, self._validate_all, self._judge)

    @property
    def _agenda(self) -> Agenda:
        return self._agendas[self.name]

    @_agenda.setter
    def _agenda(self, agenda: Agenda) -> None:
        self._agendas[self.name] = agenda

    @contextmanager
    def _book(self) -> Iterator[Book]:
        """The readings for one transaction, which ends with all that was learned in it written."""
        with self._engine.begin() as connection:
            book = Book(connection, self._grid)
            yield book
            book.write()
            self._memory.write(connection)

    def _remember(self) -> None:
        """Write what was learned without a look at any reading."""
        if self._memory.is_changed:
            with self._engine.begin() as connection:
                self._memory.write(connection)

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
        handler = self._reception.handlers.get((message.header.noun, message.header.verb))
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
            self._conversation.hear(message, now)
        return messages

    def _judge(self, book: Book, touched: Wanted, now: datetime) -> None:
        self._validation.run(book, touched, self._agenda.settled, seconds(now))

    def _validate_all(self, book: Book, now: datetime) -> None:
        """Judge all complete days before now, settled or not."""
        self._settle(self._grid.day(seconds(now)))
        self._complete(book, now)

    def _settle(self, before: date) -> None:
        """Let the gaps of the days before `before` wait no longer."""
        if before > self._agenda.settled:
            self._agenda = self._agenda._replace(settled=before)

    def _complete(self, book: Book, now: datetime) -> None:
        """Judge all settled days that are not validated yet, gaps or not."""
        settled = self._agenda.settled
        self._validation.run(book, open_days(book, settled), settled, seconds(now))

    def _response(self, message: Message, now: datetime) -> list[Message]:
        """Take an answer, if something of ours was asked of just this neighbour; all else changes nothing."""
        with self._book() as book:
            return self._taken(book, message, now)

    def _taken(self, book: Book, message: Message, now: datetime) -> list[Message]:
        sent = self._conversation.answered(message)
        if sent is None:
            reason = "nothing of that id was asked of you"
            return [self._conversation.reply(message, failed(reply_codes.INVALID_REQUEST_ID, reason), now)]
        if sent.task and not sent.acknowledged and is_acknowledgement(message):
            return []
        thanks = [self._conversation.reply(message, OK, now)] if sent.acknowledged else []
        if not sent.task:
            return thanks
        return thanks + self._party(sent).answered(book, sent, message, now)

    def _party(self, sent: Sent) -> Commands | OnDemand:
        """Who waits for the answer."""
        return self._commands if sent.task.startswith(PREFIX) else self._on_demand

    def undelivered(self, message: Message, reason: str, now: datetime) -> Sequence[Message]:
        """Learn that a message of ours did not arrive: it is said again later, unless it was a command."""
        sent = self._conversation.undelivered(message, reason, now)
        is_awaited = sent is not None and bool(sent.task)
        said = self._party(sent).given_up(sent, f"{message.to} could not be reached: {reason}", now) if sent and is_awaited else []
        self._remember()
        return said

    def wake(self, now: datetime) -> Sequence[Message]:
        """Do what is due: the daily validation, messages to be said again, questions nobody answered."""
        if now >= self._agenda.validate_at:
            with self._book() as book:
                self._agenda = self._agenda._replace(validate_at=self._validation_after(now))
                self._settle(self._settled_by(now))
                self._complete(book, now)
        messages: list[Message] = []
        for sent in self._conversation.expired(now):
            messages += self._party(sent).given_up(sent, f"{sent.message.to} did not answer in time", now)
        messages += self._conversation.retries(now)
        self._remember()
        return messages

    def due_at(self) -> datetime | None:
        """The next daily validation, or an earlier retry or time limit."""
        waiting = self._conversation.due_at()
        return self._agenda.validate_at if waiting is None else min(waiting, self._agenda.validate_at)

    def control(self, command: str, arguments: Mapping[str, Json], now: datetime) -> Answered:
        """Do what a person at the screen does. Raises LookupError or ValueError."""
        if command not in self._port.commands:
            raise LookupError(f"no control command {command!r}: choose one of {', '.join(sorted(self._port.commands))}")
        with self._book() as book:
            return Answered(self._port.commands[command](book, arguments, now))

"""On-demand readings: a question for the values of now is passed to the head-end, and its answer to whoever asked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import Connection

from ami import names, reply_codes
from ami.messages import GetMeterReadings, Kind, Message, MeterReading, MeterReadings, Reply, ReplyError
from simulators.mdms.book import Book
from simulators.mdms.conversation import ACKNOWLEDGED, OK, Conversation, Sent, failed
from simulators.mdms.grid import seconds
from simulators.mdms.memory import Memory
from simulators.mdms.queries import METER, permitted

PREFIX = "on demand "
Keep = Callable[[Book, Message, datetime], object]


@dataclass(frozen=True, slots=True)
class Question:
    """Who asked what, which meters that means with their usage points, and what could not be passed on."""

    message: Message
    meters: dict[str, str]
    errors: tuple[ReplyError, ...]


_QUESTION: Final = TypeAdapter(Question)


class OnDemand:
    """All questions that wait for the head-end. keep: what to do with its readings besides passing them on."""

    def __init__(self, conversation: Conversation, keep: Keep, memory: Memory) -> None:
        self._conversation = conversation
        self._keep = keep
        self._questions = memory.shelf("question", _QUESTION)

    def accept(self, connection: Connection, message: Message, query: GetMeterReadings, now: datetime) -> list[Message]:
        """Acknowledge the question and pass it on, or say at once why not."""
        if not message.header.async_reply:
            reason = "a reading of now takes a while: ask with AsyncReplyFlag, or name a time span"
            return [self._conversation.reply(message, failed(reply_codes.NOT_ATTEMPTED, reason), now)]
        errors: list[ReplyError] = []
        meters: dict[str, str] = {}
        at = seconds(now)
        for one in permitted(connection, query, message.header.organization):
            if isinstance(one, ReplyError):
                errors.append(one)
                continue
            object_id, object_type, parts = one
            there = [part for part in parts if part.clipped(at, at + 1)]
            meters |= {part.meter: part.usage_point for part in there}
            if not there:
                errors.append(ReplyError(reply_codes.DATA_UNAVAILABLE, "FATAL", "no meter is there now", object_id, object_type))
        if not meters:
            return [self._conversation.reply(message, Reply("FAILED", tuple(errors)), now)]
        task = PREFIX + message.header.message_id
        self._questions[task] = Question(message, meters, tuple(errors))
        passed_on = GetMeterReadings(tuple(meters), (), query.reading_types)
        return [
            self._conversation.reply(message, ACKNOWLEDGED, now),
            self._conversation.send(names.HES, Kind.REQUEST, names.GET, names.METER_READINGS, now, passed_on, task=task),
        ]

    def answered(self, book: Book, sent: Sent, response: Message, now: datetime) -> list[Message]:
        """Pass the head-end's answer on; readings of meters that nobody asked about are not part of it."""
        question = self._questions.pop(sent.task)
        reply = response.reply or Reply("FAILED")
        readings: tuple[MeterReading, ...] = ()
        if isinstance(response.payload, MeterReadings):
            asked = (one for one in response.payload.meter_readings if one.meter in question.meters)
            readings = tuple(replace(one, usage_point=question.meters[one.meter]) for one in asked)
            self._keep(book, replace(response, payload=MeterReadings(readings)), now)
        told = tuple(error for error in reply.errors if error.level != "INFORM")
        silent = tuple(
            ReplyError(reply_codes.DATA_UNAVAILABLE, "FATAL", "the head-end says nothing of it", meter, METER)
            for meter in question.meters.keys() - {one.meter for one in readings} - {error.object_id for error in told}
            if not any(error.object_id is None for error in told)
        )
        return [self._pass_on(question, readings, (*question.errors, *told, *silent), now)]

    def given_up(self, sent: Sent, reason: str, now: datetime) -> list[Message]:
        """Tell who asked that no answer came."""
        question = self._questions.pop(sent.task)
        late = tuple(ReplyError(reply_codes.TIMED_OUT, "FATAL", reason, meter, METER) for meter in question.meters)
        return [self._pass_on(question, (), (*question.errors, *late), now)]

    def _pass_on(self, question: Question, readings: tuple[MeterReading, ...], errors: tuple[ReplyError, ...], now: datetime) -> Message:
        reply = Reply("PARTIAL" if readings else "FAILED", errors) if errors else OK
        return self._conversation.send(
            question.message.sender,
            Kind.RESPONSE,
            names.REPLY,
            names.METER_READINGS,
            now,
            MeterReadings(readings) if readings else None,
            reply=reply,
            correlation_id=question.message.header.message_id,
        )

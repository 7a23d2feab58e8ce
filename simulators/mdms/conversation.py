"""The conversation with the neighbours: what was said, what was heard before, what is still unanswered, and what to say again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from pydantic import TypeAdapter

from ami import names, reply_codes
from ami.identifiers import Identifiers
from ami.messages import Header, Kind, Message, Payload, Reply, ReplyError
from simulators.backoff import ATTEMPTS, backoff
from simulators.mdms.memory import Memory

ANSWER_WITHIN: Final = timedelta(minutes=15)
BROKEN_OFF: Final = "this system stopped while the message was under way, and whether it arrived is not known"

OK: Final = Reply("OK", (ReplyError(reply_codes.OK, "INFORM"),))
ACKNOWLEDGED: Final = Reply("OK", (ReplyError(reply_codes.ACKNOWLEDGED, "INFORM"),))


def failed(code: str, reason: str) -> Reply:
    """A refusal."""
    return Reply("FAILED", (ReplyError(code, "FATAL", reason),))


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of ours that is not answered yet.

    task: the id of what waits for the answer, or empty. acknowledged: the neighbour said that the answer comes later.
    """

    message: Message
    task: str = ""
    expires_at: datetime | None = None
    acknowledged: bool = False
    attempts: int = 1
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that never arrived and is not tried again."""

    message: Message
    reason: str
    attempts: int
    given_up_at: datetime


_HEARD: Final = TypeAdapter(datetime)
_SENT: Final = TypeAdapter(Sent)
_DEAD: Final = TypeAdapter(DeadLetter)


class Conversation:
    """One system's side of all conversations. memory: where what was said and heard is kept; seed: what its ids derive from."""

    def __init__(self, system: str, seed: str, memory: Memory) -> None:
        self._system = system
        self._identifiers = Identifiers(seed, system)
        self._heard = memory.shelf("heard", _HEARD)
        self._sent = memory.shelf("sent", _SENT)
        self._dead = memory.shelf("dead letter", _DEAD)

    @property
    def dead_letters(self) -> list[DeadLetter]:
        """What did not arrive and is not tried again, in the order in which it was given up."""
        return list(self._dead.values())

    def reply(self, to: Message, reply: Reply, now: datetime, payload: Payload | None = None) -> Message:
        """The answer to what came in, on the same connection."""
        header = Header(
            verb=names.REPLY,
            noun=to.header.noun,
            message_id=self._identifiers.reply_to(to.header.message_id),
            timestamp=now,
            source=self._system,
            correlation_id=to.header.message_id,
        )
        return Message(Kind.RESPONSE, header, reply, payload)

    def send(
        self,
        to: str | None,
        kind: Kind,
        verb: str,
        noun: str,
        now: datetime,
        payload: Payload | None = None,
        *,
        reply: Reply | None = None,
        correlation_id: str | None = None,
        task: str = "",
    ) -> Message:
        """A message of our own. task: what waits for its answer; that one is due within a quarter of an hour."""
        header = Header(verb, noun, self._identifiers.fresh(), now, self._system, correlation_id)
        message = Message(kind, header, reply, payload, to)
        self._sent[header.message_id] = Sent(message, task, now + ANSWER_WITHIN if task else None)
        return message

    def has_heard(self, message: Message) -> bool:
        """Whether this neighbour said this before."""
        return _key(message) in self._heard

    def hear(self, message: Message, now: datetime) -> None:
        """Remember that it was said."""
        self._heard[_key(message)] = now

    def answered(self, response: Message) -> Sent | None:
        """What a response answers: something of ours, unanswered, said to the neighbour who answers. None for all else.

        A mere acknowledgement (`is_acknowledgement`) of something whose answer is still awaited leaves it unanswered.
        """
        sent = self._sent.get(response.header.correlation_id or "")
        if sent is None or sent.message.to != response.sender or sent.message.header.noun != response.header.noun:
            return None
        if sent.task and not sent.acknowledged and is_acknowledgement(response):
            self._sent[sent.message.header.message_id] = replace(sent, acknowledged=True)
        else:
            del self._sent[sent.message.header.message_id]
        return sent

    def undelivered(self, message: Message, reason: str, now: datetime) -> Sent | None:
        """Note that a message did not arrive. Returns what will not be tried again, or None.

        A control is never repeated: nobody knows whether it was carried out.
        """
        sent = self._sent.pop(message.header.message_id, None)
        if sent is None:
            return None
        if not _may_repeat(message) or sent.attempts >= ATTEMPTS:
            self._dead[message.header.message_id] = DeadLetter(message, reason, sent.attempts, now)
            return sent
        self._sent[message.header.message_id] = replace(sent, retry_at=now + backoff(sent.attempts))
        return None

    def resume(self, now: datetime) -> None:
        """Go on after a crash: what was under way is said again at once, but for what is never repeated, which is given up."""
        for message_id, sent in list(self._sent.items()):
            if sent.acknowledged or sent.retry_at is not None:
                continue
            if _may_repeat(sent.message):
                self._sent[message_id] = replace(sent, retry_at=now)
            else:
                self._dead[message_id] = DeadLetter(sent.message, BROKEN_OFF, sent.attempts, now)
                self._sent[message_id] = replace(sent, expires_at=now)

    def retries(self, now: datetime) -> list[Message]:
        """What is said again now. A question gets a new id, for its first may have arrived; an event keeps its own."""
        again: list[Message] = []
        for message_id, sent in list(self._sent.items()):
            if sent.retry_at is None or sent.retry_at > now:
                continue
            message = sent.message
            if message.kind is Kind.REQUEST:
                del self._sent[message_id]
                message = replace(message, header=replace(message.header, message_id=self._identifiers.fresh(), timestamp=now))
            self._sent[message.header.message_id] = replace(sent, message=message, attempts=sent.attempts + 1, retry_at=None)
            again.append(message)
        return again

    def expired(self, now: datetime) -> Sequence[Sent]:
        """What should have been answered by now; it is not awaited any more."""
        late = [sent for sent in self._sent.values() if sent.expires_at is not None and sent.expires_at <= now]
        for sent in late:
            del self._sent[sent.message.header.message_id]
        return late

    def due_at(self) -> datetime | None:
        """When something has to be said again, or is not awaited any more."""
        moments = [moment for sent in self._sent.values() for moment in (sent.expires_at, sent.retry_at) if moment is not None]
        return min(moments, default=None)


def _key(message: Message) -> str:
    return f"{message.sender}/{message.header.message_id}"


def _may_repeat(message: Message) -> bool:
    return message.header.noun != names.END_DEVICE_CONTROLS


def is_acknowledgement(response: Message) -> bool:
    """Whether the response only says that the answer comes later."""
    reply = response.reply
    if reply is None or reply.result != "OK" or response.payload is not None:
        return False
    return any(error.code == reply_codes.ACKNOWLEDGED for error in reply.errors)

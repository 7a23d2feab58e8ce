"""The head-end's outbox: what it has sent stays here until it is answered, so that nothing is lost on the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ami.messages import Message, MeterReadings, ReplyError
from simulators.backoff import backoff

ATTEMPTS: Final = 24
"""What a neighbour did not take is tried so often, for more than three days: so long may readings take to arrive."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A message that came back, why, how often it was sent, and when it goes out again (None: never)."""

    message: Message
    reason: str
    attempts: int = 1
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """One error in the answer to a message that had otherwise arrived."""

    message: Message
    error: ReplyError


class Outbox:
    """Messages under way, waiting for another try, refused for good, and refused in part."""

    def __init__(self) -> None:
        self._under_way: dict[str, Message] = {}
        self._attempts: dict[str, int] = {}
        self.waiting: list[Returned] = []
        self.dead_letters: list[Returned] = []
        self.refused: list[Refused] = []

    def post(self, messages: Iterable[Message]) -> list[Message]:
        """The messages, remembered until they are answered."""
        posted = list(messages)
        for message in posted:
            self._under_way[message.header.message_id] = message
            self._attempts[message.header.message_id] = self._attempts.get(message.header.message_id, 0) + 1
        return posted

    def answered(self, response: Message) -> None:
        """Take the answer to a message; only the neighbour that it went to can answer it."""
        correlation_id = response.header.correlation_id or ""
        message = self._under_way.get(correlation_id)
        if message is None or response.sender != message.to or response.reply is None:
            return
        del self._under_way[correlation_id]
        attempts = self._attempts.pop(correlation_id)
        if response.reply.result == "FAILED":
            reason = "; ".join(f"{error.code} {error.reason}".strip() for error in response.reply.errors)
            self.dead_letters.append(Returned(message, reason, attempts))
        elif response.reply.result == "PARTIAL":
            self.refused.extend(Refused(message, error) for error in response.reply.errors)

    def came_back(self, message: Message, reason: str, now: datetime) -> None:
        """Take back a message that did not arrive; it goes out again, unchanged, at growing distances, and in the end is given up."""
        if self._under_way.pop(message.header.message_id, None) is None:
            return
        attempts = self._attempts[message.header.message_id]
        if attempts >= ATTEMPTS:
            self.dead_letters.append(Returned(message, reason, attempts))
            del self._attempts[message.header.message_id]
        else:
            self.waiting.append(Returned(message, reason, attempts, now + backoff(attempts)))

    def again(self, now: datetime) -> list[Message]:
        """What came back and is due for another try: with its old id, so that who has it already knows it."""
        due = [returned for returned in self.waiting if returned.again_at is not None and returned.again_at <= now]
        self.waiting = [returned for returned in self.waiting if returned not in due]
        return self.post(returned.message for returned in due)

    def due_at(self) -> datetime | None:
        """When there is something to try again."""
        return min((returned.again_at for returned in self.waiting if returned.again_at is not None), default=None)


def meters_in(message: Message) -> list[str]:
    """The meters whose readings a message carries."""
    payload = message.payload
    return [reading.meter for reading in payload.meter_readings] if isinstance(payload, MeterReadings) else []

"""The head-end's outbox: what it has sent stays here until it is answered, so that nothing is lost on the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ami.messages import Message, MeterReadings, ReplyError

TRY_AGAIN_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Returned:
    """A message that came back, and why."""

    message: Message
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """One error in the answer to a message that had otherwise arrived."""

    message: Message
    error: ReplyError


class Outbox:
    """Messages under way, waiting for another try, refused for good, and refused in part."""

    def __init__(self) -> None:
        self._under_way: dict[str, Message] = {}
        self._again_at: datetime | None = None
        self.waiting: list[Returned] = []
        self.dead_letters: list[Returned] = []
        self.refused: list[Refused] = []

    def post(self, messages: Iterable[Message]) -> list[Message]:
        """The messages, remembered until they are answered."""
        posted = list(messages)
        self._under_way.update((message.header.message_id, message) for message in posted)
        return posted

    def answered(self, response: Message) -> None:
        """Take the answer to a message; only the neighbour that it went to can answer it."""
        correlation_id = response.header.correlation_id or ""
        message = self._under_way.get(correlation_id)
        if message is None or response.sender != message.to or response.reply is None:
            return
        del self._under_way[correlation_id]
        if response.reply.result == "FAILED":
            reason = "; ".join(f"{error.code} {error.reason}".strip() for error in response.reply.errors)
            self.dead_letters.append(Returned(message, reason))
        elif response.reply.result == "PARTIAL":
            self.refused.extend(Refused(message, error) for error in response.reply.errors)

    def came_back(self, message: Message, reason: str, now: datetime) -> None:
        """Take back a message that did not arrive; it goes out again, unchanged, at the next opportunity."""
        if self._under_way.pop(message.header.message_id, None) is not None:
            self.waiting.append(Returned(message, reason))
            self._again_at = now + TRY_AGAIN_AFTER

    def again(self) -> list[Message]:
        """What came back, for another try: with its old id, so that who has it already knows it."""
        messages = [returned.message for returned in self.waiting]
        self.waiting.clear()
        self._again_at = None
        return self.post(messages)

    def due_at(self) -> datetime | None:
        """When there is something to try again."""
        return self._again_at


def meters_in(message: Message) -> list[str]:
    """The meters whose readings a message carries."""
    payload = message.payload
    return [reading.meter for reading in payload.meter_readings] if isinstance(payload, MeterReadings) else []

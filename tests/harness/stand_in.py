"""A stand-in without a mind of its own: it does what a test tells it, and remembers what befell it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from ami import names
from ami.errors import WrongStateError
from ami.messages import Header, Kind, Message, MeterReadings, Payload, Reply
from ami.ports import Answered, Json

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


def event(source: str, to: str | None = None, number: int = 1, payload: Payload | None = None) -> Message:
    """A created MeterReadings, which an MDMS takes. to: whom a stand-in sends it to."""
    header = Header("created", names.METER_READINGS, f"{source}-{number}", NOW, source)
    return Message(Kind.EVENT, header, payload=payload or MeterReadings(()), to=to)


def reply(asked: Message, source: str, result: str = "OK") -> Message:
    """The reply of `source` to a message."""
    header = Header("reply", asked.header.noun, f"reply-to-{asked.header.message_id}", NOW, source, asked.header.message_id)
    return Message(Kind.RESPONSE, header, reply=Reply(result))


class FakeStandIn:
    """Answers with `answer`, wakes at the moments in `due`, and says what `waking` says then."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.resets: list[tuple[str, datetime]] = []
        self.heard: list[Message] = []
        self.heard_at: list[datetime] = []
        self.lost: list[tuple[Message, str]] = []
        self.woken_at: list[datetime] = []
        self.due: list[datetime] = []
        self.answer: Callable[[Message], Sequence[Message]] = lambda _: ()
        self.waking: Callable[[datetime], Sequence[Message]] = lambda _: ()
        self.outgoing: list[Message] = []
        self.commands: list[str] = []

    def reset(self, seed: str, now: datetime) -> None:
        """Remember it."""
        self.resets.append((seed, now))

    def resume(self, now: datetime) -> bool:  # noqa: ARG002 - the port's signature
        """Nothing was kept."""
        return False

    def receive(self, message: Message, now: datetime) -> Sequence[Message]:
        """Remember the message, and answer as told."""
        self.heard.append(message)
        self.heard_at.append(now)
        return self.answer(message)

    def undelivered(self, message: Message, reason: str, now: datetime) -> Sequence[Message]:  # noqa: ARG002 - the port's signature
        """Remember it."""
        self.lost.append((message, reason))
        return ()

    def wake(self, now: datetime) -> Sequence[Message]:
        """Say what was to be said by now."""
        self.woken_at.append(now)
        self.due = [at for at in self.due if at > now]
        return self.waking(now)

    def due_at(self) -> datetime | None:
        """The next moment."""
        return min(self.due, default=None)

    def control(self, command: str, arguments: Mapping[str, Json], now: datetime) -> Answered:
        """`echo` tells the arguments and the time, `send` lets `outgoing` go; everything else goes wrong by its name."""
        self.commands.append(command)
        if command == "send":
            return Answered({}, tuple(self.outgoing))
        if command == "echo":
            return Answered({"arguments": dict(arguments), "now": now.isoformat()})
        raise {"jam": WrongStateError("jammed"), "doubt": ValueError("no sense"), "crash": ZeroDivisionError("by zero")}.get(
            command, KeyError(command)
        )

"""The outage management's stand-in: from last gasps and restorations, who is without supply and since when."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from ami import event_types, names, reply_codes
from ami.identifiers import Identifiers
from ami.messages import EndDeviceEvents, Header, Kind, Message, Reply, ReplyError
from ami.ports import Answered, Json

SENDERS: Final = frozenset({names.HES, names.TESTER})
OUTAGE_EVENTS: Final = (event_types.LAST_GASP, event_types.POWER_RESTORED)


class Outage(NamedTuple):
    """A time without supply; it lasts while `restored_at` is None."""

    meter: str
    lost_at: datetime
    restored_at: datetime | None = None


def outages_of(meter: str, said: Iterable[tuple[datetime, str]]) -> Iterator[Outage]:
    """A meter's outages, from what it said and when, in the order in which it came.

    Only the time of each event counts, since messages overtake each other. A last gasp within an outage and a restoration
    outside one say nothing new.
    """
    lost_at: datetime | None = None
    for at, event_type in sorted(said, key=lambda event: event[0]):
        if event_type == event_types.LAST_GASP and lost_at is None:
            lost_at = at
        elif event_type == event_types.POWER_RESTORED and lost_at is not None:
            yield Outage(meter, lost_at, at)
            lost_at = None
    if lost_at is not None:
        yield Outage(meter, lost_at)


class OutageManagement:
    """The stand-in for an outage management system; see `ami.ports.StandIn`. It asks nobody anything."""

    name = names.OMS

    def __init__(self) -> None:
        self.reset("", datetime.min.replace(tzinfo=UTC))

    def reset(self, seed: str, now: datetime) -> None:  # noqa: ARG002 - the port hands in the time, and nothing is due here
        """Forget everything; from here on all ids derive from `seed`."""
        self._identifiers = Identifiers(seed, names.OMS)
        self._messages_seen: set[str] = set()
        self._said: dict[str, list[tuple[datetime, str]]] = defaultdict(list)

    def resume(self, now: datetime) -> bool:  # noqa: ARG002 - the port's shape
        """False: nothing of it outlives its process."""
        return False

    def receive(self, message: Message, now: datetime) -> Sequence[Message]:
        """Take events, each message once however often it comes."""
        if message.kind in (Kind.RESPONSE, Kind.FAULT):
            return []
        payload = message.payload
        if (message.header.verb, message.header.noun) != ("created", names.END_DEVICE_EVENTS):
            return [self._reply(message, "FAILED", ReplyError(reply_codes.INVALID_VERB), now)]
        if message.sender not in SENDERS:
            return [self._reply(message, "FAILED", ReplyError(reply_codes.NOT_AUTHORIZED), now)]
        if not isinstance(payload, EndDeviceEvents):
            return [self._reply(message, "FAILED", ReplyError(reply_codes.SCHEMA_INVALID), now)]
        if message.header.message_id not in self._messages_seen:
            self._messages_seen.add(message.header.message_id)
            for event in payload.events:
                if event.event_type in OUTAGE_EVENTS:
                    self._said[event.meter].append((event.created_at, event.event_type))
        return [self._reply(message, "OK", ReplyError(reply_codes.OK, "INFORM"), now)]

    def undelivered(self, message: Message, reason: str, now: datetime) -> Sequence[Message]:  # noqa: ARG002 - it sends nothing
        """Nothing to take back."""
        return []

    def wake(self, now: datetime) -> Sequence[Message]:  # noqa: ARG002 - the port's shape
        """Nothing to do on its own."""
        return []

    def due_at(self) -> datetime | None:
        """Never."""
        return None

    def control(self, command: str, arguments: Mapping[str, Json], now: datetime) -> Answered:  # noqa: ARG002 - the port's shape
        """Show what it holds. Raises LookupError for an unknown command."""
        act = COMMANDS.get(command)
        if act is None:
            raise LookupError(f"command {command!r}: choose one of {', '.join(COMMANDS)}")
        return act(self)

    def outages(self) -> Answered:
        """All outages, the earliest first."""
        found = [outage for meter, said in self._said.items() for outage in outages_of(meter, said)]
        found.sort(key=lambda outage: (outage.lost_at, outage.meter))
        return Answered(
            [{"meter": meter, "lost_at": _spelled(lost_at), "restored_at": _spelled(restored_at)} for meter, lost_at, restored_at in found]
        )

    def _reply(self, message: Message, result: str, error: ReplyError, now: datetime) -> Message:
        asked = message.header
        message_id = self._identifiers.reply_to(asked.message_id)
        header = Header(names.REPLY, asked.noun, message_id, now, names.OMS, correlation_id=asked.message_id)
        return Message(Kind.RESPONSE, header, reply=Reply(result, (error,)))


def _spelled(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


COMMANDS: Final[dict[str, Callable[[OutageManagement], Answered]]] = {"outages": OutageManagement.outages}

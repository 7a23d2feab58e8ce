"""The head-end as a system on the bus: who may ask it what, and what it does of its own accord."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from ami import names, reply_codes
from ami.messages import (
    EndDeviceControls,
    GetMeterReadings,
    Kind,
    MasterDataLinkageConfig,
    Message,
    MeterReadSchedule,
    Reply,
    ReplyError,
)
from ami.ports import Answered, Json
from simulators.hes.control_port import ControlPort
from simulators.hes.letters import outcome
from simulators.hes.parts import Parts
from simulators.profiles import Profile

COLLECT_AT = time(0, 30)
BEFORE_EVERYTHING = datetime(1970, 1, 1, tzinfo=UTC)


class HeadEnd:
    """The stand-in for a head-end and for the meters behind it; see `ami.ports.StandIn`.

    batch: how many meters one message carries. collect_at: local time of the daily collection.
    """

    name = names.HES

    def __init__(self, zone: ZoneInfo, batch: int = 25, collect_at: time = COLLECT_AT) -> None:
        self._zone = zone
        self._batch = batch
        self._collect_at = collect_at
        self._profiles: dict[str, Profile] = {}
        self.reset("", BEFORE_EVERYTHING)

    def reset(self, seed: str, now: datetime) -> None:
        """Forget everything but the profiles that were loaded; from here on all ids derive from `seed`."""
        self._parts = Parts(self._zone, self._batch, self._collect_at, seed, now)
        self._control_port = ControlPort(self._parts, self._profiles, seed)
        self._requests_seen: set[str] = set()

    def resume(self, now: datetime) -> bool:  # noqa: ARG002 - the port's shape
        """False: nothing of it outlives its process."""
        return False

    def receive(self, message: Message, now: datetime) -> Sequence[Message]:
        """Take a message: a request is answered, a response taken note of."""
        if message.kind in (Kind.RESPONSE, Kind.FAULT):
            self._parts.outbox.answered(message)
            return []
        service = SERVICES.get((message.header.verb, message.header.noun))
        if service is None:
            return [self._refusal(message, reply_codes.INVALID_VERB, "the head-end takes no such message", now)]
        if message.sender not in SENDERS[message.header.verb, message.header.noun]:
            return [self._refusal(message, reply_codes.NOT_AUTHORIZED, f"{message.sender} may not ask this of the head-end", now)]
        message_id = message.header.message_id
        if not message_id:
            return [self._refusal(message, reply_codes.INVALID_REQUEST_ID, "the request has no MessageID", now)]
        if message_id in self._requests_seen:
            reply = _failed(reply_codes.POLICY_VIOLATION, "this MessageID was used before")
            return [self._parts.letters.refusal_of_replay(message, reply, now)]
        self._requests_seen.add(message_id)
        return service(self, message, now)

    def undelivered(self, message: Message, reason: str, now: datetime) -> Sequence[Message]:
        """Take back what did not arrive, for another try."""
        self._parts.outbox.came_back(message, reason, now)
        return []

    def wake(self, now: datetime) -> Sequence[Message]:
        """Send again what came back, collect what is due, and deliver."""
        parts = self._parts
        again = parts.outbox.again(now)
        parts.delivery.add(parts.read_schedules.wake(now))
        return again + parts.outbox.post(parts.brought_in(parts.collection.wake(now), now))

    def due_at(self) -> datetime | None:
        """The moment of the next thing to do."""
        parts = self._parts
        moments = (parts.collection.due_at(), parts.outbox.due_at(), parts.delivery.due_at(), parts.read_schedules.due_at())
        return min(at for at in moments if at is not None)

    def control(self, command: str, arguments: Mapping[str, Json], now: datetime) -> Answered:
        """Do what only a stand-in can do; see `simulators.hes.control_port`."""
        return self._control_port.answer(command, arguments, now)

    def _get(self, message: Message, now: datetime) -> Sequence[Message]:
        """Read meters: the answer at once, or an acknowledgement and the answer on its own."""
        if not isinstance(message.payload, GetMeterReadings):
            return [self._without_payload(message, now)]
        reply, payload = self._parts.on_demand.answer(message.payload, now)
        letters = self._parts.letters
        if not message.header.async_reply:
            return [letters.reply(message, reply, now, payload)]
        acknowledgement = outcome((), some_done=True, done_code=reply_codes.ACKNOWLEDGED)
        late = letters.late_reply(message, reply, now, payload)
        return [letters.reply(message, acknowledgement, now), *self._parts.outbox.post([late])]

    def _schedule(self, message: Message, now: datetime) -> Sequence[Message]:
        """Take an order for readings; they follow at once where the span has passed."""
        if not isinstance(message.payload, MeterReadSchedule):
            return [self._without_payload(message, now)]
        parts = self._parts
        reply = parts.letters.reply(message, parts.read_schedules.order(message.payload), now)
        parts.delivery.add(parts.read_schedules.wake(now))
        return [reply, *parts.outbox.post(parts.delivery.release(now))]

    def _command(self, message: Message, now: datetime) -> Sequence[Message]:
        """Pass commands on to meters; what the meters say of it follows."""
        if not isinstance(message.payload, EndDeviceControls):
            return [self._without_payload(message, now)]
        reply, told = self._parts.commands.carry_out(message.payload, now)
        return [self._parts.letters.reply(message, reply, now), *self._parts.outbox.post(told)]

    def _link(self, message: Message, now: datetime) -> Sequence[Message]:
        """Take master data into the registry."""
        if not isinstance(message.payload, MasterDataLinkageConfig):
            return [self._without_payload(message, now)]
        linkages = message.payload.linkages
        errors = [error for linkage in linkages if (error := self._parts.registry.link(linkage, message.header.verb))]
        return [self._parts.letters.reply(message, outcome(errors, some_done=len(errors) < len(linkages)), now)]

    def _without_payload(self, message: Message, now: datetime) -> Message:
        return self._refusal(message, reply_codes.SCHEMA_INVALID, f"a payload for {message.header.noun} is missing", now)

    def _refusal(self, message: Message, code: str, reason: str, now: datetime) -> Message:
        return self._parts.letters.reply(message, _failed(code, reason), now)


def _failed(code: str, reason: str) -> Reply:
    return Reply("FAILED", (ReplyError(code, "FATAL", reason),))


SERVICES: Final[dict[tuple[str, str], Callable[[HeadEnd, Message, datetime], Sequence[Message]]]] = {
    (names.GET, names.METER_READINGS): HeadEnd._get,
    ("create", names.METER_READ_SCHEDULE): HeadEnd._schedule,
    ("create", names.END_DEVICE_CONTROLS): HeadEnd._command,
    ("create", names.MASTER_DATA_LINKAGE_CONFIG): HeadEnd._link,
    ("change", names.MASTER_DATA_LINKAGE_CONFIG): HeadEnd._link,
}

SENDERS: Final = {
    (names.GET, names.METER_READINGS): frozenset({names.MDMS, names.CIS, names.OMS, names.TESTER}),
    ("create", names.METER_READ_SCHEDULE): frozenset({names.MDMS, names.TESTER}),
    ("create", names.END_DEVICE_CONTROLS): frozenset({names.MDMS, names.TESTER}),
    ("create", names.MASTER_DATA_LINKAGE_CONFIG): frozenset({names.CIS, names.TESTER}),
    ("change", names.MASTER_DATA_LINKAGE_CONFIG): frozenset({names.CIS, names.TESTER}),
}
"""Who may say what to the head-end: a command comes from nobody but the MDMS (and the tester, who speaks as itself)."""

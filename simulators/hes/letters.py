"""What the head-end writes: its name, its ids and the time on every message."""

from collections.abc import Sequence
from datetime import datetime

from ami import names, reply_codes
from ami.identifiers import Identifiers
from ami.messages import Header, Kind, Message, Payload, Reply, ReplyError


def outcome(errors: Sequence[ReplyError], *, some_done: bool, done_code: str = reply_codes.OK) -> Reply:
    """OK without errors, else PARTIAL if some of it was done, else FAILED."""
    if not errors:
        return Reply("OK", (ReplyError(done_code, "INFORM"),))
    return Reply("PARTIAL" if some_done else "FAILED", tuple(errors))


def meter_error(code: str, reason: str, meter: str) -> ReplyError:
    """What is wrong with one meter of a request."""
    return ReplyError(code, "FATAL", reason, object_id=meter, object_type="Meter")


class Letters:
    """The head-end's hand: all that it says is headed here."""

    def __init__(self, seed: str) -> None:
        self._identifiers = Identifiers(seed, names.HES)

    def fresh_id(self) -> str:
        """An id for something new."""
        return self._identifiers.fresh()

    def reply(self, request: Message, reply: Reply, now: datetime, payload: Payload | None = None) -> Message:
        """The answer on the connection of the request itself."""
        return self._response(self._identifiers.reply_to(request.header.message_id), request, reply, now, payload)

    def refusal_of_replay(self, request: Message, reply: Reply, now: datetime) -> Message:
        """The answer to a request whose id has had its answer: it takes an id of its own."""
        return self._response(self._identifiers.fresh(), request, reply, now, None)

    def late_reply(self, request: Message, reply: Reply, now: datetime, payload: Payload | None = None) -> Message:
        """The answer that comes after an acknowledgement, on a connection of its own."""
        return self._response(self._identifiers.fresh(), request, reply, now, payload, to=request.sender)

    def event(self, noun: str, payload: Payload, to: str, now: datetime) -> Message:
        """`created` something, for a neighbour."""
        header = Header("created", noun, self._identifiers.fresh(), now, names.HES)
        return Message(Kind.EVENT, header, payload=payload, to=to)

    def _response(
        self, message_id: str, request: Message, reply: Reply, now: datetime, payload: Payload | None, to: str | None = None
    ) -> Message:
        asked = request.header
        header = Header(names.REPLY, asked.noun, message_id, now, names.HES, correlation_id=asked.message_id)
        return Message(Kind.RESPONSE, header, reply=reply, payload=payload, to=to)

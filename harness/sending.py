"""What a hosted stand-in sends to its neighbours, and what it hears of it: their replies, or why there are none."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import NamedTuple

from ami.dialect import Dialect
from ami.errors import UnreachableError
from ami.messages import Message
from ami.names import Wire
from ami.ports import Json
from harness.at_work import AtWork
from harness.credentials import Credentials, Protected
from simulators import wire
from transports import http_client
from transports.security.tls import Context

_NOBODY_BEHIND = (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)


class _Lost(NamedTuple):
    """Why a message has no reply. is_silence: its neighbour cannot be reached at all, whatever it is sent."""

    reason: str
    is_silence: bool = False


class Sending:
    """The way out of one stand-in.

    dialect_on: how messages are wrapped on a wire. timeout_s: how long a reply of a neighbour is waited for. tls_of: what https
    is spoken with to a neighbour. credentials: what its neighbours demand; None where a wiretap that knows it by its password
    sees to that.
    """

    def __init__(self, at_work: AtWork, dialect_on: Callable[[Wire], Dialect]) -> None:
        self.timeout_s = http_client.TIMEOUT_S
        self.tls_of: Callable[[str], Context | None] = lambda _: None
        self.credentials: Credentials | None = None
        self._at_work = at_work
        self._dialect_on = dialect_on

    def advance(self) -> Json:
        """Wake the stand-in where something is due, and send all that it wants to send."""
        at_work = self._at_work
        with at_work.logic:
            due = at_work.stand_in.due_at()
            if due is not None and due <= at_work.now:
                at_work.outbox.extend(at_work.stand_in.wake(at_work.now))
        sent = 0
        silent: dict[str, str] = {}
        while at_work.outbox:
            self._deliver(at_work.outbox.popleft(), silent)
            sent += 1
        with at_work.logic:
            due = at_work.stand_in.due_at()
        return {"sent": sent, "due_at": due.isoformat() if due else None}

    def _deliver(self, message: Message, silent: dict[str, str]) -> None:
        """Send one message and tell the stand-in what came of it.

        silent: neighbours that were just now seen to be silent, and how: no other message waits for them again.
        """
        at_work = self._at_work
        target = message.to or ""
        if target not in silent:
            answer = self._post(message)
            if isinstance(answer, Message):
                with at_work.logic:
                    # An answer on our own connection is not answered again: only what goes to a neighbour is sent.
                    at_work.outbox.extend(sent for sent in at_work.stand_in.receive(answer, at_work.now) if sent.to is not None)
                return
            reason = answer.reason
            if answer.is_silence:
                silent[target] = reason
        else:
            reason = silent[target]
        with at_work.logic:
            at_work.outbox.extend(at_work.stand_in.undelivered(message, reason, at_work.now))

    def _post(self, message: Message) -> Message | _Lost:
        """The reply to `message`, or why there is none."""
        own = self._at_work.name
        target = message.to or ""
        known = self._at_work.known
        address = known.address_of.get(target)
        if address is None:
            return _Lost(f"{target or 'nobody'} is no neighbour of {own}")
        spoken = self._dialect_on(Wire(own, target))
        if message.header.async_reply and target in known.reply_to:
            message = replace(message, header=replace(message.header, reply_address=known.reply_to[target]))
        action = spoken.action(message.header.verb, message.header.noun)
        out = Protected(wire.write(self._at_work.stamped(message), spoken), http_client.basic(own, known.passwords[own]))
        try:
            if self.credentials is not None and self._at_work.led_by is None:
                out = self.credentials.protect(Wire(own, target), out.body, self._at_work.now)
            reply = http_client.post_soap(address, out.body, action, out.authorization, self.timeout_s, self.tls_of(target))
        except UnreachableError as error:
            return _Lost(str(error), is_silence=True)
        if reply.status in _NOBODY_BEHIND:
            return _Lost(reply.body.decode(errors="replace").strip() or f"HTTP {reply.status}", is_silence=True)
        try:
            return replace(wire.read(reply.body, spoken), sender=target)
        except (wire.UnreadableError, wire.FaultReceivedError, wire.InvalidMessageError) as error:
            return _Lost(str(error))

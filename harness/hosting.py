"""A stand-in with a network around it: SOAP in, SOAP out, a control port, and everything refused that no system should take."""

import hmac
import json
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from http import HTTPStatus
from typing import NamedTuple
from xml.sax.saxutils import escape

from ami import names, reply_codes, schemas
from ami.dialect import Dialect, dialect
from ami.errors import UnreachableError, WrongStateError
from ami.identifiers import derived_id
from ami.messages import Header, Kind, Message, Reply, ReplyError
from ami.names import Wire
from ami.ports import Json, StandIn
from ami.services import SERVICES, takes
from ami.wsdl import SERVED, wsdl
from harness import neighbourhood
from harness.clock_header import told_moment
from harness.credentials import Credentials, Protected
from harness.guard import TOKEN_PATH, Guard, RefusedError
from harness.host_clock import HostClock, world
from harness.neighbourhood import Neighbourhood
from harness.served_documents import reached_at
from simulators import wire
from transports import http_client
from transports.http_server import HttpRequest, HttpResponse
from transports.security.tls import Context

SOAP_PATH = "/soap"
CONTROL_PATH = "/control/"
QUICK_BYTES = 64 * 1024
"""A larger message keeps all connections waiting while it is read."""


_NOBODY_BEHIND = (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)


class _Lost(NamedTuple):
    """Why a message has no reply. is_silence: its neighbour cannot be reached at all, whatever it is sent."""

    reason: str
    is_silence: bool = False


class Host:
    """One stand-in behind HTTP.

    dialect_on: how messages are wrapped on a wire. token: for its control port. neighbours: those of
    its own, to be filled in once all of them stand. led: is told whether a run leads it. stirred: is told that
    there may be something to send. timeout_s: how long a reply of a neighbour is waited for. guard: who is believed.
    tls_of: what https is spoken with to a neighbour. credentials: what its neighbours demand; None where a wiretap that
    knows it by its password sees to that.
    """

    def __init__(self, stand_in: StandIn, dialect_on: Callable[[Wire], Dialect], passwords: Mapping[str, str], token: str) -> None:
        self.stand_in = stand_in
        self.neighbours = Neighbourhood(passwords=passwords)
        self.own_address = ""
        self.timeout_s = http_client.TIMEOUT_S
        self.guard = Guard()
        self.tls_of: Callable[[str], Context | None] = lambda _: None
        self.credentials: Credentials | None = None
        self.soap_paths = frozenset({SOAP_PATH})
        self.clock = HostClock()
        self.led: Callable[[bool], None] = lambda _: None
        self.stirred: Callable[[], None] = lambda: None
        self._led_by: Neighbourhood | None = None
        self._dialect_on = dialect_on
        self._token = token
        self._seed = ""
        self._outbox: deque[Message] = deque()
        # Entered again by its own thread: `quick` holds it for the whole of a request.
        self._logic = threading.RLock()
        self._only_asked = threading.local()
        self._spoken: dict[str, Dialect] = {}
        self._readers: dict[str, wire.Reader] = {}

    @property
    def _known(self) -> Neighbourhood:
        """Those that a run has made known, or else its own."""
        return self._led_by or self.neighbours

    def _spoken_by(self, sender: str) -> Dialect:
        """How a neighbour wraps what it sends here, and what it is answered."""
        if sender not in self._spoken:
            self._spoken[sender] = self._dialect_on(Wire(sender, self.stand_in.name))
        return self._spoken[sender]

    def _reader(self, sender: str) -> wire.Reader:
        """What reads the messages of a neighbour."""
        if sender not in self._readers:
            self._readers[sender] = wire.Reader(self._spoken_by(sender))
        return self._readers[sender]

    @property
    def _now(self) -> datetime:
        return self.clock.now()

    def handle(self, request: HttpRequest) -> HttpResponse:
        """Answer one HTTP request. One that knows the key to the clock says what time it is."""
        now = told_moment(request.headers, self._token)
        if now is not None:
            with self._logic:
                self.clock.tell(now)
        self._only_asked.of_this_thread = False
        try:
            return self._answered(request)
        finally:
            # A question leaves nothing to do but what it put into the outbox: to look for more each time costs as much as the answer.
            if self._outbox or not self._only_asked.of_this_thread:
                self.stirred()

    def quick(self, request: HttpRequest) -> HttpResponse | None:
        """Answer a small message at once, where nobody else is with the stand-in; None leaves it to `handle`, on a thread that may wait.

        Only for a stand-in that keeps nothing in a database: it calls nobody, and what it sends goes out later.
        """
        if request.method != "POST" or request.path not in self.soap_paths or len(request.body) > QUICK_BYTES:
            return None
        if not self._logic.acquire(blocking=False):
            return None
        try:
            return self.handle(request)
        finally:
            self._logic.release()

    def nothing_here(self) -> HttpResponse:
        """The answer where nothing is."""
        return _plain(HTTPStatus.NOT_FOUND, "nothing is served here")

    def _answered(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(CONTROL_PATH):
            return self._control(request)
        if request.path == TOKEN_PATH and request.method == "POST":
            return self.guard.token(request, self._known.passwords)
        if request.path not in self.soap_paths:
            return self.nothing_here()
        if request.method == "GET":
            return self._document(request)
        if request.method != "POST":
            return replace(_plain(HTTPStatus.METHOD_NOT_ALLOWED, "POST a SOAP message, or GET ?wsdl"), headers={"allow": "GET, HEAD, POST"})
        return self._soap(request)

    # SOAP in

    def _soap(self, request: HttpRequest) -> HttpResponse:
        if request.too_large:
            return HttpResponse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, wire.fault("Client", "the message is larger than this system takes"))
        try:
            sender = self.guard.sender(request, self._known.passwords, self._now)
        except RefusedError as error:
            return _refused(error)
        try:
            message = self._reader(sender).read(request.body, sender)
        except wire.UnreadableError as error:
            return HttpResponse(HTTPStatus.INTERNAL_SERVER_ERROR, wire.fault(error.code, str(error)))
        except wire.FaultReceivedError:
            return HttpResponse(HTTPStatus.INTERNAL_SERVER_ERROR, wire.fault("Client", "a Fault is no message for a service"))
        except wire.InvalidMessageError as error:
            return self._answer(self._failed(error.header, reply_codes.SCHEMA_INVALID, str(error)), error.header.verb, sender)
        action = request.headers.get("soapaction", "").strip().strip('"')
        expected = self._spoken_by(sender).action(message.header.verb, message.header.noun)
        if action != expected:
            return HttpResponse(
                HTTPStatus.INTERNAL_SERVER_ERROR, wire.fault("Client", f"SOAPAction {action!r} is not that of the message, {expected!r}")
            )
        refusal_code = self._refusal(message)
        if refusal_code:
            return self._answer(self._failed(message.header, refusal_code, "this system does not take that"), message.header.verb, sender)
        self._only_asked.of_this_thread = message.header.verb == names.GET
        with self._logic:
            self.clock.hear(message.header.timestamp)
            return self._answer(self._take(message), message.header.verb, sender)

    def _refusal(self, message: Message) -> str | None:
        header = message.header
        if header.noun not in SERVICES[self.stand_in.name]:
            return reply_codes.INVALID_NOUN
        if not takes(self.stand_in.name, header.verb, header.noun):
            return reply_codes.INVALID_VERB
        if header.source != message.sender:
            return reply_codes.INVALID_SOURCE
        return None

    def _take(self, message: Message) -> Message:
        """The reply of the stand-in, or a plain acknowledgement where it has none; the rest goes to the outbox."""
        said = self.stand_in.receive(message, self._now)
        self._outbox.extend(sent for sent in said if sent.to is not None)
        for reply in said:
            if reply.to is None:
                return reply
        return self._reply(message.header, Reply("OK", (ReplyError(reply_codes.OK, "INFORM"),)))

    def _failed(self, header: Header, code: str, reason: str) -> Message:
        return self._reply(header, Reply("FAILED", (ReplyError(code, "FATAL", reason),)))

    def _reply(self, header: Header, reply: Reply) -> Message:
        own = Header(
            verb=names.REPLY,
            noun=header.noun,
            message_id=derived_id(self._seed, self.stand_in.name, "reply", header.message_id),
            timestamp=self._now,
            source=self.stand_in.name,
            correlation_id=header.message_id,
        )
        return Message(Kind.RESPONSE, own, reply=reply)

    def _answer(self, message: Message, answered_verb: str, sender: str) -> HttpResponse:
        return HttpResponse(HTTPStatus.OK, wire.write(self._stamped(message), self._spoken_by(sender), answered_verb))

    def _stamped(self, message: Message) -> Message:
        """The message as it goes out: where the story tells of another day than today, with the time of the world."""
        if not self._known.in_world_time:
            return message
        return replace(message, header=replace(message.header, timestamp=world()))

    def _document(self, request: HttpRequest) -> HttpResponse:
        spoken = self._spoken_by(self.stand_in.name)
        address = reached_at(request, self.own_address) + request.path
        key, _, name = request.query.partition("=")
        text = _served(spoken.name).get(name) if key.lower() == "xsd" else None
        if request.query.lower() == "wsdl":
            text = wsdl(self.stand_in.name, address, spoken)
        if text is None:
            return _plain(HTTPStatus.NOT_FOUND, "ask for ?wsdl")
        # Whole addresses: Java's old URLs drop the last part of a path where nothing but a query follows it.
        return HttpResponse(HTTPStatus.OK, text.replace('schemaLocation="?', f'schemaLocation="{escape(address)}?').encode())

    # Control port

    def _control(self, request: HttpRequest) -> HttpResponse:
        offered = request.headers.get("authorization", "")
        if not hmac.compare_digest(offered.encode("latin-1"), f"Bearer {self._token}".encode("latin-1")):
            return _json(HTTPStatus.UNAUTHORIZED, {"error": "the control port needs its token"})
        command = request.path.removeprefix(CONTROL_PATH)
        if request.method != "POST" or not command.isidentifier():
            return _json(HTTPStatus.NOT_FOUND, {"error": "a control command is POST /control/<name>"})
        try:
            arguments = json.loads(request.body or b"{}")
        except ValueError as error:
            return _json(HTTPStatus.BAD_REQUEST, {"error": f"not JSON: {error}"})
        if not isinstance(arguments, dict):
            return _json(HTTPStatus.BAD_REQUEST, {"error": "the arguments of a command are one JSON object"})
        return self._told(command, arguments)

    def _told(self, command: str, arguments: dict[str, Json]) -> HttpResponse:
        try:
            if command == "reset":
                return _json(HTTPStatus.OK, self._reset(arguments))
            if command == "advance":
                return _json(HTTPStatus.OK, self.advance())
            if command == neighbourhood.COMMAND:
                return _json(HTTPStatus.OK, self._lead(arguments))
            with self._logic:
                answered = self.stand_in.control(command, arguments, self._now)
                self._outbox.extend(answered.sends)
        except LookupError as error:
            return _json(HTTPStatus.NOT_FOUND, {"error": f"{command}: unknown {error}"})
        except WrongStateError as error:
            return _json(HTTPStatus.CONFLICT, {"error": f"{command}: {error}"})
        except (ValueError, TypeError) as error:
            return _json(HTTPStatus.BAD_REQUEST, {"error": f"{command}: {error}"})
        return _json(HTTPStatus.OK, answered.result)

    def _reset(self, arguments: Mapping[str, Json]) -> Json:
        with self._logic:
            self._seed = str(arguments["seed"])
            self.clock.start(_moment(arguments["now"]))
            self._outbox.clear()
            self.stand_in.reset(self._seed, self._now)
        return {}

    def _lead(self, arguments: Mapping[str, Json]) -> Json:
        """Do as a run says from now on, and send where it says; without arguments, no longer."""
        with self._logic:
            self._led_by = neighbourhood.told(arguments)
            self._outbox.clear()
            self.led(self._led_by is not None)
        return {"system": self.stand_in.name, "takes_the_time": True}

    def advance(self) -> Json:
        """Wake the stand-in where something is due, and send all that it wants to send."""
        with self._logic:
            due = self.stand_in.due_at()
            if due is not None and due <= self._now:
                self._outbox.extend(self.stand_in.wake(self._now))
        sent = 0
        silent: dict[str, str] = {}
        while self._outbox:
            self._deliver(self._outbox.popleft(), silent)
            sent += 1
        with self._logic:
            due = self.stand_in.due_at()
        return {"sent": sent, "due_at": due.isoformat() if due else None}

    # SOAP out

    def _deliver(self, message: Message, silent: dict[str, str]) -> None:
        """Send one message and tell the stand-in what came of it.

        silent: neighbours that were just now seen to be silent, and how: no other message waits for them again.
        """
        target = message.to or ""
        if target not in silent:
            answer = self._post(message)
            if isinstance(answer, Message):
                with self._logic:
                    # An answer on our own connection is not answered again: only what goes to a neighbour is sent.
                    self._outbox.extend(sent for sent in self.stand_in.receive(answer, self._now) if sent.to is not None)
                return
            reason = answer.reason
            if answer.is_silence:
                silent[target] = reason
        else:
            reason = silent[target]
        with self._logic:
            self._outbox.extend(self.stand_in.undelivered(message, reason, self._now))

    def _post(self, message: Message) -> Message | _Lost:
        """The reply to `message`, or why there is none."""
        target = message.to or ""
        known = self._known
        address = known.address_of.get(target)
        if address is None:
            return _Lost(f"{target or 'nobody'} is no neighbour of {self.stand_in.name}")
        spoken = self._dialect_on(Wire(self.stand_in.name, target))
        if message.header.async_reply and target in known.reply_to:
            message = replace(message, header=replace(message.header, reply_address=known.reply_to[target]))
        action = spoken.action(message.header.verb, message.header.noun)
        own = self.stand_in.name
        out = Protected(wire.write(self._stamped(message), spoken), http_client.basic(own, known.passwords[own]))
        try:
            if self.credentials is not None and self._led_by is None:
                out = self.credentials.protect(Wire(own, target), out.body, self._now)
            reply = http_client.post_soap(address, out.body, action, out.authorization, self.timeout_s, self.tls_of(target))
        except UnreachableError as error:
            return _Lost(str(error), is_silence=True)
        if reply.status in _NOBODY_BEHIND:
            return _Lost(reply.body.decode(errors="replace").strip() or f"HTTP {reply.status}", is_silence=True)
        try:
            return replace(wire.read(reply.body, spoken), sender=target)
        except (wire.UnreadableError, wire.FaultReceivedError, wire.InvalidMessageError) as error:
            return _Lost(str(error))


def _refused(error: RefusedError) -> HttpResponse:
    """What somebody hears who is not believed."""
    fault = wire.fault("Client", str(error))
    if error.challenge is None:
        return HttpResponse(HTTPStatus.INTERNAL_SERVER_ERROR, fault)
    return HttpResponse(HTTPStatus.UNAUTHORIZED, fault, headers={"www-authenticate": error.challenge})


def _moment(text: Json) -> datetime:
    moment = datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        raise ValueError(f"{text} names no offset from UTC")
    return moment.astimezone(UTC)


def _plain(status: int, text: str) -> HttpResponse:
    return HttpResponse(status, text.encode() + b"\n", "text/plain; charset=utf-8")


def _json(status: int, value: Json) -> HttpResponse:
    return HttpResponse(status, json.dumps(value).encode(), "application/json")


@cache
def _served(dialect_name: str) -> dict[str, str]:
    """The schemas of a dialect, as they refer to one another behind one address: a client asks for them one by one."""
    return schemas.documents(dialect(dialect_name), SERVED)

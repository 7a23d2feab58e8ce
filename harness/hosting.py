"""A stand-in with a network around it: SOAP in and its answers, what describes it, and everything refused that no system should take."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from http import HTTPStatus
from xml.sax.saxutils import escape

from ami import names, reply_codes, schemas
from ami.dialect import Dialect, dialect
from ami.identifiers import derived_id
from ami.messages import Header, Kind, Message, Reply, ReplyError
from ami.names import Wire
from ami.ports import StandIn
from ami.services import SERVICES, takes
from ami.wsdl import SERVED, wsdl
from harness.at_work import AtWork
from harness.clock_header import told_moment
from harness.guard import TOKEN_PATH, Guard, RefusedError
from harness.hosted_control import CONTROL_PATH, HostedControl
from harness.sending import Sending
from harness.served_documents import reached_at
from simulators import wire
from transports.http_server import HttpRequest, HttpResponse

SOAP_PATH = "/soap"
QUICK_BYTES = 64 * 1024
"""A larger message keeps all connections waiting while it is read."""


class Host:
    """One stand-in behind HTTP.

    dialect_on: how messages are wrapped on a wire. token: for its control port. guard: who is believed. stirred: is told that
    there may be something to send.
    """

    def __init__(self, stand_in: StandIn, dialect_on: Callable[[Wire], Dialect], passwords: Mapping[str, str], token: str) -> None:
        self.at_work = AtWork(stand_in, passwords)
        self.sending = Sending(self.at_work, dialect_on)
        self.control = HostedControl(self.at_work, self.sending.advance, token)
        self.own_address = ""
        self.guard = Guard()
        self.soap_paths = frozenset({SOAP_PATH})
        self.stirred: Callable[[], None] = lambda: None
        self._dialect_on = dialect_on
        self._only_asked = threading.local()
        self._spoken: dict[str, Dialect] = {}
        self._readers: dict[str, wire.Reader] = {}

    def _spoken_by(self, sender: str) -> Dialect:
        """How a neighbour wraps what it sends here, and what it is answered."""
        if sender not in self._spoken:
            self._spoken[sender] = self._dialect_on(Wire(sender, self.at_work.name))
        return self._spoken[sender]

    def _reader(self, sender: str) -> wire.Reader:
        """What reads the messages of a neighbour."""
        if sender not in self._readers:
            self._readers[sender] = wire.Reader(self._spoken_by(sender))
        return self._readers[sender]

    def handle(self, request: HttpRequest) -> HttpResponse:
        """Answer one HTTP request. One that knows the key to the clock says what time it is."""
        now = told_moment(request.headers, self.control.token)
        if now is not None:
            with self.at_work.logic:
                self.at_work.clock.tell(now)
        self._only_asked.of_this_thread = False
        try:
            return self._answered(request)
        finally:
            # A question leaves nothing to do but what it put into the outbox: to look for more each time costs as much as the answer.
            if self.at_work.outbox or not self._only_asked.of_this_thread:
                self.stirred()

    def quick(self, request: HttpRequest) -> HttpResponse | None:
        """Answer a small message at once, where nobody else is with the stand-in; None leaves it to `handle`, on a thread that may wait.

        Only for a stand-in that keeps nothing in a database: it calls nobody, and what it sends goes out later.
        """
        if request.method != "POST" or request.path not in self.soap_paths or len(request.body) > QUICK_BYTES:
            return None
        if not self.at_work.logic.acquire(blocking=False):
            return None
        try:
            return self.handle(request)
        finally:
            self.at_work.logic.release()

    def nothing_here(self) -> HttpResponse:
        """The answer where nothing is."""
        return _plain(HTTPStatus.NOT_FOUND, "nothing is served here")

    def _answered(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(CONTROL_PATH):
            return self.control.answer(request)
        if request.path == TOKEN_PATH and request.method == "POST":
            return self.guard.token(request, self.at_work.known.passwords)
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
            sender = self.guard.sender(request, self.at_work.known.passwords, self.at_work.now)
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
        with self.at_work.logic:
            self.at_work.clock.hear(message.header.timestamp)
            return self._answer(self._take(message), message.header.verb, sender)

    def _refusal(self, message: Message) -> str | None:
        header = message.header
        if header.noun not in SERVICES[self.at_work.name]:
            return reply_codes.INVALID_NOUN
        if not takes(self.at_work.name, header.verb, header.noun):
            return reply_codes.INVALID_VERB
        if header.source != message.sender:
            return reply_codes.INVALID_SOURCE
        return None

    def _take(self, message: Message) -> Message:
        """The reply of the stand-in, or a plain acknowledgement where it has none; the rest goes to the outbox."""
        said = self.at_work.stand_in.receive(message, self.at_work.now)
        self.at_work.outbox.extend(sent for sent in said if sent.to is not None)
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
            message_id=derived_id(self.at_work.seed, self.at_work.name, "reply", header.message_id),
            timestamp=self.at_work.now,
            source=self.at_work.name,
            correlation_id=header.message_id,
        )
        return Message(Kind.RESPONSE, own, reply=reply)

    def _answer(self, message: Message, answered_verb: str, sender: str) -> HttpResponse:
        return HttpResponse(HTTPStatus.OK, wire.write(self.at_work.stamped(message), self._spoken_by(sender), answered_verb))

    def _document(self, request: HttpRequest) -> HttpResponse:
        spoken = self._spoken_by(self.at_work.name)
        address = reached_at(request, self.own_address) + request.path
        key, _, name = request.query.partition("=")
        text = _served(spoken.name).get(name) if key.lower() == "xsd" else None
        if request.query.lower() == "wsdl":
            text = wsdl(self.at_work.name, address, spoken)
        if text is None:
            return _plain(HTTPStatus.NOT_FOUND, "ask for ?wsdl")
        # Whole addresses: Java's old URLs drop the last part of a path where nothing but a query follows it.
        return HttpResponse(HTTPStatus.OK, text.replace('schemaLocation="?', f'schemaLocation="{escape(address)}?').encode())


def _refused(error: RefusedError) -> HttpResponse:
    """What somebody hears who is not believed."""
    fault = wire.fault("Client", str(error))
    if error.challenge is None:
        return HttpResponse(HTTPStatus.INTERNAL_SERVER_ERROR, fault)
    return HttpResponse(HTTPStatus.UNAUTHORIZED, fault, headers={"www-authenticate": error.challenge})


def _plain(status: int, text: str) -> HttpResponse:
    return HttpResponse(status, text.encode() + b"\n", "text/plain; charset=utf-8")


@cache
def _served(dialect_name: str) -> dict[str, str]:
    """The schemas of a dialect, as they refer to one another behind one address: a client asks for them one by one."""
    return schemas.documents(dialect(dialect_name), SERVED)

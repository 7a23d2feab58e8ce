"""The wiretap: every wire leads through it, and it keeps every message as the bytes that they were."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from http import HTTPStatus
from itertools import count
from typing import NamedTuple

from ami import names
from ami.errors import UnreachableError
from ami.names import Wire
from harness.clock_header import CLOCK, clock_header
from harness.credentials import Protected
from harness.guard import TOKEN_PATH
from harness.obligations import obliges
from harness.open_exchanges import OpenExchanges
from harness.served_documents import led_to, reached_at
from transports import http_client
from transports.http_server import HttpRequest, HttpResponse
from transports.security.tls import Context

PASSED_ON = ("authorization", "content-type", "soapaction")
"""The request headers that cross the tap; none of them is kept but those of JUDGED."""

JUDGED = ("content-type", "soapaction")
"""The headers that the judge hears of."""

DELIBERATE = "x-metergate-deliberate"
"""A request header by which the tester says that a message is broken on purpose; it ends at the tap."""

PASSED_BACK = ("www-authenticate",)

LIMIT_BYTES = 64 * 1024 * 1024
"""Far more than any system takes, so that it is the system that refuses what is too large, and not the tap."""

SPEAKERS = (*names.SYSTEMS, names.TESTER)


@dataclass(frozen=True, slots=True)
class Captured:
    """One message on one wire. leg: request or reply; status: of the reply in HTTP, 0 for a request.

    is_deliberate: the tester broke it on purpose, to see what the other side makes of it. headers: of HTTP, those of JUDGED; None
    where they are not known.
    """

    number: int
    exchange: int
    wire: Wire
    leg: str
    sender: str
    at: datetime
    status: int
    soap_action: str | None
    body: bytes
    is_deliberate: bool = False
    headers: Mapping[str, str] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a faulty wire does, to prove that the harness finds it.

    on_request: the requests that arrive for one that was sent (none, one, several). on_reply: the reply that arrives.
    """

    name: str
    on_request: Callable[[bytes], Sequence[bytes]]
    on_reply: Callable[[bytes], bytes]


class Unreached(NamedTuple):
    """A message that did not cross its wire, and why."""

    wire: Wire
    reason: str

    def __str__(self) -> str:
        return f"{self.wire}: {self.reason}"


class Wiretap:
    """A proxy with a path for each wire: `/<source>/<target>`.

    now: tells what messages are stamped with. story_now: tells what stand-ins are told, the same unless set otherwise.
    target_of: where each target takes SOAP; token_of: the keys to the clocks of those that are simulated. Both are
    filled in once all stand. unled: systems that speak when they like. protect: what a message of ours goes out as, None
    for one that is not ours; refused: is told that its target wanted other credentials; tls_of: what https is spoken with
    to a target. numbers: of messages and exchanges, the first one and how far apart they are.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        faults: Mapping[Wire, Fault],
        numbers: tuple[int, int] = (1, 1),
        timeout_s: float = http_client.TIMEOUT_S,
    ) -> None:
        self.target_of: dict[str, str] = {}
        self.token_of: dict[str, str] = {}
        self._now = now
        self.story_now = now
        self._faults = faults
        self._timeout_s = timeout_s
        self.protect: Callable[[Wire, HttpRequest], Protected | None] = lambda _wire, _request: None
        self.refused: Callable[[Wire], None] = lambda _: None
        self.tls_of: Callable[[Wire], Context | None] = lambda _: None
        self._numbers = count(*numbers)
        self._exchanges = count(*numbers)
        self._captured: list[Captured] = []
        self._unreachable: list[Unreached] = []
        self._heard: set[str] = set()
        self._obliged: set[str] = set()
        self._stirred = threading.Event()
        self.unled: frozenset[str] = frozenset()
        self._open = OpenExchanges()
        self._lock = threading.Lock()

    def handle(self, request: HttpRequest, scheme: str = "http") -> HttpResponse:
        """Pass one request on to its target and the reply back. scheme: by which it came."""
        source, _, target = request.path.removesuffix(TOKEN_PATH).strip("/").partition("/")
        if request.method not in ("GET", "POST") or source not in SPEAKERS or target not in self.target_of:
            return _plain(HTTPStatus.NOT_FOUND, f"no wire {request.path}")
        wire = Wire(source, target)
        if request.method == "GET":
            return self._documents(wire, request, scheme)
        if request.path.endswith(TOKEN_PATH):
            return self._token(wire, request)
        if request.too_large:
            # Passed on without its body it would be another message than the one that was sent.
            return self._broken(wire, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "a message is larger than the wiretap takes")
        fault = self._faults.get(wire)
        bodies = fault.on_request(request.body) if fault else (request.body,)
        if source in self.unled:
            self._open.let_answers_pass(source)
        with self._open.owed_by(target):
            answers = [self._exchange(wire, replace(request, body=body), fault) for body in bodies]
        return answers[0] if answers else _plain(HTTPStatus.GATEWAY_TIMEOUT, "nothing came through")

    def take(self) -> tuple[list[Captured], list[Unreached]]:
        """All that was captured since the last call, in order, and what could not be reached."""
        with self._lock:
            captured, self._captured = self._captured, []
            unreachable, self._unreachable = self._unreachable, []
        return sorted(captured, key=lambda message: message.number), unreachable

    def unreachable(self) -> list[Unreached]:
        """What could not be reached since the last `take`."""
        with self._lock:
            return list(self._unreachable)

    def hears(self, within_s: float) -> bool:
        """Whether a message crosses a wire within so many seconds, or has since the last call of `heard`."""
        return self._stirred.wait(within_s)

    def heard(self) -> set[str]:
        """The systems that heard a message, or an answer to one of theirs, since the last call."""
        with self._lock:
            heard, self._heard = self._heard, set()
            self._stirred.clear()
        return heard

    def obliged(self) -> set[str]:
        """The systems that speak when they like and, since the last call, have heard what has to be followed by more."""
        with self._lock:
            obliged, self._obliged = self._obliged, set()
        return obliged

    def _documents(self, wire: Wire, request: HttpRequest, scheme: str) -> HttpResponse:
        """The WSDL and schemas of a target: reading them is no message. Whoever goes by the WSDL comes back to this wire."""
        target = self.target_of[wire.target]
        try:
            reply = http_client.get(f"{target}?{request.query}", tls=self.tls_of(wire))
        except UnreachableError as error:
            return self._broken(wire, HTTPStatus.BAD_GATEWAY, str(error))
        here = reached_at(request, f"{scheme}://") + request.path
        return HttpResponse(reply.status, led_to(here, reply.body, target), reply.headers.get("content-type", "text/xml"))

    def _token(self, wire: Wire, request: HttpRequest) -> HttpResponse:
        """The token that a real system asks a stand-in for: no message, and kept nowhere."""
        address = "/".join(self.target_of[wire.target].split("/")[:3]) + TOKEN_PATH
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        try:
            reply = http_client.post(address, request.body, headers, self._timeout_s, self.tls_of(wire))
        except UnreachableError as error:
            return self._broken(wire, HTTPStatus.BAD_GATEWAY, str(error))
        return HttpResponse(reply.status, reply.body, reply.headers.get("content-type", "application/json"))

    def _exchange(self, wire: Wire, request: HttpRequest, fault: Fault | None) -> HttpResponse:
        with self._lock:
            exchange = next(self._exchanges)
        try:
            protected = self.protect(wire, request)
        except UnreachableError as error:
            return self._broken(wire, HTTPStatus.BAD_GATEWAY, str(error))
        if protected is not None:
            carried = {name: value for name, value in request.headers.items() if name != "authorization"}
            if protected.authorization is not None:
                carried["authorization"] = protected.authorization
            request = replace(request, body=protected.body, headers=carried)
        action = request.headers.get("soapaction", "").strip().strip('"') or None
        is_deliberate = wire.source == names.TESTER and DELIBERATE in request.headers
        self._keep(wire, exchange, "request", 0, action, request.body, request.headers, is_deliberate)
        headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
        if wire.target in self.token_of:
            headers[CLOCK] = clock_header(self.story_now(), self.token_of[wire.target])
        try:
            reply = http_client.post(self.target_of[wire.target], request.body, headers, self._timeout_s, self.tls_of(wire))
        except UnreachableError as error:
            return self._broken(wire, HTTPStatus.BAD_GATEWAY, str(error))
        if reply.status == HTTPStatus.UNAUTHORIZED and protected is not None:
            self.refused(wire)
        body = fault.on_reply(reply.body) if fault else reply.body
        self._keep(wire, exchange, "reply", reply.status, None, body, reply.headers)
        back = {name: reply.headers[name] for name in PASSED_BACK if name in reply.headers}
        return HttpResponse(reply.status, body, reply.headers.get("content-type", "text/xml"), back)

    def _broken(self, wire: Wire, status: HTTPStatus, reason: str) -> HttpResponse:
        """Remember that nothing crossed a wire, which is nobody's finding, and say so to whoever sent it."""
        with self._lock:
            self._unreachable.append(Unreached(wire, reason))
        return _plain(status, reason)

    def _keep(
        self,
        wire: Wire,
        exchange: int,
        leg: str,
        status: int,
        action: str | None,
        body: bytes,
        headers: Mapping[str, str],
        is_deliberate: bool = False,
    ) -> None:
        sender = wire.source if leg == "request" else wire.target
        judged = {name: headers[name] for name in JUDGED if name in headers}
        with self._lock:
            number = next(self._numbers)
            self._heard |= {*wire}
            if leg == "request" and wire.target in self.unled and obliges(body):
                self._obliged.add(wire.target)
            self._stirred.set()
            self._captured.append(Captured(number, exchange, wire, leg, sender, self._now(), status, action, body, is_deliberate, judged))


def _plain(status: int, text: str) -> HttpResponse:
    return HttpResponse(status, text.encode() + b"\n", "text/plain; charset=utf-8")

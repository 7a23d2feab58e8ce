"""One client's connection: whole requests to the handler, answers back in the order of the requests."""

import asyncio
import math
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Final, cast

from transports.http_limits import Limits
from transports.http_message import Handler, HttpResponse, Quick, rendered
from transports.http_reader import Asked, Expecting, HttpReader, Refused

CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


@dataclass(slots=True)
class Service:
    """What all connections of one server share.

    handler: is called on the workers. quick: is asked first, on the loop. now: seconds that only run forward. later: calls
    a function on the loop, from any thread. date: the moment, as HTTP writes it. crashes: what the handlers raised.
    """

    handler: Handler
    quick: Quick | None
    limits: Limits
    workers: Executor
    now: Callable[[], float]
    later: Callable[[Callable[[], None]], object]
    crashes: list[BaseException]
    date: str = ""
    connections: set["Connection"] = field(default_factory=set)
    is_stopping: bool = False


class Connection(asyncio.Protocol):
    """See the module. `deadline`: when the client has been waited for long enough."""

    def __init__(self, service: Service) -> None:
        self.deadline = math.inf
        self._service = service
        self._reader = HttpReader(service.limits)
        self._transport: asyncio.Transport | None = None
        self._waiting: deque[Asked | Refused | Expecting] = deque()
        self._out: list[bytes] = []
        self._is_busy = False
        self._is_paused = False
        self._is_ended = False
        self._has_left = False

    # What the loop calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has come."""
        self._transport = cast("asyncio.Transport", transport)
        service = self._service
        if len(service.connections) >= service.limits.connections:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "too many connections")
        service.connections.add(self)
        self._set_deadline()
        self._flush()

    def connection_lost(self, _error: Exception | None) -> None:
        """The client has gone; an answer under way goes nowhere."""
        self._transport = None
        self._waiting.clear()
        self._service.connections.discard(self)

    def data_received(self, data: bytes) -> None:
        """Bytes of the client's; after the last answer they are read only so that it is not torn off."""
        if self._is_ended:
            return
        was_reading, had_head = self._reader.is_reading, self._reader.has_head
        self._waiting.extend(self._reader.feed(data))
        self._go_on()
        if not self._reader.is_reading or not was_reading or had_head is not self._reader.has_head:
            self._set_deadline()

    def eof_received(self) -> bool:
        """The client writes no more; it may still be waiting for its answers. Whether the connection stays open for them."""
        self._has_left = True
        return self._is_busy or bool(self._waiting)

    def pause_writing(self) -> None:
        """The client does not take its answers: it gets no more of them until it does."""
        self._is_paused = True
        self._set_deadline()

    def resume_writing(self) -> None:
        """It does again."""
        self._is_paused = False
        self._go_on()
        self._set_deadline()

    # What the server calls

    def expire(self) -> None:
        """The client has been waited for long enough."""
        reader = self._reader
        if reader.is_reading and not self._is_ended and not self._is_paused:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "the request did not arrive in time")
            self._flush()
        elif self._transport is not None:
            self._transport.abort() if self._is_paused or self._is_ended else self._transport.close()

    def close_when_idle(self) -> None:
        """Let what is being answered be answered, and take no more."""
        if self._transport is not None and not self._is_busy and not self._waiting:
            self._transport.close()

    def abort(self) -> None:
        """End at once."""
        if self._transport is not None:
            self._transport.abort()

    # Answers

    def _go_on(self) -> None:
        """Answer what is waiting, one after the other, until something takes its time."""
        while self._waiting and not self._is_busy and not self._is_ended and not self._is_paused:
            found = self._waiting.popleft()
            if isinstance(found, Asked):
                self._answer(found)
            elif isinstance(found, Expecting):
                self._out.append(CONTINUE)
            else:
                self._refuse(found.status, found.reason)
        self._flush()
        self._hold_back()

    def _answer(self, asked: Asked) -> None:
        service = self._service
        # Whoever answers a GET answers a HEAD: its body is left out on the way.
        request = replace(asked.request, method="GET") if asked.request.method == "HEAD" else asked.request
        answer: HttpResponse | None = None
        if service.quick is not None:
            try:
                answer = service.quick(request)
            except Exception as crash:  # noqa: BLE001 - whatever a handler raises is kept and told by whoever runs the servers
                answer = self._crashed(crash)
        if answer is not None:
            self._say(answer, asked)
            return
        self._is_busy = True
        service.workers.submit(service.handler, request).add_done_callback(lambda done: self._handled(done, asked))

    def _handled(self, done: Future[HttpResponse], asked: Asked) -> None:
        """Called on the worker's thread, or on that of whoever cancelled it."""
        # A loop that is closed has nobody left to answer.
        with suppress(RuntimeError):
            self._service.later(lambda: self._answered(done, asked))

    def _answered(self, done: Future[HttpResponse], asked: Asked) -> None:
        self._is_busy = False
        if done.cancelled():
            self.abort()
            return
        crash = done.exception()
        self._say(done.result() if crash is None else self._crashed(crash), asked)
        self._go_on()
        self._set_deadline()

    def _crashed(self, crash: BaseException) -> HttpResponse:
        self._service.crashes.append(crash)
        return HttpResponse(500, b"", "text/plain")

    def _say(self, answer: HttpResponse, asked: Asked) -> None:
        goes_on = asked.keep_alive and not self._service.is_stopping and not (self._has_left and not self._waiting)
        self._out.append(rendered(answer, self._service.date, keep_alive=goes_on, without_body=asked.request.method == "HEAD"))
        if not goes_on:
            self._end()

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        answer = HttpResponse(status, reason.encode() + b"\n", "text/plain; charset=utf-8")
        self._out.append(rendered(answer, self._service.date, keep_alive=False))
        self._end()

    def _end(self) -> None:
        self._is_ended = True
        self._waiting.clear()

    def _flush(self) -> None:
        transport = self._transport
        if transport is None:
            self._out.clear()
            return
        if self._out:
            transport.write(self._out[0] if len(self._out) == 1 else b"".join(self._out))
            self._out.clear()
        if self._is_ended:
            self._take_leave(transport)

    def _take_leave(self, transport: asyncio.Transport) -> None:
        """Close, but not while the client is still writing: a socket closed on unread bytes tears off the answer."""
        if self._has_left or not transport.can_write_eof():
            transport.close()
        elif not transport.is_closing():
            with suppress(OSError):
                transport.write_eof()
            self._set_deadline()

    def _hold_back(self) -> None:
        """Read no further ahead than a few requests."""
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        if len(self._waiting) >= self._service.limits.waiting:
            if transport.is_reading():
                transport.pause_reading()
        elif not transport.is_reading():
            transport.resume_reading()

    def _set_deadline(self) -> None:
        limits, reader = self._service.limits, self._reader
        if self._is_ended:
            patience = limits.linger_s
        elif self._is_paused:
            patience = limits.idle_s
        elif self._is_busy:
            patience = math.inf
        elif reader.is_reading:
            patience = limits.body_s if reader.has_head else limits.head_s
        else:
            patience = limits.idle_s
        self.deadline = self._service.now() + patience

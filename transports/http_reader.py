"""From a client's bytes to whole requests, or to the one refusal that ends the conversation; it does no I/O."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote

import httptools

from transports.http_limits import Limits
from transports.http_message import HttpRequest

BODILESS: Final = frozenset({"GET", "HEAD", "OPTIONS", "DELETE", "TRACE"})
"""Methods that need not say how long their body is."""

_OFFERS: Final = frozenset({"upgrade", "connection", "http2-settings"})
"""The header fields by which a client offers to go on in another protocol; nobody has to take it up."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A whole request. keep_alive: the client wants to go on after its answer."""

    request: HttpRequest
    keep_alive: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Bytes that are no request, or one that no server should take: answered with `status` and a reason, and then no more."""

    status: HTTPStatus
    reason: str


@dataclass(frozen=True, slots=True)
class Expecting:
    """The client has sent a head and waits to be told that it may go on."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A head as it came, and what it means: a client that asks again sends the same one. size: of head and body."""

    head: bytes
    size: int
    asked: Asked

    def with_body(self, data: bytes) -> Asked:
        """The request in `data`, which begins with this head and is a whole one."""
        like = self.asked.request
        return Asked(HttpRequest(like.method, like.path, like.query, like.headers, data[len(self.head) :]), self.asked.keep_alive)


class HttpReader:
    """Reads one connection. `is_reading`: a request has begun; `has_head`: and its head is whole."""

    def __init__(self, limits: Limits) -> None:
        self.is_reading = False
        self.has_head = False
        self._limits = limits
        self._repeated: str
        self._head_size: int
        self._found: list[Asked | Refused | Expecting] = []
        self._ended = False
        self._begun = False
        self._head_fed = 0
        self._known: _Known | None = None
        self._begin()
        self._parser = httptools.HttpRequestParser(self)

    def feed(self, data: bytes) -> list[Asked | Refused | Expecting]:
        """What is complete with these bytes. After a refusal, all that follows is thrown away."""
        known = self._known
        if known is not None and not self.is_reading and len(data) == known.size and data.startswith(known.head):
            return [known.with_body(data)]
        self._found = []
        self._begun = False
        at_start = not self.is_reading
        rest = data
        while rest and not self._ended:
            rest = self._fed(rest)
        if self.is_reading and not self.has_head and not self._begun:
            # The parser keeps an unfinished field to itself: only what was fed tells how much that is.
            self._head_fed += len(data)
            if self._head_fed > self._limits.head_bytes:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the head of the request is too large")
        if at_start and len(self._found) == 1 and not self._ended and not self.is_reading:
            self._known = _known(data, self._found[0])
        return self._found

    def _fed(self, data: bytes) -> bytes:
        """Feed the parser; what has to be fed again, because the client offered another protocol."""
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as offer:
            return self._declined(data[offer.args[0] :])
        except httptools.HttpParserInvalidMethodError:
            self._refuse(HTTPStatus.NOT_IMPLEMENTED, "no such method")
        except httptools.HttpParserError as error:
            self._refuse(HTTPStatus.BAD_REQUEST, f"not HTTP: {error}")
        return b""

    def _declined(self, rest: bytes) -> bytes:
        """The request once more without the offer of another protocol, and what came behind its head."""
        kept = "".join(f"{name}: {value}\r\n" for name, value in self._headers.items() if name not in _OFFERS)
        self._parser = httptools.HttpRequestParser(self)
        self._is_declined = False
        return f"{self._method} {self._url.decode('latin-1')} HTTP/1.1\r\n{kept}\r\n".encode("latin-1") + rest

    # What the parser calls

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self._begin()
        self._begun = True
        self._head_fed = 0
        self.is_reading = True

    def on_url(self, url: bytes) -> None:
        """A piece of what is asked for."""
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header field; those behind a chunked body say nothing."""
        if self.has_head:
            return
        key = name.decode("latin-1").lower()
        if key in self._headers:
            self._repeated = key if key in ("host", "authorization", "soapaction", "content-type") else self._repeated
            self._headers[key] += f", {value.decode('latin-1').strip()}"
        else:
            self._headers[key] = value.decode("latin-1").strip()
        self._head_size += len(name) + len(value)

    def on_headers_complete(self) -> None:
        """The end of the head: what is wrong with a request shows here, before its body is waited for."""
        self.has_head = True
        self._method = self._parser.get_method().decode("latin-1")
        self._is_declined = self._parser.should_upgrade() and self._method != "CONNECT"
        refusal = self._refusal()
        if refusal is not None:
            self._refuse(*refusal)
        elif self._expects and not self._is_declined:
            if self._announced > self._limits.body_bytes:
                # Nothing of it needs to be sent: this is what the client wanted to know.
                self._size = self._announced
                self._complete(keep_alive=False)
            else:
                self._found.append(Expecting())

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self._size += len(body)
        if self._ended:
            return
        if self._size <= self._limits.body_bytes:
            self._body.append(body)
        elif self._size > self._limits.drained_bytes:
            self._complete(keep_alive=False)

    def on_message_complete(self) -> None:
        """The end of a request."""
        if not self._ended and not self._is_declined:
            self._complete(keep_alive=self._parser.should_keep_alive())

    # What is made of it

    def _begin(self) -> None:
        self.has_head = False
        self._url = b""
        self._method = ""
        self._headers: dict[str, str] = {}
        self._repeated = ""
        self._head_size = 0
        self._body: list[bytes] = []
        self._size = 0
        self._is_declined = False

    @property
    def _announced(self) -> int:
        return int(self._headers.get("content-length", "0"))

    @property
    def _expects(self) -> bool:
        return self._headers.get("expect", "").lower() == "100-continue"

    def _refusal(self) -> tuple[HTTPStatus, str] | None:
        headers = self._headers
        coding = headers.get("transfer-encoding", "").lower()
        if self._head_size + len(self._url) > self._limits.head_bytes:
            return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the head of the request is too large"
        if self._method == "CONNECT":
            return HTTPStatus.NOT_IMPLEMENTED, "this is no proxy"
        if self._repeated:
            return HTTPStatus.BAD_REQUEST, f"the header field {self._repeated} stands twice"
        if "host" not in headers and self._parser.get_http_version() == "1.1":
            return HTTPStatus.BAD_REQUEST, "a request of HTTP/1.1 names its Host"
        if coding not in ("", "chunked"):
            return HTTPStatus.NOT_IMPLEMENTED, "the only Transfer-Encoding is chunked"
        if not coding and "content-length" not in headers and self._method not in BODILESS:
            return HTTPStatus.LENGTH_REQUIRED, "Content-Length, or Transfer-Encoding: chunked, is missing"
        if headers.get("expect") and not self._expects:
            return HTTPStatus.EXPECTATION_FAILED, "nothing can be expected but 100-continue"
        return None

    def _complete(self, *, keep_alive: bool) -> None:
        too_large = self._size > self._limits.body_bytes
        target = self._url.decode("latin-1")
        if not target.startswith("/"):
            target = _of_absolute(self._url)
        path, _, query = target.partition("?")
        body = b"" if too_large else self._body[0] if len(self._body) == 1 else b"".join(self._body)
        request = HttpRequest(self._method, unquote(path) if "%" in path else path, query, self._headers, body, too_large)
        self._found.append(Asked(request, keep_alive))
        self.is_reading = False
        self._ended = not keep_alive

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        if not self._ended:
            self._found.append(Refused(status, reason))
        self._ended = True
        self.is_reading = False


def _known(data: bytes, found: Asked | Refused | Expecting) -> _Known | None:
    """The head of a request that came in one piece, said how long it is, and is all that came."""
    if not isinstance(found, Asked) or found.request.too_large or "content-length" not in found.request.headers:
        return None
    head, end, body = data.partition(b"\r\n\r\n")
    return _Known(head + end, len(data), found) if body == found.request.body and not head.startswith(b"\r\n") else None


def _of_absolute(url: bytes) -> str:
    """The path and query of `http://host/path?query`, and of `*`."""
    try:
        parts = httptools.parse_url(url)
    except httptools.HttpParserInvalidURLError:
        return url.decode("latin-1")
    path = (parts.path or b"/").decode("latin-1")
    return f"{path}?{parts.query.decode('latin-1')}" if parts.query else path

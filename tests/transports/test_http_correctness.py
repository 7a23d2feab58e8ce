"""HTTP as RFC 9110 and 9112 have it: what is refused and how, connections that go on, and clients that do not behave."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from http.client import HTTPMessage, parse_headers
from io import BytesIO
from typing import NamedTuple

import pytest

from tests.transports.test_http_server import connected, echo
from transports.http_server import HttpRequest, HttpResponse, HttpServers, Limits

HEAD = b"POST /soap HTTP/1.1\r\nHost: x\r\n"
GOOD = HEAD + b"Content-Length: 2\r\n\r\nok"
SHORT = Limits(body_bytes=1000, head_s=0.2, body_s=0.2, idle_s=0.2, linger_s=0.2)

Speaks = Callable[[bytes], list[tuple[int, bytes]]]


@contextmanager
def talking(servers: HttpServers, limits: Limits | None = None) -> Iterator[socket.socket]:
    """A bare connection to a server that answers with what came in."""
    with connected(servers.serve(echo, limits=limits)) as client:
        yield client


class Answer(NamedTuple):
    """One answer."""

    status: int
    headers: HTTPMessage
    said: bytes

    def getheader(self, name: str) -> str | None:
        """A header field of it."""
        return self.headers.get(name)


def answer(client: socket.socket, method: str = "POST") -> Answer:
    """The next answer on a connection, and not a byte of the one after it."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = client.recv(1)
        assert byte, f"the connection ended after {head!r}"
        head += byte
    line, _, fields = head.partition(b"\r\n")
    headers = parse_headers(BytesIO(fields))
    left = 0 if method == "HEAD" else int(headers["content-length"])
    body = b""
    while len(body) < left:
        body += client.recv(left - len(body))
    return Answer(int(line.split()[1]), headers, body)


def status_of(servers: HttpServers, sent: bytes, limits: Limits | None = None) -> int:
    """The status of the only answer to these bytes; the connection ends with it."""
    with talking(servers, limits) as client:
        client.sendall(sent)
        response = answer(client)
        assert response.getheader("connection") == "close"
        assert client.recv(100) == b""
    return response.status


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 501),
        (b"GET \r\n\r\n", 400),
        (b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501),
        (b"CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n", 501),
        (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHo st: x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\n", 400),
        (b"GET / HTTP/1.1\nHost: x\n\n", 400),
        (HEAD + b"Authorization: a\r\nAuthorization: b\r\nContent-Length: 0\r\n\r\n", 400),
        (HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nok", 400),
        (HEAD + b"Content-Length: -2\r\n\r\nok", 400),
        (HEAD + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok", 400),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nno number\r\n", 400),
        (HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
        (HEAD + b"\r\n", 411),
        (HEAD + b"Expect: a miracle\r\nContent-Length: 2\r\n\r\nok", 417),
        (HEAD + b"X: " + b"x" * 40_000 + b"\r\nContent-Length: 0\r\n\r\n", 431),
        (b"GET /" + b"x" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 400_000, 431),
    ],
)
def test_what_is_no_request_is_refused_by_its_status(servers: HttpServers, sent: bytes, status: int) -> None:
    """Whoever watches the wire sees by the number what was wrong."""
    assert status_of(servers, sent) == status


@pytest.mark.parametrize(
    "sent",
    [
        b"POST",
        b"POST / HTTP/1.1\r\nHost: x\r\n",
        HEAD + b"Content-Length: 10\r\n\r\nhalf",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nha",
    ],
)
def test_request_that_does_not_come_to_an_end_is_given_up(servers: HttpServers, sent: bytes) -> None:
    """A client that drips its bytes holds its connection no longer than it is allowed to."""
    assert status_of(servers, sent, SHORT) == 408


def test_client_that_drips_its_head_is_not_waited_for_anew_with_every_drop(servers: HttpServers) -> None:
    """The time counts from the first byte."""
    with talking(servers, SHORT) as client:
        client.settimeout(0.05)
        for drop in b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 100:
            try:
                client.sendall(bytes([drop]))
                got = client.recv(100)
            except TimeoutError:
                continue
            assert got.startswith(b"HTTP/1.1 408")
            return
    raise AssertionError("it was waited for a hundred drops")


def test_silent_connection_is_closed_without_a_word(servers: HttpServers) -> None:
    """Between two requests there is nothing to refuse."""
    with talking(servers, SHORT) as client:
        client.sendall(GOOD)
        assert answer(client).status == 200
        assert client.recv(100) == b""


def test_many_requests_go_over_one_connection(servers: HttpServers) -> None:
    """Each with its own answer, whether its head is that of the one before or not."""
    with talking(servers) as client:
        for number in range(50):
            body = b"x" * (number % 7)
            client.sendall(HEAD + f"X: {number % 3}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            response = answer(client)
            assert (response.status, response.said) == (200, body)
            assert response.getheader("connection") is None


def test_requests_sent_ahead_are_answered_in_their_order(servers: HttpServers) -> None:
    """Thirty of them in one go, handled on four threads."""
    with talking(servers) as client:
        client.sendall(b"".join(HEAD + f"Content-Length: 2\r\n\r\n{number:02}".encode() for number in range(30)))
        bodies = [int(answer(client).said) for _ in range(30)]
    assert bodies == list(range(30))


def test_last_request_ends_the_connection(servers: HttpServers) -> None:
    """With `Connection: close`, and in HTTP/1.0 unless told otherwise."""
    assert status_of(servers, HEAD + b"Connection: close\r\nContent-Length: 2\r\n\r\nok" + GOOD) == 200
    assert status_of(servers, b"GET / HTTP/1.0\r\n\r\n") == 200


def test_body_in_chunks_is_one_body(servers: HttpServers) -> None:
    """Without its frame, and what stands behind it is no header."""
    with talking(servers) as client:
        client.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n3\r\ncde\r\n0\r\nX-Method: DELETE\r\n\r\n" + GOOD)
        first, second = answer(client), answer(client)
        assert first.said == b"abcde"
        assert (first.getheader("x-method"), second.status) == ("POST", 200)


def test_client_that_asks_first_is_told_to_go_on(servers: HttpServers) -> None:
    """The rest is sent only then."""
    with talking(servers) as client:
        client.sendall(HEAD + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"ok")
        assert answer(client).said == b"ok"


def test_client_that_asks_first_need_not_send_what_is_too_large(servers: HttpServers) -> None:
    """It is told at once."""

    def refusing(request: HttpRequest) -> HttpResponse:
        return HttpResponse(413 if request.too_large else 200, b"")

    with connected(servers.serve(refusing, limit_bytes=10)) as client:
        client.sendall(HEAD + b"Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n")
        assert answer(client).status == 413
        assert client.recv(100) == b""


def test_client_that_writes_no_more_gets_its_answer(servers: HttpServers) -> None:
    """A closed half is no reason to hang up."""
    with talking(servers) as client:
        client.sendall(GOOD + GOOD)
        client.shutdown(socket.SHUT_WR)
        assert [answer(client).status, answer(client).status] == [200, 200]
        assert client.recv(100) == b""


@pytest.mark.parametrize("body", [b"", b"xyz"])
def test_offer_of_another_protocol_is_passed_over(servers: HttpServers, body: bytes) -> None:
    """Java's client offers HTTP/2 with its first request; what it asked for is answered in HTTP/1.1."""
    offer = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAA\r\n"
    with talking(servers) as client:
        client.sendall(HEAD + offer + f"Content-Length: {len(body)}\r\n\r\n".encode() + body + GOOD)
        first, second = answer(client), answer(client)
        assert (first.status, first.said, second.status) == (200, body, 200)


def test_head_is_an_answer_without_its_body(servers: HttpServers) -> None:
    """Its length is told; every answer has a date."""
    with connected(servers.serve(lambda request: HttpResponse(200, b"wsdl", headers={"x-method": request.method}))) as client:
        client.sendall(b"HEAD /soap?wsdl HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        first = answer(client, "HEAD")
        assert (first.status, first.getheader("content-length"), first.getheader("x-method")) == (200, "4", "GET")
        assert parsedate_to_datetime(first.getheader("date") or "").tzinfo is not None
        assert answer(client).said == b"wsdl"


def test_whole_address_is_a_path_as_well(servers: HttpServers) -> None:
    """As a client writes it that speaks to a proxy."""
    with talking(servers) as client:
        client.sendall(b"GET http://x:1/a%20b?c=d HTTP/1.1\r\nHost: x:1\r\n\r\n")
        response = answer(client)
        assert (response.getheader("x-path"), response.getheader("x-query")) == ("/a b", "c=d")


def test_quick_answer_is_given_where_there_is_one(servers: HttpServers) -> None:
    """The handler is asked for the rest, and a crash of either is kept."""

    def quick(request: HttpRequest) -> HttpResponse | None:
        if request.path == "/crash":
            raise ZeroDivisionError
        return HttpResponse(200, b"quick") if request.path == "/quick" else None

    with connected(servers.serve(lambda _: HttpResponse(200, b"slow"), quick=quick)) as client:
        for path, body in (("/quick", b"quick"), ("/slow", b"slow"), ("/crash", b"")):
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert answer(client).said == body
    assert [type(crash) for crash in servers.take_crashes()] == [ZeroDivisionError]


def test_client_that_takes_no_answers_is_not_read_on(servers: HttpServers) -> None:
    """It gets all of them when it does, in order; until then the server holds back."""
    many = 400
    body = b"x" * 50_000
    with connected(servers.serve(lambda _: HttpResponse(200, body), limits=Limits(waiting=2))) as client:
        client.settimeout(20)
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * many)
        client.shutdown(socket.SHUT_WR)
        received = sum(iter(lambda: len(client.recv(1 << 20)), 0))
    assert received > many * len(body)


def test_one_client_too_many_is_told_to_come_later(servers: HttpServers) -> None:
    """And the others are served."""
    address = servers.serve(echo, limits=Limits(connections=1))
    with connected(address) as first:
        first.sendall(GOOD)
        assert answer(first).status == 200
        with connected(address) as second:
            assert answer(second).status == 503
        first.sendall(GOOD)
        assert answer(first).status == 200

"""Servers on sockets of their own."""

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from ami.errors import ConfigurationError
from tests.transports.listener import Listener
from transports import http_client
from transports.http_server import DRAIN_FACTOR, HttpRequest, HttpResponse, HttpServers

LIMIT = 256 * 1024
"""So much that it arrives in many pieces."""


def echo(request: HttpRequest) -> HttpResponse:
    """Answers with what came in."""
    return HttpResponse(200, request.body, headers={"x-path": request.path, "x-query": request.query, "x-method": request.method})


def measured(request: HttpRequest) -> HttpResponse:
    """Refuses what is too large, and says how much of it was kept."""
    return HttpResponse(413 if request.too_large else 200, str(len(request.body)).encode())


def connected(address: str) -> socket.socket:
    """A bare connection to a server."""
    parts = urlsplit(address)
    return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10)


def test_request_reaches_the_handler_as_it_was_sent(servers: HttpServers) -> None:
    """Method, decoded path, raw query, and bytes that are no text."""
    reply = http_client.post(f"{servers.serve(echo)}/a%20b?c=%20d", b"\xff\x00<a/>", {})

    assert (reply.status, reply.body) == (200, b"\xff\x00<a/>")
    assert (reply.headers["x-method"], reply.headers["x-path"], reply.headers["x-query"]) == ("POST", "/a b", "c=%20d")


def test_header_names_are_in_lower_case(servers: HttpServers) -> None:
    """A handler asks for `soapaction`, however the client spelled it."""
    address = servers.serve(lambda request: HttpResponse(200, request.headers["soapaction"].encode()))

    assert http_client.post(address, b"", {"SOAPAction": '"x"'}).body == b'"x"'


@pytest.mark.parametrize(("size", "status", "kept"), [(LIMIT, 200, LIMIT), (LIMIT + 1, 413, 0), (LIMIT * DRAIN_FACTOR, 413, 0)])
def test_body_above_the_limit_is_thrown_away(servers: HttpServers, size: int, status: int, kept: int) -> None:
    """And the handler is told so."""
    reply = http_client.post(servers.serve(measured, limit_bytes=LIMIT), b"x" * size, {})

    assert (reply.status, reply.body) == (status, str(kept).encode())


def test_refusal_reaches_a_client_that_is_still_writing(servers: HttpServers) -> None:
    """A client that sends all before it listens gets its answer all the same; no reset cuts it off."""
    size = 3 * 1024 * 1024
    with connected(servers.serve(measured, limit_bytes=1024 * 1024)) as client:
        client.sendall(f"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {size}\r\n\r\n".encode() + b"x" * size)

        assert client.recv(100).startswith(b"HTTP/1.1 413")


def test_half_a_request_is_none(servers: HttpServers) -> None:
    """A client that leaves before the end of its body has said nothing; the next one is heard as ever."""
    listener = Listener()
    address = servers.serve(listener)
    with connected(address) as client:
        client.sendall(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf")

    http_client.post(address, b"whole", {})

    assert [request.body for request in listener.heard] == [b"whole"]


def test_crash_of_a_handler_is_answered_and_kept(servers: HttpServers) -> None:
    """The client sees HTTP 500 and nothing of the reason; who runs the servers sees the crash."""

    def crashing(_: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError("secret")

    reply = http_client.post(servers.serve(crashing), b"", {})

    assert (reply.status, reply.body) == (500, b"")
    assert [type(crash) for crash in servers.take_crashes()] == [ZeroDivisionError]
    assert servers.take_crashes() == []


def test_requests_are_answered_side_by_side(servers: HttpServers) -> None:
    """Each of four waits until all four have arrived."""
    gathered = threading.Barrier(4, timeout=10)

    def waiting(_: HttpRequest) -> HttpResponse:
        return HttpResponse(200, str(gathered.wait()).encode())

    address = servers.serve(waiting, workers=4)
    with ThreadPoolExecutor(4) as crowd:
        replies = list(crowd.map(lambda _: http_client.post(address, b"", {}).body, range(4)))

    assert sorted(replies) == [b"0", b"1", b"2", b"3"]


def test_each_server_has_a_port_of_its_own(servers: HttpServers) -> None:
    """Any number of them in one thread."""
    addresses = [servers.serve(Listener(HttpResponse(200, name))) for name in (b"a", b"b")]

    assert [http_client.get(address).body for address in addresses] == [b"a", b"b"]


def test_occupied_port_is_a_line_that_says_what_to_do(servers: HttpServers) -> None:
    """A configuration error, not a traceback."""
    port = urlsplit(servers.serve(echo)).port or 0

    with pytest.raises(ConfigurationError, match=f"cannot listen on 127.0.0.1:{port} .*: name a free port"):
        servers.serve(echo, port=port)


def test_stopping_ends_all_and_frees_the_ports() -> None:
    """Even where a client keeps its connection open; the same port can be had again at once."""
    before = threading.active_count()
    with HttpServers() as servers:
        addresses = [servers.serve(echo), servers.serve(echo)]
        assert [http_client.post(address, b"heard", {}).body for address in addresses] == [b"heard"] * 2
        idle = connected(addresses[0])

    with idle, HttpServers() as again:
        ports = [urlsplit(address).port or 0 for address in addresses]
        assert [again.serve(echo, port=port) for port in ports] == addresses
    assert threading.active_count() == before

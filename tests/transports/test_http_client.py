"""Requests to systems."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from ami.errors import UnreachableError
from tests.transports import bad_neighbour
from tests.transports.bad_neighbour import Behave
from tests.transports.listener import Listener
from transports import http_client
from transports.http_server import HttpResponse, HttpServers


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket that somebody listens on, and nobody answers at."""
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


def test_closed_port_is_unreachable(listener: socket.socket) -> None:
    """The environment's fault, and the address is named."""
    port = listener.getsockname()[1]
    listener.close()

    with pytest.raises(UnreachableError, match=f"http://127.0.0.1:{port}/soap does not answer: no connection"):
        http_client.post(f"http://127.0.0.1:{port}/soap", b"", {})


def test_silence_is_unreachable_after_the_time_out(listener: socket.socket) -> None:
    """Somebody takes the connection and says nothing."""
    with pytest.raises(UnreachableError, match="no reply in time"):
        http_client.get(f"http://127.0.0.1:{listener.getsockname()[1]}", timeout_s=0.2)


@pytest.mark.parametrize("address", ["http://", "ftp://127.0.0.1/", "http://127.0.0.1:99999/"])
def test_address_that_is_none_is_unreachable(address: str) -> None:
    """Whatever the client library calls that."""
    with pytest.raises(UnreachableError, match="does not answer"):
        http_client.post(address, b"", {})


def test_redirect_is_an_answer_and_not_followed(servers: HttpServers) -> None:
    """Credentials go where they were meant to go, and nowhere else."""
    elsewhere = Listener()
    address = servers.serve(Listener(HttpResponse(307, b"", headers={"location": servers.serve(elsewhere)})))

    reply = http_client.post_soap(address, b"<a/>", "x", http_client.basic("hes", "secret"))

    assert (reply.status, elsewhere.heard) == (307, [])


def test_proxy_of_the_machine_is_not_asked(servers: HttpServers, monkeypatch: pytest.MonkeyPatch) -> None:
    """A landscape's wires are the landscape's."""
    proxy = Listener()
    monkeypatch.setenv("http_proxy", servers.serve(proxy))
    monkeypatch.delenv("no_proxy", raising=False)

    assert http_client.get(servers.serve(Listener(HttpResponse(200, b"direct")))).body == b"direct"
    assert proxy.heard == []


def test_soap_message_names_its_action_in_quotes(servers: HttpServers) -> None:
    """As SOAP 1.1 over HTTP has it, with the credentials beside it."""
    listener = Listener()
    address = servers.serve(listener)

    http_client.post_soap(address, b"<a/>", "urn:x", http_client.basic("Aladdin", "open sesame"))
    http_client.post_soap(address, b"<a/>", "urn:x", None)

    first, second = listener.heard
    assert first.body == b"<a/>"
    assert first.headers["soapaction"] == '"urn:x"'
    assert first.headers["content-type"] == "text/xml; charset=utf-8"
    assert first.headers["authorization"] == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    assert "authorization" not in second.headers


def test_reply_comes_back_as_it_was_sent(servers: HttpServers) -> None:
    """Status, bytes, and header names in lower case; an error status is an answer, too."""
    reply = http_client.get(servers.serve(Listener(HttpResponse(503, b"\xff", "text/x", {"X-Why": "busy"}))))

    assert (reply.status, reply.body) == (503, b"\xff")
    assert (reply.headers["content-type"], reply.headers["x-why"]) == ("text/x", "busy")


@pytest.mark.parametrize("behave", bad_neighbour.NO_REPLY, ids=lambda behave: behave.__name__)
def test_bad_neighbour_is_unreachable_in_time(behave: Behave, monkeypatch: pytest.MonkeyPatch) -> None:
    """However it goes about it: one line, within the time limit for the whole reply, and in bounded memory."""
    monkeypatch.setattr(http_client, "LIMIT_BYTES", 4 * 1024 * 1024)
    began = time.monotonic()
    with bad_neighbour.standing(behave) as address:
        with pytest.raises(UnreachableError) as caught:
            http_client.post(address, b"<a/>", {}, timeout_s=0.5)
        taken = time.monotonic() - began

    assert str(caught.value).startswith(address)
    assert "\n" not in str(caught.value)
    assert taken < 5


def test_answer_that_nobody_asked_for_is_no_answer_to_the_next_question() -> None:
    """It came on the connection before; the next question gets its own."""
    with bad_neighbour.standing(bad_neighbour.twice) as address:
        first = http_client.post(address, b"<a/>", {})
        second = http_client.post(address, b"<b/>", {})

    assert (first.body, second.body) == (b"<a/>", b"<b/>")


def test_time_limit_is_for_each_reply_and_not_for_the_connection(servers: HttpServers) -> None:
    """A connection that is kept open longer than one reply may take still serves."""
    address = servers.serve(Listener(HttpResponse(200, b"ok")))
    http_client.get(address, timeout_s=0.3)
    threading.Event().wait(0.4)

    assert http_client.get(address, timeout_s=0.3).body == b"ok"

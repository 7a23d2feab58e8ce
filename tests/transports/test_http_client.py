"""Requests to systems."""

import socket
from collections.abc import Iterator

import pytest

from ami.errors import UnreachableError
from transports import http_client
from transports.http_server import HttpRequest, HttpResponse, HttpServers


@pytest.fixture
def servers() -> Iterator[HttpServers]:
    """Servers that stop when the test ends."""
    with HttpServers() as made:
        yield made


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
    elsewhere: list[HttpRequest] = []
    target = servers.serve(lambda request: elsewhere.append(request) or HttpResponse(200, b""))  # type: ignore[func-returns-value]
    address = servers.serve(lambda _: HttpResponse(307, b"", headers={"location": target}))

    reply = http_client.post_soap(address, b"<a/>", "x", http_client.basic("hes", "secret"))

    assert (reply.status, elsewhere) == (307, [])


def test_proxy_of_the_machine_is_not_asked(servers: HttpServers, monkeypatch: pytest.MonkeyPatch) -> None:
    """A landscape's wires are the landscape's."""
    proxied: list[HttpRequest] = []
    proxy = servers.serve(lambda request: proxied.append(request) or HttpResponse(200, b"proxy"))  # type: ignore[func-returns-value]
    monkeypatch.setenv("http_proxy", proxy)
    monkeypatch.delenv("no_proxy", raising=False)

    assert http_client.get(servers.serve(lambda _: HttpResponse(200, b"direct"))).body == b"direct"
    assert not proxied


def test_soap_message_names_its_action_in_quotes(servers: HttpServers) -> None:
    """As SOAP 1.1 over HTTP has it, with the credentials beside it."""
    heard: list[HttpRequest] = []
    address = servers.serve(lambda request: heard.append(request) or HttpResponse(200, b""))  # type: ignore[func-returns-value]

    http_client.post_soap(address, b"<a/>", "urn:x", http_client.basic("Aladdin", "open sesame"))
    http_client.post_soap(address, b"<a/>", "urn:x", None)

    assert heard[0].body == b"<a/>"
    assert heard[0].headers["soapaction"] == '"urn:x"'
    assert heard[0].headers["content-type"] == "text/xml; charset=utf-8"
    assert heard[0].headers["authorization"] == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    assert "authorization" not in heard[1].headers


def test_reply_comes_back_as_it_was_sent(servers: HttpServers) -> None:
    """Status, bytes, and header names in lower case; an error status is an answer, too."""
    reply = http_client.get(servers.serve(lambda _: HttpResponse(503, b"\xff", "text/x", {"X-Why": "busy"})))

    assert (reply.status, reply.body) == (503, b"\xff")
    assert (reply.headers["content-type"], reply.headers["x-why"]) == ("text/x", "busy")

"""TLS: who shows what to whom, and what is said to somebody who is not believed."""

import ssl
from pathlib import Path

import pytest

from ami.errors import ConfigurationError, UnreachableError
from tests.pki import Authority
from tests.transports.listener import Listener
from transports import http_client
from transports.http_server import HttpResponse, HttpServers
from transports.security import tls
from transports.security.tls import Material

AUTHORITY, STRANGERS = Authority(), Authority()
SERVER = Material(AUTHORITY.ca, *AUTHORITY.issue("mdms"))
CLIENT = Material(AUTHORITY.ca, *AUTHORITY.issue("hes"))


def served(servers: HttpServers, own: Material = SERVER) -> str:
    """A server that speaks https."""
    address = servers.serve(Listener(HttpResponse(200, b"taken")), tls=tls.for_server(own))
    assert address.startswith("https://127.0.0.1:")
    return address


def test_message_goes_where_both_sides_are_believed(servers: HttpServers) -> None:
    """Each shows a certificate of the authority that the other believes; large messages and kept connections as without TLS."""
    address, context = served(servers), tls.for_client(CLIENT, SERVER)
    large = b"<a>" + b" " * 3_000_000 + b"</a>"

    assert [http_client.post(address, body, {}, tls=context).body for body in (b"<a/>", large, b"<a/>")] == [b"taken"] * 3


@pytest.mark.parametrize(
    ("own", "theirs", "why"),
    [
        (Material(), SERVER, "does not answer: "),
        (Material(None, *STRANGERS.issue("hes")), SERVER, "does not answer: "),
        (CLIENT, Material(STRANGERS.ca), "certificate verify failed"),
        (CLIENT, Material(), "certificate verify failed"),
    ],
    ids=["no client certificate", "a stranger's", "a server whom nobody vouches for", "a server whom the machine does not know"],
)
def test_message_goes_nowhere_else(servers: HttpServers, own: Material, theirs: Material, why: str) -> None:
    """One line that says why, and nothing was sent."""
    listener = Listener(HttpResponse(200, b"taken"))
    address = servers.serve(listener, tls=tls.for_server(SERVER))
    with pytest.raises(UnreachableError, match=why) as caught:
        http_client.post(address, b"<a/>", {}, tls=tls.for_client(own, theirs))

    assert "\n" not in str(caught.value)
    assert listener.heard == []


def test_server_under_another_name_is_not_believed(servers: HttpServers) -> None:
    """Although its authority is."""
    address = served(servers, Material(AUTHORITY.ca, *AUTHORITY.issue("mdms"))).replace("127.0.0.1", "127.0.0.2")
    context = tls.for_client(CLIENT, SERVER)
    with pytest.raises(UnreachableError):
        http_client.post(address, b"<a/>", {}, tls=context)
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED


def test_old_tls_is_not_spoken() -> None:
    """Neither as client nor as server."""
    for context in (tls.for_client(CLIENT, SERVER), tls.for_server(SERVER)):
        assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_pem_is_read_from_a_file_beside_or_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative name stands beside the environment file."""
    (tmp_path / "ca.pem").write_bytes(b"of the file")
    monkeypatch.setenv("T_PEM", "of the variable")

    assert tls.pem("ca.pem", tmp_path) == b"of the file"
    assert tls.pem(f"{tmp_path}/ca.pem", Path("elsewhere")) == b"of the file"
    assert tls.pem("env:T_PEM", tmp_path) == b"of the variable"


@pytest.mark.parametrize(("source", "why"), [("none.pem", "none.pem: cannot be read"), ("env:T_NONE", "T_NONE, .* is not set")])
def test_pem_that_is_not_there_is_told(tmp_path: Path, source: str, why: str) -> None:
    """With what to name."""
    with pytest.raises(ConfigurationError, match=why):
        tls.pem(source, tmp_path)


@pytest.mark.parametrize(
    ("own", "why"),
    [
        (Material(), "needs a certificate and its key"),
        (Material(None, b"no certificate", b"no key"), "cannot be used together"),
        (Material(None, SERVER.certificate, CLIENT.key), "cannot be used together"),
        (Material(b"no certificate", SERVER.certificate, SERVER.key), "ca: is no certificate in PEM"),
    ],
)
def test_server_without_what_it_needs_is_told(own: Material, why: str) -> None:
    """As a mistake in the environment file."""
    with pytest.raises(ConfigurationError, match=why):
        tls.for_server(own)

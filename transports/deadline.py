"""HTTP connections that end in time, however slowly the other side speaks."""

import socket
import ssl
import time
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class _Hurried:
    """What a socket does that has to be done by a moment; a time limit for each byte would let a trickle last for ever."""

    deadline: float | None = None

    def recv_into(self, *arguments: Any, **named: Any) -> int:
        """Read, if there is time left, and no longer than that."""
        if self.deadline is not None:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("the reply did not end in time")
            self.settimeout(left)  # type: ignore[attr-defined]  # of the socket that this is mixed into
        return super().recv_into(*arguments, **named)  # type: ignore[misc,no-any-return]  # likewise


class _Socket(_Hurried, socket.socket):
    """A plain one."""


class _SecureSocket(_Hurried, ssl.SSLSocket):
    """One with TLS."""


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        plain = super()._new_conn()
        limit = plain.gettimeout()
        hurried = _Socket(plain.family, plain.type, plain.proto, fileno=plain.detach())
        hurried.settimeout(limit)
        return hurried

    def getresponse(self) -> Any:
        """The response, all of which has to come within the connection's time limit from now on."""
        _begin(self)
        return super().getresponse()


class _SecureConnection(HTTPSConnection):
    def connect(self) -> None:
        """Connect with sockets that hurry."""
        if self.ssl_context is not None:
            self.ssl_context.sslsocket_class = _SecureSocket
        super().connect()

    def getresponse(self) -> Any:
        """The response, all of which has to come within the connection's time limit from now on."""
        _begin(self)
        return super().getresponse()


def _begin(connection: HTTPConnection) -> None:
    limit = connection.timeout
    if isinstance(connection.sock, _Hurried) and isinstance(limit, (int, float)):
        connection.sock.deadline = time.monotonic() + limit


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class DeadlineAdapter(HTTPAdapter):
    """Sends requests whose time limit holds for the whole reply. tls: what https is spoken with, the machine's trust by default."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        super().__init__()

    def cert_verify(self, *arguments: Any) -> None:
        """Believe whom `tls` believes, and nobody whom the machine believes besides."""
        if self._tls is None:
            super().cert_verify(*arguments)  # type: ignore[no-untyped-call]  # as requests has it

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        """Use our connections."""
        if self._tls is not None:
            named["ssl_context"] = self._tls
        super().init_poolmanager(*arguments, **named)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
